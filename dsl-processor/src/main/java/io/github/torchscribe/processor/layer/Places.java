package io.github.torchscribe.processor.layer;

import java.util.List;
import java.util.OptionalInt;

/**
 * What a layer does with the places of a sequence, the first dimension of an example, some of which
 * may be padding.
 *
 * @param keeps of which of the values that arrive the places are those of the output, each computed
 *     so that what was padding still is; empty where places are mixed or moved
 * @param leavesOut of which of the values the layer leaves padding out: it reads, behind its own
 *     values, what says which places are there; empty where it does not mind
 */
public record Places(List<Integer> keeps, OptionalInt leavesOut) {
  /** They are mixed, or moved, and nobody asks for padding. */
  public static final Places MIXED = new Places(List.of(), OptionalInt.empty());

  /** They stay apart. */
  public static final Places KEPT = new Places(List.of(0), OptionalInt.empty());

  /**
   * The same, leaving padding out.
   *
   * @param which of the values has it
   * @return for layers that look at several places together
   */
  public Places leavingOut(int which) {
    return new Places(keeps, OptionalInt.of(which));
  }
}
