package io.github.torchscribe.processor.source;

import static io.github.torchscribe.processor.code.Expressions.call;
import static io.github.torchscribe.processor.code.Expressions.constant;
import static io.github.torchscribe.processor.code.Expressions.grouped;
import static io.github.torchscribe.processor.code.Expressions.supplier;
import static io.github.torchscribe.processor.code.Expressions.wide;
import static javax.lang.model.element.Modifier.FINAL;
import static javax.lang.model.element.Modifier.PRIVATE;
import static javax.lang.model.element.Modifier.STATIC;

import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.FieldSpec;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.TypeSpec;
import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.Precision;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.Text;
import io.github.torchscribe.processor.code.Types;
import io.github.torchscribe.processor.graph.Graph;
import io.github.torchscribe.processor.graph.Node;
import io.github.torchscribe.processor.graph.Objective;
import io.github.torchscribe.processor.graph.Port;
import io.github.torchscribe.processor.graph.TrainingSettings;
import io.github.torchscribe.processor.graph.Value;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.loss.Loss;
import io.github.torchscribe.processor.plan.ParameterPlace;
import io.github.torchscribe.processor.plan.Plan;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Writes what the class says of its network: one expression, or, for a deep network, a method for
 * each section of it. (javac goes one level down for each call of an expression, and its stack ends
 * at some hundred; other processors leave it less.)
 */
final class BlueprintWriter {
  private static final int MOST_CALLS = 100; // some come with another
  private static final int MOST_IN_A_METHOD = 40;

  private final Plan plan;
  private final Graph graph;
  private final ModelFields members;
  private final boolean descends;
  private final List<Link> ofTexts = new ArrayList<>();

  /**
   * Calls of the chain that stand on one line.
   *
   * @param place the path of the layer that they say something of
   */
  private record Link(String place, List<Expression.Call> calls) implements Division.Part {
    Link(String place, Expression.Call call) {
      this(place, List.of(call));
    }

    @Override
    public int size() {
      return calls.size();
    }

    CodeBlock code() {
      Text text = new Text("    ");
      calls.forEach(call -> text.add(".").add(call));
      return CodeBlock.builder().add("\n").add(text.line()).build();
    }
  }

  BlueprintWriter(Plan plan, ModelFields members, boolean descends) {
    this.plan = plan;
    this.graph = plan.graph();
    this.members = members;
    this.descends = descends;
  }

  /** Says that the network writes texts, and what that takes for each position, in floats. */
  void writesTexts(long atHand, long remembered) {
    ofTexts.add(link("floatsPerPosition", grouped(atHand), grouped(remembered)));
  }

  /** Adds the constant, and the methods that it needs. */
  void add(TypeSpec.Builder type) {
    List<Link> layers = layers();
    List<Link> parameters = parameters();
    CodeBlock.Builder code = CodeBlock.builder();
    if (layers.size() + parameters.size() > MOST_CALLS) {
      code.add("description()");
      addMethods(type, layers, parameters);
    } else {
      code.add("$>$>\n").add(beginning()).add(code(layers)).add(code(parameters));
      code.add(code(end())).add("$<$<");
    }
    type.addField(
        FieldSpec.builder(Types.BLUEPRINT, "BLUEPRINT", PRIVATE, STATIC, FINAL)
            .initializer(code.build())
            .build());
  }

