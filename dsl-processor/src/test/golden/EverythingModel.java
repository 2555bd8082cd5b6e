package test;

import static io.github.torchscribe.runtime.Initializers.*;
import static org.bytedeco.pytorch.global.torch.*;

import io.github.torchscribe.runtime.Blueprint;
import io.github.torchscribe.runtime.Buffers;
import io.github.torchscribe.runtime.Mode;
import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Workload;
import io.github.torchscribe.runtime.optim.Sgd;
import javax.annotation.processing.Generated;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * The network of {@link Everything}, written out: forward, backward and update as libtorch operations.
 *
 * <table>
 * <caption>Layers, for a batch of N examples</caption>
 * <tr><th>layer</th><th>output</th><th>parameters</th><th>result in</th></tr>
 * <tr><td>0 {@code @LeakyReLU(negativeSlope = 0.2)}</td><td>(N, 2, 3, 4)</td><td>–</td><td>leakyrelu0</td></tr>
 * <tr><td>1 {@code @Linear(value = {4, 6}, bias = false)}</td><td>(N, 2, 3, 6)</td><td>1.weight (6, 4)</td><td>linear1</td></tr>
 * <tr><td>2 {@code @Sigmoid}</td><td>(N, 2, 3, 6)</td><td>–</td><td>linear1</td></tr>
 * <tr><td>3 {@code @Flatten(endDim = 2)}</td><td>(N, 6, 6)</td><td>–</td><td>flatten3</td></tr>
 * <tr><td>4 {@code @Linear(5)}</td><td>(N, 6, 5)</td><td>4.weight (5, 6), 4.bias (5)</td><td>linear4</td></tr>
 * <tr><td>5 {@code @Softplus(beta = 2.0)}</td><td>(N, 6, 5)</td><td>–</td><td>softplus5</td></tr>
 * <tr><td>6 {@code @LeakyReLU}</td><td>(N, 6, 5)</td><td>–</td><td>softplus5</td></tr>
 * <tr><td>7 {@code @Tanh}</td><td>(N, 6, 5)</td><td>–</td><td>tanh7</td></tr>
 * <tr><td>8 {@code @Flatten}</td><td>(N, 30)</td><td>–</td><td>flatten8</td></tr>
 * <tr><td>9 {@code @Linear(4)}</td><td>(N, 4)</td><td>9.weight (4, 30), 9.bias (4)</td><td>linear9</td></tr>
 * <tr><td>10 {@code @SELU}</td><td>(N, 4)</td><td>–</td><td>linear9</td></tr>
 * <tr><td>11 {@code @Linear(3)}</td><td>(N, 3)</td><td>11.weight (3, 4), 11.bias (3)</td><td>linear11</td></tr>
 * </table>
 *
 * <p>198 parameters; loss {@code @CrossEntropyLoss}; optimizer {@code @SGD(lr = 0.05, momentum = 0.9, nesterov = true)}.
 * Memory for each example of a batch: 832 bytes of results, 320 bytes of gradients.
 */
