package io.github.torchscribe.processor.source;

import static javax.lang.model.element.Modifier.FINAL;
import static javax.lang.model.element.Modifier.PRIVATE;
import static javax.lang.model.element.Modifier.PROTECTED;
import static javax.lang.model.element.Modifier.PUBLIC;
import static javax.lang.model.element.Modifier.STATIC;

import com.squareup.javapoet.AnnotationSpec;
import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.JavaFile;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.TypeSpec;
import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.processor.code.Types;
import io.github.torchscribe.processor.graph.ByPosition;
import io.github.torchscribe.processor.graph.Graph;
import io.github.torchscribe.processor.graph.Node;
import io.github.torchscribe.processor.plan.Plan;
import io.github.torchscribe.processor.plan.Planner;
import java.util.Optional;
import java.util.function.Predicate;
import javax.annotation.processing.Generated;
import javax.lang.model.element.TypeElement;

/** Writes the class of a model. */
public final class ModelWriter {
  private final Plan plan;
  private final Graph graph;
  private final ClassName name;
  private final Names names;
  private final boolean autograd;
  private final Fields fields = new Fields();

  private ModelWriter(Plan plan, ClassName name) {
    this.plan = plan;
    this.graph = plan.graph();
    this.name = name;
    this.names = new Names(ClassName.get(graph.declaration().type()));
    this.autograd = graph.gradient() == Network.Gradient.AUTOGRAD;
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
            .addStaticImport(Types.TORCH, "*")
            .addStaticImport(Types.INITIALIZERS, "*")
            .skipJavaLangImports(Types.OF_JAVA_LANG.stream().noneMatch(neighbours))
            .indent("  ")
            .build();
    return SourceLayout.tidy(file.toString());
  }

  private TypeSpec type(Optional<String> generator) {
    TypeElement declared = graph.declaration().type();
    TypeSpec.Builder type =
        TypeSpec.classBuilder(name)
            .addOriginatingElement(declared)
            .addModifiers(FINAL)
            .superclass(Types.MODEL);
    generator.ifPresent(
        by ->
            type.addAnnotation(
                AnnotationSpec.builder(Generated.class).addMember("value", "$S", by).build()));
    if (graph.declaration().isLostInClassFiles()) {
      type.addAnnotation(OrderWriter.of(graph.declaration()));
    }
    if (declared.getModifiers().contains(PUBLIC)) {
      type.addModifiers(PUBLIC);
    }
    ShareWriter writer =
        autograd
            ? new AutogradShareWriter(graph, fields, names)
            : new GeneratedShareWriter(plan, fields, names);
    TypeSpec share = writer.write(); // says which views and constants the model needs
    Optional<Plan> positions = ByPosition.of(graph).map(Planner::plan);
    Optional<TextWriter> text =
        positions.map(some -> new TextWriter(some, ByPosition.length(graph), fields, names));
    Optional<TypeSpec> textShare = text.map(TextWriter::write);
    ModelFields members = new ModelFields(plan, fields);
    members.addConstants(type);
    BlueprintWriter blueprint = new BlueprintWriter(plan, members, writer.descends());
    text.ifPresent(
        some ->
            blueprint.writesTexts(
                positions.orElseThrow().memory().otherwise(), some.floatsRemembered()));
    blueprint.add(type);
    members.addFields(type);
    addCreation(type);
    members.addBind(type);
    addInitialize(type);
    type.addMethod(creating("share", Types.SHARE, names.rows()));
    textShare.ifPresent(
        some -> type.addMethod(creating("positions", Types.POSITIONS, names.textRows())));
    if (!graph.isPutTogetherByUser()) {
      type.addMethod(creating("onnx", Types.ONNX_NETWORK, names.onnx()));
    }
    type.addType(share);
    textShare.ifPresent(type::addType);
    if (!graph.isPutTogetherByUser()) {
      type.addType(new OnnxWriter(graph, names).write());
    }
    return type.addJavadoc(Documentation.of(plan, names.declared())).build();
  }

  private static MethodSpec creating(String method, ClassName type, String nested) {
    return MethodSpec.methodBuilder(method)
        .addAnnotation(Override.class)
        .addModifiers(PROTECTED)
        .returns(type)
        .addStatement("return new $L()", nested)
        .build();
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

  private void addInitialize(TypeSpec.Builder type) {
    Lines lines = new Lines();
    for (Node node : graph.nodes()) {
      InitSteps steps = new InitSteps(node, graph.init(), lines.at(node.path()));
      node.layer().initialize(node.inputs(), steps);
    }
    MethodSpec.Builder initialize =
        MethodSpec.methodBuilder("initialize")
            .addAnnotation(Override.class)
            .addModifiers(PROTECTED)
            .addParameter(Types.GENERATOR, "generator");
    Body.add(type, initialize, "Initial values", lines);
  }
}
