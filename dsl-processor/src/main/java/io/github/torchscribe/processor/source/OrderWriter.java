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
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;

/** Writes down what class files lose, for those who use a network or a block from a jar. */
public final class OrderWriter {
  private OrderWriter() {}

  /**
   * The annotation for a model's class, or a block's.
   *
   * @param declaration what is written
   * @return what its class file would lose
   */
  public static AnnotationSpec of(Declaration declaration) {
    AnnotationSpec.Builder order =
        AnnotationSpec.builder(Order.class)
            .addMember(
                "value", "$L", names(declaration.annotations().stream().map(Written::carriedName)));
    declaration.wired().map(Wired::written).orElse(List.of()).stream()
        .map(OrderWriter::of)
        .forEach(method -> order.addMember("methods", "$L", method));
    return order.build();
  }

  /**
   * The annotation for what belongs to a piece of the user's own.
   *
   * @param method that it is computed by
   * @param parameters what that method's are called
   * @return what the class file of the method's class would lose
   */
  public static AnnotationSpec of(String method, List<String> parameters) {
    return AnnotationSpec.builder(Order.class)
        .addMember("value", "{}")
        .addMember("methods", "$L", of(method, parameters.stream(), Stream.of()))
        .build();
  }

  private static AnnotationSpec of(Method method) {
    return of(
        method.name(),
        method.wires().stream().map(Wire::parameter),
        method.annotations().stream().map(Written::carriedName));
  }

  private static AnnotationSpec of(
      String method, Stream<String> parameters, Stream<String> annotations) {
    return AnnotationSpec.builder(Order.OfMethod.class)
        .addMember("name", "$S", method)
        .addMember("parameters", "$L", names(parameters))
        .addMember("value", "$L", names(annotations))
        .build();
  }

  private static String names(Stream<String> names) {
    return names.map(name -> '"' + name + '"').collect(Collectors.joining(", ", "{", "}"));
  }

  /**
   * Writes the class of a block, or of a piece of the user's own, which holds an order and nothing
   * else.
   *
   * @param of what it belongs to
   * @param packageName where the class goes
   * @param className its simple name
   * @param generator is named as such; empty where the user's module has no annotation for it
   * @param order what it holds
   * @return the text of the source file
   */
  public static String write(
      TypeElement of,
      String packageName,
      String className,
      Optional<String> generator,
      AnnotationSpec order) {
    TypeSpec.Builder type =
        TypeSpec.classBuilder(className)
            .addJavadoc(
                "How $L $L is written, as far as its class file does not tell.\n",
                of.getKind() == ElementKind.ANNOTATION_TYPE ? "the piece" : "the block",
                Declaration.nameInPackage(of))
            .addOriginatingElement(of)
            .addModifiers(FINAL);
    generator.ifPresent(
        by ->
            type.addAnnotation(
                AnnotationSpec.builder(Generated.class).addMember("value", "$S", by).build()));
    type.addAnnotation(order)
        .addMethod(MethodSpec.constructorBuilder().addModifiers(PRIVATE).build());
    JavaFile file = JavaFile.builder(packageName, type.build()).indent("  ").build();
    return SourceLayout.tidy(file.toString());
  }
}
