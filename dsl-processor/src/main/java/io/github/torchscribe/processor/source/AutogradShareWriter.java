package io.github.torchscribe.processor.source;

import static io.github.torchscribe.processor.code.Expressions.call;
import static io.github.torchscribe.processor.code.Expressions.name;
import static javax.lang.model.element.Modifier.PRIVATE;

import com.squareup.javapoet.TypeSpec;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.Types;
import io.github.torchscribe.processor.graph.Graph;
import io.github.torchscribe.processor.graph.Node;
import io.github.torchscribe.processor.graph.Objective;
import io.github.torchscribe.processor.graph.Port;
import io.github.torchscribe.processor.graph.Segment;
import io.github.torchscribe.processor.graph.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Forward as differentiable expressions; libtorch's autograd does the rest. */
final class AutogradShareWriter extends ShareWriter {
  private static final Expression INPUT = name("input");

  private final Graph graph;
  private final Fields fields;

  /** The fields that keep outputs for losses. */
  private final List<String> outputs;

  /** The fields that keep losses for backward. */
  private final List<String> losses;

  AutogradShareWriter(Graph graph, Fields fields, Names names) {
    super(names);
    this.graph = graph;
    this.fields = fields;
    boolean plain = graph.isPlain();
    outputs =
        graph.outputs().stream()
            .map(output -> plain ? "output" : output.name() + "Output")
            .toList();
    losses = graph.objectives().stream().map(one -> plain ? "loss" : one.name() + "Loss").toList();
  }

  @Override
  boolean descends() {
    return false;
  }

  @Override
  TypeSpec write() {
    TypeSpec.Builder type = share("A pass over a batch of n examples; autograd records it.");
    if (graph.hasLoss()) {
      outputs.forEach(output -> type.addField(Types.TENSOR, output, PRIVATE));
      losses.forEach(loss -> type.addField(Types.TENSOR, loss, PRIVATE));
    }
    if (graph.isPutTogetherByUser()) {
      addStacks(type);
    } else {
      addForward(type);
    }
    if (graph.hasLoss()) {
      addLosses(type, graph, losses());
      addBackward(type);
    }
    return type.build();
  }

  private void addForward(TypeSpec.Builder type) {
    Lines lines = new Lines();
    List<Expression> values = apply(graph.segments().get(0), lines);
    for (int i = 0; i < values.size() && graph.hasLoss(); i++) {
      lines.assign(outputs.get(i), values.get(i));
    }
    lines.giveBack(given(graph, values));
    Body.add(type, forward(graph, "; autograd records it while training."), "Forward", lines);
  }

  /** Each stack as a method, and the user's forward, which calls them. */
  private void addStacks(TypeSpec.Builder type) {
    StackWriter writer = new StackWriter(graph, names);
    for (Segment segment : graph.segments()) {
      Lines lines = new Lines();
      requireIndices(segment, lines);
      writer.add(segment, lines.giveBack(apply(segment, lines).get(0)));
    }
    writer.write(type);
  }

  /** Of stacks that read indices the batch has been checked for the one that takes most. */
  private void requireIndices(Segment segment, Lines lines) {
    segment
        .input()
        .indices()
        .ifPresent(
            count -> {
              if (count < graph.input().indices().orElseThrow()) {
                lines.add(call("requireBelow", count, INPUT, segment.method()));
              }
            });
  }

  /** Adds the layers' expressions, each to a local variable; gives the names of the outputs. */
  private List<Expression> apply(Segment segment, Lines lines) {
    Map<Value, Expression> values = new HashMap<>();
    for (int i = 0; i < segment.inputs().size(); i++) {
      boolean alone = segment.inputs().size() == 1;
      Port input = segment.inputs().get(i);
      String variable = input.name() + (alone ? "Leaf" : "Input");
      Expression given = alone ? INPUT : call("given", i);
      Expression value = input.requiresGrad() ? call("inputLeaf", i, given) : given;
      if (value != INPUT) {
        lines.declare(Local.tensor(variable), value, input.shape().batch("n"));
      }
      values.put(input.value(), value == INPUT ? INPUT : name(variable));
    }
    for (Node node : segment.nodes()) {
      List<Expression> inputs = node.reads().stream().map(values::get).toList();
      Expression value = node.layer().autograd(new AutogradSteps(node, inputs, fields));
      lines.at(node.path()).declare(Local.tensor(node.variable()), value, node.output().batch("n"));
      values.put(node.gives(), name(node.variable()));
    }
    lines.at("");
    return segment.outputs().stream().map(values::get).toList();
  }

  private List<Lines> losses() {
    List<Lines> all = new ArrayList<>();
    for (int i = 0; i < losses.size(); i++) {
      Objective objective = graph.objectives().get(i);
      List<Expression> read =
          objective.outputs().stream().<Expression>map(which -> name(outputs.get(which))).toList();
      List<Object> which = graph.isPlain() ? List.of() : List.of(i);
      Expression value = objective.loss().autograd(read, name(TARGET), which);
      all.add(new Lines().assign(losses.get(i), value).giveBack(name(losses.get(i))));
    }
    return all;
  }

  /** What is learned: all losses, weighted. */
  private Expression sum() {
    Expression sum = null;
    for (int i = 0; i < losses.size(); i++) {
      double weight = graph.objectives().get(i).weight();
      Expression one = name(losses.get(i));
      Expression weighted =
          weight == 1 ? one : one.call("mul", fields.scalar(losses.get(i) + "Weight", weight));
      sum = sum == null ? weighted : sum.call("add", weighted);
    }
    return sum;
  }

  private void addBackward(TypeSpec.Builder type) {
    Lines lines = new Lines().add(name("gradients").call("zero_")).add(sum().call("backward"));
    type.addMethod(
        backward(graph, "Backward: libtorch adds every parameter's gradient to its place.")
            .addCode(lines.toCode())
            .build());
  }
}
