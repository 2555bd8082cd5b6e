package io.github.torchscribe.processor.graph;

import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.processor.declaration.Declaration;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.optim.OptimizerSpec;
import io.github.torchscribe.processor.optim.ScheduleSpec;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A network without errors.
 *
 * @param declaration what was written
 * @param inputs what it is given, at least one
 * @param outputs what it gives, at least one
 * @param segments the layers: one segment, or one for each stack on a method
 * @param objectives losses, with what they are of
 * @param optimizer where there is one
 * @param schedules of the learning rate
 * @param settings of training
 * @param init how weights begin
 * @param gradient where gradients come from
 */
public record Graph(
    Declaration declaration,
    List<Port> inputs,
    List<Leaving> outputs,
    List<Segment> segments,
    List<Objective> objectives,
    Optional<OptimizerSpec> optimizer,
    List<ScheduleSpec> schedules,
    TrainingSettings settings,
    Initial init,
    Network.Gradient gradient) {

  /**
   * Whether there is one input, one output, and no more than its loss, which counts once: then
   * nothing needs a name.
   *
   * @return true for most networks
   */
  public boolean isPlain() {
    return inputs.size() == 1
        && outputs.size() == 1
        && objectives.size() < 2
        && objectives.stream().allMatch(one -> one.weight() == 1 && one.outputs().size() == 1);
  }

  /**
   * What arrives, where that is one value.
   *
   * @return the first
   */
  public Port input() {
    return inputs.get(0);
  }

  /**
   * The shape of what leaves, where that is one value.
   *
   * @return of one example
   */
  public Shape output() {
    return outputs.get(0).value().shape();
  }

  /**
   * Whether whoever trains the network gives the gradients of its outputs.
   *
   * @return true where there is an optimizer and no loss
   */
  public boolean isTrainedByHand() {
    return declaration.losses().isEmpty() && optimizer.isPresent();
  }

  /**
   * Whether anything is to be learned.
   *
   * @return false where there is neither a loss nor, to train by hand, an optimizer
   */
  public boolean hasLoss() {
    return !objectives.isEmpty();
  }

  /**
   * All layers.
   *
   * @return of all segments
   */
  public List<Node> nodes() {
    return segments.stream().flatMap(segment -> segment.nodes().stream()).toList();
  }

  /**
   * The layers that outputs depend on: what losses alone read is not among them.
   *
   * @param read which of the values that a layer reads count
   * @return in their order
   */
  public List<Node> needed(Function<Node, List<Value>> read) {
    Set<Value> wanted = new HashSet<>();
    outputs.forEach(output -> wanted.add(output.value()));
    List<Node> needed = new ArrayList<>();
    List<Node> all = new ArrayList<>(nodes());
    Collections.reverse(all);
    for (Node node : all) {
      if (wanted.contains(node.gives())) {
        needed.add(0, node);
        wanted.addAll(read.apply(node));
      }
    }
    return needed;
  }

  /**
   * The layers that read another value than what the layer above gives; the first of a segment is
   * no such layer.
   *
   * @return in their order
   */
  public List<Node> joints() {
    List<Node> joints = new ArrayList<>();
    for (Segment segment : segments) {
      // Of several inputs each is said, also what the first layer reads.
      Value above = segment.inputs().size() > 1 ? null : segment.input().value();
      for (Node node : segment.nodes()) {
        if (above == null || !node.reads().equals(List.of(above))) {
          joints.add(node);
        }
        above = node.gives();
      }
    }
    return joints;
  }

  /**
   * Whether layers stand on methods, and the user's own forward puts them together.
   *
   * @return then gradients come from libtorch's autograd
   */
  public boolean isPutTogetherByUser() {
    return !declaration.stacks().isEmpty();
  }

  /**
   * Whether workers may divide a batch.
   *
   * @return false where a layer or the loss has to see all rows at once
   */
  public boolean isDivisible() {
    return nodes().stream().allMatch(Node::isDivisible)
        && objectives.stream().allMatch(one -> one.loss().isDivisible());
  }

  /**
   * Whether a layer is of some kind.
   *
   * @param kind what to look for
   * @return true when there is one
   */
  public boolean anyLayer(Predicate<Layer> kind) {
    return nodes().stream().map(Node::layer).anyMatch(kind);
  }
}
