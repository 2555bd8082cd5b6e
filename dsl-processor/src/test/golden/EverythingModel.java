package test;

import static io.github.torchscribe.runtime.generated.Initializers.*;
import static org.bytedeco.pytorch.global.torch.*;

import io.github.torchscribe.dsl.Order;
import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.generated.Blueprint;
import io.github.torchscribe.runtime.generated.ClassGradient;
import io.github.torchscribe.runtime.generated.Pieces;
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
 * The network of {@link Everything}, written out: forward, backward and update as libtorch operations.
 *
 * <table>
 * <caption>Layers, for a batch of N examples</caption>
 * <tr><th>layer</th><th>output</th><th>parameters</th><th>multiply-adds</th><th>result in</th></tr>
 * <tr><td>0 {@code @LeakyReLU(negativeSlope = 0.2)}</td><td>(N, 2, 3, 4)</td><td>–</td><td>–</td><td>leakyrelu0</td></tr>
 * <tr><td>1 {@code @Linear(value = {4, 6}, bias = false)}</td><td>(N, 2, 3, 6)</td><td>1.weight (6, 4)</td><td>144</td><td>linear1</td></tr>
 * <tr><td>2 {@code @Sigmoid}</td><td>(N, 2, 3, 6)</td><td>–</td><td>–</td><td>linear1</td></tr>
 * <tr><td>3 {@code @Flatten(endDim = 2)}</td><td>(N, 6, 6)</td><td>–</td><td>–</td><td>flatten3</td></tr>
 * <tr><td>4 {@code @Linear(5)}</td><td>(N, 6, 5)</td><td>4.weight (5, 6), 4.bias (5)</td><td>180</td><td>linear4</td></tr>
 * <tr><td>5 {@code @Softplus(beta = 2.0)}</td><td>(N, 6, 5)</td><td>–</td><td>–</td><td>softplus5</td></tr>
 * <tr><td>6 {@code @LeakyReLU}</td><td>(N, 6, 5)</td><td>–</td><td>–</td><td>softplus5</td></tr>
 * <tr><td>7 {@code @Tanh}</td><td>(N, 6, 5)</td><td>–</td><td>–</td><td>tanh7</td></tr>
 * <tr><td>8 {@code @Flatten}</td><td>(N, 30)</td><td>–</td><td>–</td><td>flatten8</td></tr>
 * <tr><td>9 {@code @Linear(4)}</td><td>(N, 4)</td><td>9.weight (4, 30), 9.bias (4)</td><td>120</td><td>linear9</td></tr>
 * <tr><td>10 {@code @SELU}</td><td>(N, 4)</td><td>–</td><td>–</td><td>linear9</td></tr>
 * <tr><td>11 {@code @Linear(3)}</td><td>(N, 3)</td><td>11.weight (3, 4), 11.bias (3)</td><td>12</td><td>linear11</td></tr>
 * </table>
 *
 * <p>198 parameters; loss {@code @CrossEntropyLoss}; optimizer {@code @SGD(lr = 0.05, momentum = 0.9, nesterov = true)}.
 * Memory for each example of a batch: 320 bytes, 1,344 bytes while training.
 */
@Generated("io.github.torchscribe.processor.NetworkProcessor")
@Order({"Network", "LeakyReLU", "Linear", "Sigmoid", "Flatten", "Linear", "Softplus", "LeakyReLU", "Tanh", "Flatten", "Linear", "SELU", "Linear", "CrossEntropyLoss", "SGD"})
final class EverythingModel extends Model {
  /** 1.weight (6, 4): where it begins in the flat buffer. */
  private static final long LINEAR1_WEIGHT = 0;

  /** 4.weight (5, 6): where it begins in the flat buffer. */
  private static final long LINEAR4_WEIGHT = 24;

  /** 4.bias (5): where it begins in the flat buffer. */
  private static final long LINEAR4_BIAS = 54;

  /** 9.weight (4, 30): where it begins in the flat buffer. */
  private static final long LINEAR9_WEIGHT = 59;

  /** 9.bias (4): where it begins in the flat buffer. */
  private static final long LINEAR9_BIAS = 179;

  /** 11.weight (3, 4): where it begins in the flat buffer. */
  private static final long LINEAR11_WEIGHT = 183;

