package io.github.torchscribe.processor.optim;

import com.squareup.javapoet.CodeBlock;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;

/** {@code @Adagrad}. */
public final class AdagradOptimizer implements Optimizer {
  private final CodeBlock construction;

  /**
   * Reads the annotation.
   *
   * @param written the annotation
   * @param report is told what is wrong
   */
  public AdagradOptimizer(Written written, Report report) {
    Values values = new Values(written, report);
    construction =
        values.construction(
            "Adagrad",
            values.lr(),
            values.atLeastZero("lrDecay"),
            values.atLeastZero("weightDecay"),
            values.atLeastZero("initialAccumulatorValue"),
            values.atLeastZero("eps"));
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
