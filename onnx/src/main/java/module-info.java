/**
 * Writes networks as ONNX files: what {@code Model.exportOnnx} needs beside the runtime. Nobody
 * calls anything of it.
 */
@SuppressWarnings("requires-automatic") // Protobuf is one, by the name that it states
module io.github.torchscribe.onnx {
  requires io.github.torchscribe.runtime;
  requires com.google.protobuf;
  requires org.bytedeco.javacpp;
  requires org.bytedeco.pytorch;

  provides io.github.torchscribe.runtime.onnx.OnnxFormat with
      io.github.torchscribe.onnx.ProtobufFormat;
}
