package io.github.torchscribe.processor.source;

import static io.github.torchscribe.processor.code.Expressions.NULL;
import static io.github.torchscribe.processor.code.Expressions.call;
import static io.github.torchscribe.processor.code.Expressions.name;

import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.TypeSpec;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.Types;
import io.github.torchscribe.processor.graph.Graph;
import io.github.torchscribe.processor.layer.MemoryUse;
import io.github.torchscribe.processor.optim.OptimizerSpec;
import io.github.torchscribe.processor.optim.ScheduleSpec;
import io.github.torchscribe.processor.plan.Buffer;
import io.github.torchscribe.processor.plan.ParameterPlace;
import io.github.torchscribe.processor.plan.Plan;
import io.github.torchscribe.processor.plan.PlannedLayer;
import io.github.torchscribe.processor.plan.PlannedLoss;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Modifier;

/** Forward and backward written out, into buffers that stay: no tape, no allocation. */
class GeneratedShareWriter extends ShareWriter {
  private final Plan plan;
  private final Graph graph;
  private final ShareFields share;
  final PassSteps.Context context;

  private final Lines forward = new Lines();

  /** One for each loss. */
  private final List<Lines> losses = new ArrayList<>();

  private final Lines backward = new Lines();
  private final Lines gradients = new Lines();
  private final Lines descend = new Lines();

  GeneratedShareWriter(Plan plan, Fields fields, Names names) {
    this(plan, fields, names, true);
  }

  GeneratedShareWriter(Plan plan, Fields fields, Names names, boolean trains) {
    super(names);
    share = new ShareFields(trains);
    this.plan = plan;
    this.graph = plan.graph();
    this.context = new PassSteps.Context(plan, fields, share, new LinkedHashMap<>());
  }

  @Override
  final boolean descends() {
    return trains()
        && graph.schedules().stream().noneMatch(ScheduleSpec::cyclesMomentum)
        && graph.optimizer().filter(OptimizerSpec::isPlainDescent).isPresent()
        && plan.ties().isEmpty()
        && plan.learned().stream().allMatch(place -> place.parameter().rate() == 1);
  }

  private boolean trains() {
    return plan.trains();
  }

  @Override
  final TypeSpec write() {
    for (PlannedLayer step : plan.steps()) {
      if (step.node().layer().memory() != MemoryUse.VIEW) {
        at(step.node().path());
        writeForward(step, forward);
      }
    }
    at("");
    List<Expression> outputs = plan.outputs().stream().map(this::output).toList();
    for (int i = 0; i < plan.losses().size(); i++) {
      Lines lines = new Lines();
      LossSteps steps = lossSteps(i, outputs, name(TARGET), lines);
      steps.at().objective().loss().forward(steps);
      losses.add(lines.giveBack(steps.result()));
    }
    if (trains()) {
      writeBackward(outputs);
    }
    plan.memory().layOut();

    TypeSpec.Builder type = type();
    share.declare(type);
    addBinding(type, "bind", share.bindAlways());
    addBinding(type, "bindTraining", share.bindTraining());
    addBinding(type, "bindInput", share.bindInput());
    addBinding(type, "bindWholeInput", share.bindWholeInput());
    addBinding(type, "bindAtHand", share.bindAtHand());
    Body.add(type, forward(graph, "."), "Forward", forward.giveBack(given(graph, outputs)));
    addLosses(type, graph, losses);
    if (trains()) {
      addBackward(type);
    }
    if (descends()) {
      addDescend(type);
    }
    return type.build();
  }

  /** The class, still empty. */
  TypeSpec.Builder type() {
    return share("A worker's share of a pass: n of the batch's examples, a row each.");
  }

  /** Writes the forward step of a layer. */
  void writeForward(PlannedLayer step, Lines lines) {
    step.node().layer().forward(new ForwardSteps(context, step, lines));
  }

  /** Says of which layer everything is that comes next. */
  private void at(String path) {
    List.of(forward, backward, gradients, descend).forEach(lines -> lines.at(path));
    share.at(path);
  }

