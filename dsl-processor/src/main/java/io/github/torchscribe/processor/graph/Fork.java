package io.github.torchscribe.processor.graph;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.MemoryFormat;
import io.github.torchscribe.processor.tensor.Precision;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.Optional;

/** Where a residual network begins: x goes into its layers, and past them. */
final class Fork extends Layer {
  Fork(Written residual) {
    super(residual);
  }

  @Override
  public Optional<Precision> precision() {
    return Optional.empty();
  }

  @Override
  public Flow flow() {
    return Flow.FORK;
  }

  @Override
  public Optional<MemoryFormat> format() {
    return Optional.empty();
  }

  @Override
  public Shape output(Incoming incoming, Report report) {
    return incoming.shape();
  }

  @Override
  public void forward(ForwardCode code) {}

  @Override
  public void backward(BackwardCode code) {
    if (code.wantsInputGradient()) {
      code.skippedGradient()
          .ifPresent(skipped -> code.step(code.inputGradient().call("add_", skipped)));
    }
  }

  @Override
  public Expression autograd(AutogradCode code) {
    return code.input();
  }
}
