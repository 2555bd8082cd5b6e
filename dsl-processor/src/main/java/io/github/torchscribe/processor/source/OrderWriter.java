package io.github.torchscribe.processor.source;

import static javax.lang.model.element.Modifier.FINAL;
import static javax.lang.model.element.Modifier.PRIVATE;

import com.squareup.javapoet.AnnotationSpec;
import com.squareup.javapoet.JavaFile;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.TypeSpec;
import io.github.torchscribe.dsl.Order;
import io.github.torchscribe.processor.declaration.Declaration;
import io.github.torchscribe.processor.declaration.Method;
import io.github.torchscribe.processor.declaration.Wire;
import io.github.torchscribe.processor.declaration.Wired;
import io.github.torchscribe.processor.declaration.Written;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.annotation.processing.Generated;

/** Writes down what class files lose, for those who use a network or a block from a jar. */
public final class OrderWriter {
  private OrderWriter() {}

  /** The annotation for a model's class. */
  static AnnotationSpec of(Declaration declaration) {
    AnnotationSpec.Builder order =
        AnnotationSpec.builder(Order.class)
            .addMember("value", "$L", names(declaration.annotations().stream().map(Written::name)));
    declaration.wired().map(Wired::written).orElse(List.of()).stream()
        .map(OrderWriter::of)
        .forEach(method -> order.addMember("methods", "$L", method));
    return order.build();
  }

  private static AnnotationSpec of(Method method) {
    return AnnotationSpec.builder(Order.OfMethod.class)
        .addMember("name", "$S", method.name())
        .addMember("parameters", "$L", names(method.wires().stream().map(Wire::parameter)))
        .addMember("value", "$L", names(method.annotations().stream().map(Written::name)))
        .build();
  }

  private static String names(Stream<String> names) {
    return names.map(name -> '"' + name + '"').collect(Collectors.joining(", ", "{", "}"));
  }

  /**
   * Writes the class of a block, which holds its order and nothing else.
   *
   * @param block what is written
   * @param packageName where the class goes
   * @param className its simple name
   * @param generator is named as such; empty where the user's module has no annotation for it
   * @return the text of the source file
   */
  public static String write(
      Declaration block, String packageName, String className, Optional<String> generator) {
    TypeSpec.Builder type =
        TypeSpec.classBuilder(className)
            .addJavadoc(
                "How the block $L is written, as far as its class file does not tell.\n",
                block.nameInPackage())
            .addOriginatingElement(block.type())
            .addModifiers(FINAL);
    generator.ifPresent(
        by ->
            type.addAnnotation(
                AnnotationSpec.builder(Generated.class).addMember("value", "$S", by).build()));
    type.addAnnotation(of(block))
        .addMethod(MethodSpec.constructorBuilder().addModifiers(PRIVATE).build());
    JavaFile file = JavaFile.builder(packageName, type.build()).indent("  ").build();
    return SourceLayout.tidy(file.toString());
  }
}
