package io.github.torchscribe.processor.layer.norm;

import static io.github.torchscribe.processor.code.Expressions.N;
import static io.github.torchscribe.processor.code.Expressions.call;

import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.PassCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.MemoryUse;
import io.github.torchscribe.processor.layer.ThreeGradients;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;

/** Normalisation of each group of an example's channels by itself. */
abstract class ByGroups extends Norm {
  ByGroups(Written written, double eps, boolean weight, boolean bias) {
    super(written, eps, weight, bias);
  }

  /** How many groups there are. */
  abstract long groups(Shape input);

  @Override
  final Shape affine(Shape input) {
    return Shape.of(input.first());
  }

  @Override
  public final MemoryUse memory() {
    return MemoryUse.BRINGS_GRADIENT;
  }

  /** The statement that normalises. */
  final Expression normalised(ForwardCode code) {
    return call(
        "native_group_norm_out",
        code.output(),
        statistics(code),
        code.input(),
        affine(code),
        sizes(code),
        eps());
  }

  @Override
  public final void backward(BackwardCode code) {
    ThreeGradients.of(
        code,
        mask ->
            call(
                "native_group_norm_backward",
                code.outputGradient(),
                code.input(),
                statistics(code),
                weight(code),
                sizes(code),
                mask));
  }

  /** Mean and inverse deviation of each group. */
  final List<Expression> statistics(PassCode code) {
    return meanAndRstd(code, Shape.of(groups(code.inputShape())));
  }

  /** N, C, the elements of a channel, and the number of groups. */
  private List<Object> sizes(PassCode code) {
    Shape input = code.inputShape();
    long channels = input.first();
    return List.of(N, channels, input.elements() / channels, groups(input));
  }
}