  /** 11.bias (3): where it begins in the flat buffer. */
  private static final long LINEAR11_BIAS = 195;

  private static final Blueprint BLUEPRINT =
      Blueprint.of("Everything", Workload.MATRIX_PRODUCTS)
          .input(TensorSpec.numbers(2, 3, 4))
          .output(3)
          .layer("0", "@LeakyReLU(negativeSlope = 0.2)", 2, 3, 4)
          .layer("1", "@Linear(value = {4, 6}, bias = false)", 2, 3, 6).multiplyAdds(144)
          .layer("2", "@Sigmoid", 2, 3, 6)
          .layer("3", "@Flatten(endDim = 2)", 6, 6)
          .layer("4", "@Linear(5)", 6, 5).multiplyAdds(180)
          .layer("5", "@Softplus(beta = 2.0)", 6, 5)
          .layer("6", "@LeakyReLU", 6, 5)
          .layer("7", "@Tanh", 6, 5)
          .layer("8", "@Flatten", 30)
          .layer("9", "@Linear(4)", 4).multiplyAdds(120)
          .layer("10", "@SELU", 4)
          .layer("11", "@Linear(3)", 3).multiplyAdds(12)
          .parameter("1.weight", LINEAR1_WEIGHT, 6, 4)
          .parameter("4.weight", LINEAR4_WEIGHT, 5, 6)
          .parameter("4.bias", LINEAR4_BIAS, 5)
          .parameter("9.weight", LINEAR9_WEIGHT, 4, 30)
          .parameter("9.bias", LINEAR9_BIAS, 4)
          .parameter("11.weight", LINEAR11_WEIGHT, 3, 4)
          .parameter("11.bias", LINEAR11_BIAS, 3)
          .floatsPerExample(80, 336)
          .loss("@CrossEntropyLoss", TensorSpec.indices(3).ignoring(-100), Decision.ARGMAX)
          .optimizer("@SGD(lr = 0.05, momentum = 0.9, nesterov = true)", () -> new Sgd(0.05, 0.9, 0.0, 0.0, true))
          .training(1, 1, true);

  private Tensor linear1Weight;
  private Tensor linear1WeightT;
  private Tensor linear1WeightGrad;
  private Tensor linear4Weight;
  private Tensor linear4WeightT;
  private Tensor linear4WeightGrad;
  private Tensor linear4Bias;
  private Tensor linear4BiasGrad;
  private Tensor linear9Weight;
  private Tensor linear9WeightT;
  private Tensor linear9WeightGrad;
  private Tensor linear9Bias;
  private Tensor linear9BiasGrad;
  private Tensor linear11Weight;
  private Tensor linear11WeightT;
  private Tensor linear11WeightGrad;
  private Tensor linear11Bias;
  private Tensor linear11BiasGrad;
  private Scalar negativeSlope;
  private Scalar beta;
  private Scalar threshold;
  private Scalar negativeSlope2;
  private Scalar seluAlpha;
  private Scalar seluScale;
  private Scalar one;

  private EverythingModel() {
    super(BLUEPRINT);
  }

  /**
   * A new model, initialised from another seed each time.
   *
   * @return a model on the CPU, to be closed
   */
  public static EverythingModel create() {
    return create(seed(BLUEPRINT));
  }

  /**
   * A new model, initialised as Python's program would after {@code torch.manual_seed(seed)}.
   *
   * @param seed any number
   * @return a model on the CPU, to be closed
   */
  public static EverythingModel create(long seed) {
    EverythingModel model = new EverythingModel();
    model.start(seed);
    return model;
  }

