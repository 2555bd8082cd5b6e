package io.github.torchscribe.processor.plan;

import io.github.torchscribe.processor.graph.Graph;
import io.github.torchscribe.processor.graph.Node;
import io.github.torchscribe.processor.graph.Segment;
import io.github.torchscribe.processor.graph.Value;
import io.github.torchscribe.processor.tensor.ParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lays out a network's memory. */
public final class Planner {
  private final Graph graph;
  private final List<ParameterPlace> parameters = new ArrayList<>();
  private final List<ParameterPlace> ties = new ArrayList<>();
  private final List<ParameterPlace> state = new ArrayList<>();
  private final Memory memory;

  private Planner(Graph graph) {
    this.graph = graph;
    memory = new Memory(graph.isDivisible());
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
    long offset = countLearned();
    long learned = 0;
    long frozen = offset;
    long tied = offset;
    for (Node node : graph.nodes()) {
      for (ParameterSpec parameter : node.parameters()) {
        long size = parameter.shape().elements();
        if (parameter.tie().isPresent()) {
          ties.add(new ParameterPlace(node, parameter, tied));
          tied += parameter.learns() ? size : 0;
        } else if (parameter.learns()) {
          parameters.add(new ParameterPlace(node, parameter, learned));
          learned += size;
        } else {
          parameters.add(new ParameterPlace(node, parameter, frozen));
          frozen += size;
        }
      }
    }
    long end = frozen;
    for (Node node : graph.nodes()) {
      for (ParameterSpec spec : node.state()) {
        state.add(new ParameterPlace(node, spec, end));
        end += spec.shape().elements();
      }
    }
    return graph.isPutTogetherByUser()
        ? with(offset, List.of(), List.of(), List.of(), List.of())
        : planned(offset);
  }

  private long countLearned() {
    return graph.nodes().stream()
        .flatMap(node -> node.parameters().stream())
        .filter(parameter -> parameter.learns() && parameter.tie().isEmpty())
        .mapToLong(parameter -> parameter.shape().elements())
        .sum();
  }

  private Plan planned(long count) {
    boolean mixed = graph.settings().isMixed();
    Segment segment = Forms.arranged(graph.segments().get(0), mixed);
    Map<Value, Buffer> values = new Results(segment, mixed, memory).all();
    Gradients gradients = new Gradients(segment, values, memory);
    List<PlannedLoss> losses = gradients.ofLosses(graph.objectives());
    List<Backward> backward = gradients.ofLayers();
    List<Optional<Buffer>> ofInputs = segment.inputs().stream().map(gradients::ofInput).toList();
    List<PlannedLayer> steps = new ArrayList<>();
    for (Node node : segment.nodes()) {
      PlannedLayer step =
          new PlannedLayer(
              steps.size(),
              node,
              node.reads().stream().map(values::get).toList(),
              values.get(node.gives()),
              backward.get(steps.size()));
      Lifetimes.note(step, new Timeline(segment.nodes().size()));
      steps.add(step);
    }
    List<Buffer> outputs = segment.outputs().stream().map(values::get).toList();
    return with(count, steps, outputs, losses, ofInputs);
  }

  private Plan with(
      long count,
      List<PlannedLayer> steps,
      List<Buffer> outputs,
      List<PlannedLoss> losses,
      List<Optional<Buffer>> ofInputs) {
    return new Plan(
        graph, parameters, ties, state, count, steps, outputs, losses, ofInputs, memory);
  }
}
