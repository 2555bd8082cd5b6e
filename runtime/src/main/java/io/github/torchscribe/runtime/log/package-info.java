/** Logs: what is told of a training run, and to whom. */
package io.github.torchscribe.runtime.log;
