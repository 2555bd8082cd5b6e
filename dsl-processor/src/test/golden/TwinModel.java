package test;

import static io.github.torchscribe.runtime.generated.Initializers.*;
import static org.bytedeco.pytorch.global.torch.*;

import io.github.torchscribe.dsl.Order;
import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.generated.Blueprint;
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
 * The network of {@link Twin}: forward as libtorch operations that autograd differentiates.
 *
 * <table>
 * <caption>Layers, for a batch of N examples</caption>
 * <tr><th>layer</th><th>output</th><th>parameters</th><th>multiply-adds</th></tr>
 * <tr><td>0 {@code @Linear({4, 8})}</td><td>(N, 8)</td><td>0.weight (8, 4), 0.bias (8)</td><td>32</td></tr>
 * <tr><td>1 {@code @LeakyReLU}</td><td>(N, 8)</td><td>–</td><td>–</td></tr>
 * <tr><td>2 {@code @Linear(value = {8, 3}, bias = false)}</td><td>(N, 3)</td><td>2.weight (3, 8)</td><td>24</td></tr>
 * </table>
 *
 * <p>64 parameters; loss {@code @CrossEntropyLoss}; optimizer {@code @SGD}.
 */
@Generated("io.github.torchscribe.processor.NetworkProcessor")
@Order({"Network", "Linear", "LeakyReLU", "Linear", "CrossEntropyLoss", "SGD"})
final class TwinModel extends Model {
  /** 0.weight (8, 4): where it begins in the flat buffer. */
  private static final long LINEAR0_WEIGHT = 0;

  /** 0.bias (8): where it begins in the flat buffer. */
  private static final long LINEAR0_BIAS = 32;

  /** 2.weight (3, 8): where it begins in the flat buffer. */
  private static final long LINEAR2_WEIGHT = 40;

  private static final Blueprint BLUEPRINT =
      Blueprint.of("Twin", Workload.MATRIX_PRODUCTS)
          .input(TensorSpec.numbers(4))
          .output(3)
          .layer("0", "@Linear({4, 8})", 8).multiplyAdds(32)
          .layer("1", "@LeakyReLU", 8)
          .layer("2", "@Linear(value = {8, 3}, bias = false)", 3).multiplyAdds(24)
          .parameter("0.weight", LINEAR0_WEIGHT, 8, 4)
          .parameter("0.bias", LINEAR0_BIAS, 8)
          .parameter("2.weight", LINEAR2_WEIGHT, 3, 8)
          .autograd()
          .loss("@CrossEntropyLoss", TensorSpec.indices(3).ignoring(-100), Decision.ARGMAX)
          .optimizer("@SGD", () -> new Sgd(0.001, 0.0, 0.0, 0.0, false))
          .training(1, 1, true);

  private Tensor gradients;
  private Tensor linear0Weight;
  private Tensor linear0Bias;
  private Tensor linear2Weight;
  private Scalar negativeSlope;

  private TwinModel() {
    super(BLUEPRINT);
  }

  /**
   * A new model, initialised from another seed each time.
   *
   * @return a model on the CPU, to be closed
   */
  public static TwinModel create() {
    return create(seed(BLUEPRINT));
  }

  /**
   * A new model, initialised as Python's program would after {@code torch.manual_seed(seed)}.
   *
   * @param seed any number
   * @return a model on the CPU, to be closed
   */
  public static TwinModel create(long seed) {
    TwinModel model = new TwinModel();
    model.start(seed);
    return model;
  }

  @Override
  protected void bind(Tensor values, Tensor gradients) {
    this.gradients = gradients;
    linear0Weight = leaf(values, gradients, LINEAR0_WEIGHT, 8, 4);
    linear0Bias = leaf(values, gradients, LINEAR0_BIAS, 8);
    linear2Weight = leaf(values, gradients, LINEAR2_WEIGHT, 3, 8);
    negativeSlope = new Scalar(0.01);
  }

  @Override
  protected void initialize(GeneratorOptional generator) {
    kaimingUniform(linear0Weight, Math.sqrt(5), generator);
    uniform(linear0Bias, 1 / Math.sqrt(4), generator);
    kaimingUniform(linear2Weight, Math.sqrt(5), generator);
  }

  @Override
  protected Share share() {
    return new Rows();
  }

  @Override
  protected OnnxNetwork onnx() {
    return new Onnx();
  }

  /** A pass over a batch of n examples; autograd records it. */
  private final class Rows extends Share {
    private Tensor output;
    private Tensor loss;

    /** Forward: (n, 4) → (n, 3); autograd records it while training. */
    @Override
    protected Tensor forward(Tensor input) {
      Tensor linear0 = linear(input, linear0Weight, linear0Bias);       // (n, 8)
      Tensor leakyrelu1 = leaky_relu(linear0, negativeSlope);           // (n, 8)
      Tensor linear2 = linear(leakyrelu1, linear2Weight, new Tensor()); // (n, 3)
      output = linear2;
      return linear2;
    }

    /** CrossEntropyLoss: −1/n · Σ ln softmax(output)[target]. */
    @Override
    protected Tensor loss(Tensor target) {
      loss = cross_entropy_loss(output, target);
      return loss;
    }

    /** Backward: libtorch adds every parameter's gradient to its place. */
    @Override
    protected void backward(Tensor target) {
      gradients.zero_();
      loss.backward();
    }
  }

  /** The network as ONNX' operators; loaded by who exports it. */
  private static final class Onnx extends OnnxNetwork {
    /** What is given, the operators, and what leaves. */
    @Override
    protected void describe() {
      OnnxValue input = given("input", 4);                                             // (N, 4)
      // (N, 8)
      OnnxValue linear0 = layer("0", op("Gemm", input, parameter("0.weight"),
          parameter("0.bias")).with("transB", 1));
      OnnxValue leakyrelu1 = layer("1", op("LeakyRelu", linear0).with("alpha", 0.01)); // (N, 8)
      // (N, 3)
      OnnxValue linear2 = layer("2",
          op("Gemm", leakyrelu1, parameter("2.weight")).with("transB", 1));
      gives("output", linear2, 3);
    }
  }
}
