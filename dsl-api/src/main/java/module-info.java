/** The annotations that declare networks. */
module io.github.torchscribe.dsl {
  exports io.github.torchscribe.dsl;
  exports io.github.torchscribe.dsl.nn;
  exports io.github.torchscribe.dsl.optim;
}
