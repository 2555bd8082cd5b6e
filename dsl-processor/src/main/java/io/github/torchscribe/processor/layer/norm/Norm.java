package io.github.torchscribe.processor.layer.norm;

import static io.github.torchscribe.processor.code.Expressions.NONE;
import static io.github.torchscribe.processor.code.Expressions.call;

import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.InitCode;
import io.github.torchscribe.processor.code.ModelCode;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.code.PassCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.BackwardReads;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.ParameterSpec;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Normalisation: values of mean 0 and variance 1, then scaled and shifted by what is learned. */
abstract class Norm extends Layer {
  private final double eps;
  private final boolean weight;
  private final boolean bias;

  /**
   * A norm.
   *
   * @param eps is added to the variance
   * @param weight whether a scale is learned
   * @param bias whether a shift is learned
   */
  Norm(Written written, double eps, boolean weight, boolean bias) {
    super(written);
    this.eps = eps;
    this.weight = weight;
    this.bias = bias;
  }

  static double aboveZero(Written written, Report report) {
    return written.checked("eps", "a number above 0", e -> e > 0 && Double.isFinite(e), report);
  }

  /** The shape of weight and bias. */
  abstract Shape affine(Shape input);

  @Override
  public final List<ParameterSpec> parameters(Shape input) {
    List<ParameterSpec> parameters = new ArrayList<>();
    if (weight) {
      parameters.add(new ParameterSpec("weight", affine(input)));
    }
    if (bias) {
      parameters.add(new ParameterSpec("bias", affine(input)));
    }
    return parameters;
  }

  @Override
  public void initialize(Shape input, InitCode code) {
    if (weight) {
      code.step(call("ones", code.parameter("weight")));
    }
    if (bias) {
      code.step(call("zeros", code.parameter("bias")));
    }
  }

  final double eps() {
    return eps;
  }

  final boolean hasWeight() {
    return weight;
  }

  /** The weight as an argument, also where there is none. */
  final Expression weight(ModelCode code) {
    return weight ? code.optional("weight") : NONE;
  }

  /** The bias as an argument, also where there is none. */
  final Expression bias(ModelCode code) {
    return bias ? code.optional("bias") : NONE;
  }

  /** Weight and bias as arguments. */
  final List<Expression> affine(ModelCode code) {
    return List.of(weight(code), bias(code));
  }

  /** Room for what forward's operation keeps of each group of values, and backward's reads. */
  static List<Expression> meanAndRstd(PassCode code, Shape each) {
    return List.of(code.kept("mean", each), code.kept("rstd", each));
  }

  @Override
  public final BackwardReads backwardReads() {
    return BackwardReads.INPUT;
  }

  /** The scale in ONNX, where it must not be left out. */
  final Expression scale(OnnxCode code) {
    return weight ? code.parameter("weight") : code.filled(1, affine(code.inputShape()));
  }

  /** The shift in ONNX. */
  final Expression shift(OnnxCode code) {
    return bias ? code.parameter("bias") : code.filled(0, affine(code.inputShape()));
  }

  /** Normalisation by what is remembered. */
  final Expression byRunning(OnnxCode code) {
    return code.op(
            "BatchNormalization",
            code.input(),
            scale(code),
            shift(code),
            code.parameter("running_mean"),
            code.parameter("running_var"))
        .call("with", "epsilon", eps());
  }
}
