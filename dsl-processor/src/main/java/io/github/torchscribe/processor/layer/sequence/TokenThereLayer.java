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

/** Says of a sequence with a token before it which places are there: the token's always is. */
final class TokenThereLayer extends Layer {
  /**
   * A layer that learns nothing.
   *
   * @param token what stands before the others
   */
  TokenThereLayer(Written token) {
    super(token);
  }

  @Override
  public Shape output(Incoming incoming, Report report) {
    Shape there = incoming.shape();
    return there.first() == Shape.UNKNOWN ? there : there.withFirst(there.first() + 1);
  }

  @Override
  public void forward(ForwardCode code) {
    Expression token = code.perBatch("token", code.output().call("narrow", 1, 0, 1));
    Expression others =
        code.perBatch("others", code.output().call("narrow", 1, 1, code.inputShape().first()));
    code.part(token.call("fill_", code.scalar("one", 1)), "the token is there");
    code.step(others.call("copy_", code.input()));
  }

  /** No gradient goes through it: nobody learns what is padding. */
  @Override
  public void backward(BackwardCode code) {}

  @Override
  public Expression autograd(AutogradCode code) {
    return call("tokenIsThere", code.input());
  }

  @Override
  public Expression onnx(OnnxCode code) {
    return code.op("Pad", code.input(), code.integers(0, 1, 0, 0), code.number(1));
  }
}
