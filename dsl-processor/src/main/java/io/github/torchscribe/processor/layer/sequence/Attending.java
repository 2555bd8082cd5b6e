package io.github.torchscribe.processor.layer.sequence;

import static io.github.torchscribe.processor.code.Expressions.FIRST;
import static io.github.torchscribe.processor.code.Expressions.N;
import static io.github.torchscribe.processor.code.Expressions.NO_TENSOR;
import static io.github.torchscribe.processor.code.Expressions.REACHED;
import static io.github.torchscribe.processor.code.Expressions.call;
import static io.github.torchscribe.processor.code.Expressions.oneOverSqrt;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.InitCode;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.code.PassCode;
import io.github.torchscribe.processor.code.PositionCode;
import io.github.torchscribe.processor.code.Types;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.BackwardReads;
import io.github.torchscribe.processor.layer.FewRows;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.layer.PaddingMask;
import io.github.torchscribe.processor.layer.Places;
import io.github.torchscribe.processor.layer.Sums;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.ParameterSpec;
import io.github.torchscribe.processor.tensor.Precision;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Attention: softmax(Q·Kᵀ/√D)·V for each head, projected. Subclasses say what queries, keys and
 * values are projected from.
 *
 * <p>In mixed precision all of it is bfloat16. Of a softmax that is no loss: libtorch's computes in
 * 32 bits within a row, and its weights are rounded for the product with V, as where PyTorch's
 * autocast gives them 32 bits.
 */
abstract class Attending extends Layer {
  private final long heads;
  private final boolean causal;
  private final boolean bias;
  private final double dropout;
  private final boolean mask;

  Attending(Written written, Report report) {
    super(written);
    heads = (long) written.checked("heads", "at least 1", h -> h >= 1, report);
    causal = written.flag("causal");
    bias = written.flag("bias");
    dropout = written.checked("dropout", "from 0 to less than 1", p -> p >= 0 && p < 1, report);
    mask = written.flag("mask");
  }

  final boolean hasBias() {
    return bias;
  }

  final long heads() {
    return heads;
  }

  final boolean isCausal() {
    return causal;
  }

  /** Whether weights are as they come: no padding is left out, nothing dropped. */
  final boolean isPlain(AutogradCode code) {
    return dropout == 0 && !PaddingMask.isKnown(code);
  }

  final AttentionTensors tensors(PassCode code) {
    return new AttentionTensors(code, heads, this::projected);
  }

  /** Queries, keys or values, each head's by itself, where they were projected. */
  abstract Expression projected(int which, AttentionTensors t);

  /** Says when heads do not divide the features of a query. */
  final void checkHeads(Shape query, Report report) {
    if (heads > 0 && query.last() % heads != 0) {
      report.say(
          Message.NOT_A_DIVISOR,
          written().at("heads"),
          "heads",
          name(),
          heads,
          query.last(),
          "features");
    }
  }

  /** The output's places are the query's; left out are those of a key. */
  final Places places(int key) {
    return mask ? Places.KEPT.leavingOut(key) : Places.KEPT;
  }

  @Override
  public final Optional<Precision> precision() {
    return Optional.of(Precision.LOWERED);
  }

  @Override
  public final boolean isDivisible() {
    return dropout == 0; // else the random stream has one order
  }

  @Override
  public final BackwardReads backwardReads() {
    return BackwardReads.INPUT.andGradientRows();
  }

  @Override
  public final FewRows fewRows() {
    return FewRows.IN_ANY_ORDER;
  }

  /** The parameters of the last projection, behind those of the first. */
  final List<ParameterSpec> withOutput(List<ParameterSpec> first, long width) {
    ParameterSpec weight = new ParameterSpec("out_proj.weight", Shape.of(width, width));
    List<ParameterSpec> all = new ArrayList<>(first);
    if (bias) {
      all.add(new ParameterSpec("in_proj_bias", Shape.of(3 * width)));
    }
    all.add(weight);
    if (bias) {
      all.add(new ParameterSpec("out_proj.bias", Shape.of(width)));
    }
    return all;
  }

  /** In the order in which PyTorch draws: it makes the last projection first. */
  final void initialize(long width, List<String> first, InitCode code) {
    Expression generator = code.generator();
    Expression out = code.parameter("out_proj.weight");
    boolean normal = code.byNormal("out_proj.weight");
    if (!normal) {
      code.step(call("kaimingUniform", out, call(Types.MATH, "sqrt", 5), generator));
    }
    if (bias) {
      Expression shift = code.parameter("out_proj.bias");
      if (!normal) {
        code.step(call("uniform", shift, oneOverSqrt(width), generator));
      }
      code.step(call("zeros", shift));
      code.step(call("zeros", code.parameter("in_proj_bias")));
    }
    for (String weight : first) {
      if (!code.byNormal(weight)) {
        code.step(call("xavierUniform", code.parameter(weight), generator));
      }
    }
  }

