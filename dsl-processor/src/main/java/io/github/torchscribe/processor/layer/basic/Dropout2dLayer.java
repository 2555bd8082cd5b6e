package io.github.torchscribe.processor.layer.basic;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Channels;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** {@code @Dropout2d}: drops whole channels. */
final class Dropout2dLayer extends Dropping {
  Dropout2dLayer(Written written, Report report) {
    super(written, report);
  }

  @Override
  public Shape output(Incoming incoming, Report report) {
    Channels.areThere(written(), incoming, "(N, C, *)", report);
    return incoming.shape();
  }

  @Override
  Shape mask(Shape input) {
    List<Long> sizes = new ArrayList<>(Collections.nCopies(input.rank(), 1L));
    sizes.set(0, input.sizes().get(0));
    return new Shape(sizes);
  }
}
