package io.github.torchscribe.processor.source;

import static javax.lang.model.element.Modifier.FINAL;
import static javax.lang.model.element.Modifier.PRIVATE;
import static javax.lang.model.element.Modifier.STATIC;

import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.FieldSpec;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.TypeSpec;
import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.processor.code.Types;
import io.github.torchscribe.processor.graph.Graph;
import io.github.torchscribe.processor.graph.Node;
import io.github.torchscribe.processor.graph.TrainingSettings;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.loss.Loss;
import io.github.torchscribe.processor.plan.ParameterPlace;
import io.github.torchscribe.processor.plan.Plan;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes what the class says of its network: one expression, or, for a deep network, a method for
 * each section of it. (javac goes one level down for each call of an expression, and its stack ends
 * at some hundred; other processors leave it less.)
 */
final class BlueprintWriter {
  private static final int MOST_CALLS = 100; // some come with another
  private static final int LONGEST = 2_000; // bytes, of which a call has about 50

  private final Plan plan;
  private final Graph graph;
  private final ModelFields members;
  private final boolean descends;

  BlueprintWriter(Plan plan, ModelFields members, boolean descends) {
    this.plan = plan;
    this.graph = plan.graph();
    this.members = members;
    this.descends = descends;
  }

  /** Adds the constant, and the methods that it needs. */
  void add(TypeSpec.Builder type) {
    Lines layers = layers();
    Lines parameters = parameters();
    boolean isDeep = layers.all().size() + parameters.all().size() > MOST_CALLS;
    CodeBlock.Builder code = CodeBlock.builder();
    if (isDeep) {
      code.add("description()");
      addMethods(type, layers, parameters);
    } else {
      code.add("$>$>\n").add(beginning());
      addCalls(code, layers.all());
      addCalls(code, parameters.all());
      code.add(end()).add("$<$<");
    }
    type.addField(
        FieldSpec.builder(Types.BLUEPRINT, "BLUEPRINT", PRIVATE, STATIC, FINAL)
            .initializer(code.build())
            .build());
  }

  private void addMethods(TypeSpec.Builder type, Lines layers, Lines parameters) {
    CodeBlock.Builder code =
        CodeBlock.builder()
            .add("$T network =$>$>\n", Types.BLUEPRINT)
            .add(beginning())
            .add("$<$<;\n");
    SectionNames names = new SectionNames();
    List<MethodSpec> sections =
        List.of(
                sections(names, "layers", "Layers", layers),
                sections(names, "parameters", "Parameters", parameters))
            .stream()
            .flatMap(List::stream)
            .toList();
    sections.forEach(section -> code.add("network = $L(network);\n", section.name));
    code.add("return network").add(end()).add(";\n");
    type.addMethod(
        MethodSpec.methodBuilder("description")
            .addJavadoc("What the network is.\n")
            .addModifiers(PRIVATE, STATIC)
            .returns(Types.BLUEPRINT)
            .addCode(code.build())
            .build());
    type.addMethods(sections);
  }

  private static List<MethodSpec> sections(
      SectionNames names, String name, String what, Lines calls) {
    return Division.of(calls.all(), LONGEST).stream()
        .map(
            section -> {
              CodeBlock.Builder code = CodeBlock.builder().add("return network");
              addCalls(code, section.lines());
              return MethodSpec.methodBuilder(names.of(name, section))
                  .addJavadoc("$L of $L.\n", what, section.place())
                  .addModifiers(PRIVATE, STATIC)
                  .returns(Types.BLUEPRINT)
                  .addParameter(Types.BLUEPRINT, "network")
                  .addCode(code.add(";\n").build())
                  .build();
            })
        .toList();
  }

  private static void addCalls(CodeBlock.Builder code, List<Line> calls) {
    calls.forEach(call -> code.add("\n$L", call.code()));
  }

  private CodeBlock beginning() {
    return CodeBlock.builder()
        .add(
            "$T.of($S, $T.$L)",
            Types.BLUEPRINT,
            graph.declaration().name(),
            Types.WORKLOAD,
            graph.anyLayer(Layer::convolves) ? "CONVOLUTIONS" : "MATRIX_PRODUCTS")
        .add("\n    .input($T.$L)", Types.TENSOR_SPEC, input())
        .add("\n    .output($L)", graph.output().list())
        .build();
  }

