package io.github.torchscribe.processor.plan;

import io.github.torchscribe.processor.tensor.Precision;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** The memory of a pass: all that forward and backward need some of. */
public final class Memory {
  private final boolean divided;
  private final List<Span> forward = new ArrayList<>();
  private final List<Span> backward = new ArrayList<>();
  private long training;
  private long otherwise;

  /**
   * Nothing yet.
   *
   * @param divided whether workers may divide a batch
   */
  Memory(boolean divided) {
    this.divided = divided;
  }

  Span takeForward(Shape shape, Precision precision, int moment) {
    Span span = Span.ofForward(shape.elements(), precision, moment);
    forward.add(span);
    return span;
  }

  /** The same for what comes in memory of its own while training, and has no place there. */
  Span takeBrought(Shape shape, Precision precision, int moment) {
    Span span = Span.ofBrought(shape.elements(), precision, moment);
    forward.add(span);
    return span;
  }

  Span takeBackward(Shape shape, Precision precision, int moment) {
    Span span = Span.ofBackward(shape.elements(), precision, moment);
    backward.add(span);
    return span;
  }

  /**
   * Gives all their places, what forward writes before what backward does. Without a backward each
   * worker has memory of its own, so that anything can follow anything.
   */
  public void layOut() {
    Layout whileTraining = new Layout(divided);
    forward.stream()
        .filter(span -> !span.isBrought())
        .forEach(span -> whileTraining.place(span, span.training()));
    backward.forEach(span -> whileTraining.place(span, span.training()));
    training = whileTraining.size();
    Layout withoutBackward = new Layout(false);
    forward.forEach(span -> withoutBackward.place(span, span.otherwise().orElseThrow()));
    otherwise = withoutBackward.size();
  }

  List<Span> forward() {
    return forward;
  }

  List<Span> backward() {
    return backward;
  }

  /**
   * What a step takes.
   *
   * @return in floats per example
   */
  public long training() {
    return training;
  }

  /**
   * What operations bring in a step, in memory of their own, for backward to read.
   *
   * @return in floats per example
   */
  public long brought() {
    return forward.stream().filter(Span::isBrought).mapToLong(Span::size).sum();
  }

  /**
   * What an evaluation or a prediction takes.
   *
   * @return in floats per example
   */
  public long otherwise() {
    return otherwise;
  }
}
