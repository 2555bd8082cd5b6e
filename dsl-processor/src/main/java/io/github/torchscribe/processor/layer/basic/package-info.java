/**
 * The layers of all networks: products, dropout, other shapes of the same numbers; those of the
 * user's own.
 */
package io.github.torchscribe.processor.layer.basic;
