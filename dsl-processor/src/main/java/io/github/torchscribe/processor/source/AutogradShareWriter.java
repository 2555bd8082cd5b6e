package io.github.torchscribe.processor.source;

import static javax.lang.model.element.Modifier.PRIVATE;

import com.squareup.javapoet.TypeSpec;
import io.github.torchscribe.processor.code.Types;
import io.github.torchscribe.processor.graph.Chain;
import io.github.torchscribe.processor.graph.Graph;
import io.github.torchscribe.processor.graph.Node;
import io.github.torchscribe.processor.graph.Wiring;
import io.github.torchscribe.processor.loss.Loss;
import java.util.ArrayList;
import java.util.List;

/** Forward as differentiable expressions; libtorch's autograd does the rest. */
final class AutogradShareWriter extends ShareWriter {
  private final Graph graph;
  private final Fields fields;

  AutogradShareWriter(Graph graph, Fields fields) {
    this.graph = graph;
    this.fields = fields;
  }

  @Override
  boolean descends() {
    return false;
  }

  @Override
  TypeSpec write() {
    TypeSpec.Builder type = share("A pass over a batch of n examples; autograd records it.");
    if (graph.loss().isPresent()) {
      type.addField(Types.TENSOR, "output", PRIVATE);
      type.addField(Types.TENSOR, "loss", PRIVATE);
    }
    if (graph.isPutTogetherByUser()) {
      addStacks(type);
    } else {
      addForward(type);
    }
    graph
        .loss()
        .ifPresent(
            loss -> {
              addLoss(type, loss);
              addBackward(type);
            });
    return type.build();
  }

  private void addForward(TypeSpec.Builder type) {
    Lines lines = new Lines();
    String value = apply(graph.chains().get(0), lines);
    if (graph.loss().isPresent()) {
      lines.add("output = " + value);
    }
    lines.add("return " + value);
    Body.add(type, forward(graph, "; autograd records it while training."), "Forward", lines);
  }

  /** Each stack as a method, and the user's forward, which calls them. */
  private void addStacks(TypeSpec.Builder type) {
    StackWriter writer = new StackWriter(graph);
    for (Chain chain : graph.chains()) {
      Lines lines = new Lines();
      requireIndices(chain, lines);
      String value = apply(chain, lines);
      lines.add("return " + value);
      writer.add(chain, lines);
    }
    writer.write(type);
  }

  /** Of stacks that read indices the batch has been checked for the one that takes most. */
  private void requireIndices(Chain chain, Lines lines) {
    chain
        .indices()
        .ifPresent(
            count -> {
              if (count < graph.indices().orElseThrow()) {
                lines.add("requireBelow(" + count + ", input, \"" + chain.method() + "\")");
              }
            });
  }

  /** Adds the layers' expressions, each to a local variable; gives the last one's name. */
  private String apply(Chain chain, Lines lines) {
    Wiring wiring = chain.wiring();
    List<String> values = new ArrayList<>(List.of("input"));
    for (Node node : chain.nodes()) {
      String input = values.get(wiring.read(node));
      if (node.layer().onlyForks()) {
        values.add(input);
        continue;
      }
      String skipped = wiring.joins(node) ? values.get(wiring.skipped(node)) : "";
      String expression = node.layer().autograd(new AutogradSteps(node, input, skipped, fields));
      lines
          .at(node.path())
          .declare(
              new Lines.Local(Types.TENSOR, "Tensor", node.variable()),
              expression,
              node.output().batch("n"));
      values.add(node.variable());
    }
    lines.at("");
    return values.get(values.size() - 1);
  }

  private static void addLoss(TypeSpec.Builder type, Loss loss) {
    type.addMethod(
        loss(loss)
            .addCode("loss = $L;\n", loss.autograd("output", "target"))
            .addStatement("return loss")
            .build());
  }

  private static void addBackward(TypeSpec.Builder type) {
    type.addMethod(
        method("backward", "Backward: libtorch adds every parameter's gradient to its place.")
            .addParameter(Types.TENSOR, "target")
            .addStatement("gradients.zero_()")
            .addStatement("loss.backward()")
            .build());
  }
}
