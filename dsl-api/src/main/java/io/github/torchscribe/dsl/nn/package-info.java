/**
 * Layers and losses, one annotation each, named and set as their counterparts in {@code torch.nn}.
 */
package io.github.torchscribe.dsl.nn;