  private String input() {
    String shape = graph.input().list();
    return graph.indices().isPresent()
        ? "indices(" + graph.indices().getAsLong() + ", " + shape + ")"
        : "numbers(" + shape + ")";
  }

  private Lines layers() {
    Lines calls = new Lines();
    for (Node node : graph.nodes()) {
      if (!node.layer().onlyForks()) {
        String text = node.layer().written().text();
        CodeBlock.Builder call =
            CodeBlock.builder()
                .add("    .layer($S, $S, $L)", node.path(), text, node.output().list());
        if (node.multiplyAdds() > 0) {
          call.add(".multiplyAdds($L)", ModelFields.grouped(node.multiplyAdds()));
        }
        long fewest = node.layer().fewestExamples(node.input());
        if (fewest > 1 && !graph.isPutTogetherByUser()) { // a user's forward may make more of them
          call.add(".fewestExamples($L)", fewest);
        }
        calls.at(node.path()).addCall(call.build());
      }
    }
    return calls;
  }

  /** Parameters, then what is remembered besides. */
  private Lines parameters() {
    Lines calls = new Lines();
    plan.parameters().forEach(place -> addPlace(calls, "parameter", place));
    for (ParameterPlace place : plan.state()) {
      if (place.parameter().counts()) {
        String at = members.offset(place);
        calls.at(place.node().path()).addCall(CodeBlock.of("    .count($S, $L)", place.name(), at));
      } else {
        addPlace(calls, "state", place);
      }
    }
    return calls;
  }

  private void addPlace(Lines calls, String method, ParameterPlace place) {
    String shape = place.parameter().shape().list();
    String at = members.offset(place);
    calls
        .at(place.node().path())
        .addCall(CodeBlock.of("    .$L($S, $L, $L)", method, place.name(), at, shape));
  }

  private CodeBlock end() {
    CodeBlock.Builder code = CodeBlock.builder();
    if (!graph.isDivisible()) {
      code.add("\n    .undivided()");
    }
    if (graph.gradient() == Network.Gradient.AUTOGRAD) {
      code.add("\n    .autograd()");
    } else {
      long forward = plan.activations().size();
      code.add(
          "\n    .floatsPerExample($L, $L)",
          ModelFields.grouped(forward),
          ModelFields.grouped(forward + plan.gradients().size()));
    }
    TrainingSettings settings = graph.settings();
    if (settings.isMixed()) {
      code.add("\n    .mixedPrecision()");
    }
    if (descends) {
      code.add("\n    .descends()");
    }
    if (!settings.decayBiases()) {
      code.add("\n    .decaysWeightsOnly()");
    }
    graph.loss().ifPresent(loss -> addLoss(code, loss));
    graph
        .optimizer()
        .ifPresent(
            optimizer ->
                code.add(
                    "\n    .optimizer($S, () -> $L)",
                    graph.declaration().optimizer().orElseThrow().text(),
                    optimizer.construction()));
    for (int i = 0; i < graph.schedules().size(); i++) {
      code.add(
          "\n    .schedule($S, () -> $L)",
          graph.declaration().schedules().get(i).text(),
          graph.schedules().get(i).construction());
    }
    code.add(
        "\n    .training($L, $L, $L)", settings.epochs(), settings.batchSize(), settings.shuffle());
    settings.seed().ifPresent(seed -> code.add("\n    .seed($LL)", seed));
    return code.build();
  }

  private static void addLoss(CodeBlock.Builder code, Loss loss) {
    code.add(
        "\n    .loss($S, $T.$L, $T.$L)",
        loss.written().text(),
        Types.TENSOR_SPEC,
        loss.targets(),
        Types.DECISION,
        loss.decision());
    if (!loss.classWeights().isEmpty()) {
      String weights =
          loss.classWeights().stream().map(String::valueOf).collect(Collectors.joining(", "));
      code.add("\n    .weighsClasses($L)", weights);
    }
  }
}
