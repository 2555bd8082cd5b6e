package io.github.torchscribe.processor.source;

import static io.github.torchscribe.processor.code.Expressions.NULL;

import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.TypeSpec;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.Types;
import io.github.torchscribe.processor.graph.Graph;
import io.github.torchscribe.processor.layer.MemoryUse;
import io.github.torchscribe.processor.loss.Loss;
import io.github.torchscribe.processor.optim.OptimizerSpec;
import io.github.torchscribe.processor.optim.ScheduleSpec;
import io.github.torchscribe.processor.plan.Buffer;
import io.github.torchscribe.processor.plan.Plan;
import io.github.torchscribe.processor.plan.PlannedLayer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Modifier;

/** Forward and backward written out, into buffers that stay: no tape, no allocation. */
final class GeneratedShareWriter extends ShareWriter {
  private final Plan plan;
  private final Graph graph;
  private final ShareFields share = new ShareFields();
  private final PassSteps.Context context;

  private final Lines forward = new Lines();
  private final Lines loss = new Lines();
  private final Lines backward = new Lines();
  private final Lines gradients = new Lines();
  private final Lines descend = new Lines();

  GeneratedShareWriter(Plan plan, Fields fields, Names names) {
    super(names);
    this.plan = plan;
    this.graph = plan.graph();
    this.context = new PassSteps.Context(plan, fields, share, new LinkedHashMap<>());
  }

  @Override
  boolean descends() {
    return trains()
        && graph.schedules().stream().noneMatch(ScheduleSpec::cyclesMomentum)
        && graph.optimizer().filter(OptimizerSpec::isPlainDescent).isPresent();
  }

  private boolean trains() {
    return graph.loss().isPresent() && plan.outputGradient().isPresent();
  }

  @Override
  TypeSpec write() {
    for (PlannedLayer step : plan.steps()) {
      if (step.node().layer().memory() != MemoryUse.VIEW) {
        at(step.node().path());
        step.node().layer().forward(new ForwardSteps(context, step, forward));
      }
    }
    at("");
    Expression output = output();
    graph.loss().ifPresent(some -> some.forward(lossSteps(output, loss)));
    if (trains()) {
      writeBackward(output);
    }
    plan.memory().layOut();

    TypeSpec.Builder type =
        share("A worker's share of a pass: n of the batch's examples, a row each.");
    share.declare(type);
    addBinding(type, "bind", share.bindAlways());
    addBinding(type, "bindTraining", share.bindTraining());
    addBinding(type, "bindInput", share.bindInput());
    addBinding(type, "bindWholeInput", share.bindWholeInput());
    addForward(type, output);
    graph.loss().ifPresent(some -> addLoss(type, some));
    if (trains()) {
      addBackward(type);
    }
    if (descends()) {
      addDescend(type);
    }
    return type.build();
  }

  /** Says of which layer everything is that comes next. */
  private void at(String path) {
    List.of(forward, backward, gradients, descend).forEach(lines -> lines.at(path));
    share.at(path);
  }

  /**
   * Where the loss finds the output: in its buffer, or, where the network only has views, a field.
   */
  private Expression output() {
    Buffer place = plan.output().orElseThrow();
    Expression output = share.activation(place);
    if (place.span().isPresent() || graph.loss().isEmpty()) {
      return output;
    }
    forward.assign("output", output);
    return share.always("output", Types.TENSOR, NULL);
  }

  private LossSteps lossSteps(Expression output, Lines lines) {
    return new LossSteps(context, output, lines);
  }

  private void writeBackward(Expression output) {
    graph.loss().orElseThrow().backward(lossSteps(output, backward));
    Optional<Lines> descending = descends() ? Optional.of(descend) : Optional.empty();
    BackwardSteps.Sinks sinks =
        new BackwardSteps.Sinks(
            backward, gradients, descending, new GradientPieces(plan), new Temporaries());
    List<PlannedLayer> layers = plan.steps();
    for (int i = layers.size() - 1; i >= 0; i--) {
      PlannedLayer step = layers.get(i);
      if (step.outputGradient().isPresent()) {
        at(step.node().path());
        BackwardSteps steps = new BackwardSteps(context, step, sinks);
        if (step.node().layer().memory() != MemoryUse.VIEW) {
          step.node().layer().backward(steps);
        }
        steps.sums();
      }
    }
    at("");
    sinks.temporaries().free(backward);
    sinks.pieces().write(share, gradients, descending);
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

  private void addForward(TypeSpec.Builder type, Expression output) {
    Body.add(type, forward(graph, "."), "Forward", forward.giveBack(output));
  }

  private void addLoss(TypeSpec.Builder type, Loss some) {
    type.addMethod(loss(some).addCode(loss.toCode()).addStatement("return loss").build());
  }

  private void addBackward(TypeSpec.Builder type) {
    Body.add(
        type,
        method(
                "backward",
                "Backward: the gradient of each layer's output, from the last to the first.")
            .addParameter(Types.TENSOR, "target"),
        "Backward",
        backward);
    Body.add(
        type,
        method("gradients", "The gradients of the share's part of the parameters, from all rows."),
        "Gradients",
        gradients);
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
