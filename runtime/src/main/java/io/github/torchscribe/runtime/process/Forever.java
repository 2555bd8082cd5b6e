package io.github.torchscribe.runtime.process;

import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;

/** Native objects that live as long as the class that has them. */
public final class Forever {
  private Forever() {}

  /**
   * Keeps a constant: no scope that happens to be open may free it, also not the arena of the first
   * predictor.
   *
   * @param constant has just been made
   * @param <T> what it is
   * @return the same
   */
  public static <T extends Pointer> T kept(T constant) {
    constant.retainReference();
    PointerScope scope = PointerScope.getInnerScope();
    if (scope != null) {
      scope.detach(constant);
    }
    return constant;
  }
}
