package io.github.torchscribe.processor.source;

import static javax.lang.model.element.Modifier.FINAL;
import static javax.lang.model.element.Modifier.PRIVATE;
import static javax.lang.model.element.Modifier.PROTECTED;
import static javax.lang.model.element.Modifier.PUBLIC;
import static javax.lang.model.element.Modifier.STATIC;

import com.squareup.javapoet.AnnotationSpec;
import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.FieldSpec;
import com.squareup.javapoet.JavaFile;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.TypeSpec;
import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.Order;
import io.github.torchscribe.processor.graph.Graph;
import io.github.torchscribe.processor.graph.Node;
import io.github.torchscribe.processor.graph.Settings;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.loss.Loss;
import io.github.torchscribe.processor.plan.Place;
import io.github.torchscribe.processor.plan.Plan;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.annotation.processing.Generated;
import javax.lang.model.element.TypeElement;

/** Writes the class of a model. */
public final class ModelWriter {
  private final Plan plan;
  private final Graph graph;
  private final ClassName name;
  private final boolean autograd;
  private final boolean trains;
  private final Fields fields = new Fields();

  private ModelWriter(Plan plan, ClassName name) {
    this.plan = plan;
    this.graph = plan.graph();
    this.name = name;
    this.autograd = graph.gradient() == Network.Gradient.AUTOGRAD;
    this.trains = graph.loss().isPresent();
  }

  /**
   * Writes a model.
   *
   * @param plan of the network
   * @param packageName where the class goes
   * @param className its simple name
   * @param generator is named as such; empty where the user's module has no annotation for it
   * @param neighbours whether the user's package has a type of a name
   * @return the text of the source file
   */
  public static String write(
      Plan plan,
      String packageName,
      String className,
      Optional<String> generator,
      Predicate<String> neighbours) {
    TypeSpec type = new ModelWriter(plan, ClassName.get(packageName, className)).type(generator);
    JavaFile file =
        JavaFile.builder(packageName, type)
            .addStaticImport(Runtime.TORCH, "*")
            .addStaticImport(Runtime.INITIALIZERS, "*")
            .skipJavaLangImports(true)
            .indent("  ")
            .build();
    String declared = plan.graph().declaration().nameInPackage();
    return Layout.tidy(Names.settle(file.toString(), declared, neighbours));
  }

  private TypeSpec type(Optional<String> generator) {
    TypeElement declared = graph.declaration().type();
    TypeSpec.Builder type =
        TypeSpec.classBuilder(name)
            .addOriginatingElement(declared)
            .addModifiers(FINAL)
            .superclass(Runtime.MODEL);
    generator.ifPresent(
        by ->
            type.addAnnotation(
                AnnotationSpec.builder(Generated.class).addMember("value", "$S", by).build()));
    if (graph.declaration().repeats()) {
      type.addAnnotation(order());
    }
    if (declared.getModifiers().contains(PUBLIC)) {
      type.addModifiers(PUBLIC);
    }
    ShareWriter writer =
        autograd ? new AutogradShareWriter(graph, fields) : new GeneratedShareWriter(plan, fields);
    TypeSpec share = writer.write(); // says which views and constants the model needs
    ModelFields members = new ModelFields(plan, fields);
    members.addConstants(type);
    type.addField(blueprint(members, writer.descends()));
    members.addFields(type);
    addCreation(type);
    type.addMethod(members.bind());
    type.addMethod(initialize());
    type.addMethod(
        MethodSpec.methodBuilder("share")
            .addAnnotation(Override.class)
            .addModifiers(PROTECTED)
            .returns(Runtime.SHARE)
            .addStatement("return new $L()", ShareWriter.NAME)
            .build());
    type.addType(share);
    return type.addJavadoc(Documentation.of(plan)).build();
  }

  /** For those who use the network from a jar. */
  private AnnotationSpec order() {
    String names =
        graph.declaration().annotations().stream()
            .map(written -> '"' + written.name() + '"')
            .collect(Collectors.joining(", ", "{", "}"));
    return AnnotationSpec.builder(Order.class).addMember("value", "$L", names).build();
  }

