package test;

import static io.github.torchscribe.runtime.generated.Initializers.*;
import static org.bytedeco.pytorch.global.torch.*;

import io.github.torchscribe.dsl.Order;
import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.generated.Blueprint;
import io.github.torchscribe.runtime.generated.ClassGradient;
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
 * The network of {@link Mlp}, written out: forward, backward and update as libtorch operations.
 *
 * <table>
 * <caption>Layers, for a batch of N examples</caption>
 * <tr><th>layer</th><th>output</th><th>parameters</th><th>multiply-adds</th><th>result in</th></tr>
 * <tr><td>0 {@code @Flatten}</td><td>(N, 784)</td><td>–</td><td>–</td><td>flatten0</td></tr>
 * <tr><td>1 {@code @Linear({784, 200})}</td><td>(N, 200)</td><td>1.weight (200, 784), 1.bias (200)</td><td>156,800</td><td>linear1</td></tr>
 * <tr><td>2 {@code @ReLU}</td><td>(N, 200)</td><td>–</td><td>–</td><td>linear1</td></tr>
 * <tr><td>3 {@code @Linear({200, 200})}</td><td>(N, 200)</td><td>3.weight (200, 200), 3.bias (200)</td><td>40,000</td><td>linear3</td></tr>
 * <tr><td>4 {@code @ReLU}</td><td>(N, 200)</td><td>–</td><td>–</td><td>linear3</td></tr>
 * <tr><td>5 {@code @Linear({200, 10})}</td><td>(N, 10)</td><td>5.weight (10, 200), 5.bias (10)</td><td>2,000</td><td>linear5</td></tr>
 * </table>
 *
 * <p>199,210 parameters; loss {@code @CrossEntropyLoss}; optimizer {@code @SGD(lr = 0.01)}.
 * Memory for each example of a batch: 1,664 bytes, 3,520 bytes while training.
 */
@Generated("io.github.torchscribe.processor.NetworkProcessor")
@Order({"Network", "Init", "Flatten", "Linear", "ReLU", "Linear", "ReLU", "Linear", "CrossEntropyLoss", "SGD", "Training"})
public final class MlpModel extends Model {
  /** 1.weight (200, 784): where it begins in the flat buffer. */
  private static final long LINEAR1_WEIGHT = 0;

  /** 1.bias (200): where it begins in the flat buffer. */
  private static final long LINEAR1_BIAS = 156_800;

  /** 3.weight (200, 200): where it begins in the flat buffer. */
  private static final long LINEAR3_WEIGHT = 157_000;

  /** 3.bias (200): where it begins in the flat buffer. */
  private static final long LINEAR3_BIAS = 197_000;

  /** 5.weight (10, 200): where it begins in the flat buffer. */
  private static final long LINEAR5_WEIGHT = 197_200;

  /** 5.bias (10): where it begins in the flat buffer. */
  private static final long LINEAR5_BIAS = 199_200;

  private static final Blueprint BLUEPRINT =
      Blueprint.of("Mlp", Workload.MATRIX_PRODUCTS)
          .input(TensorSpec.numbers(1, 28, 28))
          .output(10)
          .layer("0", "@Flatten", 784)
          .layer("1", "@Linear({784, 200})", 200).multiplyAdds(156_800)
          .layer("2", "@ReLU", 200)
          .layer("3", "@Linear({200, 200})", 200).multiplyAdds(40_000)
          .layer("4", "@ReLU", 200)
          .layer("5", "@Linear({200, 10})", 10).multiplyAdds(2_000)
          .parameter("1.weight", LINEAR1_WEIGHT, 200, 784)
          .parameter("1.bias", LINEAR1_BIAS, 200)
          .parameter("3.weight", LINEAR3_WEIGHT, 200, 200)
          .parameter("3.bias", LINEAR3_BIAS, 200)
          .parameter("5.weight", LINEAR5_WEIGHT, 10, 200)
          .parameter("5.bias", LINEAR5_BIAS, 10)
          .floatsPerExample(416, 880)
          .descends()
          .loss("@CrossEntropyLoss", TensorSpec.indices(10).ignoring(-100), Decision.ARGMAX)
          .optimizer("@SGD(lr = 0.01)", () -> new Sgd(0.01, 0.0, 0.0, 0.0, false))
          .training(10, 200, true)
          .seed(1L);

  private Tensor linear1Weight;
  private Tensor linear1WeightT;
  private Tensor linear1WeightGrad;
  private Tensor linear1Bias;
  private Tensor linear1BiasGrad;
  private Tensor linear3Weight;
  private Tensor linear3WeightT;
  private Tensor linear3WeightGrad;
  private Tensor linear3Bias;
  private Tensor linear3BiasGrad;
  private Tensor linear5Weight;
  private Tensor linear5WeightT;
  private Tensor linear5WeightGrad;
  private Tensor linear5Bias;
  private Tensor linear5BiasGrad;
  private Scalar one;
  private Scalar zero;

