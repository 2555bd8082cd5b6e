/** Data: what a dataset is, how it is gone through, and MNIST. */
package io.github.torchscribe.runtime.data;
