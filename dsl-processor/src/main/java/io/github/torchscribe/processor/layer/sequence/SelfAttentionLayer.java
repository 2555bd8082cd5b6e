package io.github.torchscribe.processor.layer.sequence;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.InitCode;
import io.github.torchscribe.processor.code.PassCode;
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
    code.step("kaimingUniform(" + code.parameter("out_proj.weight") + ", Math.sqrt(5), generator)");
    if (bias) {
      String out = code.parameter("out_proj.bias");
      code.step("uniform(" + out + ", 1 / Math.sqrt(" + input.last() + "), generator)");
      code.step("zeros(" + out + ")");
      code.step("zeros(" + code.parameter("in_proj_bias") + ")");
    }
    code.step("xavierUniform(" + code.parameter("in_proj_weight") + ", generator)");
  }

  @Override
  public BackwardReads backwardReads() {
    return BackwardReads.INPUT.andGradientRows();
  }

  @Override
  public void forward(ForwardCode code) {
    Tensors t = new Tensors(code, heads);
    String in =
        project(code, t.projectedRows(), code.inputRows(), "in_proj_weight", "in_proj_bias");
    code.part(in, "queries, keys, values");
    code.part(call(t.query() + ".copy_", t.third(0)), "Q of each head");
    code.part(call(t.key() + ".copy_", t.third(1)), "K");
    code.part(call(t.value() + ".copy_", t.third(2)), "V");
    String mask = causal ? code.perBatch("mask", "Tensor", "causalMask(" + t.length() + ")") : "";
    code.part(
        call(
            "baddbmm_out",
            t.scoreRows(),
            causal ? mask : t.scoreRows(),
            t.queryRows(),
            t.transposed("keyRows", t.keyRows()),
            causal ? code.scalar("one", 1) : code.scalar("zero", 0),
            t.scale()),
        causal ? "Q·Kᵀ/√D, −∞ for what comes after" : "Q·Kᵀ/√D");
    code.part(call("softmax_out", t.weightRows(), t.scoreRows(), "-1"), "P = softmax");
    code.part(call("bmm_out", t.contextRows(), t.weightRows(), t.valueRows()), "P·V");
    code.part(call(t.mergedByHead() + ".copy_", t.context()), "heads beside each other");
    code.step(project(code, code.outputRows(), t.mergedRows(), "out_proj.weight", "out_proj.bias"));
  }

  private String project(ForwardCode code, String to, String from, String weight, String shift) {
    String transposed = code.transposed(weight);
    return bias
        ? call("addmm_out", to, code.parameter(shift), from, transposed)
        : call("mm_out", to, from, transposed);
  }

  /** What forward kept is overwritten by gradients, each once nothing reads it any more. */
  @Override
  public void backward(BackwardCode code) {
    Tensors t = new Tensors(code, heads);
    String gradient = code.outputGradientRows();
    projectionGradients(code, gradient, t.mergedRows(), "out_proj.weight", "out_proj.bias");
    code.part(
        call("mm_out", t.mergedRows(), gradient, code.parameter("out_proj.weight")),
        "of what was projected");
    code.part(call(t.context() + ".copy_", t.mergedByHead()), "G, of P·V");
    attentionGradients(code, t);
    String input = code.input() + ".view(-1, " + code.inputShape().last() + ")";
    projectionGradients(code, t.projectedRows(), input, "in_proj_weight", "in_proj_bias");
    if (code.wantsInputGradient()) {
      String to = code.inputGradientRows();
      code.step(call("mm_out", to, t.projectedRows(), code.parameter("in_proj_weight")));
    }
  }

  private static void attentionGradients(BackwardCode code, Tensors t) {
    String scores = t.scoreRows();
    String values = t.valueRows();
    String weights = t.weightRows();
    code.part(
        call("bmm_out", scores, t.contextRows(), t.transposed("valueRows", values)), "G·Vᵀ, of P");
    code.part(
        call("bmm_out", values, t.transposed("weightRows", weights), t.contextRows()),
        "Pᵀ·G, of V");
    code.part(call(scores + ".mul_", weights), "through the softmax");
    String sum = Sums.over("-1", scores, code);
    code.part(
        call(scores + ".addcmul_", weights, sum, code.scalar("minusOne", -1)),
        "S = P·(G·Vᵀ − Σ P·(G·Vᵀ))");

    String zero = code.scalar("zero", 0);
    String queries = t.contextRows();
    code.part(
        call("baddbmm_out", queries, queries, scores, t.keyRows(), zero, t.scale()),
        "S·K/√D, of Q");
    String keys = t.keyRows();
    String transposed = t.transposed("scoreRows", scores);
    code.part(
        call("baddbmm_out", keys, keys, transposed, t.queryRows(), zero, t.scale()),
        "Sᵀ·Q/√D, of K");
    code.part(call(t.third(0) + ".copy_", t.context()), "of Q, all heads");
    code.part(call(t.third(1) + ".copy_", t.key()), "of K");
    code.part(call(t.third(2) + ".copy_", t.value()), "of V");
  }

  private void projectionGradients(
      BackwardCode code, String gradient, String input, String weight, String shift) {
    code.part(call("mm_out", code.gradient(weight), gradient + ".t()", input), weight);
    code.hasGradient(weight);
    if (bias) {
      code.part(call("sum_out", code.gradient(shift), gradient, "0"), shift);
      code.hasGradient(shift);
    }
  }

  @Override
  public String autograd(AutogradCode code) {
    return call(
        "selfAttention",
        code.input(),
        code.parameter("in_proj_weight"),
        bias ? code.parameter("in_proj_bias") : "new Tensor()",
        code.parameter("out_proj.weight"),
        bias ? code.parameter("out_proj.bias") : "new Tensor()",
        String.valueOf(heads),
        String.valueOf(causal));
  }

  private static String call(String method, String... arguments) {
    return method + "(" + String.join(", ", arguments) + ")";
  }

  /**
   * The tensors between the projections. Those that are called rows have the heads of all examples
   * one after the other, as products of many matrices want them: (n·heads, L, …).
   */
  private record Tensors(PassCode code, long heads) {
    long length() {
      return code.inputShape().sizes().get(0);
    }

    long width() {
      return code.inputShape().last() / heads;
    }

    String scale() {
      return code.scalar("attentionScale", 1 / Math.sqrt(width()));
    }

    private String projected() {
      return code.kept("projected", code.inputShape().withLast(3 * heads * width()));
    }

    String projectedRows() {
      return view("projectedRows", projected() + ".view(-1, " + 3 * heads * width() + ")");
    }

    /** Queries, keys or values in what was projected. */
    String third(int which) {
      String heads3 = "n, " + length() + ", 3, " + heads + ", " + width();
      return view(
          List.of("projectedQuery", "projectedKey", "projectedValue").get(which),
          projected() + ".view(" + heads3 + ").select(2, " + which + ").transpose(1, 2)");
    }

    String query() {
      return perHead("query", width());
    }

    String queryRows() {
      return rows("query", query(), width());
    }

    String key() {
      return perHead("key", width());
    }

    String keyRows() {
      return rows("key", key(), width());
    }

    String value() {
      return perHead("value", width());
    }

    String valueRows() {
      return rows("value", value(), width());
    }

    String scoreRows() {
      return rows("score", perHead("scores", length()), length());
    }

    String weightRows() {
      return rows("weight", perHead("weights", length()), length());
    }

    String context() {
      return perHead("context", width());
    }

    String contextRows() {
      return rows("context", context(), width());
    }

    private String merged() {
      return code.kept("merged", code.inputShape());
    }

    String mergedRows() {
      return view("mergedRows", merged() + ".view(-1, " + code.inputShape().last() + ")");
    }

    String mergedByHead() {
      String byHead = "n, " + length() + ", " + heads + ", " + width();
      return view("mergedByHead", merged() + ".view(" + byHead + ").transpose(1, 2)");
    }

    private String perHead(String name, long last) {
      return code.kept(name, Shape.of(heads, length(), last));
    }

    private String rows(String name, String tensor, long last) {
      return view(name + "Rows", tensor + ".view(-1, " + length() + ", " + last + ")");
    }

    String transposed(String name, String rows) {
      return view(name + "T", rows + ".transpose(1, 2)");
    }

    private String view(String name, String value) {
      return code.perBatch(name, "Tensor", value);
    }
  }
}
