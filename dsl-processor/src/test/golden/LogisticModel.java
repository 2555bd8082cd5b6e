package test;

import static io.github.torchscribe.runtime.generated.Initializers.*;
import static org.bytedeco.pytorch.global.torch.*;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.generated.Blueprint;
import io.github.torchscribe.runtime.generated.Prepared;
import io.github.torchscribe.runtime.generated.Share;
import io.github.torchscribe.runtime.learner.Decision;
import io.github.torchscribe.runtime.onnx.OnnxNetwork;
import io.github.torchscribe.runtime.onnx.OnnxValue;
import io.github.torchscribe.runtime.optim.Sgd;
import io.github.torchscribe.runtime.torch.TensorSpec;
import io.github.torchscribe.runtime.torch.Workload;
import javax.annotation.processing.Generated;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * The network of {@link Logistic}, written out: forward, backward and update as libtorch operations.
 *
 * <table>
 * <caption>Layers, for a batch of N examples</caption>
 * <tr><th>layer</th><th>output</th><th>parameters</th><th>multiply-adds</th><th>result in</th></tr>
 * <tr><td>0 {@code @Flatten}</td><td>(N, 784)</td><td>–</td><td>–</td><td>flatten0</td></tr>
 * <tr><td>1 {@code @Linear(1)}</td><td>(N, 1)</td><td>1.weight (1, 784), 1.bias (1)</td><td>784</td><td>linear1</td></tr>
 * </table>
 *
 * <p>785 parameters; loss {@code @BCEWithLogitsLoss}; optimizer {@code @SGD}.
 * Memory for each example of a batch: 192 bytes, 256 bytes while training.
 */
@Generated("io.github.torchscribe.processor.NetworkProcessor")
public final class LogisticModel extends Model {
  /** 1.weight (1, 784): where it begins in the flat buffer. */
  private static final long LINEAR1_WEIGHT = 0;

  /** 1.bias (1): where it begins in the flat buffer. */
  private static final long LINEAR1_BIAS = 784;

  private static final Blueprint BLUEPRINT =
      Blueprint.of("Logistic", Workload.MATRIX_PRODUCTS)
          .input(TensorSpec.numbers(1, 28, 28))
          .output(1)
          .layer("0", "@Flatten", 784)
          .layer("1", "@Linear(1)", 1).multiplyAdds(784)
          .parameter("1.weight", LINEAR1_WEIGHT, 1, 784)
          .parameter("1.bias", LINEAR1_BIAS, 1)
          .floatsPerExample(48, 64)
          .descends()
          .loss("@BCEWithLogitsLoss", TensorSpec.numbers(1), Decision.LOGIT_ABOVE_ZERO)
          .optimizer("@SGD", () -> new Sgd(0.001, 0.0, 0.0, 0.0, false))
          .training(1, 1, true);

  private Tensor linear1Weight;
  private Tensor linear1WeightT;
  private Tensor linear1WeightGrad;
  private Tensor linear1Bias;
  private Tensor linear1BiasGrad;
  private Scalar one;

  private LogisticModel() {
    super(BLUEPRINT);
  }

  /**
   * A new model, initialised from another seed each time.
   *
   * @return a model on the CPU, to be closed
   */
  public static LogisticModel create() {
    return create(seed(BLUEPRINT));
  }

  /**
   * A new model, initialised as Python's program would after {@code torch.manual_seed(seed)}.
   *
   * @param seed any number
   * @return a model on the CPU, to be closed
   */
  public static LogisticModel create(long seed) {
    LogisticModel model = new LogisticModel();
    model.start(seed);
    return model;
  }

  @Override
  protected void bind(Tensor values, Tensor gradients) {
    linear1Weight = view(values, LINEAR1_WEIGHT, 1, 784);
    linear1WeightT = linear1Weight.t();
    linear1WeightGrad = view(gradients, LINEAR1_WEIGHT, 1, 784);
    linear1Bias = view(values, LINEAR1_BIAS, 1);
    linear1BiasGrad = view(gradients, LINEAR1_BIAS, 1);
    one = new Scalar(1.0);
  }

  @Override
  protected void initialize(GeneratorOptional generator) {
    kaimingUniform(linear1Weight, Math.sqrt(5), generator);
    uniform(linear1Bias, 1 / Math.sqrt(784), generator);
  }

  @Override
  protected Share share() {
    return new Rows();
  }

