package io.github.torchscribe.processor.plan;

import io.github.torchscribe.processor.layer.BackwardReads;

/** Says how long the results that a layer reads and writes are needed. */
final class Lifetimes {
  private Lifetimes() {}

  static void note(PlannedLayer step, Timeline time) {
    int forward = time.forward(step.index());
    for (Buffer input : step.inputs()) {
      input.span().ifPresent(span -> span.readForward(forward));
    }
    step.output().span().ifPresent(span -> span.readForward(forward));
    if (step.outputGradient().isEmpty()) {
      return;
    }
    BackwardReads reads = step.node().layer().backwardReads();
    int backward = time.backward(step.index());
    if (reads.input()) {
      boolean atTheEnd = PlannedLayer.productsComeAtTheEnd(step.node(), step.output().form());
      int last = atTheEnd ? time.end() : backward;
      for (Buffer input : step.inputs()) {
        input.span().ifPresent(span -> span.usedBackward(last));
      }
    }
    if (reads.output()) {
      step.output().span().ifPresent(span -> span.usedBackward(backward));
    }
  }
}
