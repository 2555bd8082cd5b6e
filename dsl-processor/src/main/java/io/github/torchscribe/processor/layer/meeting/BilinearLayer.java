package io.github.torchscribe.processor.layer.meeting;

import static io.github.torchscribe.processor.code.Expressions.NONE;
import static io.github.torchscribe.processor.code.Expressions.call;
import static io.github.torchscribe.processor.code.Expressions.oneOverSqrt;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.InitCode;
import io.github.torchscribe.processor.code.ModelCode;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.code.PassCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.BackwardReads;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.ParameterSpec;
import io.github.torchscribe.processor.tensor.Precision;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;
import java.util.Optional;

/**
 * {@code @Bilinear}: a linear map of the products of each number of the one with each of the other;
 * so weight and inputs get their gradients by products of matrices, too.
 */
final class BilinearLayer extends OfTwo {
  private static final int ALL_SIZES = 3;

  private final long first;
  private final long second;
  private final long out;
  private final boolean bias;

  BilinearLayer(Written written, Report report) {
    super(written);
    String takes = "{in1, in2, out}, or out alone";
    Shape sizes = written.shape("value", 1, ALL_SIZES, takes, report);
    if (sizes.rank() == 2) {
      report.say(Message.WRONG_COUNT, written.at("value"), name(), takes, 2);
    }
    boolean all = sizes.rank() == ALL_SIZES;
    first = all ? sizes.first() : Shape.UNKNOWN;
    second = all ? sizes.sizes().get(1) : Shape.UNKNOWN;
    out = sizes.rank() == 2 ? Shape.UNKNOWN : sizes.last();
    bias = written.flag("bias");
  }

  @Override
  public Optional<Precision> precision() {
    return Optional.of(Precision.FULL);
  }

  @Override
  Shape together(List<Incoming> incoming, Report report) {
    agree(0, first, incoming.get(0), report);
    agree(1, second, incoming.get(1), report);
    Shape left = incoming.get(0).shape();
    Shape right = incoming.get(1).shape();
    if (!left.withLast(out).fits(right.withLast(out))) {
      return apart(Message.NOT_BESIDE, incoming, report);
    }
    return left.withLast(out).with(right.withLast(out));
  }

  private void agree(int which, long stated, Incoming incoming, Report report) {
    long actual = incoming.shape().last();
    if (!Shape.same(stated, actual)) {
      report.say(
          Message.FEATURES_DIFFER,
          written().at("value", which),
          name(),
          stated,
          actual,
          incoming.from(),
          actual);
    }
  }

  @Override
  public List<ParameterSpec> parameters(List<Shape> inputs) {
    Shape sizes = Shape.of(out, inputs.get(0).last(), inputs.get(1).last());
    ParameterSpec weight = new ParameterSpec("weight", sizes);
    return bias ? List.of(weight, new ParameterSpec("bias", Shape.of(out))) : List.of(weight);
  }

  @Override
  public void initialize(List<Shape> inputs, InitCode code) {
    Expression bound = oneOverSqrt(inputs.get(0).last());
    boolean byScheme = code.byScheme("weight");
    if (!byScheme) {
      code.step(call("uniform", code.parameter("weight"), bound, code.generator()));
    }
    if (bias) {
      Expression shift = code.parameter("bias");
      code.step(byScheme ? call("zeros", shift) : call("uniform", shift, bound, code.generator()));
    }
  }

  @Override
  public long multiplyAdds(List<Shape> inputs, Shape output) {
    return output.elements() * inputs.get(0).last() * inputs.get(1).last();
  }

  @Override
  public BackwardReads backwardReads() {
    return BackwardReads.INPUT.andGradientRows();
  }

  @Override
  public void forward(ForwardCode code) {
    Expression left = code.input(0).call("reshape", -1, width(0, code), 1);
    Expression right = code.input(1).call("reshape", -1, 1, width(1, code));
    code.part(call("mul_out", pairMatrices(code), left, right), "each with each");
    Expression weightT = code.perBatch("weightT", weightRows(code).call("t"));
    code.step(
        bias
            ? call("addmm_out", code.outputRows(), code.parameter("bias"), pairs(code), weightT)
            : call("mm_out", code.outputRows(), pairs(code), weightT));
  }

  private static long width(int which, ModelCode code) {
    return code.inputShape(which).last();
  }

  private Expression weightRows(PassCode code) {
    return code.perBatch("weightRows", code.parameter("weight").call("flatten", 1, -1));
  }

  /** The products, as a matrix for each place. */
  private static Expression pairMatrices(PassCode code) {
    Expression matrices = pairs(code).call("view", -1, width(0, code), width(1, code));
    return code.perBatch("pairMatrices", matrices);
  }

  /** The products, as a row for each place. */
  private static Expression pairs(PassCode code) {
    long count = width(0, code) * width(1, code);
    Expression all = code.kept("products", code.outputShape().withLast(count));
    return code.perBatch("pairs", all.call("view", -1, count));
  }

  /** When the weight has its gradient, that of the products takes their place. */
  @Override
  public void backward(BackwardCode code) {
    Expression gradient = code.outputGradientRows();
    code.gradientIs(
        "weight", to -> call("mm_out", to.call("flatten", 1, -1), gradient.call("t"), pairs(code)));
    code.gradientIs("bias", to -> call("sum_out", to, gradient, 0));
    if (code.wantsInputGradient(0) || code.wantsInputGradient(1)) {
      code.part(call("mm_out", pairs(code), gradient, weightRows(code)), "of each with each");
    }
    if (code.wantsInputGradient(0)) {
      Expression to = code.inputGradient(0).call("view", -1, width(0, code), 1);
      Expression right = code.input(1).call("reshape", -1, width(1, code), 1);
      code.step(call("bmm_out", to, pairMatrices(code), right));
    }
    if (code.wantsInputGradient(1)) {
      Expression to = code.inputGradient(1).call("view", -1, 1, width(1, code));
      Expression left = code.input(0).call("reshape", -1, 1, width(0, code));
      code.step(call("bmm_out", to, left, pairMatrices(code)));
    }
  }

  @Override
  public Expression autograd(AutogradCode code) {
    Expression shift = bias ? code.optional("bias") : NONE;
    return call("bilinear", code.input(), code.input(1), code.parameter("weight"), shift);
  }

  /** Each with each, then a product of matrices. */
  @Override
  public Expression onnx(OnnxCode code) {
    Shape output = code.outputShape();
    long left = code.inputShape(0).last();
    long right = code.inputShape(1).last();
    List<Long> before = output.sizes().subList(0, output.rank() - 1);
    Expression pairs =
        code.op(
            "Mul",
            code.reshaped(code.input(0), before, left, 1),
            code.reshaped(code.input(1), before, 1, right));
    Expression weight =
        code.op("Reshape", code.parameter("weight"), code.integers(out, left * right));
    Expression sums = code.product(code.reshaped(pairs, before, left * right), weight);
    return bias ? code.op("Add", sums, code.parameter("bias")) : sums;
  }
}
