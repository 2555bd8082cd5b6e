package io.github.torchscribe.processor.plan;

import io.github.torchscribe.processor.graph.Graph;
import io.github.torchscribe.processor.tensor.Form;
import io.github.torchscribe.processor.tensor.Precision;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A network with all memory laid out.
 *
 * @param graph the network
 * @param parameters in PyTorch's order: those that learn lie first in the flat buffer
 * @param ties those that are other layers': their part of the gradient lies behind all others'
 * @param state what is remembered besides, after the parameters
 * @param parameterCount how many elements learn
 * @param steps in forward's order
 * @param outputs what the network gives; none where the user's own forward does
 * @param losses where backward begins, in order
 * @param inputGradients where backward ends, for each input whose gradient is asked for
 * @param memory of a pass
 */
public record Plan(
    Graph graph,
    List<ParameterPlace> parameters,
    List<ParameterPlace> ties,
    List<ParameterPlace> state,
    long parameterCount,
    List<PlannedLayer> steps,
    List<Buffer> outputs,
    List<PlannedLoss> losses,
    List<Optional<Buffer>> inputGradients,
    Memory memory) {
  /**
   * Whether there is anything to learn.
   *
   * @return true where parameters lie before a loss
   */
  public boolean trains() {
    return losses.stream().anyMatch(PlannedLoss::teaches);
  }

  /**
   * The parameters that have a gradient.
   *
   * @return in the order of the gradients
   */
  public List<ParameterPlace> learned() {
    return Stream.of(parameters, ties)
        .flatMap(List::stream)
        .filter(place -> place.parameter().learns())
        .toList();
  }

  /**
   * How many elements are frozen.
   *
   * @return 0 where all learn
   */
  public long frozenCount() {
    return parameters.stream()
        .map(ParameterPlace::parameter)
        .filter(parameter -> !parameter.learns())
        .mapToLong(parameter -> parameter.shape().elements())
        .sum();
  }

  /**
   * Memory for one more result of a layer's forward, which its backward may read.
   *
   * @param name of the field
   * @param shape for one example
   * @param precision of its numbers
   * @param turned how many rows of an example a product writes or reads, where these may lie one
   *     feature after the other; else 0
   * @param step of the layer
   * @return the buffer
   */
  public Buffer keep(
      String name, Shape shape, Precision precision, long turned, PlannedLayer step) {
    Timeline time = new Timeline(steps.size());
    Span span = memory.takeForward(shape, precision, time.forward(step.index()));
    span.usedBackward(time.backward(step.index()));
    Form form = new Form(Form.PLAIN.format(), precision);
    return new Buffer(name, shape, Optional.of(span), form, turned);
  }

  /**
   * Memory for a result of the loss.
   *
   * @param name of the field
   * @param shape for one example
   * @return the buffer
   */
  public Buffer keepForLoss(String name, Shape shape) {
    Span span = memory.takeForward(shape, Precision.FULL, new Timeline(steps.size()).loss());
    return new Buffer(name, shape, Optional.of(span), Form.PLAIN);
  }
}
