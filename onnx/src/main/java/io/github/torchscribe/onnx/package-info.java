/** ONNX files, by classes that are made from the format's own definition. */
package io.github.torchscribe.onnx;