  @Override
  protected OnnxNetwork onnx() {
    return new Onnx();
  }

  /** A worker's share of a pass: n of the batch's examples, a row each. */
  private final class Rows extends Share {
    Tensor linear1;
    Tensor logSigmoid;
    Tensor losses;
    Tensor loss;
    Tensor linear1Grad;
    Scalar oneOverCount;
    Tensor linear1GradPartT;
    Tensor linear1WeightGradPart;
    Tensor linear1WeightPart;
    Tensor linear1BiasGradPart;
    Tensor linear1BiasPart;
    Tensor flatten0;
    Prepared linear1Product;
    Tensor flatten0All;

    @Override
    protected void bind() {
      linear1 = rows(0, 1);     // (n, 1)
      logSigmoid = rows(16, 1); // (n, 1)
      losses = rows(32, 1);     // (n, 1)
      loss = number();
    }

    @Override
    protected void bindTraining() {
      linear1Grad = rows(48, 1);                  // (n, 1)
      oneOverCount = new Scalar(1.0 / total);
      linear1GradPartT = part(all(48, 1, 1).t()); // part of (total, 1), transposed
      linear1WeightGradPart = part(linear1WeightGrad);
      linear1WeightPart = part(linear1Weight);
      linear1BiasGradPart = part(linear1BiasGrad);
      linear1BiasPart = part(linear1Bias);
    }

    @Override
    protected void bindInput() {
      flatten0 = input.reshape(n, 784); // (n, 784)
      linear1Product = productOfGiven(linear1, flatten0, linear1Weight, linear1Bias);
    }

    @Override
    protected void bindWholeInput() {
      flatten0All = wholeInput().reshape(-1, 784); // (total, 784)
    }

    /** Forward: (n, 1, 28, 28) → (n, 1). */
    @Override
    protected Tensor forward(Tensor input) {
      if (suits(linear1Product)) { // (n, 1)  1 Linear
        linear1Product.compute();
      } else {
        addmm_out(linear1, linear1Bias, flatten0, linear1WeightT);
      }
      return linear1;
    }

    /** BCEWithLogitsLoss: mean of (1 − target)·output − ln σ(output). */
    @Override
    protected Tensor loss(Tensor target) {
      log_sigmoid_out(logSigmoid, linear1); // (n, 1)
      mul_out(losses, linear1, target);     // (n, 1)
      sub_out(losses, linear1, losses);     // (1 − target)·output
      losses.sub_(logSigmoid);              // − ln σ(output)
      mean_out(loss, losses);               // mean over all outputs
      return loss;
    }

    /** Backward: the gradient of each layer's output, from the last to the first. */
    @Override
    protected void backward(Tensor target) {
      sigmoid_out(linear1Grad, linear1); // σ(output)
      linear1Grad.sub_(target);          // − target
      linear1Grad.mul_(oneOverCount);    // / all outputs
    }

    /** The gradients of the share's part of the parameters, from all rows. */
    @Override
    protected void gradients() {
      mm_out(linear1WeightGradPart, linear1GradPartT, flatten0All); // 1.weight (1, 784)
      sum_out(linear1BiasGradPart, linear1GradPartT, 1);            // 1.bias (1)
    }

    /**
     * As gradients, with p ← p − lr·g at once: the product that would give a weight's
     * gradient updates the weight.
     */
    @Override
    protected void descend(Scalar minusLr) {
      // 1.weight (1, 784)
      addmm_out(linear1WeightPart, linear1WeightPart, linear1GradPartT, flatten0All, one,
          minusLr);
      sum_out(linear1BiasGradPart, linear1GradPartT, 1);  // 1.bias (1)
      linear1BiasPart.add_(linear1BiasGradPart, minusLr); // 1.bias (1)
    }
  }

  /** The network as ONNX' operators; loaded by who exports it. */
  private static final class Onnx extends OnnxNetwork {
    /** What is given, the operators, and what leaves. */
    @Override
    protected void describe() {
      OnnxValue input = given("input", 1, 28, 28);                             // (N, 1, 28, 28)
      OnnxValue flatten0 = layer("0", op("Reshape", input, integers(0, 784))); // (N, 784)
      // (N, 1)
      OnnxValue linear1 = layer("1", op("Gemm", flatten0, parameter("1.weight"),
          parameter("1.bias")).with("transB", 1));
      gives("output", linear1, 1);
    }
  }
}
