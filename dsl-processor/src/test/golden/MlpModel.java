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
 * The network of {@link Mlp}, written out: forward, backward and update as libtorch operations.
 *
 * <table>
 * <caption>Layers, for a batch of N examples</caption>
 * <tr><th>layer</th><th>output</th><th>parameters</th><th>result in</th></tr>
 * <tr><td>0 {@code @Flatten}</td><td>(N, 784)</td><td>–</td><td>flatten0</td></tr>
 * <tr><td>1 {@code @Linear({784, 200})}</td><td>(N, 200)</td><td>1.weight (200, 784), 1.bias (200)</td><td>linear1</td></tr>
 * <tr><td>2 {@code @ReLU}</td><td>(N, 200)</td><td>–</td><td>linear1</td></tr>
 * <tr><td>3 {@code @Linear({200, 200})}</td><td>(N, 200)</td><td>3.weight (200, 200), 3.bias (200)</td><td>linear3</td></tr>
 * <tr><td>4 {@code @ReLU}</td><td>(N, 200)</td><td>–</td><td>linear3</td></tr>
 * <tr><td>5 {@code @Linear({200, 10})}</td><td>(N, 10)</td><td>5.weight (10, 200), 5.bias (10)</td><td>linear5</td></tr>
 * </table>
 *
 * <p>199,210 parameters; loss {@code @CrossEntropyLoss}; optimizer {@code @SGD(lr = 0.01)}.
 * Memory for each example of a batch: 1,728 bytes of results, 1,664 bytes of gradients.
 */
