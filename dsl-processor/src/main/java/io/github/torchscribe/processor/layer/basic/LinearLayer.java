package io.github.torchscribe.processor.layer.basic;

import static io.github.torchscribe.processor.code.Expressions.NO_TENSOR;
import static io.github.torchscribe.processor.code.Expressions.call;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.InitCode;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.BackwardReads;
import io.github.torchscribe.processor.layer.Channels;
import io.github.torchscribe.processor.layer.Features;
import io.github.torchscribe.processor.layer.FewRows;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Kaiming;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.layer.Numbers;
import io.github.torchscribe.processor.layer.Places;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.ParameterSpec;
import io.github.torchscribe.processor.tensor.Precision;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code @Linear}: y = x·Wᵀ + b over the last dimension. */
final class LinearLayer extends Layer {
  private final long in;
  private final long out;
  private final boolean bias;
  private final String tied;

  LinearLayer(Written written, Report report) {
    super(written);
    Shape sizes = written.shape("value", 1, 2, "{in, out}, or out alone", report);
    in = sizes.rank() == 2 ? sizes.first() : Shape.UNKNOWN;
    out = sizes.last();
    bias = written.flag("bias");
    tied = written.string("tied");
  }

  @Override
  public Optional<Precision> precision() {
    return Optional.of(Precision.LOWERED);
  }

  @Override
  public Shape output(Incoming incoming, Report report) {
    Shape shape = incoming.shape();
    if (!Channels.areThere(written(), incoming, "(N, *, in)", report)) {
      return Shape.of(out);
    }
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
  public Places places(List<Shape> inputs) {
    return inputs.get(0).rank() > 1 ? Places.KEPT : Places.MIXED;
  }

  @Override
  public List<ParameterSpec> parameters(Shape input) {
    ParameterSpec weight = new ParameterSpec("weight", Shape.of(out, input.last()));
    return bias ? List.of(weight, new ParameterSpec("bias", Shape.of(out))) : List.of(weight);
  }

  @Override
  public Map<String, String> tied() {
    return tied.isEmpty() ? Map.of() : Map.of("weight", tied);
  }

  @Override
  public long multiplyAdds(Shape input, Shape output) {
    return output.elements() * input.last();
  }

  @Override
  public void initialize(Shape input, InitCode code) {
    Kaiming.initialize(code, input.last(), bias);
  }

  @Override
  public BackwardReads backwardReads() {
    return BackwardReads.INPUT.andGradientOfAllRows();
  }

  @Override
  public FewRows fewRows() {
    return FewRows.IN_ANY_ORDER;
  }

  @Override
  public void forward(ForwardCode code) {
    code.product(
        "",
        code.outputRows(),
        code.inputRows(),
        code.parameter("weight"),
        code.transposed("weight"),
        shift(code),
        "");
  }

  private List<Expression> shift(ForwardCode code) {
    return bias ? List.of(code.parameter("bias")) : List.of();
  }

  @Override
  public void backward(BackwardCode code) {
    if (code.wantsInputGradient()) {
      Expression to = code.inputGradientRows();
      code.step(call("mm_out", to, code.outputGradientRows(), code.parameter("weight")));
    }
    code.productGradient("weight");
    if (bias) {
      code.sumGradient("bias");
    }
  }

  @Override
  public Expression autograd(AutogradCode code) {
    Expression shift = bias ? code.parameter("bias") : NO_TENSOR;
    return call("linear", code.input(), code.parameter("weight"), shift);
  }

  @Override
  public Numbers numbers() {
    return Numbers.ANY;
  }

  @Override
  public Expression onnx(OnnxCode code) {
    Expression weight = code.parameter("weight");
    List<Expression> shift = bias ? List.of(code.parameter("bias")) : List.of();
    if (code.inputShape().rank() == 1) {
      return code.op("Gemm", code.input(), weight, shift).call("with", "transB", 1);
    }
    Expression product = code.product(code.input(), weight);
    return bias ? code.op("Add", product, shift.get(0)) : product;
  }
}
