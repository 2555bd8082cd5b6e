package io.github.torchscribe.runtime.learner;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a network consists of.
 *
 * @param name of the declaring interface
 * @param inputs what it is given
 * @param layers in their order
 * @param loss as it was written; empty where there is none
 * @param optimizer as it was written; empty where there is none
 * @param evaluationBytes what a pass takes for each example; 0 where that is not known
 * @param trainingBytes what a training step takes for each example; 0 where that is not known
 * @param frozen how many of the numbers that parameters have do not learn
 * @param remembered how many numbers the optimizer remembers for each that learns
 * @param division how a batch is divided among threads, or what it takes of a GPU's memory, in
 *     words; empty where that is not known
 */
public record Summary(
    String name,
    List<Port> inputs,
    List<Layer> layers,
    String loss,
    String optimizer,
    long evaluationBytes,
    long trainingBytes,
    long frozen,
    int remembered,
    String division) {
  /** What stands for the network's input among what a layer reads. */
  public static final String INPUT = "input";

  /**
   * Something that a network is given.
   *
   * @param name what it is called; {@code input} where there is nothing else
   * @param shape of a batch, for example {@code (N, 1, 28, 28)}
   */
  public record Port(String name, String shape) {}

  /**
   * A network with one input.
   *
   * @param name of the declaring interface
   * @param input the shape of a batch, for example {@code (N, 1, 28, 28)}
   * @param layers in their order
   * @param loss as it was written; empty where there is none
   * @param optimizer as it was written; empty where there is none
   * @param evaluationBytes what a pass takes for each example; 0 where that is not known
   * @param trainingBytes what a training step takes for each example; 0 where that is not known
   */
  public Summary(
      String name,
      String input,
      List<Layer> layers,
      String loss,
      String optimizer,
      long evaluationBytes,
      long trainingBytes) {
    this(
        name,
        List.of(new Port(INPUT, input)),
        layers,
        loss,
        optimizer,
        evaluationBytes,
        trainingBytes,
        0,
        0,
        "");
  }

  /**
   * The same network where a batch is divided in some way, or computed by a GPU.
   *
   * @param way in words, and what it takes
   * @return a new summary
   */
  public Summary divided(String way) {
    return new Summary(
        name,
        inputs,
        layers,
        loss,
        optimizer,
        evaluationBytes,
        trainingBytes,
        frozen,
        remembered,
        way);
  }

  /**
   * The shapes of batches.
   *
   * @return for example {@code (N, 1, 28, 28)}, or {@code ids (N, 12), mask (N, 12)}
   */
  public String input() {
    return inputs.size() == 1
        ? inputs.get(0).shape()
        : inputs.stream()
            .map(port -> port.name() + " " + port.shape())
            .collect(Collectors.joining(", "));
  }

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException when a layer reads what is no layer before it
   */
  public Summary {
    inputs = List.copyOf(inputs);
    layers = List.copyOf(layers);
    Set<String> before = new HashSet<>(Set.of(INPUT));
    inputs.forEach(port -> before.add(port.name()));
    for (Layer layer : layers) {
      if (!before.containsAll(layer.reads)) {
        throw new IllegalArgumentException(
            "layer " + layer.path + " reads " + layer.reads + ", not all of which stand before it");
      }
      before.add(layer.path);
    }
  }

  /**
   * A layer.
   *
   * @param path where it stands, as {@code nn.Sequential} names it
   * @param text as it was written
   * @param reads the paths of what it reads, {@code input} for the network's input, or for what the
   *     user's own forward gives the layers of a method; empty where it is the layer above
   * @param output the shape of a batch
   * @param parameters how many numbers it learns
   * @param multiplyAdds the multiplications of its products, for one example
   */
  public record Layer(
      String path,
      String text,
      List<String> reads,
      String output,
      long parameters,
      long multiplyAdds) {
    /** Copies the list. */
    public Layer {
      reads = List.copyOf(reads);
    }

    /**
     * A layer that reads the one above.
     *
     * @param path where it stands, as {@code nn.Sequential} names it
     * @param text as it was written
     * @param output the shape of a batch
     * @param parameters how many numbers it learns
     * @param multiplyAdds the multiplications of its products, for one example
     */
    public Layer(String path, String text, String output, long parameters, long multiplyAdds) {
      this(path, text, List.of(), output, parameters, multiplyAdds);
    }
  }

  /**
   * How many numbers parameters have.
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
   * What each process of a group needs for all parameters, besides what examples take.
   *
   * @param processes how many there are, at least 1
   * @return a line of text
   */
  public String memory(int processes) {
    long learned = Float.BYTES * (parameters() - frozen);
    long state = learned * remembered;
    String text =
        String.format(
            Locale.ROOT,
            "each of %d process%s: parameters %s, gradients %s",
            processes,
            processes == 1 ? "" : "es",
            bytes(Float.BYTES * parameters()),
            bytes(learned));
    if (state == 0) {
      return text;
    }
    String divided =
        processes == 1 ? "" : ", or " + bytes(state / processes) + " with shardOptimizer";
    return text + ", the optimizer's state " + bytes(state) + divided;
  }

  /**
   * What training takes of a GPU's memory, besides what libtorch needs for itself: parameters,
   * gradients, the optimizer's state, and what a batch's examples take.
   *
   * @param batch how many examples it has
   * @return in bytes
   */
  public long stepBytes(long batch) {
    long learned = Float.BYTES * (parameters() - frozen);
    return Float.BYTES * parameters() + learned * (1 + remembered) + batch * trainingBytes;
  }

  /**
   * A picture of the network for Mermaid, which GitHub and many others draw.
   *
   * @return a flowchart, to be put between {@code ```mermaid} and {@code ```}
   */
  public String mermaid() {
    return new Diagram(this).toString();
  }

  /**
   * The same layers, where each says what it reads, also those that read the one above.
   *
   * @return layers whose {@code reads} are not empty
   */
  public List<Layer> wired() {
    List<Layer> wired = new ArrayList<>();
    String above = inputs.isEmpty() ? INPUT : inputs.get(0).name();
    for (Layer layer : layers) {
      List<String> reads = layer.reads.isEmpty() ? List.of(above) : layer.reads;
      wired.add(
          new Layer(
              layer.path, layer.text, reads, layer.output, layer.parameters, layer.multiplyAdds));
      above = layer.path;
    }
    return wired;
  }

  /** Whether a layer reads another than the one above. */
  boolean branches() {
    return layers.stream().anyMatch(layer -> !layer.reads.isEmpty());
  }

  /**
   * A table with a row for each layer, as torchinfo has it; where layers read others than the one
   * above, it says which, and all are called by their paths.
   */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(name).append(System.lineSeparator());
    text.append(branches() ? new WiredTable(this) : table());
    text.append(number(parameters())).append(" parameters");
    text.append(" (").append(bytes(Float.BYTES * parameters())).append(')');
    if (frozen > 0) {
      text.append(", ").append(number(frozen)).append(" of them frozen");
    }
    for (String more : List.of(loss, optimizer)) {
      text.append(more.isEmpty() ? "" : "; " + more);
    }
    if (multiplyAdds() > 0) {
      text.append(System.lineSeparator()).append(eachExample());
    }
    if (!division.isEmpty()) {
      text.append(System.lineSeparator()).append(division);
    }
    return text.toString();
  }

  private Table table() {
    Table table = new Table(2, "layer", "output", "parameters", "multiply-adds");
    inputs.forEach(port -> table.row(port.name, port.shape, "", ""));
    for (Layer layer : layers) {
      table.row(layer.text, layer.output, count(layer.parameters), count(layer.multiplyAdds));
    }
    return table;
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

  static String count(long number) {
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
