package io.github.torchscribe.processor.source;

import static io.github.torchscribe.processor.code.Expressions.call;
import static io.github.torchscribe.processor.code.Expressions.name;
import static javax.lang.model.element.Modifier.FINAL;
import static javax.lang.model.element.Modifier.PRIVATE;
import static javax.lang.model.element.Modifier.PROTECTED;

import com.squareup.javapoet.ArrayTypeName;
import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.TypeName;
import com.squareup.javapoet.TypeSpec;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.Expressions;
import io.github.torchscribe.processor.code.Text;
import io.github.torchscribe.processor.code.Types;
import io.github.torchscribe.processor.graph.Graph;
import io.github.torchscribe.processor.graph.Objective;
import io.github.torchscribe.processor.loss.Loss;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes the nested class that computes: a worker's share of a pass. */
abstract class ShareWriter {
  static final String TARGET = "target";

  private static final TypeName TENSORS = ArrayTypeName.of(Types.TENSOR);

  final Names names;

  ShareWriter(Names names) {
    this.names = names;
  }

  /** The class, with all that the network's steps need. */
  abstract TypeSpec write();

  /** Whether it can do a plain step of gradient descent. */
  abstract boolean descends();

  final TypeSpec.Builder share(String doc) {
    return nested(names.rows(), doc).superclass(Types.SHARE);
  }

  static TypeSpec.Builder nested(String name, String doc) {
    return TypeSpec.classBuilder(name).addJavadoc("$L\n", doc).addModifiers(PRIVATE, FINAL);
  }

  static MethodSpec.Builder method(String name, String doc) {
    return MethodSpec.methodBuilder(name)
        .addJavadoc("$L\n", doc)
        .addAnnotation(Override.class)
        .addModifiers(PROTECTED);
  }

  /** What the forward pass is written into, all but its statements. */
  static MethodSpec.Builder forward(Graph graph, String doc) {
    MethodSpec.Builder method =
        method("forward", "Forward: " + takes(graph) + " → " + gives(graph) + doc);
    return graph.isPlain()
        ? method.returns(Types.TENSOR).addParameter(Types.TENSOR, "input")
        : method.returns(TENSORS);
  }

  private static String takes(Graph graph) {
    return graph.isPlain()
        ? graph.input().shape().batch("n")
        : graph.inputs().stream()
            .map(input -> input.name() + " " + input.shape().batch("n"))
            .collect(Collectors.joining(", "));
  }

  private static String gives(Graph graph) {
    return graph.isPlain()
        ? graph.output().batch("n")
        : graph.outputs().stream()
            .map(output -> output.name() + " " + output.value().shape().batch("n"))
            .collect(Collectors.joining(", "));
  }

  /** What the pass gives back: the only output, or all of them. */
  static Expression given(Graph graph, List<Expression> outputs) {
    return graph.isPlain() ? outputs.get(0) : call("outputs", outputs);
  }

  /** Adds what computes each loss, and what says which it is where there are several. */
  static void addLosses(TypeSpec.Builder type, Graph graph, List<Lines> statements) {
    List<Objective> objectives = graph.objectives();
    for (int i = 0; i < objectives.size(); i++) {
      Loss loss = objectives.get(i).loss();
      String formula = loss.name() + ": " + loss.formula().replace("<", "{@literal <}") + ".";
      MethodSpec.Builder method =
          graph.isPlain()
              ? method("loss", formula)
              : MethodSpec.methodBuilder(lossOf(objectives.get(i)))
                  .addJavadoc("The loss of $L, $L\n", objectives.get(i).name(), formula)
                  .addModifiers(PRIVATE);
      type.addMethod(
          method
              .returns(Types.TENSOR)
              .addParameter(Types.TENSOR, TARGET)
              .addCode(statements.get(i).toCode())
              .build());
    }
    if (!graph.isPlain() && graph.hasLoss()) {
      type.addMethod(choice(objectives));
    }
  }

  private static MethodSpec choice(List<Objective> objectives) {
    MethodSpec.Builder method =
        method("loss", "One of the losses, by its number.")
            .returns(Types.TENSOR)
            .addParameter(int.class, "which")
            .addParameter(Types.TENSOR, TARGET);
    return byNumber(
        method,
        objectives.stream().<Expression>map(one -> call(lossOf(one), name(TARGET))).toList());
  }

  /** Gives back one of several by its number; null for what nobody asks for. */
  private static MethodSpec byNumber(MethodSpec.Builder method, List<Expression> all) {
    List<Integer> asked =
        IntStream.range(0, all.size()).filter(i -> all.get(i) != Expressions.NULL).boxed().toList();
    if (asked.size() == 1) {
      return method.addCode("$L\n", line("return ", all.get(asked.get(0)))).build();
    }
    method.addCode("return switch (which) {$>\n");
    for (int i : asked) {
      String at = i == asked.get(asked.size() - 1) ? "default" : "case " + i;
      method.addCode("$L\n", line(at + " -> ", all.get(i)));
    }
    return method.addCode("$<};\n").build();
  }

  private static CodeBlock line(String before, Expression value) {
    return new Text("").add(before).add(value).add(";").line();
  }

  private static String lossOf(Objective objective) {
    return objective.name() + "Loss";
  }

  /**
   * Adds what gives the gradients of inputs, where any is asked for.
   *
   * @param gradients of all inputs, in order; null for those of which nobody asks
   */
  static void addInputGradient(TypeSpec.Builder type, List<Expression> gradients) {
    if (gradients.stream().anyMatch(one -> one != Expressions.NULL)) {
      MethodSpec.Builder method =
          method("inputGradient", "The gradient of an input, by its number.")
              .returns(Types.TENSOR)
              .addParameter(int.class, "which");
      type.addMethod(byNumber(method, gradients));
    }
  }

  /** What goes back from the losses, all but its statements. */
  static MethodSpec.Builder backward(Graph graph, String doc) {
    MethodSpec.Builder method = method("backward", doc);
    return graph.isPlain() ? method.addParameter(Types.TENSOR, TARGET) : method;
  }
}
