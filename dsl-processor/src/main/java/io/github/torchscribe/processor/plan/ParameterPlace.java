package io.github.torchscribe.processor.plan;

import io.github.torchscribe.processor.graph.Node;
import io.github.torchscribe.processor.tensor.ParameterSpec;

/**
 * A parameter's place in the flat buffer.
 *
 * @param node whose parameter it is
 * @param parameter its name and shape
 * @param offset where it begins, in elements; of what is another layer's, where its part of the
 *     gradient does, among the gradients
 */
public record ParameterPlace(Node node, ParameterSpec parameter, long offset) {
  /**
   * The name that {@code nn.Sequential} gives it.
   *
   * @return for example {@code 1.weight}
   */
  public String name() {
    return node.path() + "." + parameter.name();
  }
}