  private void addMethods(TypeSpec.Builder type, List<Link> layers, List<Link> parameters) {
    CodeBlock.Builder code =
        CodeBlock.builder()
            .add("$T network =$>$>\n", Types.BLUEPRINT)
            .add(beginning())
            .add("$<$<;\n");
    SectionNames names = new SectionNames();
    List<MethodSpec> sections =
        Stream.of(
                sections(names, "layers", "Layers", layers),
                sections(names, "parameters", "Parameters", parameters))
            .flatMap(List::stream)
            .toList();
    sections.forEach(section -> code.add("network = $L(network);\n", section.name));
    code.add("return network").add(code(end())).add(";\n");
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
      SectionNames names, String name, String what, List<Link> links) {
    return Division.of(links, MOST_IN_A_METHOD).stream()
        .map(
            section ->
                MethodSpec.methodBuilder(names.of(name, section))
                    .addJavadoc("$L of $L.\n", what, section.place())
                    .addModifiers(PRIVATE, STATIC)
                    .returns(Types.BLUEPRINT)
                    .addParameter(Types.BLUEPRINT, "network")
                    .addCode("return network")
                    .addCode(code(section.parts()))
                    .addCode(";\n")
                    .build())
        .toList();
  }

  private static CodeBlock code(List<Link> links) {
    CodeBlock.Builder code = CodeBlock.builder();
    links.forEach(link -> code.add(link.code()));
    return code.build();
  }

  private CodeBlock beginning() {
    String workload = graph.anyLayer(Layer::convolves) ? "CONVOLUTIONS" : "MATRIX_PRODUCTS";
    Expression of =
        call(Types.BLUEPRINT, "of", graph.declaration().name(), constant(Types.WORKLOAD, workload));
    return CodeBlock.builder().add(new Text("").add(of).line()).add(code(ports())).build();
  }

  private List<Link> ports() {
    List<Link> links = new ArrayList<>();
    if (graph.isPlain()) {
      links.add(link("input", spec(graph.input())));
      links.add(link("output", graph.output()));
      if (graph.declaration().wired().isPresent()) {
        links.add(link("outputCalled", graph.outputs().get(0).name()));
      }
      return links;
    }
    graph.inputs().forEach(input -> links.add(link("input", input.name(), spec(input))));
    graph
        .outputs()
        .forEach(output -> links.add(link("output", output.name(), output.value().shape())));
    return links;
  }

  private static Expression spec(Port input) {
    if (input.indices().isPresent()) {
      Expression indices =
          call(Types.TENSOR_SPEC, "indices", input.indices().getAsLong(), input.shape());
      return input.padding().isPresent()
          ? indices.call("padding", input.padding().getAsLong())
          : indices;
    }
    Expression numbers = call(Types.TENSOR_SPEC, "numbers", input.shape());
    return input.isMask() ? numbers.call("mask") : numbers;
  }

  private List<Link> layers() {
    List<Link> links = new ArrayList<>();
    Set<Node> joints = new HashSet<>(graph.joints());
    // No layer of another method stands above: the user's forward gives what is read.
    graph.segments().stream().skip(1).forEach(segment -> joints.add(segment.nodes().get(0)));
    for (Node node : graph.nodes()) {
      links.add(new Link(node.path(), layer(node, joints.contains(node))));
    }
    return links;
  }

  private List<Expression.Call> layer(Node node, boolean isJoint) {
    List<Expression.Call> calls = new ArrayList<>();
    calls.add(call("layer", node.path(), node.layer().written().text(), node.output()));
    if (isJoint) {
      calls.add(call("reads", node.reads().stream().map(Value::name).toList()));
    }
    if (node.multiplyAdds() > 0) {
      calls.add(call("multiplyAdds", grouped(node.multiplyAdds())));
    }
    long fewest = node.layer().fewestExamples(node.input());
    if (fewest > 1
        && !node.evaluates()
        && !graph.isPutTogetherByUser()) { // a user's forward may make more of them
      calls.add(call("fewestExamples", fewest));
    }
    return calls;
  }

  /** Parameters, then what is remembered besides. */
  private List<Link> parameters() {
    List<Link> links = new ArrayList<>();
    plan.parameters().forEach(place -> links.add(parameter(place)));
    plan.ties().forEach(place -> links.add(tie(place)));
    plan.state()
        .forEach(place -> links.add(link(place.parameter().counts() ? "count" : "state", place)));
    return links;
  }

