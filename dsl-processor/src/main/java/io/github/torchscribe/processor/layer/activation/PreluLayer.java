package io.github.torchscribe.processor.layer.activation;

import static io.github.torchscribe.processor.code.Expressions.call;
import static io.github.torchscribe.processor.code.Expressions.create;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.InitCode;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.code.Types;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.BackwardReads;
import io.github.torchscribe.processor.layer.Channels;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.layer.MemoryUse;
import io.github.torchscribe.processor.layer.Traits;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.MemoryFormat;
import io.github.torchscribe.processor.tensor.ParameterSpec;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** {@code @PReLU}: x above 0, w·x below, with w learned. */
final class PreluLayer extends Layer {
  private final long count;
  private final double init;

  PreluLayer(Written written, Report report) {
    super(written);
    count = (long) written.checked("numParameters", "at least 1", c -> c >= 1, report);
    init = written.checked("init", "a finite number", Double::isFinite, report);
  }

  @Override
  public Optional<MemoryFormat> format() {
    return Optional.empty();
  }

  @Override
  public Shape output(Incoming incoming, Report report) {
    if (count > 1 && Channels.areThere(written(), incoming, "(N, C, *)", report)) {
      Channels.agree(written(), "numParameters", count, incoming.shape(), incoming, report);
    }
    return incoming.shape();
  }

  @Override
  public List<ParameterSpec> parameters(Shape input) {
    return List.of(new ParameterSpec("weight", Shape.of(count)));
  }

  @Override
  public void initialize(Shape input, InitCode code) {
    code.step(code.parameter("weight").call("fill_", create(Types.SCALAR, init)));
  }

  @Override
  public BackwardReads backwardReads() {
    return BackwardReads.INPUT;
  }

  @Override
  public MemoryUse memory() {
    return MemoryUse.GRADIENT_IN_PLACE;
  }

  @Override
  public Traits traits() {
    return Traits.ACTIVATION;
  }

  @Override
  public void forward(ForwardCode code) {
    code.step(code.output().call("copy_", call("prelu", code.input(), code.parameter("weight"))));
  }

  @Override
  public void backward(BackwardCode code) {
    Expression gradient = code.outputGradient();
    Expression input = code.input();
    Expression zero = code.scalar("zero", 0);
    if (code.wantsGradient("weight")) {
      // Before the gradient of the input takes the place of the output's.
      Expression negative = call("mul", gradient, input).call("mul_", input.call("le", zero));
      code.step(code.gradient("weight").call("copy_", sum(negative, code.inputShape())));
      code.hasGradient("weight");
    }
    if (code.wantsInputGradient()) {
      Expression slopes = code.parameter("weight").call("view", broadcast(code.inputShape()));
      code.step(
          code.inputGradient()
              .call(
                  "copy_",
                  call("where", input.call("gt", zero), gradient, gradient.call("mul", slopes))));
    }
  }

  /** Over all dimensions but the channels'. */
  private Expression sum(Expression values, Shape input) {
    if (count == 1) {
      return values.call("sum");
    }
    List<Integer> dims = new ArrayList<>(List.of(0));
    for (int i = 2; i <= input.rank(); i++) {
      dims.add(i);
    }
    return values.call("sum", dims);
  }

  private List<Long> broadcast(Shape input) {
    List<Long> sizes = new ArrayList<>(Collections.nCopies(input.rank(), 1L));
    sizes.set(0, count);
    return sizes;
  }

  @Override
  public Expression autograd(AutogradCode code) {
    return call("prelu", code.input(), code.parameter("weight"));
  }

  @Override
  public Expression onnx(OnnxCode code) {
    Expression slopes = code.parameter("weight");
    return code.op(
        "PRelu",
        code.input(),
        count == 1
            ? slopes
            : code.op("Reshape", slopes, code.integers(broadcast(code.inputShape()))));
  }
}
