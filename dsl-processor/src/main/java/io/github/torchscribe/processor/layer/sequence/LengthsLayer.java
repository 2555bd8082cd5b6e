package io.github.torchscribe.processor.layer.sequence;

import static io.github.torchscribe.processor.code.Expressions.call;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.OptionalLong;

/** Says which places of sequences are there, 1, and which are padding, 0, by their lengths. */
final class LengthsLayer extends Layer {
  private final long most;

  /**
   * A layer that learns nothing.
   *
   * @param masked what knows the lengths
   * @param most how many places there are
   */
  LengthsLayer(Written masked, long most) {
    super(masked);
    this.most = most;
  }

  /** From nothing, which is refused, to all places. */
  @Override
  public OptionalLong indices() {
    return OptionalLong.of(most + 1);
  }

  @Override
  public Shape output(Incoming incoming, Report report) {
    return Shape.of(most);
  }

  @Override
  public void forward(ForwardCode code) {
    Expression places = code.perBatch("places", call("places", most));
    Expression isThere = places.call("lt", code.input().call("unsqueeze", 1));
    code.step(code.output().call("copy_", isThere));
  }

  /** No gradient goes through it: nobody learns before lengths. */
  @Override
  public void backward(BackwardCode code) {}

  @Override
  public Expression autograd(AutogradCode code) {
    return call("areThere", code.input(), most);
  }

  @Override
  public Expression onnx(OnnxCode code) {
    Expression places = call("range", 0, most);
    Expression lengths = code.op("Unsqueeze", code.input(), code.integers(1));
    return IsThere.cast(code.op("Less", places, lengths), IsThere.FLOAT, code);
  }
}
