package io.github.torchscribe.processor.graph;

import io.github.torchscribe.dsl.Init;
import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.processor.declaration.Declaration;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.loss.Loss;
import io.github.torchscribe.processor.optim.OptimizerSpec;
import io.github.torchscribe.processor.optim.ScheduleSpec;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * A network without errors.
 *
 * @param declaration what was written
 * @param input the shape of one example
 * @param indices how many there are to choose from, where the input is indices
 * @param output the shape of one output
 * @param segments the layers: one segment, or one for each stack on a method
 * @param loss where there is one
 * @param optimizer where there is one
 * @param schedules of the learning rate
 * @param settings of training
 * @param init how weights begin
 * @param gradient where gradients come from
 */
public record Graph(
    Declaration declaration,
    Shape input,
    OptionalLong indices,
    Shape output,
    List<Segment> segments,
    Optional<Loss> loss,
    Optional<OptimizerSpec> optimizer,
    List<ScheduleSpec> schedules,
    TrainingSettings settings,
    Init.Scheme init,
    Network.Gradient gradient) {

  /**
   * All layers.
   *
   * @return of all segments
   */
  public List<Node> nodes() {
    return segments.stream().flatMap(segment -> segment.nodes().stream()).toList();
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
      Value above = segment.input();
      for (Node node : segment.nodes()) {
        if (!node.reads().equals(List.of(above))) {
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
    return !anyLayer(layer -> !layer.isDivisible()) && loss.stream().allMatch(Loss::isDivisible);
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