  @Override
  protected void bind(Tensor values, Tensor gradients) {
    linear1Weight = view(values, LINEAR1_WEIGHT, 6, 4);
    linear1WeightT = linear1Weight.t();
    linear1WeightGrad = view(gradients, LINEAR1_WEIGHT, 6, 4);
    linear4Weight = view(values, LINEAR4_WEIGHT, 5, 6);
    linear4WeightT = linear4Weight.t();
    linear4WeightGrad = view(gradients, LINEAR4_WEIGHT, 5, 6);
    linear4Bias = view(values, LINEAR4_BIAS, 5);
    linear4BiasGrad = view(gradients, LINEAR4_BIAS, 5);
    linear9Weight = view(values, LINEAR9_WEIGHT, 4, 30);
    linear9WeightT = linear9Weight.t();
    linear9WeightGrad = view(gradients, LINEAR9_WEIGHT, 4, 30);
    linear9Bias = view(values, LINEAR9_BIAS, 4);
    linear9BiasGrad = view(gradients, LINEAR9_BIAS, 4);
    linear11Weight = view(values, LINEAR11_WEIGHT, 3, 4);
    linear11WeightT = linear11Weight.t();
    linear11WeightGrad = view(gradients, LINEAR11_WEIGHT, 3, 4);
    linear11Bias = view(values, LINEAR11_BIAS, 3);
    linear11BiasGrad = view(gradients, LINEAR11_BIAS, 3);
    negativeSlope = new Scalar(0.2);
    beta = new Scalar(2.0);
    threshold = new Scalar(20.0);
    negativeSlope2 = new Scalar(0.01);
    seluAlpha = new Scalar(1.6732632423543772);
    seluScale = new Scalar(1.0507009873554805);
    one = new Scalar(1.0);
  }

