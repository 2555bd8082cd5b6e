package io.github.torchscribe.runtime;

import java.util.List;

/**
 * What a network consists of.
 *
 * @param name of the declaring interface
 * @param input the shape of a batch, for example {@code (N, 1, 28, 28)}
 * @param layers in their order
 * @param loss as it was written; empty where there is none
 * @param optimizer as it was written; empty where there is none
 */
public record Summary(
    String name, String input, List<Layer> layers, String loss, String optimizer) {
  /** Copies the list. */
  public Summary {
    layers = List.copyOf(layers);
  }

  /**
   * A layer.
   *
   * @param text as it was written
   * @param output the shape of a batch
   * @param parameters how many numbers it learns
   */
  public record Layer(String text, String output, long parameters) {}

  /**
   * How many numbers are learned.
   *
   * @return the sum over all layers
   */
  public long parameters() {
    return layers.stream().mapToLong(Layer::parameters).sum();
  }
}
