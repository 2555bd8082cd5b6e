package io.github.torchscribe.processor.optim;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;

/** {@code @SGD}. */
public final class SgdOptimizer implements Optimizer {
  private static final ClassName RUNTIME =
      ClassName.get("io.github.torchscribe.runtime.optim", "Sgd");

  private final double lr;
  private final double momentum;
  private final double dampening;
  private final double weightDecay;
  private final boolean nesterov;

  /**
   * Reads the annotation.
   *
   * @param written the annotation
   * @param report is told what is wrong
   */
  public SgdOptimizer(Written written, Report report) {
    lr = written.checked("lr", "a number above 0", v -> v > 0 && Double.isFinite(v), report);
    momentum = written.checked("momentum", "at least 0", v -> v >= 0 && Double.isFinite(v), report);
    dampening = written.checked("dampening", "a finite number", Double::isFinite, report);
    weightDecay =
        written.checked("weightDecay", "at least 0", v -> v >= 0 && Double.isFinite(v), report);
    nesterov = written.flag("nesterov");
    if (nesterov && (momentum <= 0 || dampening != 0)) {
      report.say(Message.NESTEROV, written.at("nesterov"), momentum, dampening);
    }
  }

  @Override
  public CodeBlock construction() {
    return CodeBlock.of(
        "new $T($L, $L, $L, $L, $L)", RUNTIME, lr, momentum, dampening, weightDecay, nesterov);
  }

  @Override
  public boolean isPlainDescent() {
    return momentum == 0 && weightDecay == 0;
  }
}
