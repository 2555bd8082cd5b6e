package io.github.torchscribe.processor.source;

import static javax.lang.model.element.Modifier.FINAL;
import static javax.lang.model.element.Modifier.PRIVATE;
import static javax.lang.model.element.Modifier.PROTECTED;

import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.TypeSpec;
import io.github.torchscribe.processor.code.Types;
import io.github.torchscribe.processor.graph.Graph;
import io.github.torchscribe.processor.loss.Loss;

/** Writes the nested class that computes: a worker's share of a pass. */
abstract class ShareWriter {
  final Names names;

  ShareWriter(Names names) {
    this.names = names;
  }

  /** The class, with all that the network's steps need. */
  abstract TypeSpec write();

  /** Whether it can do a plain step of gradient descent. */
  abstract boolean descends();

  final TypeSpec.Builder share(String doc) {
    return TypeSpec.classBuilder(names.rows())
        .addJavadoc("$L\n", doc)
        .addModifiers(PRIVATE, FINAL)
        .superclass(Types.SHARE);
  }

  static MethodSpec.Builder method(String name, String doc) {
    return MethodSpec.methodBuilder(name)
        .addJavadoc("$L\n", doc)
        .addAnnotation(Override.class)
        .addModifiers(PROTECTED);
  }

  static MethodSpec.Builder forward(Graph graph, String doc) {
    return method(
            "forward",
            "Forward: " + graph.input().batch("n") + " → " + graph.output().batch("n") + doc)
        .returns(Types.TENSOR)
        .addParameter(Types.TENSOR, "input");
  }

  static MethodSpec.Builder loss(Loss loss) {
    return method("loss", loss.name() + ": " + loss.formula() + ".")
        .returns(Types.TENSOR)
        .addParameter(Types.TENSOR, "target");
  }
}
