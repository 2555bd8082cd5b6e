package io.github.torchscribe.processor.optim;

import com.squareup.javapoet.CodeBlock;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;

/** {@code @SGD}. */
public final class SgdOptimizer implements Optimizer {
  private final CodeBlock construction;
  private final boolean plain;

  /**
   * Reads the annotation.
   *
   * @param written the annotation
   * @param report is told what is wrong
   */
  public SgdOptimizer(Written written, Report report) {
    Values values = new Values(written, report);
    double lr = values.lr();
    double momentum = values.atLeastZero("momentum");
    double dampening = written.checked("dampening", "a finite number", Double::isFinite, report);
    double weightDecay = values.atLeastZero("weightDecay");
    boolean nesterov = values.flag("nesterov");
    if (nesterov && (momentum <= 0 || dampening != 0)) {
      report.say(Message.NESTEROV, written.at("nesterov"), momentum, dampening);
    }
    construction = values.construction("Sgd", lr, momentum, dampening, weightDecay, nesterov);
    plain = momentum == 0 && weightDecay == 0;
  }

  @Override
  public CodeBlock construction() {
    return construction;
  }

  @Override
  public boolean isPlainDescent() {
    return plain;
  }
}
