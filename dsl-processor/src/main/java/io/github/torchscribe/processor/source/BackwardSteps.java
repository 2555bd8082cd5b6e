package io.github.torchscribe.processor.source;

import static io.github.torchscribe.processor.code.Expressions.call;
import static io.github.torchscribe.processor.code.Expressions.name;

import com.squareup.javapoet.ClassName;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.layer.BackwardReads;
import io.github.torchscribe.processor.plan.Backward;
import io.github.torchscribe.processor.plan.Buffer;
import io.github.torchscribe.processor.plan.PlannedLayer;
import io.github.torchscribe.processor.tensor.ParameterSpec;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

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
      Temporaries temporaries) {
    /** What comes when all rows are done, in both ways. */
    List<Lines> secondPhase() {
      return Stream.concat(Stream.of(gradients), descend.stream()).toList();
    }
  }

  private static final String OF_SEVERAL = "over all that read it";
  private static final Expression MINUS_LR = name("minusLr");

  private final Sinks to;
  private boolean isApart;

  /** How many of the sums that come after the layer's own steps are there already. */
  private int summed;

  BackwardSteps(Context context, PlannedLayer at, Sinks to) {
    super(context, at);
    this.to = to;
  }

  @Override
  public Expression input() {
    require(reads().input(), "its input");
    return context.share().activation(at.input());
  }

  @Override
  public Expression input(int which) {
    require(reads().input(), "its input");
    return context.share().activation(at.inputs().get(which));
  }

  @Override
  public Expression output() {
    require(reads().output(), "its output");
    return context.share().activation(at.output());
  }

  @Override
  public Expression outputGradient() {
    return context.share().gradient(ofOutput());
  }

  @Override
  public Expression outputGradientRows() {
    require(reads().gradientRows(), "the gradient's rows");
    return context.share().gradientMatrix(ofOutput());
  }

  @Override
  public boolean wantsInputGradient() {
    return at.inputGradient().isPresent();
  }

  @Override
  public Expression inputGradient() {
    return context.share().gradient(ofInput());
  }

  @Override
  public boolean wantsInputGradient(int which) {
    return at.backward().inputGradients().get(which).isPresent();
  }

  @Override
  public Expression inputGradient(int which) {
    return context.share().gradient(at.backward().inputGradients().get(which).orElseThrow());
  }

  /** Adds up the gradients of values that several layers read. */
  void sums() {
    at.backward().sums().stream().skip(summed).forEach(this::add);
  }

  private void add(Backward.Sum sum) {
    add(sum, context.share(), to.backward(), OF_SEVERAL);
  }

  /** Frees what the layer was the only one to read, where that came in memory of its own. */
  void letGo() {
    for (Buffer input : at.inputs()) {
      if (input.isBrought()) {
        to.backward().add(call("letGo", context.share().activation(input)));
      }
    }
  }

  /** Adds up two gradients of a value. */
  static void add(Backward.Sum sum, ShareFields share, Lines lines, String over) {
    Expression first = share.gradient(sum.first());
    Expression second = share.gradient(sum.second());
    lines.add(
        sum.to().equals(sum.first())
            ? first.call("add_", second)
            : call("add_out", share.gradient(sum.to()), first, second),
        comment(sum, over));
  }

  private static String comment(Backward.Sum sum, String over) {
    return sum.of().shape().batch("n") + "  " + sum.of().path() + ": " + over;
  }

  @Override
  public Expression inputGradientRows() {
    return context.share().gradientMatrix(ofInput());
  }

  @Override
  public void step(Expression statement) {
    to.backward().add(statement, comment());
  }

  private String comment() {
    String shape = at.inputGradient().map(gradient -> gradient.shape().batch("n")).orElse("");
    return (shape + "  " + at.node().label()).strip();
  }

  @Override
  public void part(Expression statement, String what) {
    to.backward().add(statement, at.node().label() + ": " + what);
  }

  @Override
  public void partPrepared(Runnable otherwise, Supplier<Expression.Call> made, String what) {
    Lines others = to.backward().without(otherwise);
    Expression.Call call = made.get();
    Expression field = prepared(call.method(), false, call);
    String comment = at.node().label() + ": " + what;
    to.backward().choose(call("suits", field), field.call("backward"), others, comment);
  }

  @Override
  public Expression temporary(String name, ClassName type, Expression value) {
    String variable = at.node().variable() + Fields.capitalized(name);
    to.backward().declare(Local.var(type, variable), value, comment());
    to.temporaries().add(variable);
    return name(variable);
  }

  @Override
  public Expression product(String name, Expression goal, Expression left, Expression right) {
    if (!isLowered()) {
      return call("mm_out", goal, left, right);
    }
    String variable = at.node().variable() + Fields.capitalized(name) + "Grad16";
    String what = at.node().label() + ": " + name + " in bfloat16";
    to.backward().declare(Local.tensor(variable), call("mm", left, right), what);
    to.temporaries().add(variable);
    return goal.call("copy_", name(variable));
  }

  @Override
  public void inputGradientIs(Expression value) {
    if (ofInput().span().isPresent()) {
      place(value);
      return;
    }
    String variable = ShareFields.gradientName(ofInput());
    to.backward().declare(Local.tensor(variable), value, comment());
    to.temporaries().sharedBy(variable);
  }

  /**
   * What an operation brought is copied where the gradient is to be, or added to another there, if
   * that would be next.
   */
  private void place(Expression value) {
    Optional<Backward.Sum> next = at.backward().sums().stream().findFirst();
    if (next.filter(sum -> sum.to().equals(ofInput())).isEmpty()) {
      step(inputGradient().call("copy_", value));
      return;
    }
    Expression other = context.share().gradient(next.get().second());
    Expression sum = call("add_out", inputGradient(), value, other);
    to.backward().add(sum, comment(next.get(), OF_SEVERAL));
    summed = 1;
  }

  @Override
  public boolean wantsGradient(String name) {
    return at.node().parameter(name).filter(ParameterSpec::learns).isPresent();
  }

  @Override
  public Expression gradient(String name) {
    if (!wantsGradient(name)) {
      throw new IllegalStateException(at.node().label() + " does not learn its " + name);
    }
    return context.plan().graph().isDivisible()
        ? context.share().parameterGradientPiece(at.node(), name)
        : name(Fields.gradient(at.node(), name));
  }

  @Override
  public void hasGradient(String name) {
    if (context.plan().graph().isDivisible()) {
      to.pieces().add(at.node(), name);
    } else {
      Expression update =
          name(Fields.parameter(at.node(), name)).call("add_", gradient(name), MINUS_LR);
      to.descend().ifPresent(lines -> lines.add(update, comment(name)));
    }
  }

  @Override
  public void productGradient(String name) {
    require(reads().gradientOfAllRows(), "the gradient of all rows");
    if (!wantsGradient(name)) {
      return;
    }
    if (at.productsComeInPieces()) {
      Expression gradient = gradient(name);
      Expression transposed = context.share().gradientMatrixT(ofOutput());
      Expression input = context.share().activationMatrix(at.input());
      to.backward().add(call("mm_out", gradient, transposed, input), comment(name));
      hasGradient(name);
      return;
    }
    Expression transposed = context.share().gradientPart(ofOutput());
    Expression input = context.share().wholeActivation(at.input());
    if (isLowered()) {
      loweredProduct(name, transposed, input);
      return;
    }
    Expression product = call("mm_out", gradientPart(name), transposed, input);
    apart();
    to.gradients().add(product, comment(name));
    to.descend()
        .ifPresent(
            lines -> {
              Expression one = scalar("one", 1);
              Expression part = parameterPart(name);
              lines.add(
                  call("addmm_out", part, part, transposed, input, one, MINUS_LR), comment(name));
            });
  }

  /** The product in bfloat16, then what it gives in 32 bits. */
  private void loweredProduct(String name, Expression transposed, Expression input) {
    Expression lowered = context.share().loweredGradientPart(at.node(), name);
    Expression product = call("mm_out", lowered, transposed, input);
    Expression copy = gradientPart(name).call("copy_", lowered);
    apart();
    to.gradients().add(product, comment(name)).add(copy);
    to.descend().ifPresent(lines -> lines.add(product, comment(name)).add(copy).add(update(name)));
  }

  @Override
  public void sumGradient(String name) {
    require(reads().gradientOfAllRows(), "the gradient of all rows");
    if (!wantsGradient(name)) {
      return;
    }
    if (at.productsComeInPieces()) {
      to.backward().add(call("sum_out", gradient(name), outputGradientRows(), 0), comment(name));
      hasGradient(name);
      return;
    }
    Expression sum =
        call("sum_out", gradientPart(name), context.share().gradientPart(ofOutput()), 1);
    apart();
    to.gradients().add(sum, comment(name));
    to.descend().ifPresent(lines -> lines.add(sum, comment(name)).add(update(name), comment(name)));
  }

  /** What a layer does in this phase needs nothing that another has done in it. */
  private void apart() {
    if (!isApart) {
      isApart = true;
      for (Lines lines : to.secondPhase()) {
        if (!lines.isEmpty()) {
          lines.add(call("apart"));
        }
      }
    }
  }

  private Expression update(String name) {
    return parameterPart(name).call("add_", gradientPart(name), MINUS_LR);
  }

  private Expression parameterPart(String name) {
    return context.share().parameterPart(at.node(), name);
  }

  private Expression gradientPart(String name) {
    return context.share().parameterGradientPart(at.node(), name);
  }

  private String comment(String name) {
    ParameterSpec parameter =
        at.node()
            .parameter(name)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(at.node().label() + " has no parameter " + name));
    return at.node().path() + "." + name + " " + whole(parameter.shape());
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
