package io.github.torchscribe.processor.graph;

import io.github.torchscribe.processor.tensor.Shape;
import java.util.OptionalLong;

/**
 * What a network is given.
 *
 * @param name what users call it
 * @param value as layers read it
 * @param indices how many there are to choose from, where it is indices
 * @param padding the index of which no example may consist alone
 * @param isMask whether it is numbers that say which places of another input are there
 * @param requiresGrad whether its gradient is asked for
 */
public record Port(
    String name,
    Value value,
    OptionalLong indices,
    OptionalLong padding,
    boolean isMask,
    boolean requiresGrad) {
  /** The same where its gradient is asked for. */
  Port requiringGrad() {
    return new Port(name, value, indices, padding, isMask, true);
  }

  /**
   * The shape.
   *
   * @return of one example
   */
  public Shape shape() {
    return value.shape();
  }
}