  private MlpModel() {
    super(BLUEPRINT);
  }

  /**
   * A new model, initialised from the seed of the annotations.
   *
   * @return a model on the CPU, to be closed
   */
  public static MlpModel create() {
    return create(seed(BLUEPRINT));
  }

  /**
   * A new model, initialised as Python's program would after {@code torch.manual_seed(seed)}.
   *
   * @param seed any number
   * @return a model on the CPU, to be closed
   */
  public static MlpModel create(long seed) {
    MlpModel model = new MlpModel();
    model.start(seed);
    return model;
  }

  @Override
  protected void bind(Tensor values, Tensor gradients) {
    linear1Weight = view(values, LINEAR1_WEIGHT, 200, 784);
    linear1WeightT = linear1Weight.t();
    linear1WeightGrad = view(gradients, LINEAR1_WEIGHT, 200, 784);
    linear1Bias = view(values, LINEAR1_BIAS, 200);
    linear1BiasGrad = view(gradients, LINEAR1_BIAS, 200);
    linear3Weight = view(values, LINEAR3_WEIGHT, 200, 200);
    linear3WeightT = linear3Weight.t();
    linear3WeightGrad = view(gradients, LINEAR3_WEIGHT, 200, 200);
    linear3Bias = view(values, LINEAR3_BIAS, 200);
    linear3BiasGrad = view(gradients, LINEAR3_BIAS, 200);
    linear5Weight = view(values, LINEAR5_WEIGHT, 10, 200);
    linear5WeightT = linear5Weight.t();
    linear5WeightGrad = view(gradients, LINEAR5_WEIGHT, 10, 200);
    linear5Bias = view(values, LINEAR5_BIAS, 10);
    linear5BiasGrad = view(gradients, LINEAR5_BIAS, 10);
    one = new Scalar(1.0);
    zero = new Scalar(0.0);
  }

  @Override
  protected void initialize(GeneratorOptional generator) {
    kaimingNormal(linear1Weight, generator);
    zeros(linear1Bias);
    kaimingNormal(linear3Weight, generator);
    zeros(linear3Bias);
    kaimingNormal(linear5Weight, generator);
    zeros(linear5Bias);
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
    Tensor linear3;
    Prepared linear3Product;
    Tensor linear5;
    Prepared linear5Product;
    Tensor logProbabilities;
    Tensor loss;
    Tensor linear5Grad;
    ClassGradient classGradient;
    Tensor linear3Grad;
    Tensor linear5GradPartT;
    Tensor linear3All;
    Tensor linear5WeightGradPart;
    Tensor linear5WeightPart;
    Tensor linear5BiasGradPart;
    Tensor linear5BiasPart;
    Tensor linear1Grad;
    Tensor linear3GradPartT;
    Tensor linear1All;
    Tensor linear3WeightGradPart;
    Tensor linear3WeightPart;
    Tensor linear3BiasGradPart;
    Tensor linear3BiasPart;
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
      linear1 = productRows(0, 1, 200);          // (n, 200)
      linear3 = productRows(208, 1, 200);        // (n, 200)
      linear3Product = product(linear3, linear1, linear3Weight, linear3Bias);
      linear5 = rows(at(416, 0), 10);            // (n, 10)
      linear5Product = product(linear5, linear3, linear5Weight, linear5Bias);
      logProbabilities = rows(at(432, 208), 10); // (n, 10)
      loss = number();
    }

