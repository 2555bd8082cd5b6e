package io.github.torchscribe.runtime.onnx;

import java.util.Arrays;
import java.util.List;

/**
 * A value of a network while it is described: what an operator gives, what the network is given, or
 * numbers that it has in itself.
 */
public final class OnnxValue {
  private final OnnxStep step;
  private String name;

  /** A value that is there without any operator. */
  OnnxValue(String name) {
    this(null, name);
  }

  /** What an operator gives, which gets its name later. */
  OnnxValue(OnnxStep step) {
    this(step, null);
  }

  private OnnxValue(OnnxStep step, String name) {
    this.step = step;
    this.name = name;
  }

  /**
   * States an attribute of the operator.
   *
   * @param attribute its name
   * @param value a whole number
   * @return this
   */
  public OnnxValue with(String attribute, long value) {
    return stated(attribute, value);
  }

  /**
   * States an attribute of the operator.
   *
   * @param attribute its name
   * @param value a number
   * @return this
   */
  public OnnxValue with(String attribute, double value) {
    return stated(attribute, value);
  }

  /**
   * States an attribute of the operator.
   *
   * @param attribute its name
   * @param value a word that ONNX knows
   * @return this
   */
  public OnnxValue with(String attribute, String value) {
    return stated(attribute, value);
  }

  /**
   * States an attribute of the operator that is a list.
   *
   * @param attribute its name
   * @param values whole numbers
   * @return this
   */
  public OnnxValue withAll(String attribute, long... values) {
    return stated(attribute, Arrays.stream(values).boxed().toList());
  }

  /**
   * States an attribute of the operator that is a list.
   *
   * @param attribute its name
   * @param values words that ONNX knows
   * @return this
   */
  public OnnxValue withAll(String attribute, String... values) {
    return stated(attribute, List.of(values));
  }

  private OnnxValue stated(String attribute, Object value) {
    step.state(attribute, value);
    return this;
  }

  /**
   * Another of the values that the operator gives.
   *
   * @param which counted from 0, which is this one
   * @return the value
   */
  public OnnxValue output(int which) {
    return step.output(which);
  }

  /** Whether an operator gives it, and nobody outside knows it by a name yet. */
  boolean isNameless() {
    return step != null && name == null;
  }

  void name(String given) {
    name = given;
  }

  String name() {
    return name;
  }
}
