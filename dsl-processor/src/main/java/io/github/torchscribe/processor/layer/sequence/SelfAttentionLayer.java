package io.github.torchscribe.processor.layer.sequence;

import static io.github.torchscribe.processor.code.Expressions.NO_TENSOR;
import static io.github.torchscribe.processor.code.Expressions.call;
import static io.github.torchscribe.processor.code.Expressions.oneOverSqrt;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.InitCode;
import io.github.torchscribe.processor.code.Types;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.BackwardReads;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.layer.Sums;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.ParameterSpec;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;

/** {@code @SelfAttention}: softmax(Q·Kᵀ/√D)·V for each head, projected. */
final class SelfAttentionLayer extends Layer {
  private final long heads;
  private final boolean causal;
  private final boolean bias;

  SelfAttentionLayer(Written written, Report report) {
    super(written);
    heads = (long) written.checked("heads", "at least 1", h -> h >= 1, report);
    causal = written.flag("causal");
    bias = written.flag("bias");
  }

  @Override
  public Shape output(Incoming incoming, Report report) {
    Shape shape = Sequences.check(written(), incoming, report);
    if (heads > 0 && shape.last() % heads != 0) {
      report.say(
          Message.NOT_A_DIVISOR,
          written().at("heads"),
          "heads",
          name(),
          heads,
          shape.last(),
          "features");
    }
    return shape;
  }

  @Override
  public List<ParameterSpec> parameters(Shape input) {
    long e = input.last();
    ParameterSpec in = new ParameterSpec("in_proj_weight", Shape.of(3 * e, e));
    ParameterSpec out = new ParameterSpec("out_proj.weight", Shape.of(e, e));
    return bias
        ? List.of(
            in,
            new ParameterSpec("in_proj_bias", Shape.of(3 * e)),
            out,
            new ParameterSpec("out_proj.bias", Shape.of(e)))
        : List.of(in, out);
  }

  /** The two projections, then scores and their products with values. */
  @Override
  public long multiplyAdds(Shape input, Shape output) {
    long length = input.sizes().get(0);
    long width = input.last();
    return 4 * length * width * width + 2 * length * length * width;
  }

  /** In the order in which PyTorch draws: it makes the last projection first. */
  @Override
  public void initialize(Shape input, InitCode code) {
    Expression generator = code.generator();
    Expression out = code.parameter("out_proj.weight");
    code.step(call("kaimingUniform", out, call(Types.MATH, "sqrt", 5), generator));
    if (bias) {
      Expression shift = code.parameter("out_proj.bias");
      code.step(call("uniform", shift, oneOverSqrt(input.last()), generator));
      code.step(call("zeros", shift));
      code.step(call("zeros", code.parameter("in_proj_bias")));
    }
    code.step(call("xavierUniform", code.parameter("in_proj_weight"), generator));
  }

  @Override
  public BackwardReads backwardReads() {
    return BackwardReads.INPUT.andGradientRows();
  }

  @Override
  public void forward(ForwardCode code) {
    AttentionTensors t = new AttentionTensors(code, heads);
    code.part(
        project(code, t.projectedRows(), code.inputRows(), "in_proj_weight", "in_proj_bias"),
        "queries, keys, values");
    code.part(t.query().call("copy_", t.third(0)), "Q of each head");
    code.part(t.key().call("copy_", t.third(1)), "K");
    code.part(t.value().call("copy_", t.third(2)), "V");
    code.part(scores(code, t), causal ? "Q·Kᵀ/√D, −∞ for what comes after" : "Q·Kᵀ/√D");
    code.part(call("softmax_out", t.weightRows(), t.scoreRows(), -1), "P = softmax");
    code.part(call("bmm_out", t.contextRows(), t.weightRows(), t.valueRows()), "P·V");
    code.part(t.mergedByHead().call("copy_", t.context()), "heads beside each other");
    code.step(project(code, code.outputRows(), t.mergedRows(), "out_proj.weight", "out_proj.bias"));
  }

