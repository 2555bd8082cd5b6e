package io.github.torchscribe.processor.source;

import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Types;
import io.github.torchscribe.processor.layer.BackwardReads;
import io.github.torchscribe.processor.plan.Buffer;
import io.github.torchscribe.processor.plan.PlannedLayer;
import io.github.torchscribe.processor.tensor.ParameterSpec;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.Optional;

/**
 * Writes one layer's backward step: first the gradient of its input; then its parameters'
 * gradients, into the flat buffer, and, where the network descends, the same again straight into
 * each parameter.
 */
final class BackwardSteps extends PassSteps implements BackwardCode {
  /**
   * What the steps of all layers are written into.
   *
   * @param backward gets the gradients of inputs
   * @param gradients gets those of parameters
   * @param descend gets the same with the update, where the network descends
   * @param pieces is told of what each share computes of a gradient
   * @param temporaries is told of what has to be freed
   */
  record Sinks(
      Lines backward,
      Lines gradients,
      Optional<Lines> descend,
      GradientPieces pieces,
      Temporaries temporaries) {}

  private final Sinks to;

  BackwardSteps(Context context, PlannedLayer at, Sinks to) {
    super(context, at);
    this.to = to;
  }

  @Override
  public String input() {
    require(reads().input(), "its input");
    return context.share().activation(at.input());
  }

  @Override
  public String output() {
    require(reads().output(), "its output");
    return context.share().activation(at.output());
  }

  @Override
  public String outputGradient() {
    return context.share().gradient(ofOutput());
  }

  @Override
  public String outputGradientRows() {
    require(reads().gradientRows(), "the gradient's rows");
    return context.share().gradientMatrix(ofOutput());
  }

  @Override
  public boolean wantsInputGradient() {
    return at.inputGradient().isPresent();
  }

  @Override
  public String inputGradient() {
    return context.share().gradient(ofInput());
  }

  @Override
  public String inputGradientRows() {
    return context.share().gradientMatrix(ofInput());
  }

  @Override
  public Optional<String> skippedGradient() {
    return at.skippedGradient().map(context.share()::gradient);
  }

  @Override
  public void step(String statement) {
    to.backward().add(statement, comment());
  }

  private String comment() {
    String shape = at.inputGradient().map(gradient -> gradient.shape().batch("n")).orElse("");
    return (shape + "  " + at.node().label()).strip();
  }

  @Override
  public void part(String statement, String what) {
    to.backward().add(statement, at.node().label() + ": " + what);
  }

  @Override
  public String temporary(String name, String type, String value) {
    String variable = at.node().variable() + Fields.capitalized(name);
    to.backward()
        .declare(new Lines.Local(Types.tensorType(type), "var", variable), value, comment());
    to.temporaries().add(variable);
    return variable;
  }

  @Override
  public void inputGradientIs(String value) {
    if (ofInput().slot().isPresent()) {
      step(inputGradient() + ".copy_(" + value + ")");
      return;
    }
    to.backward()
        .declare(new Lines.Local(Types.TENSOR, "Tensor", inputGradient()), value, comment());
    to.temporaries().sharedBy(inputGradient());
  }

  @Override
  public String gradient(String name) {
    return context.plan().graph().isDivisible()
        ? context.share().parameterGradientPiece(at.node(), name)
        : Fields.gradient(at.node(), name);
  }

  @Override
  public void hasGradient(String name) {
    if (context.plan().graph().isDivisible()) {
      to.pieces().add(at.node(), name);
    } else {
      String update = Fields.parameter(at.node(), name) + ".add_(" + gradient(name) + ", minusLr)";
      to.descend().ifPresent(lines -> lines.add(update, comment(name)));
    }
  }

  @Override
  public void productGradient(String name) {
    require(reads().gradientOfAllRows(), "the gradient of all rows");
    if (at.productsComeInPieces()) {
      String call =
          "mm_out("
              + gradient(name)
              + ", "
              + context.share().gradientMatrixT(ofOutput())
              + ", "
              + context.share().activationMatrix(at.input())
              + ")";
      to.backward().add(call, comment(name));
      hasGradient(name);
      return;
    }
    String product =
        context.share().gradientPart(ofOutput())
            + ", "
            + context.share().wholeActivation(at.input());
    if (isLowered()) {
      loweredProduct(name, product);
      return;
    }
    to.gradients().add("mm_out(" + gradientPart(name) + ", " + product + ")", comment(name));
    to.descend()
        .ifPresent(
            lines ->
                lines.add(
                    parameterPart(name)
                        + ".addmm_("
                        + product
                        + ", "
                        + scalar("one", 1)
                        + ", minusLr)",
                    comment(name)));
  }

  /** The product in bfloat16, then what it gives in 32 bits. */
  private void loweredProduct(String name, String product) {
    String lowered = context.share().loweredGradientPart(at.node(), name);
    String call = "mm_out(" + lowered + ", " + product + ")";
    String copy = gradientPart(name) + ".copy_(" + lowered + ")";
    to.gradients().add(call, comment(name)).add(copy);
    to.descend().ifPresent(lines -> lines.add(call, comment(name)).add(copy).add(update(name)));
  }

  @Override
  public void sumGradient(String name) {
    require(reads().gradientOfAllRows(), "the gradient of all rows");
    if (at.productsComeInPieces()) {
      to.backward()
          .add("sum_out(" + gradient(name) + ", " + outputGradientRows() + ", 0)", comment(name));
      hasGradient(name);
      return;
    }
    String sum =
        "sum_out(" + gradientPart(name) + ", " + context.share().gradientPart(ofOutput()) + ", 1)";
    to.gradients().add(sum, comment(name));
    to.descend().ifPresent(lines -> lines.add(sum, comment(name)).add(update(name), comment(name)));
  }

  private String update(String name) {
    return parameterPart(name) + ".add_(" + gradientPart(name) + ", minusLr)";
  }

  private String parameterPart(String name) {
    return context.share().parameterPart(at.node(), name);
  }

  private String gradientPart(String name) {
    return context.share().parameterGradientPart(at.node(), name);
  }

  private String comment(String name) {
    for (ParameterSpec parameter : at.node().parameters()) {
      if (parameter.name().equals(name)) {
        return at.node().path() + "." + name + " " + whole(parameter.shape());
      }
    }
    throw new IllegalArgumentException(at.node().label() + " has no parameter " + name);
  }

  static String whole(Shape shape) {
    return "(" + shape.list() + ")";
  }

  private BackwardReads reads() {
    return at.node().layer().backwardReads();
  }

  /** What a layer does not say that it reads may be overwritten by then. */
  private void require(boolean said, String what) {
    if (!said) {
      throw new IllegalStateException(at.node().label() + " does not say that it reads " + what);
    }
  }

  private Buffer ofInput() {
    return at.inputGradient().orElseThrow();
  }

  private Buffer ofOutput() {
    return at.outputGradient().orElseThrow();
  }
}
