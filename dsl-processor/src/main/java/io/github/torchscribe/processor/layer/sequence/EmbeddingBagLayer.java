package io.github.torchscribe.processor.layer.sequence;

import static io.github.torchscribe.processor.code.Expressions.call;

import io.github.torchscribe.dsl.nn.EmbeddingBag;
import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.code.PassCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Shape;

/** {@code @EmbeddingBag}: sum, mean or maximum of weight[x]. */
final class EmbeddingBagLayer extends EmbeddingTable {
  private final EmbeddingBag.Mode mode;

  EmbeddingBagLayer(Written written, Report report) {
    super(written, false, "", report);
    mode = written.constant("mode", EmbeddingBag.Mode.class, EmbeddingBag.Mode.MEAN);
  }

  @Override
  public Shape output(Incoming incoming, Report report) {
    Sequences.ofIndices(written(), incoming, report);
    return Shape.of(width());
  }

  @Override
  public void forward(ForwardCode code) {
    Expression bags = code.output().call("copy_", bags(code.parameter("weight"), code.input()));
    if (mode == EmbeddingBag.Mode.MAX) { // only backward wants to know whose maxima they were
      code.step(
          call(
              "bagMaxima",
              code.output(),
              chosen(code),
              code.parameter("weight"),
              code.input(),
              paddingIndex()),
          bags);
    } else {
      code.step(bags);
    }
  }

  /** In {@code EmbeddingBag.Mode} modes stand as libtorch counts them. */
  private Expression bags(Expression weight, Expression indices) {
    return call("bags", weight, indices, mode.ordinal(), paddingIndex());
  }

  /** The index of each number's vector. */
  private static Expression chosen(PassCode code) {
    return code.perBatch("chosen", code.indices());
  }

  @Override
  public void backward(BackwardCode code) {
    Expression to = code.gradient("weight");
    Expression from = code.outputGradient();
    if (mode == EmbeddingBag.Mode.MAX) {
      code.step(to.call("zero_"));
      code.step(to.call("scatter_add_", 0, chosen(code), ofFullBags(from, code)));
    } else {
      code.step(
          call(
              "embedding_dense_backward_out",
              to,
              call("toBags", shared(from, code), code.input()),
              code.input(),
              count(),
              paddingIndex(),
              false));
    }
    code.hasGradient("weight");
  }

  /** The gradient, but 0 of what has nothing but padding. */
  private Expression ofFullBags(Expression gradient, BackwardCode code) {
    return hasPadding()
        ? gradient.call("mul", call("bagSizes", code.input(), paddingIndex()).call("sign"))
        : gradient;
  }

  /** The gradient of each vector; of a mean it is divided among them. */
  private Expression shared(Expression gradient, BackwardCode code) {
    if (mode == EmbeddingBag.Mode.SUM) {
      return gradient;
    }
    long all = code.inputShape().last();
    return hasPadding()
        ? gradient.call(
            "div",
            call("bagSizes", code.input(), paddingIndex()).call("clamp_min", code.scalar("one", 1)))
        : gradient.call("div", code.scalar("all", all));
  }

  @Override
  public Expression autograd(AutogradCode code) {
    return bags(code.parameter("weight"), code.input());
  }

  @Override
  public Expression onnx(OnnxCode code) {
    Expression vectors = code.op("Gather", code.parameter("weight"), code.input());
    if (!hasPadding()) {
      return over("Reduce" + word(), vectors, code);
    }
    Expression there = code.let("there", IsThere.not(paddingIndex(), code));
    Expression shown = code.op("Unsqueeze", there, code.integers(2));
    Expression counts = IsThere.cast(there, IsThere.FLOAT, code);
    Expression count = code.let("count", code.op("ReduceSum", counts, code.integers(1)));
    if (mode == EmbeddingBag.Mode.MAX) {
      Expression hidden = code.number(Double.NEGATIVE_INFINITY);
      Expression largest = over("ReduceMax", code.op("Where", shown, vectors, hidden), code);
      Expression any = code.op("Greater", count, code.number(0));
      return code.op("Where", any, largest, code.number(0));
    }
    Expression sum = over("ReduceSum", code.op("Where", shown, vectors, code.number(0)), code);
    return mode == EmbeddingBag.Mode.SUM
        ? sum
        : code.op("Div", sum, code.op("Max", count, code.number(1)));
  }

  private String word() {
    return switch (mode) {
      case SUM -> "Sum";
      case MEAN -> "Mean";
      case MAX -> "Max";
    };
  }

  private static Expression over(String operator, Expression vectors, OnnxCode code) {
    return code.op(operator, vectors, code.integers(1)).call("with", "keepdims", 0);
  }
}
