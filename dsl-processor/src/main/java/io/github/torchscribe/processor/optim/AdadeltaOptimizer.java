package io.github.torchscribe.processor.optim;

import com.squareup.javapoet.CodeBlock;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;

/** {@code @Adadelta}. */
public final class AdadeltaOptimizer implements Optimizer {
  private final CodeBlock construction;

  /**
   * Reads the annotation.
   *
   * @param written the annotation
   * @param report is told what is wrong
   */
  public AdadeltaOptimizer(Written written, Report report) {
    Values values = new Values(written, report);
    construction =
        values.construction(
            "Adadelta",
            values.lr(),
            values.upToOne("rho"),
            values.atLeastZero("eps"),
            values.atLeastZero("weightDecay"));
  }

  @Override
  public CodeBlock construction() {
    return construction;
  }

  @Override
  public boolean isPlainDescent() {
    return false;
  }
}
