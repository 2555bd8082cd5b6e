package io.github.torchscribe.processor.layer;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;
import java.util.Optional;

/** An activation function: element by element, without parameters. */
abstract class Activation extends Layer {
  Activation(Written written) {
    super(written);
  }

  @Override
  public final Optional<Shape> output(Incoming incoming, Report report) {
    return incoming.shape();
  }

  @Override
  public final boolean isActivation() {
    return true;
  }

  @Override
  public boolean worksInPlace() {
    return !needsInput();
  }

  @Override
  public boolean needsOutput() {
    return !needsInput();
  }

  @Override
  public final void backward(BackwardCode code) {
    if (code.wantsInputGradient()) {
      code.step(derivative(code));
    }
  }

  /** The statement that turns the output's gradient into the input's. */
  abstract String derivative(BackwardCode code);
}
