package io.github.torchscribe.processor.layer.activation;

import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.declaration.Written;

/** x between two bounds; the derivative is 0 outside. */
abstract class ClampLayer extends Activation {
  private final double low;
  private final double high;

  ClampLayer(Written written, double low, double high) {
    super(written, "hardtanh");
    this.low = low;
    this.high = high;
  }

  @Override
  final String arguments(Scalars scalars) {
    return ", " + scalars.scalar("low", low) + ", " + scalars.scalar("high", high);
  }

  @Override
  final String derivative(BackwardCode code) {
    // The output is at a bound just where the input is at it or beyond.
    return backward("hardtanh", code, code.output() + arguments(code::scalar));
  }
}
