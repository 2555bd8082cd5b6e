package io.github.torchscribe.processor.code;

import com.squareup.javapoet.ClassName;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * How a layer says its backward step.
 *
 * <p>Backward has two phases. In the first the gradient goes from each layer's output to its input,
 * for some rows of the batch; {@link #step} adds to it. In the second come the parameters'
 * gradients, from all rows: as products over all rows, or as sums of what the first phase gave.
 */
public interface BackwardCode extends PassCode {
  /**
   * The layer's input in the forward pass; only for layers that say that backward reads it.
   *
   * @return a tensor of the input's shape
   */
  Expression input();

  /**
   * One of several values that arrived in the forward pass; only for layers that say that backward
   * reads them.
   *
   * @param which counted from 0
   * @return a tensor of that value's shape
   */
  Expression input(int which);

  /**
   * The layer's output in the forward pass; only for layers that say that backward reads it.
   *
   * @return a tensor of the output's shape
   */
  Expression output();

  /**
   * The gradient of the output; has been computed.
   *
   * @return a tensor of the output's shape
   */
  Expression outputGradient();

  /**
   * The gradient of the output, as a matrix; only for layers that say that backward reads it.
   *
   * @return a tensor with two dimensions
   */
  Expression outputGradientRows();

  /**
   * Whether anybody needs the gradient of the input.
   *
   * @return false where no parameter lies before
   */
  boolean wantsInputGradient();

  /**
   * Where the gradient of the input goes. That of an element-wise layer may be the place where the
   * output's gradient is, or another, where somebody still needs that.
   *
   * @return a tensor of the input's shape
   */
  Expression inputGradient();

  /**
   * Whether anybody needs the gradient of one of several inputs.
   *
   * @param which counted from 0
   * @return false where no parameter lies before
   */
  boolean wantsInputGradient(int which);

  /**
   * Where the gradient of one of several inputs goes.
   *
   * @param which counted from 0
   * @return a tensor of that input's shape
   */
  Expression inputGradient(int which);

  /**
   * States that the gradient of the input is there, for layers whose operation brings it.
   *
   * @param value a tensor that nobody else has
   */
  void inputGradientIs(Expression value);

  /**
   * Where the gradient of the input goes, as a matrix.
   *
   * @return a tensor with two dimensions
   */
  Expression inputGradientRows();

  /**
   * Adds a statement that computes the gradient of the input.
   *
   * @param statement a call
   */
  void step(Expression statement);

  /**
   * Adds a statement that is one of many of the layer.
   *
   * @param statement a call
   * @param what it computes
   */
  void part(Expression statement, String what);

  /**
   * Adds the backward step of what forward has made ready once for a batch size, where that suits,
   * and statements that run otherwise.
   *
   * @param otherwise adds statements, which declare nothing
   * @param made the call that makes it ready, as {@link ForwardCode#partPrepared} was given it
   * @param what it computes
   */
  void partPrepared(Runnable otherwise, Supplier<Expression.Call> made, String what);

  /**
   * Gives what an operation gave a name, and frees it once nobody needs it any more.
   *
   * @param name says what it is
   * @param type its class
   * @param value an expression
   * @return a variable
   */
  Expression temporary(String name, ClassName type, Expression value);

  /**
   * A product of two matrices in the numbers that the layer computes in, of which a parameter's
   * gradient, in 32-bit floats, is made.
   *
   * @param name says what it is
   * @param to where it goes
   * @param left a matrix
   * @param right another
   * @return a statement
   */
  Expression product(String name, Expression to, Expression left, Expression right);

  /**
   * Whether anybody needs the gradient of a parameter. That of one which is a product or a sum over
   * all rows may be stated all the same.
   *
   * @param name PyTorch's
   * @return false where it is frozen, and where the layer has none
   */
  boolean wantsGradient(String name);

  /**
   * States a parameter's gradient that comes from the rows at hand alone, if anybody needs it.
   *
   * @param name PyTorch's
   * @param statement what writes it, given where it goes
   */
  default void gradientIs(String name, UnaryOperator<Expression> statement) {
    if (wantsGradient(name)) {
      part(statement.apply(gradient(name)), name);
      hasGradient(name);
    }
  }

  /**
   * Where a parameter's gradient goes that comes from the rows at hand alone, where it is wanted;
   * those of all rows are added afterwards. {@link #hasGradient} has to be called after the
   * statement that writes it.
   *
   * @param name PyTorch's
   * @return a tensor of the parameter's shape
   */
  Expression gradient(String name);

  /**
   * States that {@link #gradient} has been written.
   *
   * @param name PyTorch's
   */
  void hasGradient(String name);

  /**
   * States that a parameter's gradient is the output's gradient, transposed, times the input, both
   * as matrices over all rows of the batch. It is computed when all rows' gradients are there, and
   * may go straight into the parameter.
   *
   * @param name PyTorch's
   */
  void productGradient(String name);

  /**
   * States that a parameter's gradient is the sum of the rows of the output's gradient.
   *
   * @param name PyTorch's
   */
  void sumGradient(String name);
}
