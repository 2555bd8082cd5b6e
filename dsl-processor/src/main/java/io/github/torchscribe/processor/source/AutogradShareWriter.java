package io.github.torchscribe.processor.source;

import static io.github.torchscribe.processor.code.Expressions.call;
import static io.github.torchscribe.processor.code.Expressions.name;
import static javax.lang.model.element.Modifier.PRIVATE;

import com.squareup.javapoet.TypeSpec;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.Types;
import io.github.torchscribe.processor.graph.Graph;
import io.github.torchscribe.processor.graph.Node;
import io.github.torchscribe.processor.graph.Segment;
import io.github.torchscribe.processor.graph.Value;
import io.github.torchscribe.processor.loss.Loss;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
    Expression value = apply(graph.segments().get(0), lines);
    if (graph.loss().isPresent()) {
      lines.assign("output", value);
    }
    lines.giveBack(value);
    Body.add(type, forward(graph, "; autograd records it while training."), "Forward", lines);
  }

  /** Each stack as a method, and the user's forward, which calls them. */
  private void addStacks(TypeSpec.Builder type) {
    StackWriter writer = new StackWriter(graph, names);
    for (Segment segment : graph.segments()) {
      Lines lines = new Lines();
      requireIndices(segment, lines);
      writer.add(segment, lines.giveBack(apply(segment, lines)));
    }
    writer.write(type);
  }

  /** Of stacks that read indices the batch has been checked for the one that takes most. */
  private void requireIndices(Segment segment, Lines lines) {
    segment
        .indices()
        .ifPresent(
            count -> {
              if (count < graph.indices().orElseThrow()) {
                lines.add(call("requireBelow", count, INPUT, segment.method()));
              }
            });
  }

  /** Adds the layers' expressions, each to a local variable; gives the last one's name. */
  private Expression apply(Segment segment, Lines lines) {
    Map<Value, Expression> values = new HashMap<>(Map.of(segment.input(), INPUT));
    for (Node node : segment.nodes()) {
      List<Expression> inputs = node.reads().stream().map(values::get).toList();
      Expression value = node.layer().autograd(new AutogradSteps(node, inputs, fields));
      lines.at(node.path()).declare(Local.tensor(node.variable()), value, node.output().batch("n"));
      values.put(node.gives(), name(node.variable()));
    }
    lines.at("");
    return values.get(segment.output());
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
