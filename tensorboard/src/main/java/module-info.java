/** Writes what TensorBoard shows. */
@SuppressWarnings("requires-automatic") // Protobuf is one, by the name that it states
module io.github.torchscribe.tensorboard {
  requires transitive io.github.torchscribe.runtime;
  requires com.google.protobuf;
  requires org.bytedeco.javacpp;

  exports io.github.torchscribe.tensorboard;
}