  /**
   * Where a loss finds an output: in its buffer, or, where the network only has views of what it is
   * given, in a field.
   */
  private Expression output(Buffer place) {
    Expression output = share.activation(place);
    if (!graph.isPlain() || place.span().isPresent() || !graph.hasLoss()) {
      return output;
    }
    forward.assign("output", output);
    return share.always("output", Types.TENSOR, NULL);
  }

  private LossSteps lossSteps(
      int number, List<Expression> outputs, Expression target, Lines lines) {
    PlannedLoss loss = plan.losses().get(number);
    List<Expression> read = loss.objective().outputs().stream().map(outputs::get).toList();
    return new LossSteps(context, loss, number, read, target, lines);
  }

  private void writeLossesBackward(List<Expression> outputs) {
    for (int i = 0; i < plan.losses().size(); i++) {
      PlannedLoss loss = plan.losses().get(i);
      if (!loss.teaches()) {
        continue;
      }
      String target = graph.isPlain() ? TARGET : loss.objective().name() + "Target";
      if (!graph.isPlain() && loss.objective().loss().takesTargets()) {
        backward.declare(Local.tensor(target), call("target", i), "");
      }
      lossSteps(i, outputs, name(target), backward).backward();
    }
  }

  private void writeBackward(List<Expression> outputs) {
    writeLossesBackward(outputs);
    Optional<Lines> descending = descends() ? Optional.of(descend) : Optional.empty();
    BackwardSteps.Sinks sinks =
        new BackwardSteps.Sinks(
            backward, gradients, descending, new GradientPieces(plan), new Temporaries());
    List<PlannedLayer> layers = plan.steps();
    LastToLearn last = new LastToLearn(plan);
    for (int i = layers.size() - 1; i >= 0; i--) {
      PlannedLayer step = layers.get(i);
      if (step.outputGradient().isPresent()) {
        at(step.node().path());
        BackwardSteps steps = new BackwardSteps(context, step, sinks);
        if (step.node().layer().memory() != MemoryUse.VIEW) {
          step.node().layer().backward(steps);
        }
        steps.sums();
        steps.letGo();
        last.beginningAt(i).ifPresent(this::writeEnd);
      }
    }
    at("");
    ofInputs();
    sinks.temporaries().free(backward);
    sinks.pieces().write(share, gradients, descending);
  }

  /** In a run that has frozen all before a parameter nothing is to be done below. */
  private void writeEnd(ParameterPlace first) {
    at("");
    Expression offset = name(context.fields().offset(first.node(), first.parameter().name()));
    Statement end = new Statement.Unless(call("learnsBefore", offset));
    backward.add(end, "all below is frozen");
    if (!gradients.isEmpty()) {
      gradients.add(end, "all below is frozen");
    }
  }

  private static void addBinding(TypeSpec.Builder type, String name, Lines lines) {
    if (!lines.isEmpty()) {
      MethodSpec.Builder method =
          MethodSpec.methodBuilder(name)
              .addAnnotation(Override.class)
              .addModifiers(Modifier.PROTECTED);
      Body.add(type, method, "Tensors", lines);
    }
  }

  private void addBackward(TypeSpec.Builder type) {
    String doc = "Backward: the gradient of each layer's output, from the last to the first.";
    Body.add(type, backward(graph, doc), "Backward", backward);
    Body.add(
        type,
        method("gradients", "The gradients of the share's part of the parameters, from all rows."),
        "Gradients",
        gradients);
    addInputGradient(type, ofInputs());
  }

  /** The gradients of inputs, where they are asked for. */
  private List<Expression> ofInputs() {
    return plan.inputGradients().stream()
        .map(gradient -> gradient.map(share::gradient).orElse(NULL))
        .toList();
  }

  private void addDescend(TypeSpec.Builder type) {
    Body.add(
        type,
        method(
                "descend",
                "As gradients, with p ← p − lr·g at once: the product that would give a weight's\n"
                    + "gradient updates the weight.")
            .addParameter(Types.SCALAR, "minusLr"),
        "Descent",
        descend);
  }
}
