package io.github.torchscribe.processor.layer;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code @Unflatten}: one dimension becomes several; the memory stays. */
public final class UnflattenLayer extends Layer {
  private static final long INFERRED = -1;

  private final List<Long> stated;
  private final int dim;

  /**
   * Reads the annotation.
   *
   * @param written the annotation
   * @param report is told what is wrong
   */
  public UnflattenLayer(Written written, Report report) {
    super(written);
    stated = written.sizes("value");
    dim = written.number("dim").intValue();
    for (int i = 0; i < stated.size(); i++) {
      if (stated.get(i) < 1 && stated.get(i) != INFERRED) {
        report.say(Message.SIZE_NOT_POSITIVE, written.at("value", i), stated.get(i));
      }
    }
  }

  @Override
  public Optional<Precision> precision() {
    return Optional.empty();
  }

  @Override
  public Optional<Shape> output(Incoming incoming, Report report) {
    if (incoming.shape().isEmpty()) {
      return Optional.empty();
    }
    Shape input = incoming.shape().get();
    int at = dim < 0 ? dim + input.rank() : dim - 1;
    if (at < 0 || at >= input.rank() || dim == 0) {
      report.say(Message.NO_DIMENSION, written().at("dim"), dim, name(), input);
      return Optional.empty();
    }
    long size = input.sizes().get(at);
    long known = new Shape(stated.stream().filter(s -> s != INFERRED).toList()).elements();
    long inferred = stated.stream().filter(s -> s == INFERRED).count();
    if (known < 1 || (inferred == 0 ? known != size : inferred > 1 || size % known != 0)) {
      report.say(
          Message.NOT_UNFLATTENED, written().at("value"), name(), new Shape(stated).list(), size);
      return Optional.empty();
    }
    List<Long> sizes = new ArrayList<>(input.sizes().subList(0, at));
    stated.forEach(s -> sizes.add(s == INFERRED ? size / known : s));
    sizes.addAll(input.sizes().subList(at + 1, input.rank()));
    return Optional.of(new Shape(sizes));
  }

  @Override
  public boolean isView() {
    return true;
  }

  @Override
  public void forward(ForwardCode code) {}

  @Override
  public void backward(BackwardCode code) {}

  @Override
  public String autograd(AutogradCode code) {
    return code.input() + ".reshape(-1, " + code.outputShape().list() + ")";
  }
}
