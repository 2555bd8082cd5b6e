package io.github.torchscribe.processor.source;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.processor.graph.Graph;
import io.github.torchscribe.processor.graph.Node;
import io.github.torchscribe.processor.plan.Plan;
import io.github.torchscribe.processor.plan.PlannedLayer;
import io.github.torchscribe.processor.tensor.ParameterSpec;
import java.util.Locale;
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
                    : graph.loss().isEmpty()
                        ? ", written out as libtorch operations.\n"
                        : ", written out: forward, backward and update as libtorch operations.\n")
            .add("\n<table>\n<caption>Layers, for a batch of N examples</caption>\n")
            .add("<tr><th>layer</th><th>output</th><th>parameters</th><th>multiply-adds</th>")
            .add(autograd ? "</tr>\n" : "<th>result in</th></tr>\n");
    if (autograd) {
      graph.nodes().forEach(node -> doc.add("$L\n", row(node, "")));
    } else {
      for (PlannedLayer step : plan.steps()) {
        doc.add("$L\n", row(step.node(), "<td>" + step.output().name() + "</td>"));
      }
    }
    doc.add("</table>\n\n");
    doc.add("<p>$L parameters", number(plan.parameterCount()));
    graph.loss().ifPresent(loss -> doc.add("; loss {@code $L}", loss.written().text()));
    graph
        .declaration()
        .optimizer()
        .ifPresent(optimizer -> doc.add("; optimizer {@code $L}", optimizer.text()));
    doc.add(".\n");
    if (!autograd) {
      doc.add(
          "Memory for each example of a batch: $L bytes, $L bytes while training.\n",
          number(4 * plan.memory().otherwise()),
          number(4 * plan.memory().training()));
    }
    return doc.build();
  }

  private static String row(Node node, String result) {
    String parameters =
        node.parameters().stream()
            .map(p -> node.path() + "." + p.name() + " " + BackwardSteps.whole(p.shape()))
            .collect(Collectors.joining(", "));
    return "<tr><td>"
        + node.path()
        + " {@code "
        + node.layer().written().text()
        + "}</td><td>"
        + node.output()
        + "</td><td>"
        + (parameters.isEmpty() ? "–" : parameters)
        + "</td><td>"
        + (node.multiplyAdds() == 0 ? "–" : number(node.multiplyAdds()))
        + "</td>"
        + result
        + "</tr>";
  }

  static String number(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  static String parameter(Node node, ParameterSpec parameter) {
    return node.path() + "." + parameter.name() + " " + BackwardSteps.whole(parameter.shape());
  }
}
