/** Predictions from many threads at once: buffers for each, and questions answered together. */
package io.github.torchscribe.runtime.predict;
