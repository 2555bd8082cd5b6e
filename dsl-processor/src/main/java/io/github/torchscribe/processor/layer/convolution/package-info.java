/** Convolutions, pools and what else is done to images. */
package io.github.torchscribe.processor.layer.convolution;
