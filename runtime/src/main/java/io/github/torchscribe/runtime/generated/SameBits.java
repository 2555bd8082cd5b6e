package io.github.torchscribe.runtime.generated;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Whether an operation gives the same bits in parts as in one. Libraries choose their ways by size,
 * and some of these add up in another order; what somebody is answered must not depend on who else
 * asks. So each size is tried once on numbers of all kinds: where one of thousands of sums comes in
 * another order, its last bits differ.
 */
final class SameBits {
  private static final Map<List<Object>, Boolean> TRIED = new ConcurrentHashMap<>();

  private final BooleanSupplier trial;
  private final List<Object> what;
  private Boolean so;

  /**
   * Nothing tried yet.
   *
   * @param trial computes both ways, and says whether they are the same
   * @param what is tried: the operation, its sizes, the number of its parts
   */
  SameBits(BooleanSupplier trial, Object... what) {
    this.trial = trial;
    this.what = List.of(what);
  }

  /** Whether they are the same; called where either way would be gone now. */
  boolean isSo() {
    if (so == null) {
      so = TRIED.computeIfAbsent(what, key -> tried());
    }
    return so;
  }

  private boolean tried() {
    PointerScope scope = new PointerScope();
    try {
      return trial.getAsBoolean();
    } finally {
      scope.close();
    }
  }

  /** Numbers of both signs, none like the other, in the shape and order of a tensor's. */
  static Tensor like(Tensor some) {
    Tensor numbers = torch.empty_like(some);
    Tensor flat = torch.arange(new Scalar(some.numel()), some.options());
    numbers.copy_(flat.mul_(new Scalar(1.7)).sin_().view(some.sizes()));
    return numbers;
  }
}