@Generated("io.github.torchscribe.processor.NetworkProcessor")
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
          .input(2, 3, 4)
          .output(3)
          .parameter("1.weight", LINEAR1_WEIGHT, 6, 4)
          .parameter("4.weight", LINEAR4_WEIGHT, 5, 6)
          .parameter("4.bias", LINEAR4_BIAS, 5)
          .parameter("9.weight", LINEAR9_WEIGHT, 4, 30)
          .parameter("9.bias", LINEAR9_BIAS, 4)
          .parameter("11.weight", LINEAR11_WEIGHT, 3, 4)
          .parameter("11.bias", LINEAR11_BIAS, 3)
          .optimizer(() -> new Sgd(0.05, 0.9, 0.0, 0.0, true))
          .training(1, 1, true);

  private final Activations training = new Activations();
  private final Activations evaluation = new Activations();
  private final Gradients gradients = new Gradients();
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

  /** Forward: (n, 2, 3, 4) → (n, 3). */
  @Override
  protected Tensor forward(Tensor input, Mode mode) {
    Activations a = mode == Mode.TRAINING ? training : evaluation;
    long n = input.size(0);
    a.resize(n);
    a.input = input; // (n, 2, 3, 4)
    leaky_relu_out(a.leakyrelu0, a.input, negativeSlope);                  // (n, 2, 3, 4)  0 LeakyReLU
    mm_out(a.linear1Rows, a.leakyrelu0Rows, linear1WeightT);               // (n, 2, 3, 6)  1 Linear
    sigmoid_(a.linear1);                                                   // (n, 2, 3, 6)  2 Sigmoid, in place
    addmm_out(a.linear4Rows, linear4Bias, a.flatten3Rows, linear4WeightT); // (n, 6, 5)  4 Linear
    softplus_out(a.softplus5, a.linear4, beta, threshold);                 // (n, 6, 5)  5 Softplus
    leaky_relu_(a.softplus5, negativeSlope2);                              // (n, 6, 5)  6 LeakyReLU, in place
    tanh_out(a.tanh7, a.softplus5);                                        // (n, 6, 5)  7 Tanh
    addmm_out(a.linear9, linear9Bias, a.flatten8, linear9WeightT);         // (n, 4)  9 Linear
    selu_(a.linear9);                                                      // (n, 4)  10 SELU, in place
    addmm_out(a.linear11, linear11Bias, a.linear9, linear11WeightT);       // (n, 3)  11 Linear
    return a.linear11;
  }

  /** CrossEntropyLoss: −1/n · Σ ln softmax(output)[target]. */
  @Override
  protected Tensor loss(Tensor target, Mode mode) {
    Activations a = mode == Mode.TRAINING ? training : evaluation;
    log_softmax_out(a.logProbabilities, a.linear11, 1); // (n, 3)
    nll_loss_out(a.loss, a.logProbabilities, target);   // mean over n
    return a.loss;
  }

  /** Backward: the gradient of every parameter, from the last layer to the first. */
  @Override
  protected void backward(Tensor target) {
    Activations a = training;
    Gradients g = gradients;
    g.resize(target.size(0));

    // CrossEntropyLoss
    exp_out(g.linear11, a.logProbabilities);                                            // softmax
    g.linear11.scatter_add_(1, target.unsqueeze(1), g.minusOnes);                       // − one-hot target
    g.linear11.mul_(g.oneOverN);                                                        // / n

    // 11 Linear
    mm_out(g.linear9, g.linear11, linear11Weight);                                      // (n, 4)
    mm_out(linear11WeightGrad, g.linear11T, a.linear9);                                 // (3, 4)
    sum_out(linear11BiasGrad, g.linear11, 0);                                           // (3)

    // 10 SELU
    elu_backward_out(g.linear9, g.linear9, seluAlpha, seluScale, one, true, a.linear9); // (n, 4)

    // 9 Linear
    mm_out(g.flatten8, g.linear9, linear9Weight);                                       // (n, 30)
    mm_out(linear9WeightGrad, g.linear9T, a.flatten8);                                  // (4, 30)
    sum_out(linear9BiasGrad, g.linear9, 0);                                             // (4)

    // 7 Tanh
    tanh_backward_out(g.linear4, g.linear4, a.tanh7);                                   // (n, 6, 5)

    // 6 LeakyReLU
    leaky_relu_backward_out(g.linear4, g.linear4, a.softplus5, negativeSlope2, true);   // (n, 6, 5)

    // 5 Softplus
    softplus_backward_out(g.linear4, g.linear4, a.linear4, beta, threshold);            // (n, 6, 5)

    // 4 Linear
    mm_out(g.flatten3Rows, g.linear4Rows, linear4Weight);                               // (n, 6, 6)
    mm_out(linear4WeightGrad, g.linear4RowsT, a.flatten3Rows);                          // (5, 6)
    sum_out(linear4BiasGrad, g.linear4Rows, 0);                                         // (5)

    // 2 Sigmoid
    sigmoid_backward_out(g.linear1, g.linear1, a.linear1);                              // (n, 2, 3, 6)

    // 1 Linear
    mm_out(linear1WeightGrad, g.linear1RowsT, a.leakyrelu0Rows);                        // (6, 4)
  }

  /** What forward writes, for a batch of n examples. */
  private final class Activations extends Buffers {
    Tensor input;
    Tensor leakyrelu0;
    Tensor leakyrelu0Rows;
    Tensor linear1Rows;
    Tensor linear1;
    Tensor flatten3Rows;
    Tensor linear4Rows;
    Tensor softplus5;
    Tensor linear4;
    Tensor tanh7;
    Tensor flatten8;
    Tensor linear9;
    Tensor linear11;
    Tensor logProbabilities;
    Tensor loss;

    Activations() {
      super(EverythingModel.this, 224);
    }

    @Override
    protected void bind(long n) {
      leakyrelu0 = rows(0, n, 2, 3, 4);   // (n, 2, 3, 4)
      leakyrelu0Rows = rows(0, n * 6, 4); // (n * 6, 4)
      linear1Rows = rows(32, n * 6, 6);   // (n * 6, 6)
      linear1 = rows(32, n, 2, 3, 6);     // (n, 2, 3, 6)
      flatten3Rows = rows(32, n * 6, 6);  // (n * 6, 6)
      linear4Rows = rows(80, n * 6, 5);   // (n * 6, 5)
      softplus5 = rows(112, n, 6, 5);     // (n, 6, 5)
      linear4 = rows(80, n, 6, 5);        // (n, 6, 5)
      tanh7 = rows(144, n, 6, 5);         // (n, 6, 5)
      flatten8 = rows(144, n, 30);        // (n, 30)
      linear9 = rows(176, n, 4);          // (n, 4)
      linear11 = rows(192, n, 3);         // (n, 3)
      logProbabilities = rows(208, n, 3); // (n, 3)
      loss = number();
    }
  }

  /** The loss' gradient with respect to each layer's output, for a batch of n examples. */
  private final class Gradients extends Buffers {
    Tensor linear11;
    Tensor minusOnes;
    Scalar oneOverN;
    Tensor linear9;
    Tensor linear11T;
    Tensor flatten8;
    Tensor linear9T;
    Tensor linear4;
    Tensor flatten3Rows;
    Tensor linear4Rows;
    Tensor linear4RowsT;
    Tensor linear1;
    Tensor linear1Rows;
    Tensor linear1RowsT;

    Gradients() {
      super(EverythingModel.this, 80);
    }

    @Override
    protected void bind(long n) {
      linear11 = rows(0, n, 3);          // (n, 3)
      minusOnes = filled(-1, n, 1);
      oneOverN = new Scalar(1.0 / n);
      linear9 = rows(32, n, 4);          // (n, 4)
      linear11T = linear11.t();          // transposed (n, 3)
      flatten8 = rows(0, n, 30);         // (n, 30)
      linear9T = linear9.t();            // transposed (n, 4)
      linear4 = rows(0, n, 6, 5);        // (n, 6, 5)
      flatten3Rows = rows(32, n * 6, 6); // (n * 6, 6)
      linear4Rows = rows(0, n * 6, 5);   // (n * 6, 5)
      linear4RowsT = linear4Rows.t();    // transposed (n * 6, 5)
      linear1 = rows(32, n, 2, 3, 6);    // (n, 2, 3, 6)
      linear1Rows = rows(32, n * 6, 6);  // (n * 6, 6)
      linear1RowsT = linear1Rows.t();    // transposed (n * 6, 6)
    }
  }
}
