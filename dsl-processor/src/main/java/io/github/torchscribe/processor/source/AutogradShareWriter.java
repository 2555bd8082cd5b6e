package io.github.torchscribe.processor.source;

import static javax.lang.model.element.Modifier.PRIVATE;

import com.squareup.javapoet.TypeSpec;
import io.github.torchscribe.processor.graph.Graph;
import io.github.torchscribe.processor.graph.Node;
import io.github.torchscribe.processor.layer.Join;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.loss.Loss;
import java.util.ArrayDeque;
import java.util.Deque;

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
      type.addField(Runtime.TENSOR, "output", PRIVATE);
      type.addField(Runtime.TENSOR, "loss", PRIVATE);
    }
    addForward(type);
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
    String value = "input";
    Deque<String> forked = new ArrayDeque<>();
    Deque<String> mains = new ArrayDeque<>();
    for (Node node : graph.nodes()) {
      if (node.layer().flow() == Layer.Flow.FORK) {
        forked.push(value);
        continue;
      }
      if (node.layer().flow() == Layer.Flow.SWITCH) {
        mains.push(value);
        value = forked.element();
        continue;
      }
      String expression;
      if (node.layer() instanceof Join join) {
        String past = forked.pop();
        expression = value + ".add(" + (join.hasShortcut() ? mains.pop() : past) + ")";
      } else {
        expression = node.layer().autograd(new AutogradSteps(node, value, fields));
      }
      lines.add("Tensor " + node.variable() + " = " + expression, node.output().batch("n"));
      value = node.variable();
    }
    if (graph.loss().isPresent()) {
      lines.add("output = " + value);
    }
    type.addMethod(
        forward(graph, "; autograd records it while training.")
            .addCode(lines.toCode())
            .addStatement("return $L", value)
            .build());
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
            .addParameter(Runtime.TENSOR, "target")
            .addStatement("gradients.zero_()")
            .addStatement("loss.backward()")
            .build());
  }
}
