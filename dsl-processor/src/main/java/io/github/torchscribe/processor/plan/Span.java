package io.github.torchscribe.processor.plan;

import io.github.torchscribe.processor.tensor.Precision;
import java.util.Optional;

/**
 * A piece of memory for each example. Where it lies is known once the plan is complete: in one
 * place while training, where much of forward is kept for backward, in another otherwise, where
 * results are given up as soon as they have been read.
 */
public final class Span {
  private final long size;
  private final Precision precision;
  private final Stay training;
  private final Optional<Stay> otherwise;
  private final boolean brought;

  private Span(
      long size, Precision precision, int first, Optional<Stay> otherwise, boolean brought) {
    this.size = size;
    this.precision = precision;
    this.otherwise = otherwise;
    this.brought = brought;
    training = new Stay(first);
  }

  static Span ofForward(long size, Precision precision, int first) {
    return new Span(size, precision, first, Optional.of(new Stay(first)), false);
  }

  /** What an operation brings while training, in memory of its own. */
  static Span ofBrought(long size, Precision precision, int first) {
    return new Span(size, precision, first, Optional.of(new Stay(first)), true);
  }

  static Span ofBackward(long size, Precision precision, int first) {
    return new Span(size, precision, first, Optional.empty(), false);
  }

  long size() {
    return size;
  }

  Precision precision() {
    return precision;
  }

  /** Forward or the loss read it then. */
  void readForward(int moment) {
    training.until(moment);
    otherwise.ifPresent(stay -> stay.until(moment));
  }

  /** Backward reads or writes it then. */
  void usedBackward(int moment) {
    training.until(moment);
  }

  /**
   * Whether it has no place while training, as what is there comes in memory of its own.
   *
   * @return false for most
   */
  public boolean isBrought() {
    return brought;
  }

  /**
   * Its place while training.
   *
   * @return known once the plan is laid out
   */
  public Stay training() {
    return training;
  }

  /**
   * Its place in evaluations and predictions.
   *
   * @return empty for what only backward has
   */
  public Optional<Stay> otherwise() {
    return otherwise;
  }
}
