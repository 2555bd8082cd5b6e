package io.github.torchscribe.runtime.engine;

import io.github.torchscribe.runtime.generated.Slot;
import io.github.torchscribe.runtime.generated.Weights;
import io.github.torchscribe.runtime.torch.Shapes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** A model comes nearer to another of the same state dict, or becomes as that is. */
public final class Takeover {
  private final Engine to;
  private final Engine from;
  private final Map<String, Slot> theirs = new LinkedHashMap<>();

  /**
   * Between two models, or of one with itself.
   *
   * @param to changes
   * @param from stays as it is
   * @throws IllegalArgumentException when their state dicts differ: it lists in what
   */
  public Takeover(Engine to, Engine from) {
    this.to = to;
    this.from = from;
    from.network().slots().forEach(slot -> theirs.put(slot.name(), slot));
    List<String> differences = differences();
    if (!differences.isEmpty()) {
      throw new IllegalArgumentException(
          to.network().name()
              + " cannot take over the weights of "
              + from.network().name()
              + ":\n  "
              + String.join("\n  ", differences));
    }
  }

  private List<String> differences() {
    List<String> differences = new ArrayList<>();
    Map<String, Slot> unexpected = new LinkedHashMap<>(theirs);
    for (Slot own : to.network().slots()) {
      Slot other = unexpected.remove(own.name());
      if (other == null) {
        differences.add("missing: " + own.name() + " " + Shapes.text(own.shape()));
      } else if (!Arrays.equals(own.shape(), other.shape())) {
        differences.add(
            "wrong shape: "
                + own.name()
                + " is "
                + Shapes.text(other.shape())
                + " there, but "
                + Shapes.text(own.shape())
                + " here");
      }
    }
    unexpected.forEach(
        (name, slot) -> differences.add("unexpected: " + name + " " + Shapes.text(slot.shape())));
    return differences;
  }

  /**
   * Parameters go a part of the way, own ← own + tau·(other − own); what is remembered besides is
   * copied.
   *
   * @param tau from 0 to 1
   */
  public void go(double tau) {
    if (!(tau >= 0 && tau <= 1)) {
      throw new IllegalArgumentException("tau must be from 0 to 1 but is " + tau);
    }
    if (to == from) {
      to.requireOpen();
      return;
    }
    // One after the other: who held both could wait for somebody who has them the other way round.
    new EngineState(from)
        .lend(
            to.device(),
            others ->
                to.run(
                    "copying",
                    () -> {
                      to.steps().forget();
                      go(to.device().copy(others), tau); // where it is now
                      return null;
                    }));
  }

  private void go(Tensor others, double tau) {
    Tensor own = to.weights().all();
    long parameters = to.network().size() + to.network().frozenSize();
    if (liesAlike()) {
      long rest = to.network().stateSize();
      approach(own.narrow(0, 0, parameters), others.narrow(0, 0, parameters), tau);
      own.narrow(0, parameters, rest).copy_(others.narrow(0, parameters, rest));
      return;
    }
    for (Slot slot : to.network().slots()) {
      boolean learned = slot.offset() < parameters;
      Tensor other = Weights.view(others, theirs.get(slot.name()).offset(), slot.shape());
      approach(Weights.view(own, slot.offset(), slot.shape()), other, learned ? tau : 1);
    }
  }

  /** What is frozen in one of them, or stands elsewhere, lies elsewhere. */
  private boolean liesAlike() {
    return to.network().slots().stream()
        .allMatch(slot -> slot.offset() == theirs.get(slot.name()).offset());
  }

  private static void approach(Tensor own, Tensor other, double tau) {
    if (tau == 1) {
      own.copy_(other);
    } else {
      own.lerp_(other, new Scalar(tau));
    }
  }
}
