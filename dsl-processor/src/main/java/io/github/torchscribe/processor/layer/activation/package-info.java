/** The activation functions, and softmax with its logarithm. */
package io.github.torchscribe.processor.layer.activation;
