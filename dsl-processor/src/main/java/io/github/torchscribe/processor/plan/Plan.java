package io.github.torchscribe.processor.plan;

import io.github.torchscribe.processor.graph.Graph;
import io.github.torchscribe.processor.tensor.Form;
import io.github.torchscribe.processor.tensor.Precision;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;
import java.util.Optional;

/**
 * A network with all memory laid out.
 *
 * @param graph the network
 * @param parameters in the order of the flat buffer
 * @param state what is remembered besides, after the parameters
 * @param parameterCount the flat buffer's size, in elements
 * @param steps in forward's order
 * @param activations the memory of forward
 * @param gradients the memory of backward
 */
public record Plan(
    Graph graph,
    List<ParameterPlace> parameters,
    List<ParameterPlace> state,
    long parameterCount,
    List<PlannedLayer> steps,
    Block activations,
    Block gradients) {

  /**
   * What the network gives.
   *
   * @return the last step's output
   */
  public Buffer output() {
    return steps.get(steps.size() - 1).output();
  }

  /**
   * Where backward begins.
   *
   * @return empty where there is nothing to learn
   */
  public Optional<Buffer> outputGradient() {
    return steps.get(steps.size() - 1).outputGradient();
  }

  /**
   * Memory for one more result of forward, which backward may read.
   *
   * @param name of the field
   * @param shape for one example
   * @return the buffer
   */
  public Buffer keep(String name, Shape shape) {
    return new Buffer(
        name, shape, Optional.of(activations.take(shape, Precision.FULL)), Form.PLAIN);
  }

  /** Gives every buffer its offset, gradients after activations, once there are no more to come. */
  public void layOut() {
    activations.layOutFrom(0);
    gradients.layOutFrom(activations.size());
  }
}
