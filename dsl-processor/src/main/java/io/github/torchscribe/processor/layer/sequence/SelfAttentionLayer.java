package io.github.torchscribe.processor.layer.sequence;

import static io.github.torchscribe.processor.code.Expressions.NO_TENSOR;
import static io.github.torchscribe.processor.code.Expressions.call;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.InitCode;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.code.PositionCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Places;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.ParameterSpec;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;

/** {@code @SelfAttention}: queries, keys and values are projected from one sequence in one go. */
final class SelfAttentionLayer extends Attending {
  private static final String WEIGHT = "in_proj_weight";
  private static final String BIAS = "in_proj_bias";

  SelfAttentionLayer(Written written, Report report) {
    super(written, report);
  }

  @Override
  public Shape output(Incoming incoming, Report report) {
    Shape shape = Sequences.check(written(), incoming, report);
    checkHeads(shape, report);
    return shape;
  }

  @Override
  public Places places(List<Shape> inputs) {
    return places(0);
  }

  @Override
  public List<ParameterSpec> parameters(Shape input) {
    long e = input.last();
    return withOutput(List.of(new ParameterSpec(WEIGHT, Shape.of(3 * e, e))), e);
  }

  /** The two projections, then scores and their products with values. */
  @Override
  public long multiplyAdds(Shape input, Shape output) {
    long length = input.sizes().get(0);
    long width = input.last();
    return 4 * length * width * width + 2 * length * length * width;
  }

  @Override
  public void initialize(Shape input, InitCode code) {
    initialize(input.last(), List.of(WEIGHT), code);
  }

  private static Expression projectedRows(AttentionTensors t) {
    return t.projectedRows("projected", t.queryLength(), 3 * t.code().inputShape().last());
  }

  @Override
  Expression projected(int which, AttentionTensors t) {
    long length = t.queryLength();
    return t.byHead(
        List.of("projectedQuery", "projectedKey", "projectedValue").get(which),
        t.projected("projected", length, 3 * t.code().inputShape().last()),
        length,
        3,
        which);
  }

  @Override
  public void forward(ForwardCode code) {
    AttentionTensors t = tensors(code);
    code.product(
        "in",
        projectedRows(t),
        code.inputRows(),
        code.parameter(WEIGHT),
        code.transposed(WEIGHT),
        hasBias() ? List.of(code.parameter(BIAS)) : List.of(),
        "queries, keys, values");
    attend(code, t);
  }

  @Override
  public boolean isCausal(List<Shape> inputs) {
    return isCausal();
  }

  /** What is projected stays: later positions find their keys and values in it. */
  @Override
  public void forwardAt(PositionCode code) {
    long e = code.inputShape().last();
    Expression all = code.remembered("projected", Shape.of(3 * e));
    Expression here = code.atHand("here", call("atHand", all));
    List<Expression> shift = hasBias() ? List.of(code.parameter(BIAS)) : List.of();
    code.stepForOne(
        projectOne(here, code.inputRow(), code.parameter(WEIGHT), shift),
        project(here, code.inputRows(), code.transposed(WEIGHT), shift));
    attendAt(code, all.call("view", 1, code.length(), 3, heads(), e / heads()));
  }

  @Override
  public void backward(BackwardCode code) {
    AttentionTensors t = tensors(code);
    attendBackward(code, t);
    Expression projected = projectedRows(t);
    Expression input = code.input().call("view", -1, code.inputShape().last());
    weightGradient(code, WEIGHT, projected, input);
    code.gradientIs(BIAS, to -> call("sum_out", to, projected, 0));
    if (code.wantsInputGradient()) {
      code.step(call("mm_out", code.inputGradientRows(), projected, code.parameter(WEIGHT)));
    }
  }

  @Override
  public Expression autograd(AutogradCode code) {
    Expression weight = code.parameter(WEIGHT);
    if (!isPlain(code)) {
      long e = code.inputShape().last();
      Expression x = code.input();
      return attention(
          code,
          List.of(x, x, x),
          List.of(
              weight.call("narrow", 0, 0, e),
              weight.call("narrow", 0, e, e),
              weight.call("narrow", 0, 2 * e, e)));
    }
    return call(
        "selfAttention",
        code.input(),
        weight,
        hasBias() ? code.parameter(BIAS) : NO_TENSOR,
        code.parameter("out_proj.weight"),
        hasBias() ? code.parameter("out_proj.bias") : NO_TENSOR,
        heads(),
        isCausal());
  }

  @Override
  public Expression onnx(OnnxCode code) {
    Expression product = code.product(code.input(), code.parameter(WEIGHT));
    Expression projected = hasBias() ? code.op("Add", product, code.parameter(BIAS)) : product;
    Expression split = code.op("Split", projected).call("with", "axis", -1);
    Expression three = code.let("projected", split.call("with", "num_outputs", 3));
    long length = code.inputShape().first();
    return attended(
        List.of(three, three.call("output", 1), three.call("output", 2)), length, length, code);
  }
}
