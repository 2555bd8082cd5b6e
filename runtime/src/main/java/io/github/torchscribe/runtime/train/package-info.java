/** One run of a trainer: its course, its checkpoints, its end. */
package io.github.torchscribe.runtime.train;
