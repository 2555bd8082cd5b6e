package test;

import static io.github.torchscribe.runtime.generated.Initializers.*;
import static org.bytedeco.pytorch.global.torch.*;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.generated.Blueprint;
import io.github.torchscribe.runtime.generated.Cell;
import io.github.torchscribe.runtime.generated.ClassGradient;
import io.github.torchscribe.runtime.generated.Hidden;
import io.github.torchscribe.runtime.generated.Pieces;
import io.github.torchscribe.runtime.generated.Prepared;
import io.github.torchscribe.runtime.generated.RecurrentLayer;
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
 * The network of {@link Recurrent}, written out: forward, backward and update as libtorch operations.
 *
 * <table>
 * <caption>Layers, for a batch of N examples</caption>
 * <tr><th>layer</th><th>output</th><th>parameters</th><th>multiply-adds</th><th>result in</th></tr>
 * <tr><td>0 {@code @LSTM(64)}</td><td>(N, 64)</td><td>0.weight_ih_l0 (256, 28), 0.weight_hh_l0 (256, 64), 0.bias_ih_l0 (256), 0.bias_hh_l0 (256)</td><td>659,456</td><td>lstm0</td></tr>
 * <tr><td>1 {@code @Linear(10)}</td><td>(N, 10)</td><td>1.weight (10, 64), 1.bias (10)</td><td>640</td><td>linear1</td></tr>
 * </table>
 *
 * <p>24,714 parameters; loss {@code @CrossEntropyLoss}; optimizer {@code @SGD}.
 * Memory for each example of a batch: 320 bytes, 704 bytes while training.
 */
@Generated("io.github.torchscribe.processor.NetworkProcessor")
final class RecurrentModel extends Model {
  /** 0.weight_ih_l0 (256, 28): where it begins in the flat buffer. */
  private static final long LSTM0_WEIGHT_IH_L0 = 0;

  /** 0.weight_hh_l0 (256, 64): where it begins in the flat buffer. */
  private static final long LSTM0_WEIGHT_HH_L0 = 7_168;

  /** 0.bias_ih_l0 (256): where it begins in the flat buffer. */
  private static final long LSTM0_BIAS_IH_L0 = 23_552;

  /** 0.bias_hh_l0 (256): where it begins in the flat buffer. */
  private static final long LSTM0_BIAS_HH_L0 = 23_808;

  /** 1.weight (10, 64): where it begins in the flat buffer. */
  private static final long LINEAR1_WEIGHT = 24_064;

  /** 1.bias (10): where it begins in the flat buffer. */
  private static final long LINEAR1_BIAS = 24_704;

  private static final Blueprint BLUEPRINT =
      Blueprint.of("Recurrent", Workload.MATRIX_PRODUCTS)
          .input(TensorSpec.numbers(28, 28))
          .output(10)
          .layer("0", "@LSTM(64)", 64).multiplyAdds(659_456)
          .layer("1", "@Linear(10)", 10).multiplyAdds(640)
          .parameter("0.weight_ih_l0", LSTM0_WEIGHT_IH_L0, 256, 28)
          .parameter("0.weight_hh_l0", LSTM0_WEIGHT_HH_L0, 256, 64)
          .parameter("0.bias_ih_l0", LSTM0_BIAS_IH_L0, 256)
          .parameter("0.bias_hh_l0", LSTM0_BIAS_HH_L0, 256)
          .parameter("1.weight", LINEAR1_WEIGHT, 10, 64)
          .parameter("1.bias", LINEAR1_BIAS, 10)
          .floatsPerExample(80, 176)
          .descends()
          .loss("@CrossEntropyLoss", TensorSpec.indices(10).ignoring(-100), Decision.ARGMAX)
          .optimizer("@SGD", () -> new Sgd(0.001, 0.0, 0.0, 0.0, false))
          .training(1, 1, true);

  private Tensor lstm0WeightIhL0;
  private Tensor lstm0WeightIhL0Grad;
  private Tensor lstm0WeightHhL0;
  private Tensor lstm0WeightHhL0Grad;
  private Tensor lstm0BiasIhL0;
  private Tensor lstm0BiasIhL0Grad;
  private Tensor lstm0BiasHhL0;
  private Tensor lstm0BiasHhL0Grad;
  private Tensor linear1Weight;
  private Tensor linear1WeightT;
  private Tensor linear1WeightGrad;
  private Tensor linear1Bias;
  private Tensor linear1BiasGrad;
  private Scalar one;