  private Expression project(
      ForwardCode code, Expression to, Expression from, String weight, String shift) {
    Expression transposed = code.transposed(weight);
    return bias
        ? call("addmm_out", to, code.parameter(shift), from, transposed)
        : call("mm_out", to, from, transposed);
  }

  private Expression scores(ForwardCode code, AttentionTensors t) {
    Expression mask = causal ? t.mask() : t.scoreRows();
    Expression scores = t.scoreRows();
    Expression queries = t.queryRows();
    Expression keys = t.transposed("keyRows", t.keyRows());
    Expression masked = causal ? code.scalar("one", 1) : code.scalar("zero", 0);
    return call("baddbmm_out", scores, mask, queries, keys, masked, t.scale());
  }

  /** What forward kept is overwritten by gradients, each once nothing reads it any more. */
  @Override
  public void backward(BackwardCode code) {
    AttentionTensors t = new AttentionTensors(code, heads);
    Expression gradient = code.outputGradientRows();
    projectionGradients(code, gradient, t.mergedRows(), "out_proj.weight", "out_proj.bias");
    code.part(
        call("mm_out", t.mergedRows(), gradient, code.parameter("out_proj.weight")),
        "of what was projected");
    code.part(t.context().call("copy_", t.mergedByHead()), "G, of P·V");
    attentionGradients(code, t);
    Expression input = code.input().call("view", -1, code.inputShape().last());
    projectionGradients(code, t.projectedRows(), input, "in_proj_weight", "in_proj_bias");
    if (code.wantsInputGradient()) {
      Expression to = code.inputGradientRows();
      code.step(call("mm_out", to, t.projectedRows(), code.parameter("in_proj_weight")));
    }
  }

  private static void attentionGradients(BackwardCode code, AttentionTensors t) {
    Expression scores = t.scoreRows();
    Expression values = t.valueRows();
    Expression weights = t.weightRows();
    Expression context = t.contextRows();
    code.part(call("bmm_out", scores, context, t.transposed("valueRows", values)), "G·Vᵀ, of P");
    code.part(call("bmm_out", values, t.transposed("weightRows", weights), context), "Pᵀ·G, of V");
    code.part(scores.call("mul_", weights), "through the softmax");
    Expression sum = Sums.over(-1, scores, code);
    code.part(
        scores.call("addcmul_", weights, sum, code.scalar("minusOne", -1)),
        "S = P·(G·Vᵀ − Σ P·(G·Vᵀ))");
    Expression zero = code.scalar("zero", 0);
    Expression keys = t.keyRows();
    code.part(call("baddbmm_out", context, context, scores, keys, zero, t.scale()), "S·K/√D, of Q");
    Expression transposed = t.transposed("scoreRows", scores);
    code.part(
        call("baddbmm_out", keys, keys, transposed, t.queryRows(), zero, t.scale()),
        "Sᵀ·Q/√D, of K");
    code.part(t.third(0).call("copy_", t.context()), "of Q, all heads");
    code.part(t.third(1).call("copy_", t.key()), "of K");
    code.part(t.third(2).call("copy_", t.value()), "of V");
  }

  private void projectionGradients(
      BackwardCode code, Expression gradient, Expression input, String weight, String shift) {
    code.part(call("mm_out", code.gradient(weight), gradient.call("t"), input), weight);
    code.hasGradient(weight);
    if (bias) {
      code.part(call("sum_out", code.gradient(shift), gradient, 0), shift);
      code.hasGradient(shift);
    }
  }

  @Override
  public Expression autograd(AutogradCode code) {
    return call(
        "selfAttention",
        code.input(),
        code.parameter("in_proj_weight"),
        bias ? code.parameter("in_proj_bias") : NO_TENSOR,
        code.parameter("out_proj.weight"),
        bias ? code.parameter("out_proj.bias") : NO_TENSOR,
        heads,
        causal);
  }
}
