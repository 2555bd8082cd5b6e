package io.github.torchscribe.processor.graph;

import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.tensor.ParameterSpec;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;
import java.util.Optional;

/**
 * A layer at its place.
 *
 * @param layer what it does
 * @param reads the values that arrive, at least one
 * @param gives the value that leaves, whose path is the layer's
 * @param parameters what it learns
 * @param state what it remembers besides
 */
public record Node(
    Layer layer,
    List<Value> reads,
    Value gives,
    List<ParameterSpec> parameters,
    List<ParameterSpec> state) {
  private static final String SUM = "sum";

  /** What says which places of a layer's output are padding, behind the layer's own path. */
  static final String MASK = "mask";

  /** What a loss reads of a value that has padding. */
  static final String READ = "read";

  /**
   * A layer that learns nothing.
   *
   * @param layer what it does
   * @param reads the values that arrive
   * @param gives the value that leaves
   */
  public Node(Layer layer, List<Value> reads, Value gives) {
    this(layer, reads, gives, List.of(), List.of());
  }

  /**
   * The same layer, reading other values.
   *
   * @param others of the same shapes
   * @return otherwise equal
   */
  public Node reading(List<Value> others) {
    return new Node(layer, others, gives, parameters, state);
  }

  /**
   * The same layer, with parameters that learn otherwise.
   *
   * @param others of the same names and shapes
   * @param memory what it remembers besides, of the same names and shapes
   * @return otherwise equal
   */
  Node learning(List<ParameterSpec> others, List<ParameterSpec> memory) {
    return new Node(layer, reads, gives, others, memory);
  }

  /**
   * A parameter.
   *
   * @param name PyTorch's
   * @return empty where it has none of the name
   */
  public Optional<ParameterSpec> parameter(String name) {
    return parameters.stream().filter(spec -> spec.name().equals(name)).findFirst();
  }

  /**
   * Whether it learns anything.
   *
   * @return false where there is nothing to learn, or all of it is frozen
   */
  public boolean learns() {
    return parameters.stream().anyMatch(ParameterSpec::learns);
  }

  /**
   * Whether it remembers nothing new while training: a frozen batch norm goes by what it remembers.
   *
   * @return false where nothing is remembered
   */
  public boolean evaluates() {
    return state.stream().anyMatch(memory -> !memory.learns());
  }

  /**
   * Whether workers may divide a batch.
   *
   * @return what the layer says; true where it only evaluates
   */
  public boolean isDivisible() {
    return layer.isDivisible() || evaluates();
  }

  /**
   * The same layer with the same parameters for values of other shapes.
   *
   * @param others the values that arrive
   * @param other the value that leaves, at the same path
   * @return otherwise equal
   */
  Node of(List<Value> others, Value other) {
    return new Node(layer, others, other, parameters, state);
  }

  /**
   * Where {@code nn.Sequential} has it.
   *
   * @return for example {@code 1}, or {@code 2.0} in a network inside
   */
  public String path() {
    return gives.path();
  }

  /**
   * The shape that arrives, for a layer that reads one value.
   *
   * @return of the first value
   */
  public Shape input() {
    return reads.get(0).shape();
  }

  /**
   * The shapes that arrive.
   *
   * @return of all values
   */
  public List<Shape> inputs() {
    return reads.stream().map(Value::shape).toList();
  }

  /**
   * The shape that leaves.
   *
   * @return of one example
   */
  public Shape output() {
    return gives.shape();
  }

  /**
   * What the layer is called in generated code.
   *
   * @return for example {@code linear1}; on a method, or where it is named, {@code encodeLinear1}
   */
  public String variable() {
    String path = path();
    if (Character.isDigit(path.charAt(0))) {
      return layer.variable() + path.replace('.', '_') + end();
    }
    int dot = path.indexOf('.') < 0 ? path.length() : path.indexOf('.');
    String inside = path.substring(Math.min(dot + 1, path.length())).replace('.', '_');
    boolean isWord = !inside.isEmpty() && !Character.isDigit(inside.charAt(0));
    String layerName = layer.variable();
    return path.substring(0, dot)
        + Character.toUpperCase(layerName.charAt(0))
        + layerName.substring(1)
        + (isWord ? "_" : "")
        + inside
        + end();
  }

  /** Behind a word of the user's, so that what belongs to x is none of xGrad's. */
  private String end() {
    String last = path().substring(path().lastIndexOf('.') + 1);
    boolean isOurs =
        gives.isCopy()
            || Character.isDigit(last.charAt(0))
            || last.equals(SUM)
            || last.equals(MASK)
            || last.equals(READ)
            || last.equals(layer.variable());
    return isOurs || last.equals(path()) ? "" : "_";
  }

  /**
   * The multiplications of the layer's products.
   *
   * @return for one example, forward
   */
  public long multiplyAdds() {
    return layer.multiplyAdds(inputs(), output());
  }

  /**
   * What the layer is called in Javadoc and comments.
   *
   * @return for example {@code 1 Linear}
   */
  public String label() {
    return path() + " " + layer.name();
  }
}
