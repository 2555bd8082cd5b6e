package io.github.torchscribe.runtime.learner;

import java.util.List;
import java.util.Locale;

/**
 * What a network consists of.
 *
 * @param name of the declaring interface
 * @param input the shape of a batch, for example {@code (N, 1, 28, 28)}
 * @param layers in their order
 * @param loss as it was written; empty where there is none
 * @param optimizer as it was written; empty where there is none
 * @param evaluationBytes what a pass takes for each example; 0 where that is not known
 * @param trainingBytes what a training step takes for each example; 0 where that is not known
 */
public record Summary(
    String name,
    String input,
    List<Layer> layers,
    String loss,
    String optimizer,
    long evaluationBytes,
    long trainingBytes) {
  /** Copies the list. */
  public Summary {
    layers = List.copyOf(layers);
  }

  /**
   * A layer.
   *
   * @param path where it stands, as {@code nn.Sequential} names it
   * @param text as it was written
   * @param output the shape of a batch
   * @param parameters how many numbers it learns
   * @param multiplyAdds the multiplications of its products, for one example
   */
  public record Layer(
      String path, String text, String output, long parameters, long multiplyAdds) {}

  /**
   * How many numbers are learned.
   *
   * @return the sum over all layers
   */
  public long parameters() {
    return layers.stream().mapToLong(Layer::parameters).sum();
  }

  /**
   * How many multiplications, each with an addition, an example takes forward.
   *
   * @return the sum over all layers
   */
  public long multiplyAdds() {
    return layers.stream().mapToLong(Layer::multiplyAdds).sum();
  }

  /**
   * A picture of the network for Mermaid, which GitHub and many others draw.
   *
   * @return a flowchart, to be put between {@code ```mermaid} and {@code ```}
   */
  public String mermaid() {
    return new Diagram(this).toString();
  }

  /** A table with a row for each layer, as torchinfo has it. */
  @Override
  public String toString() {
    Table table = new Table("layer", "output", "parameters", "multiply-adds");
    table.row("input", input, "", "");
    for (Layer layer : layers) {
      table.row(layer.text, layer.output, count(layer.parameters), count(layer.multiplyAdds));
    }
    StringBuilder text = new StringBuilder(name).append(System.lineSeparator()).append(table);
    text.append(number(parameters())).append(" parameters");
    text.append(" (").append(bytes(Float.BYTES * parameters())).append(')');
    for (String more : List.of(loss, optimizer)) {
      text.append(more.isEmpty() ? "" : "; " + more);
    }
    if (multiplyAdds() > 0) {
      text.append(System.lineSeparator()).append(eachExample());
    }
    return text.toString();
  }

  private StringBuilder eachExample() {
    StringBuilder text = new StringBuilder();
    text.append("each example: ").append(number(multiplyAdds())).append(" multiply-adds");
    if (evaluationBytes > 0) {
      text.append(", ").append(bytes(evaluationBytes)).append(" of memory");
    }
    if (trainingBytes > evaluationBytes) {
      text.append(", ").append(bytes(trainingBytes)).append(" while training");
    }
    return text;
  }

  private static String count(long number) {
    return number == 0 ? "" : number(number);
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String bytes(long bytes) {
    return bytes < 10_000
        ? number(bytes) + " B"
        : bytes < 10_000_000 ? number(bytes / 1000) + " kB" : number(bytes / 1_000_000) + " MB";
  }
}
