package io.github.torchscribe.processor.code;

import java.util.List;
import java.util.function.Supplier;

/** How a layer says its forward step. */
public interface ForwardCode extends PassCode {
  /**
   * What arrives.
   *
   * @return a tensor of the input's shape
   */
  Expression input();

  /**
   * One of several values that arrive.
   *
   * @param which counted from 0
   * @return a tensor of that value's shape
   */
  Expression input(int which);

  /**
   * What arrives, as a matrix: all dimensions but the last are rows.
   *
   * @return a tensor with two dimensions
   */
  Expression inputRows();

  /**
   * Where the result goes; the input's own memory when {@link #inPlace()}.
   *
   * @return a tensor of the output's shape
   */
  Expression output();

  /**
   * Where the result goes, as a matrix.
   *
   * @return a tensor with two dimensions
   */
  Expression outputRows();

  /**
   * What arrives as a vector, for a batch of one example.
   *
   * @return a tensor with one dimension
   */
  Expression inputRow();

  /**
   * Where the result goes as a vector, for a batch of one example.
   *
   * @return a tensor with one dimension
   */
  Expression outputRow();

  /**
   * Whether backward goes through the layer.
   *
   * @return false where nothing is learned, neither by it nor before it
   */
  boolean isDifferentiated();

  /**
   * Whether the result overwrites the input.
   *
   * @return only for layers that can
   */
  boolean inPlace();

  /**
   * Whether the output comes in memory of its own while training, and has no place in the plan.
   *
   * @return only for layers that can
   */
  boolean bringsOutput();

  /**
   * A parameter's transpose, made once.
   *
   * @param name PyTorch's
   * @return a field
   */
  Expression transposed(String name);

  /**
   * Adds a statement.
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
   * Adds a product x·Wᵀ + b of several rows; few of them, where nobody minds in which order they
   * lie, are multiplied by blocks.
   *
   * @param name of the product
   * @param to (rows, features): the output, or what is {@linkplain #keptForProduct kept} for one
   * @param from (rows, width)
   * @param weight (features, width)
   * @param transposed the same, transposed
   * @param bias one or none
   * @param what it computes, where it is one of many of the layer; else empty
   */
  void product(
      String name,
      Expression to,
      Expression from,
      Expression weight,
      Expression transposed,
      List<Expression> bias,
      String what);

  /**
   * Adds what is made ready once for a batch size, where that suits, and a statement that runs
   * otherwise.
   *
   * @param made a call that makes it ready, or gives null
   * @param otherwise a call
   */
  void stepPrepared(Expression.Call made, Expression otherwise);

  /**
   * Adds what is made ready once for a batch size, where that suits, and statements that run
   * otherwise.
   *
   * @param otherwise adds statements; asked first
   * @param made a call that makes it ready, or gives null; reads nothing that arrives
   * @param what it computes
   */
  void partPrepared(Runnable otherwise, Supplier<Expression.Call> made, String what);

  /**
   * Adds a statement that runs while training, and what is made ready once for a batch size and
   * computes otherwise.
   *
   * @param training a call
   * @param made a call that makes it ready
   */
  void stepPreparedUnlessTraining(Expression training, Expression.Call made);

  /**
   * Adds a statement that runs for a batch of one example, and another that runs otherwise.
   *
   * @param one a call
   * @param more a call
   */
  void stepForOne(Expression one, Expression more);

  /**
   * Adds a statement that runs while training, and another that runs otherwise.
   *
   * @param training a call
   * @param evaluation a call
   */
  void step(Expression training, Expression evaluation);
}
