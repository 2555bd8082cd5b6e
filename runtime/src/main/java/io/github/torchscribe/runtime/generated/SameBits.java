package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.process.Hands;
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

  /** So many numbers repeat: no width of a layer, so that no row is like the other. */
  private static final long BLOCK = 4099;

  private final Hands hands;
  private final int parts;
  private final boolean isBrief;
  private final BooleanSupplier trial;
  private final List<Object> what;
  private Boolean so;

  /**
   * Nothing tried yet; as long as nothing is known it is to be divided.
   *
   * @param hands who would compute
   * @param parts how many there would be
   * @param isBrief whether nobody would be woken for it
   * @param trial computes both ways, and says whether they are the same
   * @param what is tried: the operation, its sizes
   */
  SameBits(Hands hands, int parts, boolean isBrief, BooleanSupplier trial, Object... what) {
    this.hands = hands;
    this.parts = parts;
    this.isBrief = isBrief;
    this.trial = trial;
    this.what = List.of(parts, List.of(what));
    so = TRIED.get(this.what);
    if (so == null || so) {
      plan();
    }
  }

  /** Whether they are the same; called where either way would be gone now. */
  boolean isSo() {
    if (so == null) {
      so = TRIED.get(what);
      if (so == null) { // others may try it, too: nobody waits for what takes milliseconds
        so = tried();
        TRIED.put(what, so);
      }
      if (!so) {
        giveUp();
      }
    }
    return so;
  }

  private void plan() {
    if (isBrief) {
      hands.planBriefly();
    } else {
      hands.plan(parts);
    }
  }

  private void giveUp() {
    if (isBrief) {
      hands.giveUpBriefly();
    } else {
      hands.giveUp(parts);
    }
  }

  private boolean tried() {
    PointerScope scope = new PointerScope();
    try {
      return trial.getAsBoolean();
    } finally {
      scope.close();
    }
  }

  /** Numbers of both signs, none like those around it, in the shape and order of a tensor's. */
  static Tensor like(Tensor some) {
    Tensor numbers = torch.empty_like(some);
    long count = some.numel();
    Tensor flat = numbers.as_strided(new long[] {count}, new long[] {1});
    Tensor block = torch.arange(new Scalar(BLOCK), some.options()).mul_(new Scalar(1.7)).sin_();
    long whole = count / BLOCK * BLOCK;
    flat.narrow(0, 0, whole).view(whole / BLOCK, BLOCK).copy_(block);
    flat.narrow(0, whole, count - whole).copy_(block.narrow(0, 0, count - whole));
    return numbers;
  }
}