  private Link parameter(ParameterPlace place) {
    Link link = link(place.parameter().learns() ? "parameter" : "frozen", place);
    double rate = place.parameter().rate();
    return rate == 0 || rate == 1
        ? link
        : new Link(link.place(), List.of(link.calls().get(0), call("rate", rate)));
  }

  private Link tie(ParameterPlace place) {
    String owner = place.parameter().tie().orElseThrow().path() + "." + place.parameter().name();
    return new Link(place.node().path(), call("tied", place.name(), owner));
  }

  private Link link(String method, ParameterPlace place) {
    Shape shape = place.parameter().shape(); // a count has none
    return new Link(place.node().path(), call(method, place.name(), members.offset(place), shape));
  }

  /** Something that is said of the whole. */
  private static Link link(String method, Object... operands) {
    return new Link("", call(method, operands));
  }

  private List<Link> end() {
    List<Link> links = new ArrayList<>();
    if (!graph.isDivisible()) {
      links.add(link("undivided"));
    }
    if (graph.gradient() == Network.Gradient.AUTOGRAD) {
      links.add(link("autograd"));
    } else {
      long otherwise = plan.memory().otherwise();
      long training = plan.memory().training();
      links.add(link("floatsPerExample", grouped(otherwise), grouped(training)));
      if (plan.memory().brought() > 0) {
        links.add(link("brings", grouped(plan.memory().brought())));
      }
    }
    links.addAll(ofTexts);
    TrainingSettings settings = graph.settings();
    if (settings.isMixed()) {
      links.add(link("mixedPrecision"));
    }
    if (settings.precision() == Precision.TF32) {
      links.add(link("tensorFloat32"));
    }
    if (!settings.graph()) {
      links.add(link("unrecorded"));
    }
    if (descends) {
      links.add(link("descends"));
    }
    if (!settings.decayBiases()) {
      links.add(link("decaysWeightsOnly"));
    }
    graph.objectives().forEach(objective -> addLoss(links, objective));
    if (graph.isTrainedByHand()) {
      links.add(link("byHand"));
    }
    for (int i = 0; i < graph.inputs().size(); i++) {
      if (graph.inputs().get(i).requiresGrad()) {
        links.add(link("requiresGrad", i));
      }
    }
    graph
        .optimizer()
        .ifPresent(
            optimizer -> {
              String text = graph.declaration().optimizer().orElseThrow().text();
              links.add(link("optimizer", text, supplier(optimizer.construction())));
            });
    for (int i = 0; i < graph.schedules().size(); i++) {
      String text = graph.declaration().schedules().get(i).text();
      links.add(link("schedule", text, supplier(graph.schedules().get(i).construction())));
    }
    links.add(link("training", settings.epochs(), settings.batchSize(), settings.shuffle()));
    settings.seed().ifPresent(seed -> links.add(link("seed", wide(seed))));
    return links;
  }

  private void addLoss(List<Link> links, Objective objective) {
    Loss loss = objective.loss();
    List<Object> operands = new ArrayList<>();
    if (!graph.isPlain()) {
      operands.add(objective.name());
    }
    operands.add(graph.isTrainedByHand() ? "" : loss.written().text());
    if (loss.takesTargets()) {
      operands.add(loss.targets());
    }
    operands.add(constant(Types.DECISION, loss.decision()));
    links.add(link("loss", operands));
    List<String> read =
        objective.outputs().stream().map(which -> graph.outputs().get(which).name()).toList();
    if (!graph.isPlain() && !read.equals(List.of(objective.name()))) {
      links.add(link("lossOf", read));
    }
    objective.saysPadding().ifPresent(input -> links.add(link("lossWithoutPadding", input)));
    if (objective.weight() != 1) {
      links.add(link("lossWeight", objective.weight()));
    }
    if (!loss.classWeights().isEmpty()) {
      links.add(link("weighsClasses", loss.classWeights()));
    }
  }
}
