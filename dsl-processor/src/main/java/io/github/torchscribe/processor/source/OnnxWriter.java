package io.github.torchscribe.processor.source;

import static io.github.torchscribe.processor.code.Expressions.call;
import static io.github.torchscribe.processor.code.Expressions.name;
import static javax.lang.model.element.Modifier.STATIC;

import com.squareup.javapoet.TypeSpec;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.Types;
import io.github.torchscribe.processor.graph.Graph;
import io.github.torchscribe.processor.graph.Leaving;
import io.github.torchscribe.processor.graph.Node;
import io.github.torchscribe.processor.graph.Port;
import io.github.torchscribe.processor.graph.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the nested class that says what the network is in ONNX. It is a class of its own, so that
 * nobody loads it who does not export.
 */
final class OnnxWriter {
  private final Graph graph;
  private final Names names;
  private final Lines lines = new Lines();
  private final Map<Value, Expression> values = new HashMap<>();

  OnnxWriter(Graph graph, Names names) {
    this.graph = graph;
    this.names = names;
  }

  TypeSpec write() {
    graph.inputs().forEach(this::addInput);
    // What losses alone read does not evaluate.
    graph.needed(Node::reads).forEach(this::addLayer);
    lines.at("");
    graph.outputs().forEach(this::addOutput);
    TypeSpec.Builder type =
        ShareWriter.nested(
                names.onnx(), "The network as ONNX' operators; loaded by who exports it.")
            .addModifiers(STATIC)
            .superclass(Types.ONNX_NETWORK);
    Body.add(
        type,
        ShareWriter.method("describe", "What is given, the operators, and what leaves."),
        "Operators",
        lines);
    return type.build();
  }

  private void addInput(Port input) {
    String method = input.indices().isPresent() ? "givenIndices" : "given";
    String variable = graph.inputs().size() == 1 ? input.name() : input.name() + "Input";
    declare(variable, call(method, input.name(), input.shape()), input.shape().batch("N"));
    values.put(input.value(), name(variable));
  }

  private void addLayer(Node node) {
    List<Expression> read = node.reads().stream().map(values::get).toList();
    lines.at(node.path());
    Expression value = node.layer().onnx(new OnnxSteps(node, read, lines));
    if (!read.contains(value)) {
      declare(node.variable(), call("layer", node.path(), value), node.output().batch("N"));
      value = name(node.variable());
    }
    values.put(node.gives(), value);
  }

  private void declare(String variable, Expression value, String comment) {
    lines.declare(new Local(Types.ONNX_VALUE, true, variable), value, comment);
  }

  private void addOutput(Leaving output) {
    Value value = output.value();
    lines.add(call("gives", output.name(), values.get(value), value.shape()));
  }
}
