package io.github.torchscribe.processor.layer.sequence;

import static io.github.torchscribe.processor.code.Expressions.call;

import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.InitCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.BackwardReads;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.ParameterSpec;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;
import java.util.OptionalLong;

/** Layers that look indices up in a table of vectors, one of which may stand for padding. */
abstract class EmbeddingTable extends Layer {
  private static final long NO_INDEX = -1;

  private final long count;
  private final long width;
  private final long padding;

  /**
   * A table.
   *
   * @param needsPadding whether one of its vectors has to stand for padding, and why, for messages
   */
  EmbeddingTable(Written written, boolean needsPadding, String why, Report report) {
    super(written);
    Shape sizes = written.shape("value", 2, 2, "{numEmbeddings, embeddingDim}", report);
    count = sizes.first();
    width = sizes.last();
    padding = written.number("paddingIdx").longValue();
    String range = "from 0 " + (count == Shape.UNKNOWN ? "on" : "to " + (count - 1));
    written.checked(
        "paddingIdx",
        needsPadding ? range + why : "-1, or " + range,
        p -> p >= (needsPadding ? 0 : NO_INDEX) && (count == Shape.UNKNOWN || p < count),
        report);
  }

  /** How many vectors there are. */
  final long count() {
    return count;
  }

  /** Their length. */
  final long width() {
    return width;
  }

  /** The index of padding, as libtorch takes it. */
  final long paddingIndex() {
    return padding;
  }

  final boolean hasPadding() {
    return padding != NO_INDEX;
  }

  @Override
  public final OptionalLong indices() {
    return OptionalLong.of(count);
  }

  @Override
  public final List<ParameterSpec> parameters(Shape input) {
    return List.of(new ParameterSpec("weight", Shape.of(count, width)));
  }

  @Override
  public final void initialize(Shape input, InitCode code) {
    Expression weight = code.parameter("weight");
    if (!code.byNormal("weight")) {
      code.step(call("standardNormal", weight, code.generator()));
    }
    if (hasPadding()) {
      code.step(call("zeros", weight.call("select", 0, padding)));
    }
  }

  @Override
  public final BackwardReads backwardReads() {
    return BackwardReads.INPUT;
  }
}
