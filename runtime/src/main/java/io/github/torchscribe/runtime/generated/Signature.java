package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.learner.Decision;
import io.github.torchscribe.runtime.learner.Summary;
import io.github.torchscribe.runtime.torch.Shapes;
import io.github.torchscribe.runtime.torch.TensorSpec;
import io.github.torchscribe.runtime.torch.TensorSpecs;
import io.github.torchscribe.runtime.torch.Tensors;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Tensor;

/**
 * What a network is given and gives, and what it learns by: all by name, where there are several.
 */
public final class Signature {
  private final String network;
  private final TensorSpecs inputs;
  private final List<StatedOutput> outputs;
  private final List<StatedLoss> losses;
  private final boolean byHand;
  private final TensorSpecs targets;
  private final List<String> outputNames;
  private final int[] firstOutputs;

  Signature(
      String network,
      TensorSpecs inputs,
      List<StatedOutput> outputs,
      List<StatedLoss> losses,
      String onlyOutput,
      boolean byHand) {
    this.byHand = byHand;
    this.network = network;
    this.inputs = inputs;
    this.outputs = outputs;
    this.losses = losses;
    outputNames =
        outputs.stream()
            .map(output -> output.name().isEmpty() ? onlyOutput : output.name())
            .toList();
    List<StatedLoss> taking = losses.stream().filter(loss -> loss.targets().isPresent()).toList();
    firstOutputs = losses.stream().mapToInt(loss -> output(loss.of().get(0))).toArray();
    targets =
        TensorSpecs.of(
            taking.stream().map(StatedLoss::name).toList(),
            taking.stream().map(loss -> loss.targets().orElseThrow()).toList());
  }

  /**
   * What one example is: numbers, or indices.
   *
   * @throws IllegalStateException when it consists of several things
   */
  public TensorSpec input() {
    return inputs.only();
  }

  /** What one example consists of, by name; a single thing may have none. */
  public TensorSpecs inputs() {
    return inputs;
  }

  /** What it gives, in order. */
  public List<StatedOutput> outputs() {
    return outputs;
  }

  /** Which output has a name: its number. */
  public int output(String wanted) {
    for (int i = 0; i < outputs.size(); i++) {
      if (outputs.get(i).name().equals(wanted)) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        network + " has no output " + wanted + "; it has " + names(outputs, StatedOutput::name));
  }

  private static <T> String names(List<T> all, Function<T, String> called) {
    return all.stream().map(called).collect(Collectors.joining(", "));
  }

  /**
   * The only output.
   *
   * @throws IllegalStateException when there are several
   */
  public StatedOutput requireOutput() {
    if (outputs.size() > 1) {
      throw new IllegalStateException(
          network
              + " has several outputs ("
              + names(outputs, StatedOutput::name)
              + "): take them by their names");
    }
    return outputs.get(0);
  }

  /** What users call the outputs, in order: also the only one, which needs no name. */
  public List<String> outputNames() {
    return outputNames;
  }

  /** What a step is given besides inputs, for messages. */
  public String targetsAre() {
    return byHand ? "gradient" : "target";
  }

  /**
   * Requires that there is a loss.
   *
   * @throws IllegalStateException when there is none, also where the network is trained by hand
   */
  public void requireLossOfItsOwn() {
    if (byHand) {
      throw new IllegalStateException(
          network
              + " has no loss and is trained by hand: give backward the gradient of its output, then"
              + " update it; or annotate it, for example with @CrossEntropyLoss");
    }
    requireLosses();
  }

  /** The losses, in order; none where nothing is to be learned. */
  public List<StatedLoss> losses() {
    return losses;
  }

  /**
   * The losses.
   *
   * @return at least one
   * @throws IllegalStateException when there is none
   */
  public List<StatedLoss> requireLosses() {
    if (losses.isEmpty()) {
      throw new IllegalStateException(
          network
              + " has no loss: annotate it, for example with @CrossEntropyLoss, or, to train it by hand,"
              + " with an optimizer alone");
    }
    return losses;
  }

