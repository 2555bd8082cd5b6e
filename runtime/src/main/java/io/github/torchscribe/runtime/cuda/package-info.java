/** Work that a GPU is told of once and does again and again: CUDA graphs. */
package io.github.torchscribe.runtime.cuda;