    @Override
    protected void bindTraining() {
      linear5Grad = rows(448, 10);                   // (n, 10)
      classGradient = classGradient(linear5Grad, logProbabilities, 1.0 / total);
      linear3Grad = rows(464, 200);                  // (n, 200)
      linear5GradPartT = part(all(448, 1, 10).t());  // part of (total, 10), transposed
      linear3All = all(208, 1, 200);                 // (total, 200)
      linear5WeightGradPart = part(linear5WeightGrad);
      linear5WeightPart = part(linear5Weight);
      linear5BiasGradPart = part(linear5BiasGrad);
      linear5BiasPart = part(linear5Bias);
      linear1Grad = rows(672, 200);                  // (n, 200)
      linear3GradPartT = part(all(464, 1, 200).t()); // part of (total, 200), transposed
      linear1All = all(0, 1, 200);                   // (total, 200)
      linear3WeightGradPart = part(linear3WeightGrad);
      linear3WeightPart = part(linear3Weight);
      linear3BiasGradPart = part(linear3BiasGrad);
      linear3BiasPart = part(linear3Bias);
      linear1GradPartT = part(all(672, 1, 200).t()); // part of (total, 200), transposed
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

    /** Forward: (n, 1, 28, 28) → (n, 10). */
    @Override
    protected Tensor forward(Tensor input) {
      if (suits(linear1Product)) { // (n, 200)  1 Linear
        linear1Product.compute();
      } else {
        addmm_relu_out(linear1, linear1Bias, flatten0, linear1WeightT);
      }
      relu_(linear1);              // (n, 200)  2 ReLU, in place
      if (suits(linear3Product)) { // (n, 200)  3 Linear
        linear3Product.compute();
      } else {
        addmm_relu_out(linear3, linear3Bias, linear1, linear3WeightT);
      }
      relu_(linear3);              // (n, 200)  4 ReLU, in place
      if (suits(linear5Product)) { // (n, 10)  5 Linear
        linear5Product.compute();
      } else {
        addmm_out(linear5, linear5Bias, linear3, linear5WeightT);
      }
      return linear5;
    }

    /** CrossEntropyLoss: −1/n · Σ ln softmax(output)[target]. */
    @Override
    protected Tensor loss(Tensor target) {
      log_softmax_out(logProbabilities, linear5, 1); // (n, 10)
      nll_loss_out(loss, logProbabilities, target);  // mean over n
      return loss;
    }

    /** Backward: the gradient of each layer's output, from the last to the first. */
    @Override
    protected void backward(Tensor target) {
      classGradient.of(known(target));                                 // (softmax − one-hot target) / total
      countOnly(linear5Grad, target);                                  // without what is ignored
      mm_out(linear3Grad, linear5Grad, linear5Weight);                 // (n, 200)  5 Linear
      threshold_backward_out(linear3Grad, linear3Grad, linear3, zero); // (n, 200)  4 ReLU
      mm_out(linear1Grad, linear3Grad, linear3Weight);                 // (n, 200)  3 Linear
      threshold_backward_out(linear1Grad, linear1Grad, linear1, zero); // (n, 200)  2 ReLU
    }

    /** The gradients of the share's part of the parameters, from all rows. */
    @Override
    protected void gradients() {
      mm_out(linear5WeightGradPart, linear5GradPartT, linear3All);  // 5.weight (10, 200)
      sum_out(linear5BiasGradPart, linear5GradPartT, 1);            // 5.bias (10)
      apart();
      mm_out(linear3WeightGradPart, linear3GradPartT, linear1All);  // 3.weight (200, 200)
      sum_out(linear3BiasGradPart, linear3GradPartT, 1);            // 3.bias (200)
      apart();
      mm_out(linear1WeightGradPart, linear1GradPartT, flatten0All); // 1.weight (200, 784)
      sum_out(linear1BiasGradPart, linear1GradPartT, 1);            // 1.bias (200)
    }

    /**
     * As gradients, with p ← p − lr·g at once: the product that would give a weight's
     * gradient updates the weight.
     */
    @Override
    protected void descend(Scalar minusLr) {
      // 5.weight (10, 200)
      addmm_out(linear5WeightPart, linear5WeightPart, linear5GradPartT, linear3All, one,
          minusLr);
      sum_out(linear5BiasGradPart, linear5GradPartT, 1);  // 5.bias (10)
      linear5BiasPart.add_(linear5BiasGradPart, minusLr); // 5.bias (10)
      apart();
      // 3.weight (200, 200)
      addmm_out(linear3WeightPart, linear3WeightPart, linear3GradPartT, linear1All, one,
          minusLr);
      sum_out(linear3BiasGradPart, linear3GradPartT, 1);  // 3.bias (200)
      linear3BiasPart.add_(linear3BiasGradPart, minusLr); // 3.bias (200)
      apart();
      // 1.weight (200, 784)
      addmm_out(linear1WeightPart, linear1WeightPart, linear1GradPartT, flatten0All, one,
          minusLr);
      sum_out(linear1BiasGradPart, linear1GradPartT, 1);  // 1.bias (200)
      linear1BiasPart.add_(linear1BiasGradPart, minusLr); // 1.bias (200)
    }
  }

  /** The network as ONNX' operators; loaded by who exports it. */
  private static final class Onnx extends OnnxNetwork {
    /** What is given, the operators, and what leaves. */
    @Override
    protected void describe() {
      OnnxValue input = given("input", 1, 28, 28);                             // (N, 1, 28, 28)
      OnnxValue flatten0 = layer("0", op("Reshape", input, integers(0, 784))); // (N, 784)
      // (N, 200)
      OnnxValue linear1 = layer("1", op("Gemm", flatten0, parameter("1.weight"),
          parameter("1.bias")).with("transB", 1));
      OnnxValue relu2 = layer("2", op("Relu", linear1));                       // (N, 200)
      // (N, 200)
      OnnxValue linear3 = layer("3", op("Gemm", relu2, parameter("3.weight"),
          parameter("3.bias")).with("transB", 1));
      OnnxValue relu4 = layer("4", op("Relu", linear3));                       // (N, 200)
      // (N, 10)
      OnnxValue linear5 = layer("5", op("Gemm", relu4, parameter("5.weight"),
          parameter("5.bias")).with("transB", 1));
      gives("output", linear5, 10);
    }
  }
}
