package io.github.torchscribe.runtime;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

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

  /** A table with a row for each layer. */
  @Override
  public String toString() {
    int text = width(layers.stream().map(Layer::text), "layer");
    int shape = width(layers.stream().map(Layer::output), input);
    StringBuilder table = new StringBuilder(name).append(System.lineSeparator());
    row(table, text, "layer", shape, "output", "parameters");
    row(table, text, "input", shape, input, "");
    for (Layer layer : layers) {
      String count =
          layer.parameters == 0 ? "" : String.format(Locale.ROOT, "%,d", layer.parameters);
      row(table, text, layer.text, shape, layer.output, count);
    }
    table.append(String.format(Locale.ROOT, "%,d parameters", parameters()));
    for (String more : List.of(loss, optimizer)) {
      table.append(more.isEmpty() ? "" : "; " + more);
    }
    return table.toString();
  }

  private static int width(Stream<String> cells, String head) {
    return cells.mapToInt(String::length).reduce(head.length(), Math::max);
  }

  private static void row(
      StringBuilder table, int text, String layer, int shape, String output, String parameters) {
    String format = "  %-" + text + "s  %-" + shape + "s  %12s";
    String line = String.format(Locale.ROOT, format, layer, output, parameters);
    table.append(line.stripTrailing()).append(System.lineSeparator());
  }
}
