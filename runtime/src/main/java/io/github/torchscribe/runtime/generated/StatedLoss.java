package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.learner.Decision;
import io.github.torchscribe.runtime.torch.TensorSpec;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A loss as it was written, and what it says of targets and outputs.
 *
 * @param name of what it is the loss of; empty where the network has one output and one loss
 * @param text as it was written
 * @param targets what it takes; empty where it compares outputs with each other alone
 * @param decision how it reads an output
 * @param of which of the network's outputs it reads, by their names
 * @param weight what it counts among others
 * @param classWeights what each class weighs in it, unless a trainer says otherwise; null where all
 *     weigh the same
 * @param saysPadding which of the network's inputs says what is padding of the sequence in which it
 *     finds a text; empty where all places count
 */
public record StatedLoss(
    String name,
    String text,
    Optional<TensorSpec> targets,
    Decision decision,
    List<String> of,
    double weight,
    double[] classWeights,
    OptionalInt saysPadding) {
  /** A loss that counts once, of which nothing else is known yet. */
  StatedLoss(String name, String text, Optional<TensorSpec> targets, Decision decision) {
    this(name, text, targets, decision, List.of(name), 1, null, OptionalInt.empty());
  }

  StatedLoss reading(List<String> outputs) {
    return new StatedLoss(
        name, text, targets, decision, outputs, weight, classWeights, saysPadding);
  }

  StatedLoss counting(double times) {
    return new StatedLoss(name, text, targets, decision, of, times, classWeights, saysPadding);
  }

  StatedLoss weighing(double... classes) {
    return new StatedLoss(name, text, targets, decision, of, weight, classes.clone(), saysPadding);
  }

  StatedLoss withoutPadding(int input) {
    OptionalInt says = OptionalInt.of(input);
    return new StatedLoss(name, text, targets, decision, of, weight, classWeights, says);
  }

  /**
   * The target that does not count.
   *
   * @return empty where all do
   */
  public OptionalLong ignored() {
    return targets.map(TensorSpec::ignored).orElse(OptionalLong.empty());
  }

  /**
   * What it takes, for messages: what is ignored unless asked for is nothing to puzzle over.
   *
   * @return for example {@code one index below 10}
   */
  public String takes() {
    TensorSpec taken = targets.orElseThrow();
    boolean isUsual = taken.ignored().equals(OptionalLong.of(TensorSpec.USUALLY_IGNORED));
    TensorSpec said = isUsual ? TensorSpec.indices(taken.count(), taken.shape()) : taken;
    return said.toString();
  }

  /** What another network of the same name may have in its place. */
  String identity() {
    return "loss "
        + (name.isEmpty() ? "" : name + " ")
        + text
        + (of.equals(List.of(name)) ? "" : " of " + String.join(", ", of))
        + (weight == 1 ? "" : " times " + weight);
  }
}
