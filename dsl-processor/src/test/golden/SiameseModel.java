package test;

import static io.github.torchscribe.runtime.generated.Initializers.*;
import static org.bytedeco.pytorch.global.torch.*;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.generated.Blueprint;
import io.github.torchscribe.runtime.generated.Share;
import io.github.torchscribe.runtime.learner.Decision;
import io.github.torchscribe.runtime.optim.Adam;
import io.github.torchscribe.runtime.torch.TensorSpec;
import io.github.torchscribe.runtime.torch.Workload;
import javax.annotation.processing.Generated;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Tensor;

/**
 * The network of {@link Siamese}: forward as libtorch operations that autograd differentiates.
 *
 * <table>
 * <caption>Layers, for a batch of N examples</caption>
 * <tr><th>layer</th><th>output</th><th>parameters</th><th>multiply-adds</th></tr>
 * <tr><td>encode.0 {@code @Flatten}</td><td>(N, 784)</td><td>–</td><td>–</td></tr>
 * <tr><td>encode.1 {@code @Linear(32)}</td><td>(N, 32)</td><td>encode.1.weight (32, 784), encode.1.bias (32)</td><td>25,088</td></tr>
 * <tr><td>encode.2 {@code @ReLU}</td><td>(N, 32)</td><td>–</td><td>–</td></tr>
 * <tr><td>compare.0 {@code @Linear({32, 1})}</td><td>(N, 1)</td><td>compare.0.weight (1, 32), compare.0.bias (1)</td><td>32</td></tr>
 * </table>
 *
 * <p>25,153 parameters; loss {@code @BCEWithLogitsLoss}; optimizer {@code @Adam}.
 */
@Generated("io.github.torchscribe.processor.NetworkProcessor")
public final class SiameseModel extends Model {
  /** encode.1.weight (32, 784): where it begins in the flat buffer. */
  private static final long ENCODELINEAR1_WEIGHT = 0;

  /** encode.1.bias (32): where it begins in the flat buffer. */
  private static final long ENCODELINEAR1_BIAS = 25_088;

  /** compare.0.weight (1, 32): where it begins in the flat buffer. */
  private static final long COMPARELINEAR0_WEIGHT = 25_120;

  /** compare.0.bias (1): where it begins in the flat buffer. */
  private static final long COMPARELINEAR0_BIAS = 25_152;

  private static final Blueprint BLUEPRINT =
      Blueprint.of("Siamese", Workload.MATRIX_PRODUCTS)
          .input(TensorSpec.numbers(2, 28, 28))
          .output(1)
          .layer("encode.0", "@Flatten", 784)
          .layer("encode.1", "@Linear(32)", 32).multiplyAdds(25_088)
          .layer("encode.2", "@ReLU", 32)
          .layer("compare.0", "@Linear({32, 1})", 1).reads("input").multiplyAdds(32)
          .parameter("encode.1.weight", ENCODELINEAR1_WEIGHT, 32, 784)
          .parameter("encode.1.bias", ENCODELINEAR1_BIAS, 32)
          .parameter("compare.0.weight", COMPARELINEAR0_WEIGHT, 1, 32)
          .parameter("compare.0.bias", COMPARELINEAR0_BIAS, 1)
          .autograd()
          .loss("@BCEWithLogitsLoss", TensorSpec.numbers(1), Decision.LOGIT_ABOVE_ZERO)
          .optimizer("@Adam", () -> new Adam(0.001, 0.9, 0.999, 1.0E-8, 0.0, false, false))
          .training(1, 1, true);

  private Tensor gradients;
  private Tensor encodeLinear1Weight;
  private Tensor encodeLinear1Bias;
  private Tensor compareLinear0Weight;
  private Tensor compareLinear0Bias;

  private SiameseModel() {
    super(BLUEPRINT);
  }

  /**
   * A new model, initialised from another seed each time.
   *
   * @return a model on the CPU, to be closed
   */
  public static SiameseModel create() {
    return create(seed(BLUEPRINT));
  }

  /**
   * A new model, initialised as Python's program would after {@code torch.manual_seed(seed)}.
   *
   * @param seed any number
   * @return a model on the CPU, to be closed
   */
  public static SiameseModel create(long seed) {
    SiameseModel model = new SiameseModel();
    model.start(seed);
    return model;
  }

  @Override
  protected void bind(Tensor values, Tensor gradients) {
    this.gradients = gradients;
    encodeLinear1Weight = leaf(values, gradients, ENCODELINEAR1_WEIGHT, 32, 784);
    encodeLinear1Bias = leaf(values, gradients, ENCODELINEAR1_BIAS, 32);
    compareLinear0Weight = leaf(values, gradients, COMPARELINEAR0_WEIGHT, 1, 32);
    compareLinear0Bias = leaf(values, gradients, COMPARELINEAR0_BIAS, 1);
  }

  @Override
  protected void initialize(GeneratorOptional generator) {
    kaimingUniform(encodeLinear1Weight, Math.sqrt(5), generator);
    uniform(encodeLinear1Bias, 1 / Math.sqrt(784), generator);
    kaimingUniform(compareLinear0Weight, Math.sqrt(5), generator);
    uniform(compareLinear0Bias, 1 / Math.sqrt(32), generator);
  }

  @Override
  protected Share share() {
    return new Rows();
  }

  /** A pass over a batch of n examples; autograd records it. */
  private final class Rows extends Share {
    private Tensor output;
    private Tensor loss;
    private final Siamese network = new Whole();

    /**
     * The forward of {@link Siamese}: (n, 2, 28, 28) → (n, 1); autograd records it while training.
     */
    @Override
    protected Tensor forward(Tensor input) {
      output = checked(network.forward(input));
      return output;
    }

    /** (n, 28, 28) → (n, 32). */
    private Tensor encodeLayers(Tensor input) {
      Tensor encodeFlatten0 = input.flatten(1, -1); // (n, 784)
      // (n, 32)
      Tensor encodeLinear1 = linear(encodeFlatten0, encodeLinear1Weight,
          encodeLinear1Bias);
      Tensor encodeRelu2 = relu(encodeLinear1);     // (n, 32)
      return encodeRelu2;
    }

    /** (n, 32) → (n, 1). */
    private Tensor compareLayers(Tensor input) {
      Tensor compareLinear0 = linear(input, compareLinear0Weight, compareLinear0Bias); // (n, 1)
      return compareLinear0;
    }

    /** BCEWithLogitsLoss: mean of (1 − target)·output − ln σ(output). */
    @Override
    protected Tensor loss(Tensor target) {
      loss = binary_cross_entropy_with_logits(output, target);
      return loss;
    }

    /** Backward: libtorch adds every parameter's gradient to its place. */
    @Override
    protected void backward(Tensor target) {
      gradients.zero_();
      loss.backward();
    }

    /** The methods that layers stand on. */
    private class Stacks {
      public Tensor encode(Tensor input) {
        return Rows.this.encodeLayers(input);
      }

      public Tensor compare(Tensor input) {
        return Rows.this.compareLayers(input);
      }
    }

    /** Without a body: in it names of {@link Siamese} would hide ours. */
    private final class Whole extends Stacks implements Siamese {
    }
  }
}
