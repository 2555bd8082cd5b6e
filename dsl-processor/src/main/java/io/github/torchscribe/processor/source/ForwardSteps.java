package io.github.torchscribe.processor.source;

import static io.github.torchscribe.processor.code.Expressions.NULL;
import static io.github.torchscribe.processor.code.Expressions.call;

import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.Types;
import io.github.torchscribe.processor.plan.PlannedLayer;
import java.util.List;
import java.util.function.Supplier;

/** Writes one layer's forward step. */
class ForwardSteps extends PassSteps implements ForwardCode {
  private final Lines lines;

  ForwardSteps(Context context, PlannedLayer at, Lines lines) {
    super(context, at);
    this.lines = lines;
  }

  @Override
  public final Expression input() {
    return context.share().activation(at.input());
  }

  @Override
  public final Expression input(int which) {
    return context.share().activation(at.inputs().get(which));
  }

  @Override
  public final Expression inputRows() {
    return context.share().activationMatrix(at.input());
  }

  @Override
  public final Expression output() {
    return context.share().activation(at.output());
  }

  @Override
  public final Expression outputRows() {
    return context.share().activationMatrix(at.output());
  }

  @Override
  public final Expression inputRow() {
    return context.share().activationRow(at.input());
  }

  @Override
  public final Expression outputRow() {
    return context.share().activationRow(at.output());
  }

  @Override
  public final void stepForOne(Expression one, Expression more) {
    lines.choose(ShareFields.IS_ONE, one, more, comment());
  }

  @Override
  public final void product(
      String name,
      Expression to,
      Expression from,
      Expression weight,
      Expression transposed,
      List<Expression> bias,
      String what) {
    String operation = bias.isEmpty() ? "mm_out" : isEndedNext(to) ? "addmm_relu_out" : "addmm_out";
    Expression whole = call(operation, to, bias, from, transposed);
    String comment = what.isEmpty() ? comment() : at.node().label() + ": " + what;
    Expression shift = bias.isEmpty() ? NULL : bias.get(0);
    boolean isGiven = at.input().span().isEmpty() && from.equals(inputRows());
    String method = isGiven ? "productOfGiven" : "product";
    prepared(name + "Product", isGiven, call(method, to, from, weight, shift), whole, comment);
  }

  /** Whether the next layer does to the result what an operation for products does at once. */
  private boolean isEndedNext(Expression to) {
    List<PlannedLayer> all = context.plan().steps();
    if (at.index() + 1 >= all.size()) {
      return false;
    }
    PlannedLayer next = all.get(at.index() + 1);
    return next.node().layer().endsProducts()
        && next.inPlace()
        && next.input().equals(at.output())
        && to.equals(outputRows()); // and not one of several products
  }

  @Override
  public final void stepPrepared(Expression.Call made, Expression otherwise) {
    boolean isGiven = at.input().span().isEmpty();
    prepared(made.method(), isGiven, made, otherwise, comment());
  }

  @Override
  public final void partPrepared(Runnable otherwise, Supplier<Expression.Call> made, String what) {
    Lines others = lines.without(otherwise);
    Expression.Call call = made.get();
    Expression field = prepared(call.method(), false, call);
    String comment = at.node().label() + ": " + what;
    lines.choose(call("suits", field), field.call("compute"), others, comment);
  }

  @Override
  public final void stepPreparedUnlessTraining(Expression training, Expression.Call made) {
    boolean isGiven = at.input().span().isEmpty();
    step(training, prepared(made.method(), isGiven, made).call("compute"));
  }

  private void prepared(
      String name, boolean isGiven, Expression made, Expression otherwise, String comment) {
    Expression field = prepared(name, isGiven, made);
    lines.choose(call("suits", field), field.call("compute"), otherwise, comment);
  }

  @Override
  public final boolean isDifferentiated() {
    return at.outputGradient().isPresent();
  }

  @Override
  public final boolean inPlace() {
    return at.inPlace();
  }

  @Override
  public final boolean bringsOutput() {
    return at.output().isBrought();
  }

  @Override
  public final Expression transposed(String name) {
    if (!isLowered()) {
      return context.fields().transposed(at.node(), name);
    }
    Expression transposed = parameter(name).call("t");
    return context.share().always(lowered(name) + "T", Types.TENSOR, transposed);
  }

  @Override
  public final void step(Expression statement) {
    lines.add(statement, comment());
  }

  @Override
  public final void part(Expression statement, String what) {
    lines.add(statement, at.node().label() + ": " + what);
  }

  @Override
  public void step(Expression training, Expression evaluation) {
    lines.choose(call("isTraining"), training, evaluation, comment());
  }

  private String comment() {
    String where = inPlace() ? ", in place" : "";
    return at.node().output().batch("n") + "  " + at.node().label() + where;
  }
}
