package io.github.torchscribe.processor.layer;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;
import java.util.List;
import java.util.Optional;

/** {@code @GroupNorm}: y = (x − mean)/√(variance + eps)·weight + bias over groups of channels. */
public final class GroupNormLayer extends Layer {
  private final long groups;
  private final double eps;
  private final boolean affine;

  /**
   * Reads the annotation.
   *
   * @param written the annotation
   * @param report is told what is wrong
   */
  public GroupNormLayer(Written written, Report report) {
    super(written);
    groups = written.number("value").longValue();
    eps = written.checked("eps", "a number above 0", e -> e > 0 && Double.isFinite(e), report);
    affine = written.flag("affine");
  }

  @Override
  public Optional<Shape> output(Incoming incoming, Report report) {
    return incoming
        .shape()
        .filter(input -> Channels.divide(written(), "value", groups, input.sizes().get(0), report));
  }

  @Override
  public List<ParameterSpec> parameters(Shape input) {
    Shape channels = Shape.of(input.sizes().get(0));
    return affine
        ? List.of(new ParameterSpec("weight", channels), new ParameterSpec("bias", channels))
        : List.of();
  }

  @Override
  public void initialize(Shape input, InitCode code) {
    if (affine) {
      code.step("ones(" + code.parameter("weight") + ")");
      code.step("zeros(" + code.parameter("bias") + ")");
    }
  }

  @Override
  public boolean needsInput() {
    return true;
  }

  @Override
  public boolean isDivisible() {
    return !affine;
  }

  @Override
  public void forward(ForwardCode code) {
    code.step(
        "native_group_norm_out("
            + code.output()
            + ", "
            + code.kept("mean", Shape.of(groups))
            + ", "
            + code.kept("rstd", Shape.of(groups))
            + ", "
            + code.input()
            + ", "
            + optional(code, "weight")
            + ", "
            + optional(code, "bias")
            + ", "
            + sizes(code)
            + eps
            + ")");
  }

  @Override
  public void backward(BackwardCode code) {
    ThreeGradients.of(
        code,
        affine,
        affine,
        mask ->
            "native_group_norm_backward("
                + code.outputGradient()
                + ", "
                + code.input()
                + ", "
                + code.kept("mean", Shape.of(groups))
                + ", "
                + code.kept("rstd", Shape.of(groups))
                + ", "
                + optional(code, "weight")
                + ", "
                + sizes(code)
                + mask
                + ")");
  }

  /** N, C, the elements of a channel, and the number of groups. */
  private String sizes(PassCode code) {
    long channels = code.inputShape().sizes().get(0);
    long elements = code.inputShape().elements() / channels;
    return "n, " + channels + ", " + elements + ", " + groups + ", ";
  }

  private String optional(PassCode code, String name) {
    return affine
        ? code.optional(name)
        : code.perBatch("none", "TensorOptional", "new TensorOptional()");
  }

  @Override
  public String autograd(AutogradCode code) {
    return "group_norm("
        + code.input()
        + ", "
        + groups
        + ", "
        + (affine ? code.optional("weight") : "new TensorOptional()")
        + ", "
        + (affine ? code.optional("bias") : "new TensorOptional()")
        + ", "
        + eps
        + ", false)";
  }
}
