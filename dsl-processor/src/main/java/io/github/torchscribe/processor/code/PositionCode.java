package io.github.torchscribe.processor.code;

import io.github.torchscribe.processor.tensor.Shape;

/**
 * How a layer says its forward step where the rows at hand are positions of one text: {@link
 * Expressions#N} of them, from {@link Expressions#FIRST} on. Those before have been computed.
 */
public interface PositionCode extends ForwardCode {
  /**
   * How many positions a text has at most.
   *
   * @return the network's length
   */
  long length();

  /**
   * Numbers for each position of the text, which stay until it is begun anew.
   *
   * @param name says what they are
   * @param shape for one position
   * @return a tensor (length, shape…), made once
   */
  Expression remembered(String name, Shape shape);

  /**
   * Something that depends on which positions are at hand; made whenever others are.
   *
   * @param name says what it is
   * @param value an expression
   * @return a field
   */
  Expression atHand(String name, Expression value);
}
