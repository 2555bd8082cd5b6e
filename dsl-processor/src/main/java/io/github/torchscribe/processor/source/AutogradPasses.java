package io.github.torchscribe.processor.source;

import static javax.lang.model.element.Modifier.PRIVATE;
import static javax.lang.model.element.Modifier.PROTECTED;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.TypeSpec;
import io.github.torchscribe.processor.graph.Node;
import io.github.torchscribe.processor.loss.Loss;
import io.github.torchscribe.processor.plan.Plan;
import java.util.Optional;

/** Forward as differentiable expressions; libtorch's autograd does the rest. */
final class AutogradPasses implements Passes {
  private final Plan plan;
  private final Fields fields;

  AutogradPasses(Plan plan, Fields fields) {
    this.plan = plan;
    this.fields = fields;
  }

  @Override
  public void addTo(TypeSpec.Builder model, ClassName name) {
    Optional<Loss> loss = plan.graph().loss();
    if (loss.isPresent()) {
      model.addField(Runtime.TENSOR, "gradients", PRIVATE);
      model.addField(Runtime.TENSOR, "output", PRIVATE);
      model.addField(Runtime.TENSOR, "loss", PRIVATE);
    }
    model.addMethod(forward(loss.isPresent()));
    loss.ifPresent(
        some -> {
          model.addMethod(loss(some));
          model.addMethod(backward());
        });
  }

  private MethodSpec forward(boolean keep) {
    Lines lines = new Lines();
    String value = "input";
    for (Node node : plan.graph().nodes()) {
      String expression = node.layer().autograd(new AutogradSteps(node, value, fields));
      lines.add("Tensor " + node.variable() + " = " + expression, node.output().batch("n"));
      value = node.variable();
    }
    if (keep) {
      lines.add("output = " + value);
    }
    return MethodSpec.methodBuilder("forward")
        .addJavadoc(
            "Forward: $L → $L; autograd records it while training.\n",
            plan.graph().input().batch("n"),
            plan.graph().output().batch("n"))
        .addAnnotation(Override.class)
        .addModifiers(PROTECTED)
        .returns(Runtime.TENSOR)
        .addParameter(Runtime.TENSOR, "input")
        .addParameter(Runtime.MODE, "mode")
        .addCode(lines.toCode())
        .addStatement("return $L", value)
        .build();
  }

  private static MethodSpec loss(Loss loss) {
    return MethodSpec.methodBuilder("loss")
        .addJavadoc("$L: $L.\n", loss.name(), loss.formula())
        .addAnnotation(Override.class)
        .addModifiers(PROTECTED)
        .returns(Runtime.TENSOR)
        .addParameter(Runtime.TENSOR, "target")
        .addParameter(Runtime.MODE, "mode")
        .addCode("loss = $L;\n", loss.autograd("output", "target"))
        .addStatement("return loss")
        .build();
  }

  private static MethodSpec backward() {
    return MethodSpec.methodBuilder("backward")
        .addJavadoc("Backward: libtorch adds every parameter's gradient to its place.\n")
        .addAnnotation(Override.class)
        .addModifiers(PROTECTED)
        .addParameter(Runtime.TENSOR, "target")
        .addStatement("gradients.zero_()")
        .addStatement("loss.backward()")
        .build();
  }
}
