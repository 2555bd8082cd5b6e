package io.github.torchscribe.processor.layer.meeting;

import static io.github.torchscribe.processor.code.Expressions.call;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.BackwardReads;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Precision;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;
import java.util.Optional;

/** {@code @MatMul}: with Y = A·B and G its gradient, that of A is G·Bᵀ and that of B is Aᵀ·G. */
final class MatMulLayer extends OfTwo {
  MatMulLayer(Written written, Report report) {
    super(written);
  }

  @Override
  public Optional<Precision> precision() {
    return Optional.of(Precision.LOWERED);
  }

  @Override
  Shape together(List<Incoming> incoming, Report report) {
    Shape left = incoming.get(0).shape();
    Shape right = incoming.get(1).shape();
    if (left.open() || right.open()) {
      return Shape.ANY;
    }
    int rank = left.rank();
    boolean fits =
        rank >= 2
            && rank == right.rank()
            && Shape.same(left.last(), right.sizes().get(rank - 2))
            && before(left).fits(before(right));
    if (!fits) {
      return apart(Message.NOT_MULTIPLIED, incoming, report);
    }
    return left.withLast(right.last());
  }

  /** What comes before the matrices. */
  private static Shape before(Shape shape) {
    return new Shape(shape.sizes().subList(0, shape.rank() - 2));
  }

  @Override
  public long multiplyAdds(List<Shape> inputs, Shape output) {
    return output.elements() * inputs.get(0).last();
  }

  @Override
  public BackwardReads backwardReads() {
    return BackwardReads.INPUT;
  }

  @Override
  public void forward(ForwardCode code) {
    code.step(call("matmul_out", code.output(), code.input(), code.input(1)));
  }

  @Override
  public void backward(BackwardCode code) {
    Expression gradient = code.outputGradient();
    if (code.wantsInputGradient(0)) {
      Expression right = transposed(code.input(1));
      code.step(call("matmul_out", code.inputGradient(0), gradient, right));
    }
    if (code.wantsInputGradient(1)) {
      Expression left = transposed(code.input(0));
      code.step(call("matmul_out", code.inputGradient(1), left, gradient));
    }
  }

  private static Expression transposed(Expression matrices) {
    return matrices.call("transpose", -2, -1);
  }

  @Override
  public Expression autograd(AutogradCode code) {
    return call("matmul", code.input(), code.input(1));
  }

  @Override
  public Expression onnx(OnnxCode code) {
    return code.op("MatMul", code.input(), code.input(1));
  }
}