  /**
   * The only loss.
   *
   * @throws IllegalStateException when there is none, or there are several
   */
  public StatedLoss requireLoss() {
    if (requireLosses().size() > 1) {
      throw new IllegalStateException(
          network
              + " has several losses ("
              + names(losses, StatedLoss::name)
              + "): say which is meant");
    }
    return losses.get(0);
  }

  /** The loss of a name. */
  public StatedLoss requireLoss(String wanted) {
    return requireLosses().stream()
        .filter(loss -> loss.name().equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    network
                        + " has no loss "
                        + wanted
                        + "; it has "
                        + names(losses, StatedLoss::name)));
  }

  /** What the losses take as targets, by their names; a single one may have none. */
  public TensorSpecs targets() {
    return targets;
  }

  /** The target that does not count: empty where all do, or where there are several losses. */
  public OptionalLong ignored() {
    return losses.size() == 1 ? losses.get(0).ignored() : OptionalLong.empty();
  }

  /**
   * How the output is read as classes: as the loss says; without one the highest score. Of several
   * each is read for itself.
   */
  public Decision decision() {
    return losses.isEmpty() || byHand
        ? outputs.size() == 1 ? Decision.ARGMAX : Decision.NONE
        : losses.size() == 1 ? losses.get(0).decision() : Decision.NONE;
  }

  /** Which output a loss reads first: its number. */
  public int outputOf(int loss) {
    return firstOutputs[loss];
  }

  /**
   * Puts tensors into the network's order. A single input needs no name.
   *
   * @param what they are: inputs or targets, for a message
   * @param wanted their names and kinds
   * @throws IllegalArgumentException when one is not given, or there are others
   */
  public Tensor[] inOrder(String what, TensorSpecs wanted, Tensors given) {
    Tensor[] all = new Tensor[wanted.size()];
    if (wanted.size() == 1 && given.size() == 1) {
      all[0] = given.get(0);
      return all;
    }
    if (!new HashSet<>(wanted.names()).equals(new HashSet<>(given.names()))) {
      throw new IllegalArgumentException(
          network
              + (wanted.size() == 0
                  ? " takes no " + what + "s"
                  : " takes the " + what + "s " + said(wanted.names()))
              + ", but was given "
              + said(given.names()));
    }
    for (int i = 0; i < all.length; i++) {
      all[i] = given.get(wanted.names().get(i));
    }
    return all;
  }

  private static String said(List<String> names) {
    if (names.equals(List.of(""))) {
      return "one without a name";
    }
    return names.isEmpty() ? "none" : String.join(", ", names);
  }

  /** What the losses are of, where there are several; none where there is one. */
  public List<String> namedLosses() {
    return losses.size() < 2 ? List.of() : losses.stream().map(StatedLoss::name).toList();
  }

  /** What leaves, where it has names: a line for each. */
  List<String> namedOutputs() {
    return outputs.stream()
        .filter(output -> !output.name().isEmpty())
        .map(output -> "output " + output.name() + " " + Shapes.text(output.shape()))
        .toList();
  }

  List<String> identityOfLosses() {
    return losses.isEmpty() ? List.of("loss ") : losses.stream().map(StatedLoss::identity).toList();
  }

  /** What an example consists of, for a summary. */
  List<Summary.Port> ports() {
    List<Summary.Port> ports = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      String name = inputs.size() == 1 ? Summary.INPUT : inputs.names().get(i);
      ports.add(new Summary.Port(name, Shapes.batchOf(inputs.get(i).shape())));
    }
    return ports;
  }

  /** The losses as they were written. */
  String lossText() {
    return byHand ? "" : losses.stream().map(Signature::text).collect(Collectors.joining(", "));
  }

  private static String text(StatedLoss loss) {
    return (loss.name().isEmpty() ? "" : loss.name() + " ")
        + loss.text()
        + (loss.weight() == 1 ? "" : " · " + loss.weight());
  }
}