  @Override
  protected void initialize(GeneratorOptional generator) {
    kaimingUniform(linear1Weight, Math.sqrt(5), generator);
    kaimingUniform(linear4Weight, Math.sqrt(5), generator);
    uniform(linear4Bias, 1 / Math.sqrt(6), generator);
    kaimingUniform(linear9Weight, Math.sqrt(5), generator);
    uniform(linear9Bias, 1 / Math.sqrt(30), generator);
    kaimingUniform(linear11Weight, Math.sqrt(5), generator);
    uniform(linear11Bias, 1 / Math.sqrt(4), generator);
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
    Tensor leakyrelu0;
    Tensor linear1Matrix;
    Tensor leakyrelu0Matrix;
    Prepared linear1Product;
    Tensor linear1;
    Tensor linear4Matrix;
    Tensor flatten3Matrix;
    Prepared linear4Product;
    Tensor softplus5;
    Tensor linear4;
    Tensor tanh7;
    Tensor linear9;
    Tensor flatten8;
    Prepared linear9Product;
    Tensor linear11;
    Prepared linear11Product;
    Tensor logProbabilities;
    Tensor loss;
    Tensor linear11Grad;
    ClassGradient classGradient;
    Tensor linear9Grad;
    Tensor linear11GradPartT;
    Tensor linear9All;
    Tensor linear11WeightGradPart;
    Tensor linear11BiasGradPart;
    Tensor flatten8Grad;
    Tensor linear9GradPartT;
    Tensor flatten8All;
    Tensor linear9WeightGradPart;
    Tensor linear9BiasGradPart;
    Tensor linear4Grad;
    Tensor flatten3GradMatrix;
    Tensor linear4GradMatrix;
    Tensor linear4WeightGradPiece;
    Tensor linear4GradMatrixT;
    Tensor linear4BiasGradPiece;
    Tensor linear1Grad;
    Tensor linear1WeightGradPiece;
    Tensor linear1GradMatrix;
    Tensor linear1GradMatrixT;
    Pieces pieces;

    @Override
    protected void bind() {
      leakyrelu0 = rows(0, 2, 3, 4);            // (n, 2, 3, 4)
      linear1Matrix = matrix(32, 6, 6);         // (n·6, 6)
      leakyrelu0Matrix = matrix(0, 6, 4);       // (n·6, 4)
      linear1Product = product(linear1Matrix, leakyrelu0Matrix, linear1Weight, null);
      linear1 = rows(32, 2, 3, 6);              // (n, 2, 3, 6)
      linear4Matrix = matrix(at(80, 0), 6, 5);  // (n·6, 5)
      flatten3Matrix = matrix(32, 6, 6);        // (n·6, 6)
      linear4Product = product(linear4Matrix, flatten3Matrix, linear4Weight, linear4Bias);
      softplus5 = rows(at(112, 32), 6, 5);      // (n, 6, 5)
      linear4 = rows(at(80, 0), 6, 5);          // (n, 6, 5)
      tanh7 = rows(at(144, 0), 6, 5);           // (n, 6, 5)
      linear9 = productRows(at(176, 32), 1, 4); // (n, 4)
      flatten8 = rows(at(144, 0), 30);          // (n, 30)
      linear9Product = product(linear9, flatten8, linear9Weight, linear9Bias);
      linear11 = rows(at(192, 0), 3);           // (n, 3)
      linear11Product = product(linear11, linear9, linear11Weight, linear11Bias);
      logProbabilities = rows(at(208, 32), 3);  // (n, 3)
      loss = number();
    }

    @Override
    protected void bindTraining() {
      linear11Grad = rows(224, 3);                  // (n, 3)
      classGradient = classGradient(linear11Grad, logProbabilities, 1.0 / total);
      linear9Grad = rows(240, 4);                   // (n, 4)
      linear11GradPartT = part(all(224, 1, 3).t()); // part of (total, 3), transposed
      linear9All = all(176, 1, 4);                  // (total, 4)
      linear11WeightGradPart = part(linear11WeightGrad);
      linear11BiasGradPart = part(linear11BiasGrad);
      flatten8Grad = rows(256, 30);                 // (n, 30)
      linear9GradPartT = part(all(240, 1, 4).t());  // part of (total, 4), transposed
      flatten8All = all(144, 1, 30);                // (total, 30)
      linear9WeightGradPart = part(linear9WeightGrad);
      linear9BiasGradPart = part(linear9BiasGrad);
      linear4Grad = rows(256, 6, 5);                // (n, 6, 5)
      flatten3GradMatrix = matrix(288, 6, 6);       // (n·6, 6)
      linear4GradMatrix = matrix(256, 6, 5);        // (n·6, 5)
      linear4WeightGradPiece = piece(linear4WeightGrad);
      linear4GradMatrixT = linear4GradMatrix.t();
      linear4BiasGradPiece = piece(linear4BiasGrad);
      linear1Grad = rows(288, 2, 3, 6);             // (n, 2, 3, 6)
      linear1WeightGradPiece = piece(linear1WeightGrad);
      linear1GradMatrix = matrix(288, 6, 6);        // (n·6, 6)
      linear1GradMatrixT = linear1GradMatrix.t();
      pieces = pieces(linear1WeightGrad, linear4BiasGrad);
    }

    /** Forward: (n, 2, 3, 4) → (n, 3). */
    @Override
    protected Tensor forward(Tensor input) {
      leaky_relu_out(leakyrelu0, input, negativeSlope);  // (n, 2, 3, 4)  0 LeakyReLU
      if (suits(linear1Product)) {                       // (n, 2, 3, 6)  1 Linear
        linear1Product.compute();
      } else {
        mm_out(linear1Matrix, leakyrelu0Matrix, linear1WeightT);
      }
      sigmoid_(linear1);                                 // (n, 2, 3, 6)  2 Sigmoid, in place
      if (suits(linear4Product)) {                       // (n, 6, 5)  4 Linear
        linear4Product.compute();
      } else {
        addmm_out(linear4Matrix, linear4Bias, flatten3Matrix, linear4WeightT);
      }
      softplus_out(softplus5, linear4, beta, threshold); // (n, 6, 5)  5 Softplus
      leaky_relu_(softplus5, negativeSlope2);            // (n, 6, 5)  6 LeakyReLU, in place
      tanh_out(tanh7, softplus5);                        // (n, 6, 5)  7 Tanh
      if (suits(linear9Product)) {                       // (n, 4)  9 Linear
        linear9Product.compute();
      } else {
        addmm_out(linear9, linear9Bias, flatten8, linear9WeightT);
      }
      selu_(linear9);                                    // (n, 4)  10 SELU, in place
      if (suits(linear11Product)) {                      // (n, 3)  11 Linear
        linear11Product.compute();
      } else {
        addmm_out(linear11, linear11Bias, linear9, linear11WeightT);
      }
      return linear11;
    }

    /** CrossEntropyLoss: −1/n · Σ ln softmax(output)[target]. */
    @Override
    protected Tensor loss(Tensor target) {
      log_softmax_out(logProbabilities, linear11, 1); // (n, 3)
      nll_loss_out(loss, logProbabilities, target);   // mean over n
      return loss;
    }

    /** Backward: the gradient of each layer's output, from the last to the first. */
    @Override
    protected void backward(Tensor target) {
      classGradient.of(known(target));                                                    // (softmax − one-hot target) / total
      countOnly(linear11Grad, target);                                                    // without what is ignored
      mm_out(linear9Grad, linear11Grad, linear11Weight);                                  // (n, 4)  11 Linear
      // (n, 4)  10 SELU
      elu_backward_out(linear9Grad, linear9Grad, seluAlpha, seluScale, one, true,
          linear9);
      mm_out(flatten8Grad, linear9Grad, linear9Weight);                                   // (n, 30)  9 Linear
      tanh_backward_out(linear4Grad, linear4Grad, tanh7);                                 // (n, 6, 5)  7 Tanh
      leaky_relu_backward_out(linear4Grad, linear4Grad, softplus5, negativeSlope2, true); // (n, 6, 5)  6 LeakyReLU
      softplus_backward_out(linear4Grad, linear4Grad, linear4, beta, threshold);          // (n, 6, 5)  5 Softplus
      mm_out(flatten3GradMatrix, linear4GradMatrix, linear4Weight);                       // (n, 6, 6)  4 Linear
      mm_out(linear4WeightGradPiece, linear4GradMatrixT, flatten3Matrix);                 // 4.weight (5, 6)
      sum_out(linear4BiasGradPiece, linear4GradMatrix, 0);                                // 4.bias (5)
      sigmoid_backward_out(linear1Grad, linear1Grad, linear1);                            // (n, 2, 3, 6)  2 Sigmoid
      mm_out(linear1WeightGradPiece, linear1GradMatrixT, leakyrelu0Matrix);               // 1.weight (6, 4)
    }

    /** The gradients of the share's part of the parameters, from all rows. */
    @Override
    protected void gradients() {
      pieces.sum();                                                  // 1.weight … 4.bias
      mm_out(linear11WeightGradPart, linear11GradPartT, linear9All); // 11.weight (3, 4)
      sum_out(linear11BiasGradPart, linear11GradPartT, 1);           // 11.bias (3)
      apart();
      mm_out(linear9WeightGradPart, linear9GradPartT, flatten8All);  // 9.weight (4, 30)
      sum_out(linear9BiasGradPart, linear9GradPartT, 1);             // 9.bias (4)
    }
  }

