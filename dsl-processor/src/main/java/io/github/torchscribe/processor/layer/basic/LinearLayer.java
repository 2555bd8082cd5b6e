package io.github.torchscribe.processor.layer.basic;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.InitCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.BackwardReads;
import io.github.torchscribe.processor.layer.Features;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.ParameterSpec;
import io.github.torchscribe.processor.tensor.Precision;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;
import java.util.Optional;

/** {@code @Linear}: y = x·Wᵀ + b over the last dimension. */
final class LinearLayer extends Layer {
  private final long in;
  private final long out;
  private final boolean bias;

  LinearLayer(Written written, Report report) {
    super(written);
    Shape sizes = written.shape("value", 1, 2, "{in, out}, or out alone", report);
    in = sizes.rank() == 2 ? sizes.first() : Shape.UNKNOWN;
    out = sizes.last();
    bias = written.flag("bias");
  }

  @Override
  public Optional<Precision> precision() {
    return Optional.of(Precision.LOWERED);
  }

  @Override
  public Shape output(Incoming incoming, Report report) {
    Shape shape = incoming.shape();
    if (shape.isKnown() && in != shape.last() && in == shape.elements()) {
      report.say(
          Message.NOT_FLAT,
          written().at("value", 0),
          name(),
          in,
          shape,
          incoming.from(),
          shape.last(),
          "@Flatten");
      return Shape.of(out);
    }
    Features.agree(written(), in, shape, incoming, report);
    return shape.withLast(out);
  }

  @Override
  public Optional<Shape> statedInput(Shape network) {
    boolean fits = Shape.same(in, network.last()) || Shape.same(in, network.elements());
    return fits ? Optional.empty() : Optional.of(Shape.of(in));
  }

  @Override
  public List<ParameterSpec> parameters(Shape input) {
    ParameterSpec weight = new ParameterSpec("weight", Shape.of(out, input.last()));
    return bias ? List.of(weight, new ParameterSpec("bias", Shape.of(out))) : List.of(weight);
  }

  @Override
  public long multiplyAdds(Shape input, Shape output) {
    return output.elements() * input.last();
  }

  @Override
  public void initialize(Shape input, InitCode code) {
    boolean byScheme = code.byScheme("weight");
    if (!byScheme) {
      code.step("kaimingUniform(" + code.parameter("weight") + ", Math.sqrt(5), generator)");
    }
    if (bias) {
      String value = code.parameter("bias");
      code.step(
          byScheme
              ? "zeros(" + value + ")"
              : "uniform(" + value + ", 1 / Math.sqrt(" + input.last() + "), generator)");
    }
  }

  @Override
  public BackwardReads backwardReads() {
    return BackwardReads.INPUT.andGradientOfAllRows();
  }

  @Override
  public void forward(ForwardCode code) {
    String product =
        code.outputRows()
            + (bias ? ", " + code.parameter("bias") : "")
            + ", "
            + code.inputRows()
            + ", "
            + code.transposed("weight")
            + ")";
    if (code.outputShape().rank() > 1) {
      code.step((bias ? "addmm_out(" : "mm_out(") + product);
      return;
    }
    String single =
        code.outputRow()
            + (bias ? ", " + code.parameter("bias") : "")
            + ", "
            + code.parameter("weight")
            + ", "
            + code.inputRow()
            + ")";
    code.stepForOne(
        (bias ? "addmv_out(" : "mv_out(") + single, (bias ? "addmm_out(" : "mm_out(") + product);
  }

  @Override
  public void backward(BackwardCode code) {
    if (code.wantsInputGradient()) {
      code.step(
          "mm_out("
              + code.inputGradientRows()
              + ", "
              + code.outputGradientRows()
              + ", "
              + code.parameter("weight")
              + ")");
    }
    code.productGradient("weight");
    if (bias) {
      code.sumGradient("bias");
    }
  }

  @Override
  public String autograd(AutogradCode code) {
    return "linear("
        + code.input()
        + ", "
        + code.parameter("weight")
        + ", "
        + (bias ? code.parameter("bias") : "new Tensor()")
        + ")";
  }
}
