package io.github.torchscribe.processor.optim;

import com.squareup.javapoet.CodeBlock;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;

/** {@code @RMSprop}. */
public final class RmspropOptimizer implements Optimizer {
  private final CodeBlock construction;

  /**
   * Reads the annotation.
   *
   * @param written the annotation
   * @param report is told what is wrong
   */
  public RmspropOptimizer(Written written, Report report) {
    Values values = new Values(written, report);
    construction =
        values.construction(
            "RmsProp",
            values.lr(),
            values.share("alpha"),
            values.atLeastZero("eps"),
            values.atLeastZero("weightDecay"),
            values.atLeastZero("momentum"),
            values.flag("centered"));
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
