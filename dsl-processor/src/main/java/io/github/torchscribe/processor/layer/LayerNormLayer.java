package io.github.torchscribe.processor.layer;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;
import java.util.List;
import java.util.Optional;

/** {@code @LayerNorm}: y = (x − mean)/√(variance + eps)·weight + bias over the last dimensions. */
public final class LayerNormLayer extends Layer {
  private final NormalizedShape shape;
  private final double eps;
  private final boolean affine;
  private final boolean bias;

  /**
   * Reads the annotation.
   *
   * @param written the annotation
   * @param report is told what is wrong
   */
  public LayerNormLayer(Written written, Report report) {
    super(written);
    shape = new NormalizedShape(written);
    eps = written.checked("eps", "a number above 0", e -> e > 0 && Double.isFinite(e), report);
    affine = written.flag("elementwiseAffine");
    bias = affine && written.flag("bias");
  }

  @Override
  public Optional<Shape> output(Incoming incoming, Report report) {
    shape.check(incoming, report);
    return incoming.shape();
  }

  @Override
  public List<ParameterSpec> parameters(Shape input) {
    ParameterSpec weight = new ParameterSpec("weight", shape.of(input));
    return !affine
        ? List.of()
        : bias ? List.of(weight, new ParameterSpec("bias", shape.of(input))) : List.of(weight);
  }

  @Override
  public void initialize(Shape input, InitCode code) {
    if (affine) {
      code.step("ones(" + code.parameter("weight") + ")");
    }
    if (bias) {
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
        "native_layer_norm_out("
            + code.output()
            + ", "
            + code.kept("mean", statistics(code.inputShape()))
            + ", "
            + code.kept("rstd", statistics(code.inputShape()))
            + ", "
            + code.input()
            + ", "
            + normalized(code, code.inputShape())
            + ", "
            + optional(code, affine, "weight")
            + ", "
            + optional(code, bias, "bias")
            + ", "
            + eps
            + ")");
  }

  @Override
  public void backward(BackwardCode code) {
    ThreeGradients.of(
        code,
        affine,
        bias,
        mask ->
            "native_layer_norm_backward("
                + code.outputGradient()
                + ", "
                + code.input()
                + ", "
                + normalized(code, code.inputShape())
                + ", "
                + code.kept("mean", statistics(code.inputShape()))
                + ", "
                + code.kept("rstd", statistics(code.inputShape()))
                + ", "
                + optional(code, affine, "weight")
                + ", "
                + optional(code, bias, "bias")
                + ", "
                + mask
                + ")");
  }

  /** One number for each vector that is normalised. */
  private Shape statistics(Shape input) {
    int kept = input.rank() - shape.of(input).rank();
    long[] sizes = new long[input.rank()];
    java.util.Arrays.setAll(sizes, i -> i < kept ? input.sizes().get(i) : 1);
    return Shape.of(sizes);
  }

  private String normalized(ModelCode code, Shape input) {
    long[] sizes = shape.of(input).sizes().stream().mapToLong(Long::longValue).toArray();
    return code.longs("normalized", sizes);
  }

  private static String optional(PassCode code, boolean there, String name) {
    return there
        ? code.optional(name)
        : code.perBatch("none", "TensorOptional", "new TensorOptional()");
  }

  @Override
  public String autograd(AutogradCode code) {
    return "layer_norm("
        + code.input()
        + ", "
        + normalized(code, code.inputShape())
        + ", "
        + (affine ? code.optional("weight") : "new TensorOptional()")
        + ", "
        + (bias ? code.optional("bias") : "new TensorOptional()")
        + ", "
        + eps
        + ", false)";
  }
}
