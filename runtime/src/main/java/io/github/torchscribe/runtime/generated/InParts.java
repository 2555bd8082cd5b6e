package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.process.Hands;
import java.util.function.BooleanSupplier;

/**
 * A computation of which several threads have some parts each, where others are free; else one
 * computes it as a whole.
 */
abstract class InParts extends Prepared {
  private final Hands hands;
  private final int parts;
  private final boolean isBrief;

  /** Null where parts come to the bits of the whole in any case. */
  private final SameBits same;

  /**
   * One whose parts come to the bits of the whole.
   *
   * @param hands who computes it
   * @param parts how many there are; with one it is not divided
   */
  InParts(Hands hands, int parts) {
    this(hands, parts, parts);
  }

  /**
   * One whose parts come to the bits of the whole, and may be more than there are threads.
   *
   * @param hands who computes it
   * @param threads for how many there is enough to do; with one it is not divided
   * @param parts how many there are
   */
  InParts(Hands hands, int threads, int parts) {
    this.hands = hands;
    this.parts = parts;
    isBrief = false;
    same = null;
    if (threads > 1) {
      hands.plan(threads);
    }
  }

  /**
   * One of which that is tried.
   *
   * @param hands who computes it
   * @param parts how many there are; with one it is not divided
   * @param trial computes both ways, and says whether they are the same
   * @param what is tried: the operation, its sizes
   */
  InParts(Hands hands, int parts, BooleanSupplier trial, Object... what) {
    this(hands, parts, false, trial, what);
  }

  /**
   * The same, which may be so short that nobody is woken for it.
   *
   * @param hands who computes it
   * @param parts how many there are; with one it is not divided, if it is short there are two
   * @param isBrief whether it is that short
   * @param trial computes both ways, and says whether they are the same
   * @param what is tried: the operation, its sizes
   */
  InParts(Hands hands, int parts, boolean isBrief, BooleanSupplier trial, Object... what) {
    this.hands = hands;
    this.parts = parts;
    this.isBrief = isBrief;
    same = parts > 1 ? new SameBits(hands, parts, isBrief, trial, what) : null;
  }

  /**
   * Where a part begins, and the one before ends.
   *
   * @param part its number, up to and including how many there are
   * @param among how many there are
   * @param size of what is divided
   * @param step so much is computed at a time: a part begins with one
   */
  static long first(int part, int among, long size, long step) {
    return part == among ? size : part * size / among / step * step;
  }

  /** Whether it is divided where there are several threads. */
  final boolean divides() {
    return parts > 1 && (same == null || same.isSo());
  }

  @Override
  public void compute() {
    if ((isBrief ? hands.areAwake() : hands.areSeveral()) && divides()) {
      hands.divide(parts, this::computePart);
    } else {
      computeWhole();
    }
  }

  abstract void computeWhole();

  /**
   * Computes some of it.
   *
   * @param number of the part, from 0
   */
  abstract void computePart(int number);
}
