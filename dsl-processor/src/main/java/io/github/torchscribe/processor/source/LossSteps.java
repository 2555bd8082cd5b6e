package io.github.torchscribe.processor.source;

import com.squareup.javapoet.ClassName;
import io.github.torchscribe.processor.layer.Shape;
import io.github.torchscribe.processor.loss.LossCode;
import io.github.torchscribe.processor.plan.Buffer;
import io.github.torchscribe.processor.plan.Plan;
import java.util.Map;

/** Writes the loss, forward and backward. */
record LossSteps(
    Plan plan, String output, ShareFields share, Map<String, Buffer> buffers, Lines lines)
    implements LossCode {
  @Override
  public String target() {
    return "target";
  }

  @Override
  public String result() {
    return share.always("loss", Runtime.TENSOR, "number()");
  }

  @Override
  public String kept(String name, Shape shape) {
    return share.activation(buffers.computeIfAbsent(name, key -> plan.keep(key, shape)));
  }

  @Override
  public String outputGradient() {
    return share.gradient(plan.outputGradient().orElseThrow());
  }

  @Override
  public String perBatch(String name, String type, String value) {
    ClassName known = type.equals("Scalar") ? Runtime.SCALAR : Runtime.TENSOR;
    return share.whileTraining(name, known, value);
  }

  @Override
  public void step(String statement, String comment) {
    lines.add(statement, comment);
  }
}
