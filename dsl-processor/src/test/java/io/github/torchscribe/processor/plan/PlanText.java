package io.github.torchscribe.processor.plan;

import io.github.torchscribe.processor.graph.Chain;
import io.github.torchscribe.processor.graph.Node;
import io.github.torchscribe.processor.graph.Wiring;
import io.github.torchscribe.processor.layer.BackwardReads;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.layer.MemoryUse;
import io.github.torchscribe.processor.tensor.Form;
import io.github.torchscribe.processor.tensor.ParameterSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

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
    plan.graph().chains().forEach(text::graph);
    text.parameters();
    text.forward();
    text.backward();
    text.memory();
    return text.text.toString();
  }

  private void graph(Chain chain) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("layer", "reads", "gives", "learns", "remembers"));
    Wiring wiring = chain.wiring();
    for (Node node : chain.nodes()) {
      String reads = value(chain, wiring.read(node));
      if (wiring.joins(node)) {
        reads += " + " + value(chain, wiring.skipped(node));
      }
      rows.add(
          List.of(
              node.label(),
              reads,
              node.output().toString(),
              specs(node.parameters()),
              specs(node.state())));
    }
    table("graph of " + chain.input(), rows);
  }

  private static String value(Chain chain, int number) {
    return number == 0 ? "input" : chain.nodes().get(number - 1).path();
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
      String reads = place(step.input());
      if (step.skipped().isPresent()) {
        reads += " + " + place(step.skipped().get());
      }
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
    if (step.node().layer().onlyForks()) {
      return "nothing";
    }
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
    rows.add(List.of("layer", "reads gradient", "writes gradient", "besides", "its parameters'"));
    List<PlannedLayer> steps = new ArrayList<>(plan.steps());
    Collections.reverse(steps);
    for (PlannedLayer step : steps) {
      rows.add(
          List.of(
              step.node().label(),
              step.outputGradient().map(PlanText::place).orElse("-"),
              writtenGradient(step),
              besides(step),
              ofParameters(step)));
    }
    table("backward", rows);
  }

  private static String writtenGradient(PlannedLayer step) {
    if (step.inputGradient().isEmpty()) {
      return "-";
    }
    Buffer gradient = step.inputGradient().get();
    Buffer read = step.outputGradient().orElseThrow();
    if (gradient.equals(read)
        || gradient.span().isPresent() && gradient.span().equals(read.span())) {
      return "over it";
    }
    return gradient.span().isPresent() ? place(gradient) : gradient.name() + ", as it is brought";
  }

  private static String besides(PlannedLayer step) {
    Optional<String> other = step.skippedGradient().map(PlanText::place);
    return other
        .map(place -> (step.node().layer().flow() == Layer.Flow.FORK ? "adds " : "into ") + place)
        .orElse("");
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
    return buffer.name() + buffer.span().map(span -> " @" + span.offset()).orElse("");
  }

  /** What lies where; in the gaps is what layers keep for themselves, from forward to backward. */
  private void memory() {
    Map<Long, List<String>> spans = new TreeMap<>();
    for (PlannedLayer step : plan.steps()) {
      note(step.output(), step.node().label(), spans);
    }
    for (int i = plan.steps().size() - 1; i >= 0; i--) {
      PlannedLayer step = plan.steps().get(i);
      for (Optional<Buffer> gradient :
          List.of(step.outputGradient(), step.inputGradient(), step.skippedGradient())) {
        gradient.ifPresent(buffer -> note(buffer, "of " + buffer.name(), spans));
      }
    }
    long end = 0;
    long backward = plan.activations().size();
    spans.putIfAbsent(backward, List.of());
    List<List<String>> rows = new ArrayList<>();
    for (Map.Entry<Long, List<String>> span : spans.entrySet()) {
      if (span.getKey() > end) {
        rows.add(List.of("@" + end, "" + (span.getKey() - end), "kept by layers"));
      }
      if (!span.getValue().isEmpty()) {
        String holds =
            span.getValue().stream().skip(1).distinct().collect(Collectors.joining(", "));
        rows.add(List.of("@" + span.getKey(), span.getValue().get(0), holds));
        end = Block.aligned(span.getKey() + Long.parseLong(span.getValue().get(0)));
      }
    }
    long more = plan.gradients().size();
    table("memory of one example: " + backward + " floats forward, then " + more, rows);
  }

  private static void note(Buffer buffer, String what, Map<Long, List<String>> rows) {
    buffer
        .span()
        .ifPresent(
            span ->
                rows.computeIfAbsent(
                        span.offset(), at -> new ArrayList<>(List.of("" + span.size())))
                    .add(what));
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
