package io.github.torchscribe.processor.plan;

import io.github.torchscribe.processor.graph.Node;
import io.github.torchscribe.processor.graph.Segment;
import io.github.torchscribe.processor.graph.Value;
import io.github.torchscribe.processor.layer.BackwardReads;
import io.github.torchscribe.processor.layer.MemoryUse;
import io.github.torchscribe.processor.tensor.Form;
import io.github.torchscribe.processor.tensor.ParameterSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A plan, and the graph that it was made of, for people to read. {@code @16} is a span's offset.
 */
final class PlanText {
  private final Plan plan;
  private final StringBuilder text = new StringBuilder();

  private PlanText(Plan plan) {
    this.plan = plan;
  }

  /** The whole, once all has been laid out. */
  static String of(Plan plan) {
    PlanText text = new PlanText(plan);
    plan.graph().segments().forEach(text::graph);
    text.parameters();
    text.forward();
    text.backward();
    text.memory();
    return text.text.toString();
  }

  private void graph(Segment segment) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("layer", "reads", "gives", "learns", "remembers"));
    for (Node node : segment.nodes()) {
      rows.add(
          List.of(
              node.label(),
              node.reads().stream().map(Value::name).collect(Collectors.joining(" + ")),
              node.output().toString(),
              specs(node.parameters()),
              specs(node.state())));
    }
    table("graph of " + segment.input().shape(), rows);
  }

  private static String specs(List<ParameterSpec> specs) {
    return specs.stream()
        .map(spec -> spec.name() + spec.shape().sizes())
        .collect(Collectors.joining(" "));
  }

  private void parameters() {
    List<List<String>> rows = new ArrayList<>();
    for (ParameterPlace place : plan.parameters()) {
      rows.add(List.of("" + place.offset(), place.name()));
    }
    for (ParameterPlace place : plan.state()) {
      rows.add(List.of("" + place.offset(), place.name() + ", remembered"));
    }
    table("the flat tensor, of which " + plan.parameterCount() + " are learned", rows);
  }

  private void forward() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("layer", "reads", "writes", "shape", "form", "kept for its backward"));
    for (PlannedLayer step : plan.steps()) {
      String reads = step.inputs().stream().map(PlanText::place).collect(Collectors.joining(" + "));
      rows.add(
          List.of(
              step.node().label(),
              reads,
              written(step),
              step.output().shape().toString(),
              form(step.output().form()),
              kept(step.node().layer().backwardReads())));
    }
    table("forward", rows);
  }

  private static String written(PlannedLayer step) {
    if (step.node().layer().memory() == MemoryUse.VIEW) {
      return place(step.output()) + ", a view";
    }
    return step.inPlace() ? "over it" : place(step.output());
  }

  private static String kept(BackwardReads reads) {
    return (reads.input() ? "input " : "") + (reads.output() ? "output" : "");
  }

  private static String form(Form form) {
    return (form.isChannelsLast() ? "channels last " : "") + (form.isLowered() ? "bfloat16" : "");
  }

  private void backward() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("layer", "reads gradient", "writes gradient", "adds up", "its parameters'"));
    List<PlannedLayer> steps = new ArrayList<>(plan.steps());
    Collections.reverse(steps);
    for (PlannedLayer step : steps) {
      rows.add(
          List.of(
              step.node().label(),
              step.outputGradient().map(PlanText::place).orElse("-"),
              writtenGradients(step),
              sums(step),
              ofParameters(step)));
    }
    table("backward", rows);
  }

  private static String writtenGradients(PlannedLayer step) {
    return step.backward().inputGradients().stream()
        .map(one -> one.map(gradient -> written(gradient, step)).orElse("-"))
        .collect(Collectors.joining(", "));
  }

  private static String written(Buffer gradient, PlannedLayer step) {
    Buffer read = step.outputGradient().orElseThrow();
    if (gradient.equals(read)
        || gradient.span().isPresent() && gradient.span().equals(read.span())) {
      return step.node().layer().memory().isGradientInPlace() ? "over it" : "the same";
    }
    return gradient.span().isPresent() ? place(gradient) : gradient.name() + ", as it is brought";
  }

  private static String sums(PlannedLayer step) {
    return step.backward().sums().stream()
        .map(sum -> place(sum.first()) + " + " + place(sum.second()) + " in " + place(sum.to()))
        .collect(Collectors.joining(", "));
  }

  private static String ofParameters(PlannedLayer step) {
    if (step.node().parameters().isEmpty() || step.outputGradient().isEmpty()) {
      return "";
    }
    boolean all =
        step.node().layer().backwardReads().gradientOfAllRows() && !step.productsComeInPieces();
    return all ? "of all rows" : "in pieces";
  }

  private static String place(Buffer buffer) {
    return buffer.name() + buffer.span().map(span -> " " + whileTraining(span)).orElse("");
  }

  private static String whileTraining(Span span) {
    return span.isBrought() ? "brought" : "@" + span.training().offset();
  }

  /** What lies where, and for how long; a moment is a layer's forward or backward, or the loss. */
  private void memory() {
    Map<Span, Set<String>> holds = new LinkedHashMap<>();
    for (PlannedLayer step : plan.steps()) {
      note(step.output(), step.node().label(), holds);
    }
    for (int i = plan.steps().size() - 1; i >= 0; i--) {
      Backward backward = plan.steps().get(i).backward();
      Stream.of(
              backward.outputGradient().stream(),
              backward.inputGradients().stream().flatMap(Optional::stream),
              backward.sums().stream().map(Backward.Sum::to))
          .flatMap(all -> all)
          .forEach(buffer -> note(buffer, "of " + buffer.name(), holds));
    }
    Memory memory = plan.memory();
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("while training", "", "otherwise", "", "floats", "what"));
    for (Span span :
        Stream.concat(memory.forward().stream(), memory.backward().stream()).toList()) {
      rows.add(
          List.of(
              whileTraining(span),
              moments(span.training()),
              span.otherwise().map(stay -> "@" + stay.offset()).orElse(""),
              span.otherwise().map(this::moments).orElse(""),
              "" + span.size(),
              String.join(", ", holds.getOrDefault(span, Set.of("kept by a layer")))));
    }
    table(
        "memory of one example: "
            + memory.training()
            + " floats while training, "
            + memory.otherwise()
            + " otherwise",
        rows);
  }

  private String moments(Stay stay) {
    return moment(stay.first()) + " to " + moment(stay.last());
  }

  private String moment(int number) {
    int layers = plan.steps().size();
    if (number < layers) {
      return plan.steps().get(number).node().path();
    }
    if (number == layers) {
      return "loss";
    }
    return number > 2 * layers
        ? "end"
        : "back " + plan.steps().get(2 * layers - number).node().path();
  }

  private static void note(Buffer buffer, String what, Map<Span, Set<String>> holds) {
    buffer
        .span()
        .ifPresent(span -> holds.computeIfAbsent(span, key -> new LinkedHashSet<>()).add(what));
  }

  private void table(String title, List<List<String>> rows) {
    text.append(text.isEmpty() ? "" : "\n").append(title).append('\n');
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        line.append("  ").append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length()));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
  }
}
