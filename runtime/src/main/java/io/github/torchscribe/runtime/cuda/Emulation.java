package io.github.torchscribe.runtime.cuda;

import io.github.torchscribe.runtime.torch.Branches;
import org.bytedeco.javacpp.PointerScope;

/** Does work instead of replaying it. */
final class Emulation implements Recorder {
  @Override
  public void warmUp(Runnable work) {
    inScope(work);
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
        inScope(work);
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void close() {}

  private static void inScope(Runnable work) {
    PointerScope scope = new PointerScope();
    try {
      work.run();
    } finally {
      scope.close();
    }
  }
}
