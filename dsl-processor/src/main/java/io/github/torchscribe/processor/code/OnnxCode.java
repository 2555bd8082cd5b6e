package io.github.torchscribe.processor.code;

import static io.github.torchscribe.processor.code.Expressions.any;
import static io.github.torchscribe.processor.code.Expressions.call;

import java.util.List;

/** What a layer needs to say what it is in ONNX: the methods of the runtime's OnnxNetwork. */
public interface OnnxCode extends ShapeCode {
  /**
   * What arrives.
   *
   * @return a value of the input's shape
   */
  Expression input();

  /**
   * One of several values that arrive.
   *
   * @param which counted from 0
   * @return a value of that one's shape
   */
  Expression input(int which);

  /**
   * A parameter, or what the layer remembers besides.
   *
   * @param name PyTorch's
   * @return a value of its whole shape
   */
  Expression parameter(String name);

  /**
   * Keeps what several operators read.
   *
   * @param role says what it is, for its name
   * @param value it
   * @return a local variable
   */
  Expression let(String role, Expression value);

  /**
   * Says that ONNX has no counterpart to the layer.
   *
   * @param why for whoever would export the network
   * @return what stands in its place
   */
  Expression missing(String why);

  /**
   * An operator; {@code call("with", name, value)} and {@code call("withAll", name, values)} of it
   * state attributes.
   *
   * @param operator as ONNX names it
   * @param operands the values that it reads, and lists of them
   * @return what it gives first
   */
  default Expression.Call op(String operator, Object... operands) {
    return call("op", operator, List.of(operands));
  }

  /**
   * Whole numbers.
   *
   * @param values numbers, shapes and lists of numbers
   * @return a constant with one dimension
   */
  default Expression integers(Object... values) {
    return call("integers", values);
  }

  /**
   * A number.
   *
   * @param value the number
   * @return a constant without dimensions
   */
  default Expression number(double value) {
    return call("number", any(value));
  }

  /**
   * The same number everywhere.
   *
   * @param value the number
   * @param sizes of the constant, numbers or a shape
   * @return a constant
   */
  default Expression filled(double value, Object... sizes) {
    return call("filled", any(value), List.of(sizes));
  }

  /**
   * A value in another shape, for as many examples.
   *
   * @param value it
   * @param sizes of one example: numbers or a shape, −1 for what is left
   * @return the value
   */
  default Expression reshaped(Expression value, Object... sizes) {
    return op("Reshape", value, integers(0, List.of(sizes)));
  }

  /**
   * A product of matrices whose second factor lies transposed, as PyTorch's weights do.
   *
   * @param rows (…, in)
   * @param weight (out, in)
   * @return (…, out)
   */
  default Expression product(Expression rows, Expression weight) {
    return op("MatMul", rows, op("Transpose", weight).call("withAll", "perm", 1, 0));
  }
}
