package io.github.torchscribe.runtime.generated;

import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Draws initial weights, number for number as {@code torch.nn.init} does. A weight has the shape
 * {@code (out, in, …)}: fan_in is what one output sees, in·…, and fan_out what one input reaches,
 * out·….
 */
public final class Initializers {
  private static final double SQRT2 = Math.sqrt(2.0);
  private static final double SQRT3 = Math.sqrt(3.0);

  private Initializers() {}

  /**
   * {@code kaiming_normal_}: N(0, std²) with std = √2 / √fan_in.
   *
   * @param weight filled in place
   * @param generator drawn from
   */
  public static void kaimingNormal(Tensor weight, GeneratorOptional generator) {
    weight.normal_(0, SQRT2 / Math.sqrt(fanIn(weight)), generator);
  }

  /**
   * {@code kaiming_uniform_(weight, a)}: U(−b, b) with b = √3 · gain / √fan_in and gain = √(2 / (1
   * + a²)).
   *
   * @param weight filled in place
   * @param a the negative slope of the activation that follows
   * @param generator drawn from
   */
  public static void kaimingUniform(Tensor weight, double a, GeneratorOptional generator) {
    double std = Math.sqrt(2.0 / (1 + a * a)) / Math.sqrt(fanIn(weight));
    double bound = SQRT3 * std;
    weight.uniform_(-bound, bound, generator);
  }

  /**
   * {@code xavier_normal_}: N(0, std²) with std = √(2 / (fan_in + fan_out)).
   *
   * @param weight filled in place
   * @param generator drawn from
   */
  public static void xavierNormal(Tensor weight, GeneratorOptional generator) {
    weight.normal_(0, xavierStd(weight), generator);
  }

  /**
   * {@code xavier_uniform_}: U(−b, b) with b = √3 · √(2 / (fan_in + fan_out)).
   *
   * @param weight filled in place
   * @param generator drawn from
   */
  public static void xavierUniform(Tensor weight, GeneratorOptional generator) {
    double bound = SQRT3 * xavierStd(weight);
    weight.uniform_(-bound, bound, generator);
  }

  /**
   * {@code uniform_(tensor, −bound, bound)}.
   *
   * @param tensor filled in place
   * @param bound at least 0
   * @param generator drawn from
   */
  public static void uniform(Tensor tensor, double bound, GeneratorOptional generator) {
    tensor.uniform_(-bound, bound, generator);
  }

  /**
   * {@code normal_(tensor, 0, 1)}.
   *
   * @param tensor filled in place
   * @param generator drawn from
   */
  public static void standardNormal(Tensor tensor, GeneratorOptional generator) {
    tensor.normal_(0, 1, generator);
  }

  /**
   * {@code zeros_(tensor)}.
   *
   * @param tensor filled in place
   */
  public static void zeros(Tensor tensor) {
    tensor.zero_();
  }

  /**
   * {@code ones_(tensor)}.
   *
   * @param tensor filled in place
   */
  public static void ones(Tensor tensor) {
    tensor.fill_(new Scalar(1.0));
  }

  private static double xavierStd(Tensor weight) {
    return Math.sqrt(2.0 / (fanIn(weight) + fanOut(weight)));
  }

  private static double fanIn(Tensor weight) {
    return weight.size(1) * receptiveField(weight);
  }

  private static double fanOut(Tensor weight) {
    return weight.size(0) * receptiveField(weight);
  }

  private static double receptiveField(Tensor weight) {
    double size = 1;
    for (long dim = 2; dim < weight.dim(); dim++) {
      size *= weight.size(dim);
    }
    return size;
  }
}
