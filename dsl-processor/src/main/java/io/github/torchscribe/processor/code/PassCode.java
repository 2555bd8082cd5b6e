package io.github.torchscribe.processor.code;

import io.github.torchscribe.processor.tensor.Shape;

/**
 * What forward and backward may refer to besides: fields of the generated pass, which both share.
 */
public interface PassCode extends ModelCode {
  /**
   * Floats for each example, which forward writes and backward reads; made once.
   *
   * @param name says what they are
   * @param shape for one example
   * @return a tensor
   */
  Expression kept(String name, Shape shape);

  /**
   * The same in the numbers that the layer computes in.
   *
   * @param name says what they are
   * @param shape for one example
   * @return a tensor: in bfloat16 where the layer's precision is lowered, while training
   */
  Expression keptAsComputed(String name, Shape shape);

  /**
   * The same for what only products and copies write and read: in predictions of few rows they lie
   * one feature after the other.
   *
   * @param name says what they are
   * @param shape for one example; the features are its last dimension
   * @param rows of an example that a product writes or reads
   * @return a tensor: in bfloat16 where the layer's precision is lowered, while training
   */
  Expression keptForProduct(String name, Shape shape, long rows);

  /**
   * A constant of 32-bit floats in the numbers that the layer computes in.
   *
   * @param constant an expression
   * @return a tensor: in bfloat16 where the layer's precision is lowered, while training
   */
  Expression asComputed(Expression constant);

  /**
   * Whether the network is trained in mixed precision.
   *
   * @return false where all is in 32 bits
   */
  boolean isMixed();

  /**
   * Something that depends on the batch size at hand alone; made once for each.
   *
   * @param name says what it is
   * @param value an expression, in which {@code n} is the number of rows at hand
   * @return a field
   */
  Expression perBatch(String name, Expression value);

  /**
   * Room for an index for each element of the output, in its memory format.
   *
   * @return an expression for {@link #perBatch}
   */
  Expression indices();

  /**
   * What records the layer, where autograd differentiates it.
   *
   * @return a field of the runtime's class {@code Recording}
   */
  Expression recording();

  /**
   * The layer's name in messages.
   *
   * @return for example {@code 1 BatchNorm2d}
   */
  String label();
}
