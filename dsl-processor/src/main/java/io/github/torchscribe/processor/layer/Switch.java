package io.github.torchscribe.processor.layer;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;
import java.util.Optional;

/** Where a residual network's shortcut begins. */
public final class Switch extends Layer {
  /**
   * A switch.
   *
   * @param shortcut the annotation
   */
  public Switch(Written shortcut) {
    super(shortcut);
  }

  @Override
  public Optional<Precision> precision() {
    return Optional.empty();
  }

  @Override
  public Flow flow() {
    return Flow.SWITCH;
  }

  @Override
  public boolean isView() {
    return true;
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
  public void backward(BackwardCode code) {}

  @Override
  public String autograd(AutogradCode code) {
    return code.input();
  }
}
