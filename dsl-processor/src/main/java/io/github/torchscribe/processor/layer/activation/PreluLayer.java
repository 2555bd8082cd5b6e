package io.github.torchscribe.processor.layer.activation;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.InitCode;
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
    if (count > 1) {
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
    code.step(code.parameter("weight") + ".fill_(new Scalar(" + init + "))");
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
    code.step(
        code.output() + ".copy_(prelu(" + code.input() + ", " + code.parameter("weight") + "))");
  }

  @Override
  public void backward(BackwardCode code) {
    String gradient = code.outputGradient();
    String zero = code.scalar("zero", 0);
    // Before the gradient of the input takes the place of the output's.
    String negative =
        "mul(" + gradient + ", " + code.input() + ").mul_(" + code.input() + ".le(" + zero + "))";
    code.step(code.gradient("weight") + ".copy_(" + negative + sum(code.inputShape()) + ")");
    code.hasGradient("weight");
    if (code.wantsInputGradient()) {
      String slopes = code.parameter("weight") + ".view(" + broadcast(code.inputShape()) + ")";
      code.step(
          code.inputGradient()
              + ".copy_(where("
              + code.input()
              + ".gt("
              + zero
              + "), "
              + gradient
              + ", "
              + gradient
              + ".mul("
              + slopes
              + ")))");
    }
  }

  /** Over all dimensions but the channels'. */
  private String sum(Shape input) {
    if (count == 1) {
      return ".sum()";
    }
    StringBuilder dims = new StringBuilder("0");
    for (int i = 2; i <= input.rank(); i++) {
      dims.append(", ").append(i);
    }
    return ".sum(" + dims + ")";
  }

  private String broadcast(Shape input) {
    return count + ", 1".repeat(input.rank() - 1);
  }

  @Override
  public String autograd(AutogradCode code) {
    return "prelu(" + code.input() + ", " + code.parameter("weight") + ")";
  }
}
