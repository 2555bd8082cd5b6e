package io.github.torchscribe.processor.plan;

import io.github.torchscribe.processor.graph.Graph;
import io.github.torchscribe.processor.graph.Node;
import io.github.torchscribe.processor.graph.Wiring;
import io.github.torchscribe.processor.layer.Form;
import io.github.torchscribe.processor.layer.Join;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.layer.ParameterSpec;
import io.github.torchscribe.processor.layer.Precision;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lays out a network's memory. */
public final class Planner {
  private final Graph graph;
  private final List<Node> nodes;
  private final Block activations = new Block();
  private final Block gradients = new Block();
  private final Wiring wiring;
  private final Map<Integer, Buffer> skippedGradients = new HashMap<>();

  private Planner(Graph graph) {
    this.graph = graph;
    this.nodes = Forms.arranged(graph.chains().get(0), graph.settings().isMixed());
    this.wiring = Wiring.of(nodes);
  }

  /**
   * Plans a network.
   *
   * @param graph the network
   * @return its plan
   */
  public static Plan plan(Graph graph) {
    return new Planner(graph).plan();
  }

  private Plan plan() {
    List<Place> parameters = new ArrayList<>();
    long offset = 0;
    for (Node node : graph.nodes()) {
      for (ParameterSpec parameter : node.parameters()) {
        parameters.add(new Place(node, parameter, offset));
        offset += parameter.shape().elements();
      }
    }
    List<Place> state = new ArrayList<>();
    long end = offset;
    for (Node node : graph.nodes()) {
      for (ParameterSpec spec : node.state()) {
        state.add(new Place(node, spec, end));
        end += spec.shape().elements();
      }
    }
    List<Step> steps = graph.isPutTogetherByUser() ? List.of() : steps();
    return new Plan(graph, parameters, state, offset, steps, activations, gradients);
  }

  /** The network's input, then each layer's output. */
  private List<Buffer> values() {
    List<Buffer> values = new ArrayList<>();
    values.add(new Buffer("input", graph.input(), Optional.empty(), Form.PLAIN));
    boolean lastNeedsItsOutput = false;
    for (Node node : nodes) {
      Buffer input = values.get(wiring.read(node));
      if (node.layer().onlyForks()) {
        values.add(input);
        lastNeedsItsOutput = true; // what goes past must not be overwritten
        continue;
      }
      if (node.layer().isView()) {
        // The same memory in another shape: whoever wrote it still counts as its writer.
        values.add(new Buffer(node.variable(), node.output(), input.slot(), form(node, input)));
        continue;
      }
      boolean overwrites =
          node.layer().worksInPlace() && input.slot().isPresent() && !lastNeedsItsOutput;
      values.add(
          overwrites
              ? input
              : new Buffer(
                  node.variable(),
                  node.output(),
                  Optional.of(activations.take(node.output())),
                  form(node, input)));
      lastNeedsItsOutput = node.layer().needsOutput();
    }
    return values;
  }

  private Form form(Node node, Buffer input) {
    Layer layer = node.layer();
    return new Form(
        layer.format().orElse(input.form().format()),
        graph.settings().isMixed()
            ? layer.precision().orElse(input.form().precision())
            : Precision.FULL);
  }

  /**
   * The gradient of the network's input, then of each layer's output. A layer that works element by
   * element turns one into the other in place. All others keep theirs until the end: the
   * parameters' gradients come after those of all rows.
   */
  private List<Optional<Buffer>> gradients(List<Buffer> values) {
    int last = nodes.size();
    List<Optional<Buffer>> result = new ArrayList<>();
    for (int i = 0; i <= last; i++) {
      result.add(Optional.empty());
    }
    int first = firstWithParameters();
    if (graph.loss().isEmpty() || first == last) {
      return result;
    }
    Buffer gradient = gradientOf(values.get(last), nameBefore(last));
    result.set(last, Optional.of(gradient));
    Deque<Buffer> past = new ArrayDeque<>();
    Deque<Buffer> mains = new ArrayDeque<>();
    for (int i = last - 1; i > first; i--) {
      Node node = nodes.get(i);
      gradient = before(node, values.get(wiring.read(node)), gradient, past, mains);
      result.set(i, Optional.of(gradient));
    }
    return result;
  }

