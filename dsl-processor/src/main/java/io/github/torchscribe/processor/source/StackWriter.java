package io.github.torchscribe.processor.source;

import static javax.lang.model.element.Modifier.FINAL;
import static javax.lang.model.element.Modifier.PRIVATE;
import static javax.lang.model.element.Modifier.PROTECTED;
import static javax.lang.model.element.Modifier.PUBLIC;

import com.squareup.javapoet.AnnotationSpec;
import com.squareup.javapoet.FieldSpec;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.TypeSpec;
import io.github.torchscribe.processor.code.Types;
import io.github.torchscribe.processor.graph.Graph;
import io.github.torchscribe.processor.graph.Segment;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import javax.lang.model.element.TypeElement;

/**
 * Writes the stacks on methods so that the user's forward finds them, and they nothing of the
 * user's.
 *
 * <p>A class that implements the interface inherits whatever names the user gave to methods,
 * constants and types, and they go before those that generated code means. So the only one that
 * does has no body; what it inherits from has the stacks' methods alone, and each does nothing but
 * call the share, where the layers are.
 */
final class StackWriter {
  private static final String NETWORK = "network";

  private final Graph graph;
  private final Names names;

  /** The layers' statements, by the method that has them. */
  private final Map<MethodSpec.Builder, Lines> layers = new LinkedHashMap<>();

  private final TypeSpec.Builder methods;

  StackWriter(Graph graph, Names names) {
    this.graph = graph;
    this.names = names;
    methods =
        TypeSpec.classBuilder(names.stacks())
            .addJavadoc("The methods that layers stand on.\n")
            .addModifiers(PRIVATE);
  }

  /** Adds a stack. */
  void add(Segment segment, Lines statements) {
    // Nothing that layers call ends like this, whatever the user's method is called.
    String name = segment.method() + "Layers";
    layers.put(
        method(name)
            .addJavadoc(
                "$L → $L.\n",
                segment.input().shape().batch("n"),
                segment.output().shape().batch("n"))
            .addModifiers(PRIVATE),
        statements);
    methods.addMethod(
        method(segment.method())
            .addModifiers(PUBLIC)
            .addStatement("return $L.this.$L(input)", names.rows(), name)
            .build());
  }

  private static MethodSpec.Builder method(String name) {
    return MethodSpec.methodBuilder(name).returns(Types.TENSOR).addParameter(Types.TENSOR, "input");
  }

  /** Adds all to a share. */
  void write(TypeSpec.Builder share) {
    if (usesDeprecated()) {
      share.addAnnotation(
          AnnotationSpec.builder(SuppressWarnings.class)
              .addMember("value", "{$S, $S}", "deprecation", "removal")
              .build());
    }
    share.addField(
        FieldSpec.builder(names.declared(), NETWORK, PRIVATE, FINAL)
            .initializer("new $T()", names.whole())
            .build());
    share.addMethod(forward());
    layers.forEach((method, statements) -> Body.add(share, method, "Forward", statements));
    share.addType(methods.build());
    share.addType(
        TypeSpec.classBuilder(names.whole())
            .addJavadoc(
                "Without a body: in it names of {@link $T} would hide ours.\n", names.declared())
            .addModifiers(PRIVATE, FINAL)
            .superclass(names.stacks())
            .addSuperinterface(names.declared())
            .build());
  }

  private boolean usesDeprecated() {
    TypeElement type = graph.declaration().type();
    return Stream.concat(Stream.of(type), type.getEnclosedElements().stream())
        .anyMatch(element -> element.getAnnotation(Deprecated.class) != null);
  }

  private MethodSpec forward() {
    MethodSpec.Builder forward =
        method("forward")
            .addJavadoc(
                "The forward of {@link $T}: $L → $L; autograd records it while training.\n",
                names.declared(),
                graph.input().shape().batch("n"),
                graph.output().batch("n"))
            .addAnnotation(Override.class)
            .addModifiers(PROTECTED);
    String given = "checked(" + NETWORK + ".forward(input))";
    return graph.hasLoss()
        ? forward.addStatement("output = $L", given).addStatement("return output").build()
        : forward.addStatement("return $L", given).build();
  }
}