  /** From queries, keys and values, where they were projected, to the output. */
  final void attend(ForwardCode code, AttentionTensors t) {
    if (PaddingMask.isKnown(code)) {
      Expression there = code.input(PaddingMask.at(code));
      code.part(call("hide", t.hidden(), there), "−1 for keys that are padding");
    }
    code.partPrepared(
        () -> attendByOperations(code, t),
        () -> attendedByHeads(t),
        "softmax(Q·Kᵀ/√D)·V of each head");
    code.product(
        "out",
        code.outputRows(),
        t.mergedRows(),
        code.parameter("out_proj.weight"),
        code.transposed("out_proj.weight"),
        bias ? List.of(code.parameter("out_proj.bias")) : List.of(),
        "");
  }

  private Expression.Call attendedByHeads(AttentionTensors t) {
    return call(
        "attendedByHeads",
        projected(0, t),
        projected(1, t),
        projected(2, t),
        t.scores(),
        t.weights(),
        t.mergedByHead(),
        t.scale(),
        causal ? t.causalMask() : NO_TENSOR,
        PaddingMask.isKnown(t.code()) ? t.hidden() : NO_TENSOR,
        dropout > 0 ? List.of(t.noise(), 1 - dropout) : List.of());
  }

  private void attendByOperations(ForwardCode code, AttentionTensors t) {
    code.part(t.query().call("copy_", projected(0, t)), "Q of each head");
    code.part(t.key().call("copy_", projected(1, t)), "K");
    code.part(t.value().call("copy_", projected(2, t)), "V");
    code.part(scores(code, t), causal ? "Q·Kᵀ/√D, −∞ for what comes after" : "Q·Kᵀ/√D");
    if (PaddingMask.isKnown(code)) {
      code.part(
          t.scores().call("add_", t.hiddenKeys(), code.scalar("farBelow", PaddingMask.FAR_BELOW)),
          "far below for padding");
    }
    code.part(call("softmax_out", t.weightRows(), t.scoreRows(), -1), "P = softmax");
    if (PaddingMask.isKnown(code) && causal) {
      // A query that sees padding alone would attend to it, as to whatever is largest.
      code.part(t.weights().call("addcmul_", t.weights(), t.hiddenKeys()), "0 for padding");
    }
    Expression context = call("bmm_out", t.contextRows(), t.weightRows(), t.valueRows());
    if (dropout > 0) {
      code.step(call("bmm_out", t.contextRows(), dropped(code, t), t.valueRows()), context);
    } else {
      code.part(context, "P·V");
    }
    code.part(t.mergedByHead().call("copy_", t.context()), "heads beside each other");
  }

  /**
   * The same for positions of one text, each of which sees those before it and itself.
   *
   * @param all what is projected for each position of the text: (1, length, 3, heads, D)
   */
  final void attendAt(PositionCode code, Expression all) {
    Expression queries = code.atHand("query", ofAll("queries", code, all, 0, FIRST, N));
    Expression keys = code.atHand("key", ofAll("keys", code, all, 1, 0, REACHED));
    Expression values = code.atHand("value", ofAll("values", code, all, 2, 0, REACHED));
    List<Expression> shift = bias ? List.of(code.parameter("out_proj.bias")) : List.of();
    code.stepForOne(
        projectOne(
            code.outputRow(),
            call("attendedByOne", queries, keys, values),
            code.parameter("out_proj.weight"),
            shift),
        project(
            code.outputRows(),
            call("attended", queries, keys, values),
            code.transposed("out_proj.weight"),
            shift));
  }

  /** Queries, keys or values of each head: of the text so far, or of what is at hand. */
  private static Expression ofAll(
      String name, PositionCode code, Expression all, int which, Object from, Expression count) {
    return code.perBatch(name, all.call("select", 2, which).call("transpose", 1, 2))
        .call("narrow", 2, from, count);
  }

  /** Some weights become 0, the others larger; the place of the scores has them. */
  private Expression dropped(ForwardCode code, AttentionTensors t) {
    Expression noise = call("drawn", t.noiseRows(), 1 - dropout);
    Expression scaled = noise.call("div_", code.scalar("kept", 1 - dropout));
    return call("mul_out", t.scoreRows(), t.weightRows(), scaled);
  }

  /** x·Wᵀ + b, where there is one. */
  static Expression project(
      Expression to, Expression from, Expression transposed, List<Expression> b) {
    return call(b.isEmpty() ? "mm_out" : "addmm_out", to, b, from, transposed);
  }

  /** The same for a single vector: half of the time. */
  static Expression projectOne(
      Expression to, Expression from, Expression weight, List<Expression> b) {
    return call(b.isEmpty() ? "mv_out" : "addmv_out", to, b, weight, from);
  }

  private Expression scores(ForwardCode code, AttentionTensors t) {
    Expression mask = causal ? t.causalMask() : t.scoreRows();
    Expression scores = t.scoreRows();
    Expression queries = t.queryRows();
    Expression keys = t.transposed("keyRows", t.keyRows());
    Expression masked = causal ? code.scalar("one", 1) : code.scalar("zero", 0);
    return call("baddbmm_out", scores, mask, queries, keys, masked, t.scale());
  }

