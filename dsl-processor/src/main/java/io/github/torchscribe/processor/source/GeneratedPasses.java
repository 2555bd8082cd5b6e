package io.github.torchscribe.processor.source;

import static javax.lang.model.element.Modifier.FINAL;
import static javax.lang.model.element.Modifier.PRIVATE;
import static javax.lang.model.element.Modifier.PROTECTED;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.FieldSpec;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.TypeSpec;
import io.github.torchscribe.processor.loss.Loss;
import io.github.torchscribe.processor.optim.Optimizer;
import io.github.torchscribe.processor.plan.Buffer;
import io.github.torchscribe.processor.plan.Plan;
import io.github.torchscribe.processor.plan.Step;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Forward and backward written out, into buffers that stay: no tape, no allocation. */
final class GeneratedPasses implements Passes {
  private final Plan plan;
  private final Fields fields;
  private final BufferClass activations = new BufferClass("Activations", "a");
  private final BufferClass gradients = new BufferClass("Gradients", "g");
  private final Map<String, Buffer> kept = new LinkedHashMap<>();

  GeneratedPasses(Plan plan, Fields fields) {
    this.plan = plan;
    this.fields = fields;
  }

  @Override
  public void addTo(TypeSpec.Builder model, ClassName name) {
    Lines forward = new Lines();
    for (Step step : plan.steps()) {
      if (!step.node().layer().isView()) {
        step.node().layer().forward(new ForwardSteps(step, fields, activations, forward));
      }
    }
    String output = activations.plain(plan.output());
    boolean trains = plan.graph().loss().isPresent() && plan.outputGradient().isPresent();
    Lines loss = new Lines();
    plan.graph().loss().ifPresent(some -> some.forward(lossSteps(loss)));
    Lines backward = trains ? backward(false) : new Lines();
    boolean descends =
        trains && plan.graph().optimizer().filter(Optimizer::isPlainDescent).isPresent();
    Lines descend = descends ? backward(true) : new Lines();
    plan.layOut();

    addBuffers(model, trains);
    model.addMethod(forward(forward, output));
    if (!loss.isEmpty()) {
      model.addMethod(loss(plan.graph().loss().orElseThrow(), loss));
    }
    if (trains) {
      model.addMethod(
          training("backward", void.class)
              .addJavadoc(
                  "Backward: the gradient of every parameter, from the last layer to the first.\n")
              .addCode(backward.toCode())
              .build());
    }
    if (descends) {
      model.addMethod(
          training("descend", boolean.class)
              .addJavadoc(
                  "Backward, with p ← p − lr·g done as soon as g is known; a weight's update is the\n"
                      + "same matrix product that would have computed its gradient.\n")
              .addParameter(Runtime.SCALAR, "minusLr")
              .addCode(descend.toCode())
              .addStatement("return true")
              .build());
    }
    model.addType(
        activations.toType(
            name, "What forward writes, for a batch of n examples.", plan.activations()));
    if (trains) {
      model.addType(
          gradients.toType(
              name,
              "The loss' gradient with respect to each layer's output, for a batch of n examples.",
              plan.gradients()));
    }
  }

  private LossSteps lossSteps(Lines lines) {
    return new LossSteps(plan, activations, gradients, kept, lines);
  }

  private Lines backward(boolean descending) {
    Lines lines = new Lines();
    Loss loss = plan.graph().loss().orElseThrow();
    lines.heading(loss.name());
    loss.backward(lossSteps(lines));
    List<Step> steps = plan.steps();
    for (int i = steps.size() - 1; i >= 0; i--) {
      Step step = steps.get(i);
      if (step.outputGradient().isPresent() && !step.node().layer().isView()) {
        lines.heading(step.node().label());
        step.node()
            .layer()
            .backward(new BackwardSteps(step, fields, activations, gradients, descending, lines));
      }
    }
    return lines;
  }

  private static void addBuffers(TypeSpec.Builder model, boolean trains) {
    for (String mode : List.of("training", "evaluation")) {
      model.addField(
          FieldSpec.builder(ClassName.bestGuess("Activations"), mode, PRIVATE, FINAL)
              .initializer("new Activations()")
              .build());
    }
    if (trains) {
      model.addField(
          FieldSpec.builder(ClassName.bestGuess("Gradients"), "gradients", PRIVATE, FINAL)
              .initializer("new Gradients()")
              .build());
    }
  }

  private static CodeBlock choose() {
    return CodeBlock.of(
        "Activations a = mode == $T.TRAINING ? training : evaluation;\n", Runtime.MODE);
  }

  private MethodSpec forward(Lines steps, String output) {
    Lines input = new Lines();
    activations.bindInput(input);
    return MethodSpec.methodBuilder("forward")
        .addJavadoc(
            "Forward: $L → $L.\n",
            plan.graph().input().batch("n"),
            plan.graph().output().batch("n"))
        .addAnnotation(Override.class)
        .addModifiers(PROTECTED)
        .returns(Runtime.TENSOR)
        .addParameter(Runtime.TENSOR, "input")
        .addParameter(Runtime.MODE, "mode")
        .addCode(choose())
        .addCode("long n = input.size(0);\n")
        .addCode("a.resize(n);\n")
        .addCode(input.toCode())
        .addCode(steps.toCode())
        .addStatement("return $L", output)
        .build();
  }

  private static MethodSpec loss(Loss loss, Lines steps) {
    return MethodSpec.methodBuilder("loss")
        .addJavadoc("$L: $L.\n", loss.name(), loss.formula())
        .addAnnotation(Override.class)
        .addModifiers(PROTECTED)
        .returns(Runtime.TENSOR)
        .addParameter(Runtime.TENSOR, "target")
        .addParameter(Runtime.MODE, "mode")
        .addCode(choose())
        .addCode(steps.toCode())
        .addStatement("return a.loss")
        .build();
  }

  private static MethodSpec.Builder training(String name, Class<?> result) {
    return MethodSpec.methodBuilder(name)
        .addAnnotation(Override.class)
        .addModifiers(PROTECTED)
        .returns(result)
        .addParameter(Runtime.TENSOR, "target")
        .addCode("Activations a = training;\n")
        .addCode("Gradients g = gradients;\n")
        .addCode("g.resize(target.size(0));\n\n");
  }
}