  private RecurrentModel() {
    super(BLUEPRINT);
  }

  /**
   * A new model, initialised from another seed each time.
   *
   * @return a model on the CPU, to be closed
   */
  public static RecurrentModel create() {
    return create(seed(BLUEPRINT));
  }

  /**
   * A new model, initialised as Python's program would after {@code torch.manual_seed(seed)}.
   *
   * @param seed any number
   * @return a model on the CPU, to be closed
   */
  public static RecurrentModel create(long seed) {
    RecurrentModel model = new RecurrentModel();
    model.start(seed);
    return model;
  }

  @Override
  protected void bind(Tensor values, Tensor gradients) {
    lstm0WeightIhL0 = view(values, LSTM0_WEIGHT_IH_L0, 256, 28);
    lstm0WeightIhL0Grad = view(gradients, LSTM0_WEIGHT_IH_L0, 256, 28);
    lstm0WeightHhL0 = view(values, LSTM0_WEIGHT_HH_L0, 256, 64);
    lstm0WeightHhL0Grad = view(gradients, LSTM0_WEIGHT_HH_L0, 256, 64);
    lstm0BiasIhL0 = view(values, LSTM0_BIAS_IH_L0, 256);
    lstm0BiasIhL0Grad = view(gradients, LSTM0_BIAS_IH_L0, 256);
    lstm0BiasHhL0 = view(values, LSTM0_BIAS_HH_L0, 256);
    lstm0BiasHhL0Grad = view(gradients, LSTM0_BIAS_HH_L0, 256);
    linear1Weight = view(values, LINEAR1_WEIGHT, 10, 64);
    linear1WeightT = linear1Weight.t();
    linear1WeightGrad = view(gradients, LINEAR1_WEIGHT, 10, 64);
    linear1Bias = view(values, LINEAR1_BIAS, 10);
    linear1BiasGrad = view(gradients, LINEAR1_BIAS, 10);
    one = new Scalar(1.0);
  }