  /** The network as ONNX' operators; loaded by who exports it. */
  private static final class Onnx extends OnnxNetwork {
    /** What is given, the operators, and what leaves. */
    @Override
    protected void describe() {
      OnnxValue input = given("input", 2, 3, 4);                                         // (N, 2, 3, 4)
      OnnxValue leakyrelu0 = layer("0", op("LeakyRelu", input).with("alpha", 0.2));      // (N, 2, 3, 4)
      // (N, 2, 3, 6)
      OnnxValue linear1 = layer("1", op("MatMul", leakyrelu0, op("Transpose",
          parameter("1.weight")).withAll("perm", 1, 0)));
      OnnxValue sigmoid2 = layer("2", op("Sigmoid", linear1));                           // (N, 2, 3, 6)
      OnnxValue flatten3 = layer("3", op("Reshape", sigmoid2, integers(0, 6, 6)));       // (N, 6, 6)
      // (N, 6, 5)
      OnnxValue linear4 = layer("4", op("Add", op("MatMul", flatten3, op("Transpose",
          parameter("4.weight")).withAll("perm", 1, 0)), parameter("4.bias")));
      OnnxValue softplus5Scaled = op("Mul", linear4, number(2.0));
      // (N, 6, 5)
      OnnxValue softplus5 = layer("5",
          op("Div", op("Softplus", softplus5Scaled), number(2.0)));
      OnnxValue leakyrelu6 = layer("6", op("LeakyRelu", softplus5).with("alpha", 0.01)); // (N, 6, 5)
      OnnxValue tanh7 = layer("7", op("Tanh", leakyrelu6));                              // (N, 6, 5)
      OnnxValue flatten8 = layer("8", op("Reshape", tanh7, integers(0, 30)));            // (N, 30)
      // (N, 4)
      OnnxValue linear9 = layer("9", op("Gemm", flatten8, parameter("9.weight"),
          parameter("9.bias")).with("transB", 1));
      OnnxValue selu10 = layer("10", op("Selu", linear9));                               // (N, 4)
      // (N, 3)
      OnnxValue linear11 = layer("11", op("Gemm", selu10, parameter("11.weight"),
          parameter("11.bias")).with("transB", 1));
      gives("output", linear11, 3);
    }
  }
}
