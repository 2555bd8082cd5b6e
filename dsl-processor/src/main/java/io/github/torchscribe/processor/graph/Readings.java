package io.github.torchscribe.processor.graph;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.layer.MemoryUse;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import java.util.OptionalLong;

/** Who reads the network's own input, and whether as indices or as numbers. */
final class Readings {
  private final Report report;
  private OptionalLong indices = OptionalLong.empty();
  private Written byIndices;
  private Written byNumbers;
  private boolean said;

  Readings(Report report) {
    this.report = report;
  }

  /** How many indices there are to choose from; empty where the input is numbers. */
  OptionalLong indices() {
    return indices;
  }

  /** A layer reads what arrives. */
  void by(Layer layer, Incoming incoming) {
    if (layer.indices().isPresent()) {
      if (incoming.raw()) {
        asIndices(layer);
      } else {
        report.say(Message.NOT_INDICES, layer.written().at(), layer.name(), incoming.from());
      }
    } else if (incoming.raw() && layer.memory() != MemoryUse.VIEW) {
      asNumbers(layer.written());
    }
  }

  private void asIndices(Layer layer) {
    long count = layer.indices().getAsLong();
    indices = OptionalLong.of(Math.min(count, indices.orElse(count)));
    byIndices = layer.written();
    requireOne(layer.written());
  }

  private void asNumbers(Written reader) {
    byNumbers = reader;
    requireOne(reader);
  }

  private void requireOne(Written reader) {
    if (byIndices != null && byNumbers != null && !said) {
      said = true;
      report.say(Message.READ_TWICE, reader.at(), byIndices.name(), byNumbers.name());
    }
  }
}
