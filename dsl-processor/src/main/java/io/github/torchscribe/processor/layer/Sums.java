package io.github.torchscribe.processor.layer;

import static io.github.torchscribe.processor.code.Expressions.create;

import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.PassCode;
import io.github.torchscribe.processor.code.Types;

/** Sums over one dimension, as several layers' backward takes them. */
public final class Sums {
  private Sums() {}

  /**
   * A sum over a dimension, which stays with size 1.
   *
   * @param dim counted with the batch's
   * @param tensor what is summed
   * @param code gives the constants
   * @return the call
   */
  public static Expression over(int dim, Expression tensor, BackwardCode code) {
    return tensor.call("sum", code.longs("dim", dim), true, sameType(code));
  }

  /**
   * What says that a sum has the type of what it sums.
   *
   * @param code gives the constant
   * @return an operand
   */
  public static Expression sameType(PassCode code) {
    return code.perBatch("sameType", create(Types.SCALAR_TYPE_OPTIONAL));
  }
}
