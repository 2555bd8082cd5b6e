package io.github.torchscribe.processor.graph;

import static io.github.torchscribe.processor.code.Expressions.call;

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
  public Optional<Precision> precision() {
    return Optional.empty();
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
  public Shape output(Incoming incoming, Report report) {
    return incoming.shape();
  }

  @Override
  public void forward(ForwardCode code) {
    code.step(call("add_out", code.output(), code.input(), code.skipped()));
  }

  @Override
  public void backward(BackwardCode code) {
    Expression gradient = code.outputGradient();
    if (code.wantsInputGradient()) {
      copy(gradient, code.inputGradient(), code);
    }
    code.skippedGradient().ifPresent(skipped -> copy(gradient, skipped, code));
  }

  /** Where nobody overwrites it both are one. */
  private static void copy(Expression gradient, Expression to, BackwardCode code) {
    if (!to.equals(gradient)) {
      code.step(to.call("copy_", gradient));
    }
  }

  @Override
  public Expression autograd(AutogradCode code) {
    return code.input().call("add", code.skipped());
  }
}
