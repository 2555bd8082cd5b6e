package io.github.torchscribe.processor.layer;

import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.PassCode;

/** Sums over one dimension, as several layers' backward takes them. */
public final class Sums {
  private Sums() {}

  /** A sum over a dimension, which stays with size 1. */
  public static String over(String dim, String tensor, BackwardCode code) {
    return tensor
        + ".sum("
        + code.longs("dim", Long.parseLong(dim))
        + ", true, "
        + sameType(code)
        + ")";
  }

  /** What says that a sum has the type of what it sums. */
  public static String sameType(PassCode code) {
    return code.perBatch("sameType", "ScalarTypeOptional", "new ScalarTypeOptional()");
  }
}
