package io.github.torchscribe.processor.layer;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** {@code @Dropout2d}: drops whole channels. */
public final class Dropout2dLayer extends Dropping {
  /**
   * Reads the annotation.
   *
   * @param written the annotation
   * @param report is told what is wrong
   */
  public Dropout2dLayer(Written written, Report report) {
    super(written, report);
  }

  @Override
  Shape mask(Shape input) {
    List<Long> sizes = new ArrayList<>(Collections.nCopies(input.rank(), 1L));
    sizes.set(0, input.sizes().get(0));
    return new Shape(sizes);
  }
}