  @Override
  protected void initialize(GeneratorOptional generator) {
    uniform(lstm0WeightIhL0, 1 / Math.sqrt(64), generator);
    uniform(lstm0WeightHhL0, 1 / Math.sqrt(64), generator);
    uniform(lstm0BiasIhL0, 1 / Math.sqrt(64), generator);
    uniform(lstm0BiasHhL0, 1 / Math.sqrt(64), generator);
    kaimingUniform(linear1Weight, Math.sqrt(5), generator);
    uniform(linear1Bias, 1 / Math.sqrt(64), generator);
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
    RecurrentLayer lstm0Steps;
    Tensor lstm0;
    Tensor linear1;
    Prepared linear1Product;
    Tensor logProbabilities;
    Tensor loss;
    Tensor linear1Grad;
    ClassGradient classGradient;
    Tensor lstm0Grad;
    Tensor linear1GradPartT;
    Tensor lstm0All;
    Tensor linear1WeightGradPart;
    Tensor linear1WeightPart;
    Tensor linear1BiasGradPart;
    Tensor linear1BiasPart;
    Tensor lstm0WeightIhL0GradPiece;
    Tensor lstm0WeightHhL0GradPiece;
    Tensor lstm0BiasIhL0GradPiece;
    Tensor lstm0BiasHhL0GradPiece;
    Pieces pieces;

    @Override
    protected void bind() {
      lstm0Steps = new RecurrentLayer(isTraining(), Cell.LSTM, Hidden.LAST, 1, false, true,
          28, new Tensor(), lstm0WeightIhL0, lstm0WeightHhL0, lstm0BiasIhL0,
          lstm0BiasHhL0);
      lstm0 = rows(0, 64);                    // (n, 64)
      linear1 = rows(64, 10);                 // (n, 10)
      linear1Product = product(linear1, lstm0, linear1Weight, linear1Bias);
      logProbabilities = rows(at(80, 0), 10); // (n, 10)
      loss = number();
    }

    @Override
    protected void bindTraining() {
      linear1Grad = rows(96, 10);                  // (n, 10)
      classGradient = classGradient(linear1Grad, logProbabilities, 1.0 / total);
      lstm0Grad = rows(112, 64);                   // (n, 64)
      linear1GradPartT = part(all(96, 1, 10).t()); // part of (total, 10), transposed
      lstm0All = all(0, 1, 64);                    // (total, 64)
      linear1WeightGradPart = part(linear1WeightGrad);
      linear1WeightPart = part(linear1Weight);
      linear1BiasGradPart = part(linear1BiasGrad);
      linear1BiasPart = part(linear1Bias);
      lstm0WeightIhL0GradPiece = piece(lstm0WeightIhL0Grad);
      lstm0WeightHhL0GradPiece = piece(lstm0WeightHhL0Grad);
      lstm0BiasIhL0GradPiece = piece(lstm0BiasIhL0Grad);
      lstm0BiasHhL0GradPiece = piece(lstm0BiasHhL0Grad);
      pieces = pieces(lstm0WeightIhL0Grad, lstm0BiasHhL0Grad);
    }

    /** Forward: (n, 28, 28) → (n, 10). */
    @Override
    protected Tensor forward(Tensor input) {
      lstm0Steps.forward(lstm0, input); // (n, 64)  0 LSTM
      if (suits(linear1Product)) {      // (n, 10)  1 Linear
        linear1Product.compute();
      } else {
        addmm_out(linear1, linear1Bias, lstm0, linear1WeightT);
      }
      return linear1;
    }

    /** CrossEntropyLoss: −1/n · Σ ln softmax(output)[target]. */
    @Override
    protected Tensor loss(Tensor target) {
      log_softmax_out(logProbabilities, linear1, 1); // (n, 10)
      nll_loss_out(loss, logProbabilities, target);  // mean over n
      return loss;
    }

    /** Backward: the gradient of each layer's output, from the last to the first. */
    @Override
    protected void backward(Tensor target) {
      classGradient.of(known(target));                  // (softmax − one-hot target) / total
      countOnly(linear1Grad, target);                   // without what is ignored
      mm_out(lstm0Grad, linear1Grad, linear1Weight);    // (n, 64)  1 Linear
      lstm0Steps.backward(lstm0Grad);                   // 0 LSTM
      lstm0Steps.gradient(0, lstm0WeightIhL0GradPiece); // 0 LSTM: weight_ih_l0
      lstm0Steps.gradient(1, lstm0WeightHhL0GradPiece); // 0 LSTM: weight_hh_l0
      lstm0Steps.gradient(2, lstm0BiasIhL0GradPiece);   // 0 LSTM: bias_ih_l0
      lstm0Steps.gradient(3, lstm0BiasHhL0GradPiece);   // 0 LSTM: bias_hh_l0
    }

    /** The gradients of the share's part of the parameters, from all rows. */
    @Override
    protected void gradients() {
      pieces.sum();                                              // 0.weight_ih_l0 … 0.bias_hh_l0
      mm_out(linear1WeightGradPart, linear1GradPartT, lstm0All); // 1.weight (10, 64)
      sum_out(linear1BiasGradPart, linear1GradPartT, 1);         // 1.bias (10)
    }

    /**
     * As gradients, with p ← p − lr·g at once: the product that would give a weight's
     * gradient updates the weight.
     */
    @Override
    protected void descend(Scalar minusLr) {
      // 1.weight (10, 64)
      addmm_out(linear1WeightPart, linear1WeightPart, linear1GradPartT, lstm0All, one,
          minusLr);
      sum_out(linear1BiasGradPart, linear1GradPartT, 1);  // 1.bias (10)
      linear1BiasPart.add_(linear1BiasGradPart, minusLr); // 1.bias (10)
      pieces.descend(minusLr);                            // 0.weight_ih_l0 … 0.bias_hh_l0
    }
  }

  /** The network as ONNX' operators; loaded by who exports it. */
  private static final class Onnx extends OnnxNetwork {
    /** What is given, the operators, and what leaves. */
    @Override
    protected void describe() {
      OnnxValue input = given("input", 28, 28); // (N, 28, 28)
      OnnxValue lstm0L0 = op("LSTM", op("Transpose", input).withAll("perm", 1, 0, 2),
          gates("LSTM", parameter("0.weight_ih_l0")), gates("LSTM",
          parameter("0.weight_hh_l0")), shifts("LSTM", parameter("0.bias_ih_l0"),
          parameter("0.bias_hh_l0"))).with("hidden_size", 64);
      // (N, 64)
      OnnxValue lstm0 = layer("0", op("Reshape", op("Transpose",
          lstm0L0.output(1)).withAll("perm", 1, 0, 2), integers(0, 64)));
      // (N, 10)
      OnnxValue linear1 = layer("1", op("Gemm", lstm0, parameter("1.weight"),
          parameter("1.bias")).with("transB", 1));
      gives("output", linear1, 10);
    }
  }
}
