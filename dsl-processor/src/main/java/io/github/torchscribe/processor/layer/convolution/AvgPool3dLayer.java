package io.github.torchscribe.processor.layer.convolution;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.MemoryFormat;
import io.github.torchscribe.processor.tensor.Precision;
import java.util.Optional;

/** {@code @AvgPool3d}: the mean of each window of volumes. */
final class AvgPool3dLayer extends AvgPool {
  AvgPool3dLayer(Written written, Report report) {
    super(written, 3, report);
  }

  /** Libtorch's kernel writes volumes one channel after the other, whatever it is given. */
  @Override
  public Optional<MemoryFormat> format() {
    return Optional.of(MemoryFormat.CONTIGUOUS);
  }

  /** And knows no bfloat16. */
  @Override
  public Optional<Precision> precision() {
    return Optional.of(Precision.FULL);
  }

  /** Libtorch refuses it. */
  @Override
  boolean readsPadding() {
    return false;
  }
}
