package io.github.torchscribe.processor.optim;

import com.squareup.javapoet.CodeBlock;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;

/** {@code @NAdam}. */
public final class NadamOptimizer implements Optimizer {
  private final CodeBlock construction;

  /**
   * Reads the annotation.
   *
   * @param written the annotation
   * @param report is told what is wrong
   */
  public NadamOptimizer(Written written, Report report) {
    Values values = new Values(written, report);
    construction =
        values.construction(
            "NAdam",
            values.lr(),
            values.beta(0),
            values.beta(1),
            values.atLeastZero("eps"),
            values.atLeastZero("weightDecay"),
            values.atLeastZero("momentumDecay"));
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
