package io.github.torchscribe.processor.layer.basic;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.layer.MemoryUse;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Precision;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code @Unflatten}: one dimension becomes several; the memory stays. */
final class UnflattenLayer extends Layer {
  private static final long INFERRED = -1;

  private final List<Long> stated;
  private final int dim;

  UnflattenLayer(Written written, Report report) {
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
  public Shape output(Incoming incoming, Report report) {
    Shape input = incoming.shape();
    int at = dim < 0 ? dim + input.rank() : dim - 1;
    if (dim == 0 || !input.open() && (at < 0 || at >= input.rank())) {
      report.say(Message.NO_DIMENSION, written().at("dim"), dim, name(), input);
      at = -1;
    }
    boolean known = !input.open() && at >= 0;
    long size = known ? input.sizes().get(at) : Shape.UNKNOWN;
    List<Long> parts = parts(size, report);
    if (!known || stated.isEmpty()) {
      return Shape.ANY;
    }
    List<Long> sizes = new ArrayList<>(input.sizes().subList(0, at));
    sizes.addAll(parts);
    sizes.addAll(input.sizes().subList(at + 1, input.rank()));
    return new Shape(sizes);
  }

  /** What a dimension of a size becomes; unknown where it cannot. */
  private List<Long> parts(long size, Report report) {
    long inferred = stated.stream().filter(s -> s == INFERRED).count();
    long others = new Shape(stated.stream().filter(s -> s != INFERRED).toList()).elements();
    boolean certain =
        size != Shape.UNKNOWN && stated.stream().allMatch(s -> s > 0 || s == INFERRED);
    boolean fits = !certain || (inferred == 0 ? others == size : size % others == 0);
    if (stated.isEmpty() || inferred > 1 || !fits) {
      String all = stated.stream().map(String::valueOf).collect(Collectors.joining(", "));
      report.say(Message.NOT_UNFLATTENED, written().at("value"), name(), all, size);
      return Collections.nCopies(stated.size(), Shape.UNKNOWN);
    }
    long rest = certain ? size / others : Shape.UNKNOWN;
    return stated.stream().map(s -> s == INFERRED ? rest : Math.max(s, Shape.UNKNOWN)).toList();
  }

  @Override
  public MemoryUse memory() {
    return MemoryUse.VIEW;
  }

  @Override
  public void forward(ForwardCode code) {}

  @Override
  public void backward(BackwardCode code) {}

  @Override
  public Expression autograd(AutogradCode code) {
    return code.input().call("reshape", -1, code.outputShape());
  }
}
