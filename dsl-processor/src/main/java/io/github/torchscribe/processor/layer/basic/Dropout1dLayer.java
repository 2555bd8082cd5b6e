package io.github.torchscribe.processor.layer.basic;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Channels;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;

/** {@code @Dropout1d}: drops whole channels of sequences. */
final class Dropout1dLayer extends Dropping {
  Dropout1dLayer(Written written, Report report) {
    super(written, report);
  }

  @Override
  public Shape output(Incoming incoming, Report report) {
    return Channels.of(written(), incoming, List.of(2), "(N, C, L)", report);
  }

  @Override
  Shape mask(Shape input) {
    return Shape.of(input.first(), 1);
  }
}
