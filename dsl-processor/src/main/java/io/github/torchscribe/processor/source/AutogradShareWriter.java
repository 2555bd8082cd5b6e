package io.github.torchscribe.processor.source;

import static io.github.torchscribe.processor.code.Expressions.call;
import static io.github.torchscribe.processor.code.Expressions.name;
import static javax.lang.model.element.Modifier.PRIVATE;

import com.squareup.javapoet.TypeSpec;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.Types;
import io.github.torchscribe.processor.graph.Chain;
import io.github.torchscribe.processor.graph.Graph;
import io.github.torchscribe.processor.graph.Node;
import io.github.torchscribe.processor.graph.Wiring;
import io.github.torchscribe.processor.loss.Loss;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Forward as differentiable expressions; libtorch's autograd does the rest. */
final class AutogradShareWriter extends ShareWriter {
  private static final Expression INPUT = name("input");

  private final Graph graph;
  private final Fields fields;

  AutogradShareWriter(Graph graph, Fields fields, Names names) {
    super(names);
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
    Expression value = apply(graph.chains().get(0), lines);
    if (graph.loss().isPresent()) {
      lines.assign("output", value);
    }
    lines.giveBack(value);
    Body.add(type, forward(graph, "; autograd records it while training."), "Forward", lines);
  }

  /** Each stack as a method, and the user's forward, which calls them. */
  private void addStacks(TypeSpec.Builder type) {
    StackWriter writer = new StackWriter(graph, names);
    for (Chain chain : graph.chains()) {
      Lines lines = new Lines();
      requireIndices(chain, lines);
      writer.add(chain, lines.giveBack(apply(chain, lines)));
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
                lines.add(call("requireBelow", count, INPUT, chain.method()));
              }
            });
  }

  /** Adds the layers' expressions, each to a local variable; gives the last one's name. */
  private Expression apply(Chain chain, Lines lines) {
    Wiring wiring = chain.wiring();
    List<Expression> values = new ArrayList<>(List.of(INPUT));
    for (Node node : chain.nodes()) {
      Expression input = values.get(wiring.read(node));
      if (node.layer().onlyForks()) {
        values.add(input);
        continue;
      }
      Optional<Expression> skipped =
          wiring.joins(node) ? Optional.of(values.get(wiring.skipped(node))) : Optional.empty();
      Expression value = node.layer().autograd(new AutogradSteps(node, input, skipped, fields));
      lines.at(node.path()).declare(Local.tensor(node.variable()), value, node.output().batch("n"));
      values.add(name(node.variable()));
    }
    lines.at("");
    return values.get(values.size() - 1);
  }

  private static void addLoss(TypeSpec.Builder type, Loss loss) {
    type.addMethod(
        loss(loss)
            .addCode(
                new Lines().assign("loss", loss.autograd(name("output"), name("target"))).toCode())
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
