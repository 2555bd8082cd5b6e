package io.github.torchscribe.processor.layer.meeting;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.MemoryFormat;
import io.github.torchscribe.processor.tensor.Precision;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;
import java.util.Optional;

/** A layer that makes one value of several. */
abstract class Meeting extends Layer {
  Meeting(Written written) {
    super(written);
  }

  /** The shape of at least two values together. */
  abstract Shape together(List<Incoming> incoming, Report report);

  /** How many values may meet. */
  int most() {
    return Integer.MAX_VALUE;
  }

  @Override
  public Optional<Precision> precision() {
    return Optional.empty();
  }

  @Override
  public Optional<MemoryFormat> format() {
    return Optional.empty();
  }

  @Override
  public final Shape output(Incoming incoming, Report report) {
    return output(List.of(incoming), report);
  }

  @Override
  public final Shape output(List<Incoming> incoming, Report report) {
    if (incoming.size() < 2) {
      return incoming.get(0).shape(); // after an error
    }
    if (incoming.size() > most()) {
      report.say(Message.MEETS_MANY, written().at(), name(), most(), incoming.size());
      return together(incoming.subList(0, most()), report);
    }
    return together(incoming, report);
  }
}
