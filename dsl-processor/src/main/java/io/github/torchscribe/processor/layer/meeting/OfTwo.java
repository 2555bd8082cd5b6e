package io.github.torchscribe.processor.layer.meeting;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.MemoryFormat;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;
import java.util.Optional;

/** Two values that meet in PyTorch's order of numbers, not element by element. */
abstract class OfTwo extends Meeting {
  OfTwo(Written written) {
    super(written);
  }

  @Override
  final int most() {
    return 2;
  }

  @Override
  public final Optional<MemoryFormat> format() {
    return Optional.of(MemoryFormat.CONTIGUOUS);
  }

  /** Says that the two cannot meet; then nothing is known of what they give. */
  final Shape apart(Message why, List<Incoming> both, Report report) {
    report.say(
        why,
        written().at(),
        name(),
        both.get(0).shape(),
        both.get(0).from(),
        both.get(1).shape(),
        both.get(1).from());
    return Shape.ANY;
  }
}
