package io.github.torchscribe.processor.layer.basic;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.ModelCode;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.code.ShapeCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Precision;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** {@code @Permute}: dimensions in another order, and the numbers in memory with them. */
final class PermuteLayer extends Layer {
  private final List<Long> stated;

  PermuteLayer(Written written, Report report) {
    super(written);
    stated = written.sizes("value");
  }

  @Override
  public Optional<Precision> precision() {
    return Optional.empty();
  }

  @Override
  public Shape output(Incoming incoming, Report report) {
    Shape input = incoming.shape().open() ? Shape.ANY.ofRank(stated.size()) : incoming.shape();
    List<Long> order = order(input);
    List<Long> all = LongStream.rangeClosed(1, input.rank()).boxed().toList();
    if (stated.isEmpty() || !order.stream().sorted().toList().equals(all)) {
      report.say(
          Message.OUT_OF_RANGE,
          written().at("value"),
          "value",
          name(),
          "each dimension of " + incoming.shape() + " but the batch, 0, once",
          stated);
      return Shape.ANY;
    }
    return incoming.shape().open()
        ? input
        : new Shape(order.stream().map(dim -> input.sizes().get(dim.intValue() - 1)).toList());
  }

  /** Which dimension comes where, counted with the batch. */
  private List<Long> order(Shape input) {
    return stated.stream().map(dim -> dim < 0 ? dim + input.rank() + 1 : dim).toList();
  }

  /** The same with the batch, which stays first. */
  private List<Long> withBatch(ShapeCode code) {
    List<Long> order = new ArrayList<>(List.of(0L));
    order.addAll(order(code.inputShape()));
    return order;
  }

  /** Whose output is read in the order of the input. */
  private List<Long> back(ModelCode code) {
    List<Long> order = withBatch(code);
    return LongStream.range(0, order.size()).map(order::indexOf).boxed().toList();
  }

  @Override
  public void forward(ForwardCode code) {
    Expression asRead = code.output().call("permute", back(code));
    code.step(code.perBatch("asRead", asRead).call("copy_", code.input()));
  }

  @Override
  public void backward(BackwardCode code) {
    if (code.wantsInputGradient()) {
      Expression asWritten = code.outputGradient().call("permute", back(code));
      code.step(code.inputGradient().call("copy_", asWritten));
    }
  }

  @Override
  public Expression autograd(AutogradCode code) {
    return code.input().call("permute", withBatch(code));
  }

  @Override
  public Expression onnx(OnnxCode code) {
    return code.op("Transpose", code.input()).call("withAll", "perm", withBatch(code));
  }
}
