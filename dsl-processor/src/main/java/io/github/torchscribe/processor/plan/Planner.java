package io.github.torchscribe.processor.plan;

import io.github.torchscribe.processor.graph.Graph;
import io.github.torchscribe.processor.graph.Node;
import io.github.torchscribe.processor.graph.Wiring;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.layer.MemoryUse;
import io.github.torchscribe.processor.tensor.Form;
import io.github.torchscribe.processor.tensor.ParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lays out a network's memory. */
public final class Planner {
  private final Graph graph;
  private final List<Node> nodes;
  private final Block activations = new Block();
  private final Block gradients = new Block();
  private final Wiring wiring;

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
    List<ParameterPlace> parameters = new ArrayList<>();
    long offset = 0;
    for (Node node : graph.nodes()) {
      for (ParameterSpec parameter : node.parameters()) {
        parameters.add(new ParameterPlace(node, parameter, offset));
        offset += parameter.shape().elements();
      }
    }
    List<ParameterPlace> state = new ArrayList<>();
    long end = offset;
    for (Node node : graph.nodes()) {
      for (ParameterSpec spec : node.state()) {
        state.add(new ParameterPlace(node, spec, end));
        end += spec.shape().elements();
      }
    }
    List<PlannedLayer> steps = graph.isPutTogetherByUser() ? List.of() : steps();
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
      Form form = node.layer().form(input.form(), graph.settings().isMixed());
      if (node.layer().memory() == MemoryUse.VIEW) {
        // The same memory in another shape: whoever wrote it still counts as its writer.
        values.add(new Buffer(node.variable(), node.output(), input.span(), form));
        continue;
      }
      boolean overwrites =
          worksInPlace(node.layer()) && input.span().isPresent() && !lastNeedsItsOutput;
      values.add(
          overwrites
              ? input
              : new Buffer(
                  node.variable(),
                  node.output(),
                  Optional.of(activations.take(node.output(), form.precision())),
                  form));
      lastNeedsItsOutput = node.layer().backwardReads().output();
    }
    return values;
  }

  private static boolean worksInPlace(Layer layer) {
    return layer.memory() == MemoryUse.IN_PLACE && !layer.backwardReads().input();
  }

  private List<PlannedLayer> steps() {
    List<Buffer> values = values();
    Gradients plan = new Gradients(nodes, wiring, values, gradients);
    List<Optional<Buffer>> gradientOf =
        graph.loss().isPresent() ? plan.ofValues() : plan.ofNothing();
    List<PlannedLayer> steps = new ArrayList<>();
    for (Node node : nodes) {
      int i = node.index();
      steps.add(
          new PlannedLayer(
              node,
              values.get(wiring.read(node)),
              values.get(i + 1),
              gradientOf.get(i),
              gradientOf.get(i + 1),
              wiring.joins(node) ? Optional.of(values.get(wiring.skipped(node))) : Optional.empty(),
              plan.skipped(i)));
    }
    return steps;
  }
}