  private FieldSpec blueprint(ModelFields members, boolean descends) {
    CodeBlock.Builder code =
        CodeBlock.builder()
            .add(
                "$>$>\n$T.of($S, $T.$L)",
                Runtime.BLUEPRINT,
                graph.declaration().name(),
                Runtime.WORKLOAD,
                graph.anyLayer(Layer::convolves) ? "CONVOLUTIONS" : "MATRIX_PRODUCTS")
            .add("\n    .input($T.$L)", Runtime.TENSOR_SPEC, input())
            .add("\n    .output($L)", graph.output().list());
    for (Node node : graph.nodes()) {
      if (!node.layer().onlyForks()) {
        code.add(
            "\n    .layer($S, $S, $L)",
            node.path(),
            node.layer().written().text(),
            node.output().list());
        if (node.multiplyAdds() > 0) {
          code.add(".multiplyAdds($L)", ModelFields.grouped(node.multiplyAdds()));
        }
      }
    }
    for (Place place : plan.parameters()) {
      code.add(
          "\n    .parameter($S, $L, $L)",
          place.name(),
          members.offset(place),
          place.parameter().shape().list());
    }
    for (Place place : plan.state()) {
      if (place.parameter().counts()) {
        code.add("\n    .count($S, $L)", place.name(), members.offset(place));
      } else {
        code.add(
            "\n    .state($S, $L, $L)",
            place.name(),
            members.offset(place),
            place.parameter().shape().list());
      }
    }
    if (!graph.isDivisible()) {
      code.add("\n    .undivided()");
    }
    if (autograd) {
      code.add("\n    .autograd()");
    } else {
      long forward = plan.activations().size();
      code.add(
          "\n    .floatsPerExample($L, $L)",
          ModelFields.grouped(forward),
          ModelFields.grouped(forward + plan.gradients().size()));
    }
    if (settings().isMixed()) {
      code.add("\n    .mixedPrecision()");
    }
    if (descends) {
      code.add("\n    .descends()");
    }
    if (!graph.settings().decayBiases()) {
      code.add("\n    .decaysWeightsOnly()");
    }
    graph
        .loss()
        .ifPresent(
            loss ->
                code.add(
                    "\n    .loss($S, $T.$L, $T.$L)",
                    loss.written().text(),
                    Runtime.TENSOR_SPEC,
                    loss.targets(),
                    Runtime.DECISION,
                    loss.decision()));
    graph
        .loss()
        .map(Loss::classWeights)
        .filter(weights -> !weights.isEmpty())
        .ifPresent(
            weights ->
                code.add(
                    "\n    .weighsClasses($L)",
                    weights.stream().map(String::valueOf).collect(Collectors.joining(", "))));
    graph
        .optimizer()
        .ifPresent(
            optimizer ->
                code.add(
                    "\n    .optimizer($S, () -> $L)",
                    graph.declaration().optimizer().orElseThrow().text(),
                    optimizer.construction()));
    graph.schedules().forEach(s -> code.add("\n    .schedule(() -> $L)", s.construction()));
    Settings settings = settings();
    code.add(
        "\n    .training($L, $L, $L)", settings.epochs(), settings.batchSize(), settings.shuffle());
    settings.seed().ifPresent(seed -> code.add("\n    .seed($LL)", seed));
    code.add("$<$<");
    return FieldSpec.builder(Runtime.BLUEPRINT, "BLUEPRINT", PRIVATE, STATIC, FINAL)
        .initializer(code.build())
        .build();
  }

  private Settings settings() {
    return graph.settings();
  }

  private String input() {
    String shape = graph.input().list();
    return graph.indices().isPresent()
        ? "indices(" + graph.indices().getAsLong() + ", " + shape + ")"
        : "numbers(" + shape + ")";
  }

  private void addCreation(TypeSpec.Builder type) {
    type.addMethod(
        MethodSpec.constructorBuilder()
            .addModifiers(PRIVATE)
            .addStatement("super(BLUEPRINT)")
            .build());
    type.addMethod(
        MethodSpec.methodBuilder("create")
            .addJavadoc(
                "A new model, initialised from $L.\n\n@return a model on the CPU, to be closed\n",
                graph.settings().seed().isPresent()
                    ? "the seed of the annotations"
                    : "another seed each time")
            .addModifiers(PUBLIC, STATIC)
            .returns(name)
            .addStatement("return create(seed(BLUEPRINT))")
            .build());
    type.addMethod(
        MethodSpec.methodBuilder("create")
            .addJavadoc(
                "A new model, initialised as Python's program would after {@code"
                    + " torch.manual_seed(seed)}.\n\n"
                    + "@param seed any number\n"
                    + "@return a model on the CPU, to be closed\n")
            .addModifiers(PUBLIC, STATIC)
            .returns(name)
            .addParameter(long.class, "seed")
            .addStatement("$T model = new $T()", name, name)
            .addStatement("model.start(seed)")
            .addStatement("return model")
            .build());
  }

  private MethodSpec initialize() {
    Lines lines = new Lines();
    for (Node node : graph.nodes()) {
      node.layer().initialize(node.input(), new InitSteps(node, graph.init(), lines));
    }
    return MethodSpec.methodBuilder("initialize")
        .addAnnotation(Override.class)
        .addModifiers(PROTECTED)
        .addParameter(Runtime.GENERATOR, "generator")
        .addCode(lines.toCode())
        .build();
  }
}
