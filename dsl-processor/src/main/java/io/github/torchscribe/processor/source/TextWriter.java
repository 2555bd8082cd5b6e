package io.github.torchscribe.processor.source;

import com.squareup.javapoet.TypeSpec;
import io.github.torchscribe.processor.code.Types;
import io.github.torchscribe.processor.plan.Plan;
import io.github.torchscribe.processor.plan.PlannedLayer;

/** Forward for positions of one text, each of which is a row; those before are remembered. */
final class TextWriter extends GeneratedShareWriter {
  private final PositionSteps.Text text;

  /**
   * A writer.
   *
   * @param plan of single positions
   * @param length how many a text has
   */
  TextWriter(Plan plan, long length, Fields fields, Names names) {
    super(plan, fields, names, false);
    text = new PositionSteps.Text(length);
  }

  /** How much is remembered of each position, once all is written. */
  long floatsRemembered() {
    return text.floats();
  }

  @Override
  TypeSpec.Builder type() {
    return nested(names.textRows(), "n positions of a text, a row each, from the first at hand on.")
        .superclass(Types.POSITIONS);
  }

  @Override
  void writeForward(PlannedLayer step, Lines lines) {
    step.node().layer().forwardAt(new PositionSteps(context, step, lines, text));
  }
}
