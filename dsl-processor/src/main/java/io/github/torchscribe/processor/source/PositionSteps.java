package io.github.torchscribe.processor.source;

import static io.github.torchscribe.processor.code.Expressions.call;

import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.PositionCode;
import io.github.torchscribe.processor.code.Types;
import io.github.torchscribe.processor.plan.PlannedLayer;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes one layer's forward step for positions of a text. */
final class PositionSteps extends ForwardSteps implements PositionCode {
  private final Text text;

  /** What is remembered of a text: where each begins, in floats for each position. */
  static final class Text {
    private final long length;
    private final Map<String, Long> offsets = new LinkedHashMap<>();
    private long floats;

    Text(long length) {
      this.length = length;
    }

    private long take(String name, Shape shape) {
      return offsets.computeIfAbsent(
          name,
          key -> {
            long offset = floats;
            floats += shape.elements();
            return offset;
          });
    }

    /** How much it is, in floats for each position. */
    long floats() {
      return floats;
    }
  }

  PositionSteps(Context context, PlannedLayer at, Lines lines, Text text) {
    super(context, at, lines);
    this.text = text;
  }

  @Override
  public long length() {
    return text.length;
  }

  @Override
  public Expression remembered(String name, Shape shape) {
    String field = at.node().variable() + Fields.capitalized(name);
    Expression all = call("remembered", text.take(field, shape), shape);
    return context.share().always(field, Types.TENSOR, all);
  }

  @Override
  public Expression atHand(String name, Expression value) {
    String field = at.node().variable() + Fields.capitalized(name);
    return context.share().atHand(field, value);
  }

  /** Nobody learns from what is written. */
  @Override
  public void step(Expression training, Expression evaluation) {
    step(evaluation);
  }
}