@Generated("io.github.torchscribe.processor.NetworkProcessor")
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
          .input(1, 28, 28)
          .output(10)
          .parameter("1.weight", LINEAR1_WEIGHT, 200, 784)
          .parameter("1.bias", LINEAR1_BIAS, 200)
          .parameter("3.weight", LINEAR3_WEIGHT, 200, 200)
          .parameter("3.bias", LINEAR3_BIAS, 200)
          .parameter("5.weight", LINEAR5_WEIGHT, 10, 200)
          .parameter("5.bias", LINEAR5_BIAS, 10)
          .optimizer(() -> new Sgd(0.01, 0.0, 0.0, 0.0, false))
          .training(10, 200, true)
          .seed(1L);

  private final Activations training = new Activations();
  private final Activations evaluation = new Activations();
  private final Gradients gradients = new Gradients();
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
  private Scalar zero;
  private Scalar one;

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
    zero = new Scalar(0.0);
    one = new Scalar(1.0);
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

  /** Forward: (n, 1, 28, 28) → (n, 10). */
  @Override
  protected Tensor forward(Tensor input, Mode mode) {
    Activations a = mode == Mode.TRAINING ? training : evaluation;
    long n = input.size(0);
    a.resize(n);
    a.flatten0 = input.reshape(n, 784); // (n, 784)
    addmm_out(a.linear1, linear1Bias, a.flatten0, linear1WeightT); // (n, 200)  1 Linear
    relu_(a.linear1);                                              // (n, 200)  2 ReLU, in place
    addmm_out(a.linear3, linear3Bias, a.linear1, linear3WeightT);  // (n, 200)  3 Linear
    relu_(a.linear3);                                              // (n, 200)  4 ReLU, in place
    addmm_out(a.linear5, linear5Bias, a.linear3, linear5WeightT);  // (n, 10)  5 Linear
    return a.linear5;
  }

  /** CrossEntropyLoss: −1/n · Σ ln softmax(output)[target]. */
  @Override
  protected Tensor loss(Tensor target, Mode mode) {
    Activations a = mode == Mode.TRAINING ? training : evaluation;
    log_softmax_out(a.logProbabilities, a.linear5, 1); // (n, 10)
    nll_loss_out(a.loss, a.logProbabilities, target);  // mean over n
    return a.loss;
  }

  /** Backward: the gradient of every parameter, from the last layer to the first. */
  @Override
  protected void backward(Tensor target) {
    Activations a = training;
    Gradients g = gradients;
    g.resize(target.size(0));

    // CrossEntropyLoss
    exp_out(g.linear5, a.logProbabilities);                        // softmax
    g.linear5.scatter_add_(1, target.unsqueeze(1), g.minusOnes);   // − one-hot target
    g.linear5.mul_(g.oneOverN);                                    // / n

    // 5 Linear
    mm_out(g.linear3, g.linear5, linear5Weight);                   // (n, 200)
    mm_out(linear5WeightGrad, g.linear5T, a.linear3);              // (10, 200)
    sum_out(linear5BiasGrad, g.linear5, 0);                        // (10)

    // 4 ReLU
    threshold_backward_out(g.linear3, g.linear3, a.linear3, zero); // (n, 200)

    // 3 Linear
    mm_out(g.linear1, g.linear3, linear3Weight);                   // (n, 200)
    mm_out(linear3WeightGrad, g.linear3T, a.linear1);              // (200, 200)
    sum_out(linear3BiasGrad, g.linear3, 0);                        // (200)

    // 2 ReLU
    threshold_backward_out(g.linear1, g.linear1, a.linear1, zero); // (n, 200)

    // 1 Linear
    mm_out(linear1WeightGrad, g.linear1T, a.flatten0);             // (200, 784)
    sum_out(linear1BiasGrad, g.linear1, 0);                        // (200)
  }

  /**
   * Backward, with p ← p − lr·g done as soon as g is known; a weight's update is the
   * same matrix product that would have computed its gradient.
   */
  @Override
  protected boolean descend(Tensor target, Scalar minusLr) {
    Activations a = training;
    Gradients g = gradients;
    g.resize(target.size(0));

    // CrossEntropyLoss
    exp_out(g.linear5, a.logProbabilities);                        // softmax
    g.linear5.scatter_add_(1, target.unsqueeze(1), g.minusOnes);   // − one-hot target
    g.linear5.mul_(g.oneOverN);                                    // / n

    // 5 Linear
    mm_out(g.linear3, g.linear5, linear5Weight);                   // (n, 200)
    linear5Weight.addmm_(g.linear5T, a.linear3, one, minusLr);     // (10, 200)
    sum_out(linear5BiasGrad, g.linear5, 0);                        // (10)
    linear5Bias.add_(linear5BiasGrad, minusLr);                    // (10)

    // 4 ReLU
    threshold_backward_out(g.linear3, g.linear3, a.linear3, zero); // (n, 200)

    // 3 Linear
    mm_out(g.linear1, g.linear3, linear3Weight);                   // (n, 200)
    linear3Weight.addmm_(g.linear3T, a.linear1, one, minusLr);     // (200, 200)
    sum_out(linear3BiasGrad, g.linear3, 0);                        // (200)
    linear3Bias.add_(linear3BiasGrad, minusLr);                    // (200)

    // 2 ReLU
    threshold_backward_out(g.linear1, g.linear1, a.linear1, zero); // (n, 200)

    // 1 Linear
    linear1Weight.addmm_(g.linear1T, a.flatten0, one, minusLr);    // (200, 784)
    sum_out(linear1BiasGrad, g.linear1, 0);                        // (200)
    linear1Bias.add_(linear1BiasGrad, minusLr);                    // (200)
    return true;
  }

  /** What forward writes, for a batch of n examples. */
  private final class Activations extends Buffers {
    Tensor flatten0;
    Tensor linear1;
    Tensor linear3;
    Tensor linear5;
    Tensor logProbabilities;
    Tensor loss;

    Activations() {
      super(MlpModel.this, 448);
    }

    @Override
    protected void bind(long n) {
      linear1 = rows(0, n, 200);           // (n, 200)
      linear3 = rows(208, n, 200);         // (n, 200)
      linear5 = rows(416, n, 10);          // (n, 10)
      logProbabilities = rows(432, n, 10); // (n, 10)
      loss = number();
    }
  }

  /** The loss' gradient with respect to each layer's output, for a batch of n examples. */
  private final class Gradients extends Buffers {
    Tensor linear5;
    Tensor minusOnes;
    Scalar oneOverN;
    Tensor linear3;
    Tensor linear5T;
    Tensor linear1;
    Tensor linear3T;
    Tensor linear1T;

    Gradients() {
      super(MlpModel.this, 416);
    }

    @Override
    protected void bind(long n) {
      linear5 = rows(0, n, 10);    // (n, 10)
      minusOnes = filled(-1, n, 1);
      oneOverN = new Scalar(1.0 / n);
      linear3 = rows(208, n, 200); // (n, 200)
      linear5T = linear5.t();      // transposed (n, 10)
      linear1 = rows(0, n, 200);   // (n, 200)
      linear3T = linear3.t();      // transposed (n, 200)
      linear1T = linear1.t();      // transposed (n, 200)
    }
  }
}
