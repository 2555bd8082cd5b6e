/** A user's module. */
module example {
  requires io.github.torchscribe.training;
}
