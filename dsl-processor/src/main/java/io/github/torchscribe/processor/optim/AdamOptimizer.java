package io.github.torchscribe.processor.optim;

import com.squareup.javapoet.CodeBlock;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;

/** {@code @Adam}. */
public final class AdamOptimizer implements Optimizer {
  private final CodeBlock construction;

  /**
   * Reads the annotation.
   *
   * @param written the annotation
   * @param report is told what is wrong
   */
  public AdamOptimizer(Written written, Report report) {
    Values values = new Values(written, report);
    construction =
        values.construction(
            "Adam",
            values.lr(),
            values.beta(0),
            values.beta(1),
            values.atLeastZero("eps"),
            values.atLeastZero("weightDecay"),
            false,
            values.flag("amsgrad"));
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
