package io.github.torchscribe.processor.layer.activation;

import io.github.torchscribe.dsl.nn.GELU;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.BackwardReads;
import io.github.torchscribe.processor.message.Report;

/** {@code @GELU}: x·Φ(x). */
final class GeluLayer extends Activation {
  private final boolean byTanh;

  GeluLayer(Written written, Report report) {
    super(written, "gelu");
    byTanh =
        written.constant("approximate", GELU.Approximate.class, GELU.Approximate.NONE)
            == GELU.Approximate.TANH;
  }

  @Override
  String arguments(Scalars scalars) {
    return byTanh ? ", \"tanh\"" : "";
  }

  @Override
  String derivative(BackwardCode code) {
    return backward("gelu", code, code.input() + arguments(code::scalar));
  }

  @Override
  public BackwardReads backwardReads() {
    return BackwardReads.INPUT;
  }
}
