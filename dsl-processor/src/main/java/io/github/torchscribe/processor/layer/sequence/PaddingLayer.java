package io.github.torchscribe.processor.layer.sequence;

import static io.github.torchscribe.processor.code.Expressions.call;
import static io.github.torchscribe.processor.code.Expressions.create;
import static io.github.torchscribe.processor.code.Expressions.wide;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.code.Types;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Shape;

/** Says which places of a sequence are there, 1, and which are padding, 0, by their indices. */
final class PaddingLayer extends Layer {
  private final long index;

  /**
   * A layer that learns nothing.
   *
   * @param table that knows the index
   * @param index that stands for padding
   */
  PaddingLayer(Written table, long index) {
    super(table);
    this.index = index;
  }

  @Override
  public Shape output(Incoming incoming, Report report) {
    return incoming.shape();
  }

  @Override
  public void forward(ForwardCode code) {
    Expression padding = code.perBatch("padding", create(Types.SCALAR, wide(index)));
    code.step(code.output().call("copy_", code.input().call("ne", padding)));
  }

  /** No gradient goes through it: nobody learns before indices. */
  @Override
  public void backward(BackwardCode code) {}

  @Override
  public Expression autograd(AutogradCode code) {
    return call("isThere", code.input(), wide(index));
  }

  @Override
  public Expression onnx(OnnxCode code) {
    return IsThere.cast(IsThere.not(index, code), IsThere.FLOAT, code);
  }
}
