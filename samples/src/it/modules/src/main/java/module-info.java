/** A user's module. */
module example {
  requires io.github.torchscribe.dsl;
  requires io.github.torchscribe.runtime;
}
