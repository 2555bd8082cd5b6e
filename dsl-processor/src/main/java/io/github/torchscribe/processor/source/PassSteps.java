package io.github.torchscribe.processor.source;

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
    String kept(String name, Shape shape) {
      return share.activation(kept.computeIfAbsent(name, key -> plan.keep(key, shape)));
    }
  }

  final Context context;
  final PlannedLayer at;

  PassSteps(Context context, PlannedLayer at) {
    this.context = context;
    this.at = at;
  }

  @Override
  public final String parameter(String name) {
    return isLowered()
        ? context.share().lowered(at.node(), name)
        : Fields.parameter(at.node(), name);
  }

  @Override
  public final String optional(String name) {
    if (!isLowered()) {
      return context.fields().optional(at.node(), name);
    }
    String parameter = parameter(name);
    return context
        .share()
        .always(
            parameter + "Optional", Types.TENSOR_OPTIONAL, "new TensorOptional(" + parameter + ")");
  }

  /** Whether the layer computes in bfloat16 while training. */
  final boolean isLowered() {
    return at.output().form().isLowered()
        && at.node().layer().precision().equals(Optional.of(Precision.LOWERED));
  }

  @Override
  public final String scalar(String role, double value) {
    return context.fields().scalar(role, value);
  }

  @Override
  public final String longs(String role, long... values) {
    return context.fields().longs(role, values);
  }

  @Override
  public final Shape inputShape() {
    return at.node().input();
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
  public final String kept(String name, Shape shape) {
    return context.kept(at.node().variable() + Fields.capitalized(name), shape);
  }

  @Override
  public final String indices() {
    return (at.output().form().isChannelsLast() ? "indicesLast(n, " : "indices(n, ")
        + outputShape().list()
        + ")";
  }

  @Override
  public final String recording() {
    String field = at.node().variable() + "Recording";
    return context.share().always(field, Types.RECORDING, "recording()");
  }

  @Override
  public final String perBatch(String name, String type, String value) {
    String field = at.node().variable() + Fields.capitalized(name);
    return context.share().always(field, Types.tensorType(type), value);
  }
}
