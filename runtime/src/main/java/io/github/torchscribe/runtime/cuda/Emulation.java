package io.github.torchscribe.runtime.cuda;

import io.github.torchscribe.runtime.torch.Arena;
import io.github.torchscribe.runtime.torch.Branches;

/** Does work instead of replaying it. */
final class Emulation implements Recorder {
  @Override
  public void warmUp(Runnable work) {
    Arena.during(work);
  }

  @Override
  public Branches branches() {
    return Branches.NONE;
  }

  @Override
  public Recording record(Runnable work) {
    return new Recording() {
      @Override
      public void replay() {
        Arena.during(work);
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void close() {}
}
