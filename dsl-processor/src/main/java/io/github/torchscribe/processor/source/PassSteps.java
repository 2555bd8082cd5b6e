package io.github.torchscribe.processor.source;

import static io.github.torchscribe.processor.code.Expressions.N;
import static io.github.torchscribe.processor.code.Expressions.call;
import static io.github.torchscribe.processor.code.Expressions.create;
import static io.github.torchscribe.processor.code.Expressions.name;

import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.PassCode;
import io.github.torchscribe.processor.code.Types;
import io.github.torchscribe.processor.plan.Buffer;
import io.github.torchscribe.processor.plan.Plan;
import io.github.torchscribe.processor.plan.PlannedLayer;
import io.github.torchscribe.processor.tensor.Precision;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.Map;
import java.util.Optional;

/** What forward and backward of one layer refer to. */
abstract class PassSteps implements PassCode {
  /**
   * What the steps of all layers share.
   *
   * @param plan gives memory
   * @param fields of the model
   * @param share the pass' fields
   * @param kept what forward keeps for backward, by name
   */
  record Context(Plan plan, Fields fields, ShareFields share, Map<String, Buffer> kept) {
    /** What a layer's forward keeps. */
    Expression kept(String name, Shape shape, PlannedLayer at) {
      return kept(name, shape, at, Precision.FULL, 0);
    }

    private Expression kept(
        String name, Shape shape, PlannedLayer at, Precision precision, long turned) {
      return share.activation(
          kept.computeIfAbsent(name, key -> plan.keep(key, shape, precision, turned, at)));
    }

    /** What the loss keeps. */
    Expression keptForLoss(String name, Shape shape) {
      return share.activation(kept.computeIfAbsent(name, key -> plan.keepForLoss(key, shape)));
    }
  }

  final Context context;
  final PlannedLayer at;

  PassSteps(Context context, PlannedLayer at) {
    this.context = context;
    this.at = at;
  }

  @Override
  public final Expression parameter(String name) {
    return isLowered()
        ? context.share().lowered(at.node(), name)
        : name(Fields.parameter(at.node(), name));
  }

  @Override
  public final Expression optional(String name) {
    if (!isLowered()) {
      return context.fields().optional(at.node(), name);
    }
    Expression parameter = parameter(name);
    return context
        .share()
        .always(
            lowered(name) + "Optional",
            Types.TENSOR_OPTIONAL,
            create(Types.TENSOR_OPTIONAL, parameter));
  }

  /** A parameter's copy in bfloat16. */
  final String lowered(String name) {
    return ShareFields.lowered(Fields.parameter(at.node(), name));
  }

  /** Whether the layer computes in bfloat16 while training. */
  final boolean isLowered() {
    return at.output().form().isLowered()
        && at.node().layer().precision(at.node().inputs()).equals(Optional.of(Precision.LOWERED));
  }

  @Override
  public final Expression scalar(String role, double value) {
    return context.fields().scalar(role, value);
  }

  @Override
  public final Expression longs(String role, long... values) {
    return context.fields().longs(role, values);
  }

  @Override
  public final Shape inputShape() {
    return at.node().input();
  }

  @Override
  public final Object isLearning(String name) {
    return at.node().evaluates() ? false : call("isLearning", parameter(name));
  }

  @Override
  public final int inputs() {
    return at.inputs().size();
  }

  @Override
  public final Shape inputShape(int which) {
    return at.node().inputs().get(which);
  }

  @Override
  public final Shape outputShape() {
    return at.node().output();
  }

  @Override
  public final String label() {
    return at.node().label();
  }

  @Override
  public final Expression kept(String name, Shape shape) {
    return context.kept(at.node().variable() + Fields.capitalized(name), shape, at);
  }

  @Override
  public final Expression keptAsComputed(String name, Shape shape) {
    return keptForProduct(name, shape, 0);
  }

  @Override
  public final Expression keptForProduct(String name, Shape shape, long rows) {
    String field = at.node().variable() + Fields.capitalized(name);
    return isLowered()
        ? context.kept(field, shape, at, Precision.LOWERED, 0)
        : context.kept(field, shape, at, Precision.FULL, rows);
  }

  @Override
  public final Expression asComputed(Expression constant) {
    return isLowered() ? call("asProducts", constant) : constant;
  }

  @Override
  public final boolean isMixed() {
    return context.plan().graph().settings().isMixed();
  }

  @Override
  public final Expression indices() {
    return call(at.output().form().isChannelsLast() ? "indicesLast" : "indices", N, outputShape());
  }

  @Override
  public final Expression recording() {
    String field = at.node().variable() + "Recording";
    return context.share().always(field, Types.RECORDING, call("recording"));
  }

  /** What is made ready once for a batch size, or null there. */
  final Expression prepared(String name, boolean isGiven, Expression made) {
    String variable = at.node().variable() + Fields.capitalized(name);
    ShareFields share = context.share();
    return isGiven
        ? share.ofGiven(variable, Types.PREPARED, made)
        : share.always(variable, Types.PREPARED, made);
  }

  @Override
  public final Expression perBatch(String name, Expression value) {
    String field = at.node().variable() + Fields.capitalized(name);
    return context.share().always(field, value.type(), value);
  }
}
