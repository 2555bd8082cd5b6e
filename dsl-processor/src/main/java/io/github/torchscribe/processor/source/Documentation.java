package io.github.torchscribe.processor.source;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.processor.graph.Graph;
import io.github.torchscribe.processor.graph.Node;
import io.github.torchscribe.processor.graph.Objective;
import io.github.torchscribe.processor.graph.Value;
import io.github.torchscribe.processor.plan.Plan;
import io.github.torchscribe.processor.plan.PlannedLayer;
import io.github.torchscribe.processor.tensor.ParameterSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The Javadoc of a generated model. */
final class Documentation {
  private Documentation() {}

  static CodeBlock of(Plan plan, ClassName declared) {
    Graph graph = plan.graph();
    boolean autograd = graph.gradient() == Network.Gradient.AUTOGRAD;
    CodeBlock.Builder doc =
        CodeBlock.builder()
            .add("The network of {@link $T}", declared)
            .add(
                autograd
                    ? ": forward as libtorch operations that autograd differentiates.\n"
                    : !graph.hasLoss()
                        ? ", written out as libtorch operations.\n"
                        : ", written out: forward, backward and update as libtorch operations.\n")
            .add("\n<table>\n<caption>Layers, for a batch of N examples</caption>\n");
    Map<String, String> joints = new HashMap<>();
    graph.joints().forEach(node -> joints.put(node.path(), names(node.reads())));
    List<String> head = new ArrayList<>(List.of("layer", "output", "parameters", "multiply-adds"));
    if (!joints.isEmpty()) {
      head.add(1, "reads");
    }
    if (!autograd) {
      head.add("result in");
    }
    doc.add("$L\n", row("th", head));
    Map<String, String> results = new HashMap<>();
    plan.steps().forEach(step -> results.put(step.node().path(), step.output().name()));
    List<Node> nodes =
        autograd ? graph.nodes() : plan.steps().stream().map(PlannedLayer::node).toList();
    for (Node node : nodes) {
      List<String> cells = cells(node);
      if (!joints.isEmpty()) {
        cells.add(1, joints.getOrDefault(node.path(), ""));
      }
      if (!autograd) {
        cells.add(results.get(node.path()));
      }
      doc.add("$L\n", row("td", cells));
    }
    doc.add("</table>\n\n");
    doc.add("<p>$L parameters", number(plan.parameterCount() + plan.frozenCount()));
    if (plan.frozenCount() > 0) {
      doc.add(", of which $L are frozen", number(plan.frozenCount()));
    }
    graph.objectives().stream()
        .map(one -> loss(graph, one))
        .distinct()
        .forEach(loss -> doc.add("; $L", loss));
    graph
        .declaration()
        .optimizer()
        .ifPresent(optimizer -> doc.add("; optimizer {@code $L}", optimizer.text()));
    doc.add(".\n");
    if (!autograd) {
      doc.add(
          "Memory for each example of a batch: $L bytes, $L bytes while training.\n",
          number(4 * plan.memory().otherwise()),
          number(4 * (plan.memory().training() + plan.memory().brought())));
    }
    return doc.build();
  }

  private static String loss(Graph graph, Objective objective) {
    if (graph.isTrainedByHand()) {
      return "trained by hand";
    }
    String loss = "loss {@code " + objective.loss().written().text() + "}";
    String weight = objective.weight() == 1 ? "" : " times " + objective.weight();
    return graph.isPlain() ? loss : loss + " of " + objective.name() + weight;
  }

  private static String names(List<Value> values) {
    return values.stream().map(Value::name).collect(Collectors.joining(", "));
  }

  private static List<String> cells(Node node) {
    String parameters =
        node.parameters().stream().map(p -> parameter(node, p)).collect(Collectors.joining(", "));
    List<String> cells = new ArrayList<>();
    cells.add(node.path() + " {@code " + node.layer().written().text() + "}");
    cells.add(node.output().toString());
    cells.add(parameters.isEmpty() ? "–" : parameters);
    cells.add(node.multiplyAdds() == 0 ? "–" : number(node.multiplyAdds()));
    return cells;
  }

  private static String row(String kind, List<String> cells) {
    return cells.stream()
        .map(cell -> "<" + kind + ">" + cell + "</" + kind + ">")
        .collect(Collectors.joining("", "<tr>", "</tr>"));
  }

  static String number(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  static String parameter(Node node, ParameterSpec parameter) {
    String shape = BackwardSteps.whole(parameter.shape());
    String whose =
        parameter.tie().map(tie -> ", that of " + tie.path()).orElse("")
            + (parameter.learns() || parameter.counts() ? "" : ", frozen");
    return node.path() + "." + parameter.name() + " " + shape + whose;
  }
}