  /**
   * From the gradient of the output to those of queries, keys and values, which take the places of
   * what was projected.
   */
  final void attendBackward(BackwardCode code, AttentionTensors t) {
    Expression gradient = code.outputGradientRows();
    weightGradient(code, "out_proj.weight", gradient, t.mergedRows());
    code.gradientIs("out_proj.bias", to -> call("sum_out", to, gradient, 0));
    code.part(
        call("mm_out", t.mergedRows(), gradient, code.parameter("out_proj.weight")),
        "of what was projected");
    code.partPrepared(
        () -> attendBackwardByOperations(code, t),
        () -> attendedByHeads(t),
        "of Q, K and V, each head's");
  }

  /**
   * The same for all heads at once: the gradients first take the places of context, keys and values
   * of each head. What forward kept is overwritten, each once nothing reads it any more.
   */
  private void attendBackwardByOperations(BackwardCode code, AttentionTensors t) {
    code.part(t.context().call("copy_", t.mergedByHead()), "G, of P·V");
    Expression scores = t.scoreRows();
    Expression values = t.valueRows();
    Expression weights = t.weightRows();
    Expression context = t.contextRows();
    code.part(call("bmm_out", scores, context, t.transposed("valueRows", values)), "G·Vᵀ, of P");
    Expression weighed = weights;
    if (dropout > 0) {
      weighed = t.noiseRows();
      code.part(scores.call("mul_", weighed), "through dropout");
      code.part(weighed.call("mul_", weights), "P as it was dropped");
    }
    code.part(
        call(
            "bmm_out",
            values,
            t.transposed(dropout > 0 ? "noiseRows" : "weightRows", weighed),
            context),
        "Pᵀ·G, of V");
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
    code.part(projected(0, t).call("copy_", t.context()), "of Q, all heads");
    code.part(projected(1, t).call("copy_", t.key()), "of K");
    code.part(projected(2, t).call("copy_", t.value()), "of V");
  }

  /** The gradient of a projection's weight, which is there then. */
  static void weightGradient(
      BackwardCode code, String weight, Expression gradient, Expression input) {
    code.gradientIs(weight, to -> code.product(weight, to, gradient.call("t"), input));
  }

  /** Attention where it is not plain, or not of a value with itself. */
  final Expression attention(AutogradCode code, List<Expression> values, List<Expression> weights) {
    return call(
        "attention",
        values,
        weights,
        bias ? code.parameter("in_proj_bias") : NO_TENSOR,
        code.parameter("out_proj.weight"),
        bias ? code.parameter("out_proj.bias") : NO_TENSOR,
        heads,
        causal,
        dropout,
        PaddingMask.isKnown(code) ? code.input(PaddingMask.at(code)) : NO_TENSOR);
  }

  /**
   * From queries, keys and values to the output, in ONNX.
   *
   * @param three (N, L, E) each, as they were projected
   * @param length of the queries
   * @param keys of the keys and values
   */
  final Expression attended(List<Expression> three, long length, long keys, OnnxCode code) {
    long width = code.outputShape().last();
    Expression queries =
        code.let("queries", byHead(three.get(0), length, List.of(0, 2, 1, 3), code));
    Expression transposed = code.let("keys", byHead(three.get(1), keys, List.of(0, 2, 3, 1), code));
    Expression values = code.let("values", byHead(three.get(2), keys, List.of(0, 2, 1, 3), code));
    Expression products = code.let("products", code.op("MatMul", queries, transposed));
    Expression scores =
        code.op("Mul", products, code.number(1 / Math.sqrt(width / (double) heads)));
    if (causal) {
      scores = code.op("Add", scores, call("causalMask", length, keys));
    }
    boolean hides = PaddingMask.isKnown(code);
    Expression there = hides ? code.input(PaddingMask.at(code)) : null;
    if (hides) {
      Expression hidden = code.reshaped(PaddingMask.hidden(there, code), 1, 1, keys);
      scores = code.op("Add", code.let("scores", scores), hidden);
    }
    Expression softmax = code.op("Softmax", scores).call("with", "axis", -1);
    Expression weights = code.let("weights", softmax);
    if (hides && causal) { // a query that sees padding alone attends to nothing
      weights = code.op("Mul", weights, code.reshaped(there, 1, 1, keys));
    }
    Expression context =
        code.op("Transpose", code.op("MatMul", weights, values))
            .call("withAll", "perm", 0, 2, 1, 3);
    Expression merged = code.let("context", code.reshaped(context, length, width));
    Expression output = code.product(merged, code.parameter("out_proj.weight"));
    return bias ? code.op("Add", output, code.parameter("out_proj.bias")) : output;
  }

  private Expression byHead(Expression all, long length, List<Integer> order, OnnxCode code) {
    Expression apart = code.reshaped(all, length, heads, code.outputShape().last() / heads);
    return code.op("Transpose", apart).call("withAll", "perm", order);
  }
}
