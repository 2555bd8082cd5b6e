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

  private Span(long size, Precision precision, int first, boolean ofForward) {
    this.size = size;
    this.precision = precision;
    training = new Stay(first);
    otherwise = ofForward ? Optional.of(new Stay(first)) : Optional.empty();
  }

  static Span ofForward(long size, Precision precision, int first) {
    return new Span(size, precision, first, true);
  }

  static Span ofBackward(long size, Precision precision, int first) {
    return new Span(size, precision, first, false);
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
