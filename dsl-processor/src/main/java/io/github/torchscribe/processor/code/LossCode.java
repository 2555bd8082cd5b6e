package io.github.torchscribe.processor.code;

import com.squareup.javapoet.ClassName;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;

/** How a loss says its steps. */
public interface LossCode {
  /**
   * The network's output.
   *
   * @return a tensor of the output's shape
   */
  Expression output();

  /**
   * One of several values that the loss reads.
   *
   * @param which counted from 0
   * @return a tensor of that value's shape
   */
  Expression output(int which);

  /**
   * What says which of the network's losses this is, for methods of the runtime that have to know.
   *
   * @return operands; none where there is one loss
   */
  List<Object> which();

  /**
   * The network's output as a matrix: all dimensions but the last are rows.
   *
   * @return a tensor with two dimensions
   */
  Expression outputRows();

  /**
   * What the output should have been.
   *
   * @return a tensor
   */
  Expression target();

  /**
   * Where the loss goes, a mean over the rows at hand.
   *
   * @return a tensor without dimensions
   */
  Expression result();

  /**
   * A result of forward that backward reads; made once.
   *
   * @param name of the buffer
   * @param shape for one example
   * @return a tensor
   */
  Expression kept(String name, Shape shape);

  /**
   * What records the loss, where autograd differentiates it.
   *
   * @return a field of the runtime's class {@code Recording}
   */
  Expression recording();

  /**
   * Where the gradient of the output goes; in backward only.
   *
   * @return a tensor of the output's shape
   */
  Expression outputGradient();

  /**
   * Where the gradient of one of several values goes; in backward only.
   *
   * @param which counted from 0
   * @return a tensor of that value's shape
   */
  Expression outputGradient(int which);

  /**
   * Whether anybody needs that gradient; in backward only.
   *
   * @param which counted from 0
   * @return false where no parameter lies before the value
   */
  boolean wantsOutputGradient(int which);

  /**
   * Where the gradient of the output goes, as a matrix; in backward only.
   *
   * @return a tensor with two dimensions
   */
  Expression outputGradientRows();

  /**
   * A constant for the batch size at hand.
   *
   * @param name of the constant
   * @param value an expression, as with {@link #perBatch(String, Expression)}
   * @return a field
   */
  Expression always(String name, Expression value);

  /**
   * A constant for the batch size at hand; in backward only.
   *
   * @param name of the constant
   * @param value an expression, in which {@code n} is the number of rows at hand and {@code total}
   *     the batch size
   * @return a field
   */
  Expression perBatch(String name, Expression value);

  /**
   * Something that is made once for the batch size at hand; in backward only.
   *
   * @param name of it
   * @param type its class
   * @param value as with {@link #perBatch(String, Expression)}
   * @return a field
   */
  Expression perBatch(String name, ClassName type, Expression value);

  /**
   * Gives a value a name, in backward only.
   *
   * @param name says what it is
   * @param value an expression
   * @param comment what it is
   * @return a local variable
   */
  Expression local(String name, Expression value, String comment);

  /**
   * Adds a statement.
   *
   * @param statement a call
   * @param comment the shape of what it computes
   */
  void step(Expression statement, String comment);
}