  /**
   * The gradient of a node's input.
   *
   * @param read what the node reads
   * @param past gradients of what goes past layers that are being gone through, backward
   * @param mains gradients of what layers beside a shortcut gave
   */
  private Buffer before(
      Node node, Buffer read, Buffer outputGradient, Deque<Buffer> past, Deque<Buffer> mains) {
    String name = nameBefore(node.index());
    switch (node.layer().flow()) {
      case FORK -> {
        skippedGradients.put(node.index(), past.pop());
        return outputGradient; // the other is added to it
      }
      case SWITCH -> {
        past.push(outputGradient);
        return mains.pop();
      }
      case JOIN -> {
        if (((Join) node.layer()).hasShortcut()) {
          Buffer main =
              onlyReads(switchOf(node) - 1)
                  ? outputGradient
                  : gradientOf(read, node.variable() + "Main");
          skippedGradients.put(node.index(), main);
          mains.push(main);
        } else {
          past.push(outputGradient);
        }
        return onlyReads(node.index() - 1) ? outputGradient : gradientOf(read, name);
      }
      case ON -> {
        return straight(node, read, name, outputGradient);
      }
      default -> throw new IllegalStateException();
    }
  }

  private Buffer straight(Node node, Buffer read, String name, Buffer outputGradient) {
    if (node.layer().isView()) {
      return new Buffer(name, node.input(), outputGradient.slot(), read.form());
    }
    if (node.layer().isElementwise()) {
      return outputGradient;
    }
    return node.layer().bringsInputGradient() && !isKept(node.index())
        ? new Buffer(name, read.shape(), Optional.empty(), read.form())
        : gradientOf(read, name);
  }

  /** Whether a layer's backward leaves the gradient of its output as it is. */
  private boolean onlyReads(int index) {
    Layer layer = nodes.get(index).layer();
    return layer.flow() == Layer.Flow.ON && !layer.isElementwise() && !layer.isView();
  }

  /** Where the layers beside a shortcut end. */
  private int switchOf(Node join) {
    int open = 0;
    for (int i = join.index() - 1; ; i--) {
      Layer layer = nodes.get(i).layer();
      if (layer.flow() == Layer.Flow.SWITCH && open == 0) {
        return i;
      }
      if (layer instanceof Join inner && inner.hasShortcut()) {
        open++;
      } else if (layer.flow() == Layer.Flow.SWITCH) {
        open--;
      }
    }
  }

  /**
   * Whether the gradient of a layer's input has to have a place, where all shapes of it are views.
   */
  private boolean isKept(int index) {
    for (int i = index - 1; i >= 0; i--) {
      Layer layer = nodes.get(i).layer();
      if (layer.isView() || layer.needsOutputGradientInPlace()) {
        return true;
      }
      if (layer instanceof Join join) {
        if (join.hasShortcut() && isKept(switchOf(nodes.get(i)))) {
          return true;
        }
      } else if (!layer.isElementwise() && layer.flow() != Layer.Flow.FORK) {
        return false;
      }
    }
    return false;
  }

  /** Memory of its own, in the format of the value. */
  private Buffer gradientOf(Buffer value, String name) {
    return new Buffer(
        name, value.shape(), Optional.of(gradients.take(value.shape())), value.form());
  }

  /**
   * A gradient is called after the layer whose output's it becomes, past all that work element by
   * element.
   */
  private String nameBefore(int index) {
    int i = index - 1;
    while (i > 0 && nodes.get(i).layer().isElementwise()) {
      i--;
    }
    return nodes.get(i).variable();
  }

  private int firstWithParameters() {
    int i = 0;
    while (i < nodes.size() && nodes.get(i).parameters().isEmpty()) {
      i++;
    }
    return i;
  }

  private List<Step> steps() {
    List<Buffer> values = values();
    List<Optional<Buffer>> gradientOf = gradients(values);
    List<Step> steps = new ArrayList<>();
    for (Node node : nodes) {
      int i = node.index();
      steps.add(
          new Step(
              node,
              values.get(wiring.read(node)),
              values.get(i + 1),
              gradientOf.get(i),
              gradientOf.get(i + 1),
              wiring.joins(node) ? Optional.of(values.get(wiring.skipped(node))) : Optional.empty(),
              Optional.ofNullable(skippedGradients.get(i))));
    }
    return steps;
  }
}
