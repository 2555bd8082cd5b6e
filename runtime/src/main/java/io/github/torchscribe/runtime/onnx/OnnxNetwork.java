package io.github.torchscribe.runtime.onnx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * A network while it is described by ONNX' operators. Generated code says what it consists of; what
 * it says is loaded by who exports it, and by nobody else.
 */
public abstract class OnnxNetwork {
  /** In place of an input that is left out. */
  protected static final OnnxValue NONE = new OnnxValue("");

  private final List<OnnxPort> inputs = new ArrayList<>();
  private final List<OnnxPort> outputs = new ArrayList<>();
  private final List<OnnxStep> steps = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final Map<String, Integer> named = new LinkedHashMap<>();
  private OnnxTensors tensors;
  private int nameless;

  /** A network that says nothing yet. */
  protected OnnxNetwork() {}

  /** Says what the network is given, its operators, and what it gives. */
  protected abstract void describe();

  /**
   * The network with its numbers. Asked once.
   *
   * @param name the network's
   * @param weights what it has learned and remembers besides, by PyTorch's names, on the CPU
   * @return all that a file has of it
   * @throws IllegalStateException when ONNX has no counterpart to something; all of that is listed
   */
  public final OnnxGraph graph(String name, Map<String, Tensor> weights) {
    tensors = new OnnxTensors(weights);
    describe();
    if (!problems.isEmpty()) {
      throw new IllegalStateException(
          name + " cannot be exported to ONNX:\n  " + String.join("\n  ", problems));
    }
    List<OnnxNode> nodes = steps.stream().map(OnnxStep::node).toList();
    List<String> read = nodes.stream().flatMap(node -> node.inputs().stream()).toList();
    return new OnnxGraph(name, inputs, outputs, nodes, tensors.named(read));
  }

  /**
   * Numbers that the network is given.
   *
   * @param name what users call them
   * @param shape of one example
   * @return the value
   */
  protected final OnnxValue given(String name, long... shape) {
    return given(new OnnxPort(name, false, OnnxTensors.list(shape)));
  }

  /**
   * Indices or lengths that the network is given.
   *
   * @param name what users call them
   * @param shape of one example
   * @return the value
   */
  protected final OnnxValue givenIndices(String name, long... shape) {
    return given(new OnnxPort(name, true, OnnxTensors.list(shape)));
  }

  private OnnxValue given(OnnxPort port) {
    inputs.add(port);
    return new OnnxValue(port.name());
  }

  /**
   * What the network gives.
   *
   * @param name what users call it
   * @param value it
   * @param shape of one example
   */
  protected final void gives(String name, OnnxValue value, long... shape) {
    OnnxValue output = value.isNameless() ? value : layer(name, op("Identity", value));
    output.name(name);
    outputs.add(new OnnxPort(name, false, OnnxTensors.list(shape)));
  }

  /**
   * Gives the operators since the last layer their names.
   *
   * @param path of the layer whose they are
   * @param value what it gives
   * @return the same
   */
  protected final OnnxValue layer(String path, OnnxValue value) {
    for (; nameless < steps.size(); nameless++) {
      OnnxStep step = steps.get(nameless);
      String name = path + "/" + step.operator();
      int count = named.merge(name, 1, Integer::sum);
      step.name(count == 1 ? name : name + "_" + count);
    }
    return value;
  }

  /**
   * An operator.
   *
   * @param operator as ONNX names it
   * @param read the values that it reads
   * @return the first value that it gives
   */
  protected final OnnxValue op(String operator, OnnxValue... read) {
    OnnxStep step = new OnnxStep(operator, read);
    steps.add(step);
    return step.output(0);
  }

  /**
   * What is learned, or remembered besides.
   *
   * @param name PyTorch's
   * @return the value
   */
  protected final OnnxValue parameter(String name) {
    return tensors.weight(name);
  }

  /**
   * Some rows of what is learned.
   *
   * @param parameter the whole
   * @param first counted from 0
   * @param count how many
   * @return the value
   */
  protected final OnnxValue rows(OnnxValue parameter, long first, long count) {
    return tensors.rows(parameter, first, count);
  }

  /**
   * A recurrent layer's matrices as ONNX orders them.
   *
   * @param operator ONNX' name of it
   * @param directions (gates·H, …) each
   * @return (directions, gates·H, …)
   */
  protected final OnnxValue gates(String operator, OnnxValue... directions) {
    return tensors.gates(operator, directions);
  }

  /**
   * A recurrent layer's biases as ONNX orders them.
   *
   * @param operator ONNX' name of it
   * @param directions that of the input and that of the state of each direction, (gates·H) each
   * @return (directions, 2·gates·H)
   */
  protected final OnnxValue shifts(String operator, OnnxValue... directions) {
    return tensors.shifts(operator, directions);
  }

  /**
   * A whole number.
   *
   * @param value the number
   * @return a constant without dimensions
   */
  protected final OnnxValue integer(long value) {
    return tensors.integers(new long[0], value);
  }

  /**
   * Whole numbers.
   *
   * @param values the numbers
   * @return a constant with one dimension
   */
  protected final OnnxValue integers(long... values) {
    return tensors.integers(new long[] {values.length}, values);
  }

  /**
   * A number.
   *
   * @param value the number
   * @return a constant without dimensions
   */
  protected final OnnxValue number(double value) {
    return tensors.filled(value);
  }

  /**
   * Numbers.
   *
   * @param values the numbers
   * @return a constant with one dimension
   */
  protected final OnnxValue numbers(double... values) {
    return tensors.numbers(values);
  }

  /**
   * Whole numbers that follow each other.
   *
   * @param first the first
   * @param count how many
   * @return a constant with one dimension
   */
  protected final OnnxValue range(long first, long count) {
    return tensors.range(first, count);
  }

  /**
   * A factor for the last place of a dimension; all others keep what they have.
   *
   * @param factor of the last
   * @param shape how many places there are, and 1 for each dimension behind
   * @return a constant
   */
  protected final OnnxValue ofTheLast(double factor, long... shape) {
    return tensors.ofTheLast(factor, shape);
  }

  /**
   * The same number everywhere.
   *
   * @param value the number
   * @param shape sizes
   * @return a constant
   */
  protected final OnnxValue filled(double value, long... shape) {
    return tensors.filled(value, shape);
  }

  /**
   * What is added to scores so that a place sees nothing that comes after it.
   *
   * @param queries how many places look
   * @param keys at how many
   * @return (queries, keys): −∞ for what comes after, 0 for all others
   */
  protected final OnnxValue causalMask(long queries, long keys) {
    return tensors.causalMask(queries, keys);
  }

  /**
   * The matrix that makes means of windows which are chosen for the wanted output.
   *
   * @param in the input's size
   * @param out the output's
   * @return (out, in)
   */
  protected final OnnxValue windowMeans(long in, long out) {
    return tensors.windowMeans(in, out);
  }

  /**
   * The matrix that sums up neighbours.
   *
   * @param count how many rows and columns
   * @param size of a neighbourhood
   * @param factor of each
   * @return (count, count)
   */
  protected final OnnxValue neighbours(long count, long size, double factor) {
    return tensors.neighbours(count, size, factor);
  }

  /**
   * In place of a layer to which ONNX has no counterpart: the network cannot be exported.
   *
   * @param problem which layer it is, and why
   * @return a value for those who read it
   */
  protected final OnnxValue missing(String problem) {
    problems.add(problem);
    return NONE;
  }
}
