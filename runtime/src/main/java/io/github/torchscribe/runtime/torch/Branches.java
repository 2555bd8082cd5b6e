package io.github.torchscribe.runtime.torch;

/** Parts of recorded work of which none needs what another gives: a device may do some at once. */
public interface Branches {
  /** All on one way, one after the other. */
  Branches NONE =
      new Branches() {
        @Override
        public void begin() {}

        @Override
        public void next() {}

        @Override
        public void join() {}
      };

  /** What all parts need is there. */
  void begin();

  /** Another part begins. */
  void next();

  /** What comes next needs all parts. */
  void join();
}
