package io.github.torchscribe.processor.layer;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;
import java.util.Optional;

/** Where a residual network ends: what its layers gave and what went past are added. */
public final class Join extends Layer {
  private final boolean hasShortcut;

  /**
   * A join.
   *
   * @param residual the annotation
   * @param hasShortcut whether layers stand beside the others
   */
  public Join(Written residual, boolean hasShortcut) {
    super(residual);
    this.hasShortcut = hasShortcut;
  }

  /**
   * Whether layers stand beside the others.
   *
   * @return then a switch stands before them
   */
  public boolean hasShortcut() {
    return hasShortcut;
  }

  @Override
  public Flow flow() {
    return Flow.JOIN;
  }

  @Override
  public Optional<MemoryFormat> format() {
    return Optional.empty();
  }

  @Override
  public Optional<Shape> output(Incoming incoming, Report report) {
    return incoming.shape();
  }

  @Override
  public void forward(ForwardCode code) {
    code.step("add_out(" + code.output() + ", " + code.input() + ", " + code.skipped() + ")");
  }

  @Override
  public void backward(BackwardCode code) {
    if (code.wantsInputGradient()) {
      code.step(code.inputGradient() + ".copy_(" + code.outputGradient() + ")");
    }
    code.skippedGradient()
        .ifPresent(skipped -> code.step(skipped + ".copy_(" + code.outputGradient() + ")"));
  }

  @Override
  public String autograd(AutogradCode code) {
    return code.input() + ".add(" + code.skipped() + ")";
  }
}
