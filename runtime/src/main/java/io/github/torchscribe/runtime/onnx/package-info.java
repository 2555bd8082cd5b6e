/** A network as operators of ONNX, for whoever writes it into a file. */
package io.github.torchscribe.runtime.onnx;
