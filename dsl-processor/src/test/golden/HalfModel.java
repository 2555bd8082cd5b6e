package test;

import static io.github.torchscribe.runtime.generated.Initializers.*;
import static org.bytedeco.pytorch.global.torch.*;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.generated.Blueprint;
import io.github.torchscribe.runtime.generated.Pieces;
import io.github.torchscribe.runtime.generated.Share;
import io.github.torchscribe.runtime.learner.Decision;
import io.github.torchscribe.runtime.optim.Sgd;
import io.github.torchscribe.runtime.torch.TensorSpec;
import io.github.torchscribe.runtime.torch.Workload;
import javax.annotation.processing.Generated;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;

/**
 * The network of {@link Half}, written out: forward, backward and update as libtorch operations.
 *
 * <table>
 * <caption>Layers, for a batch of N examples</caption>
 * <tr><th>layer</th><th>output</th><th>parameters</th><th>multiply-adds</th><th>result in</th></tr>
 * <tr><td>0.in {@code @Conv2d(value = 16, kernelSize = 3)}</td><td>(N, 3, 8, 8)</td><td>–</td><td>–</td><td>conv2d0_in</td></tr>
 * <tr><td>0 {@code @Conv2d(value = 16, kernelSize = 3)}</td><td>(N, 16, 6, 6)</td><td>0.weight (16, 3, 3, 3), 0.bias (16)</td><td>15,552</td><td>conv2d0</td></tr>
 * <tr><td>1 {@code @ReLU}</td><td>(N, 16, 6, 6)</td><td>–</td><td>–</td><td>conv2d0</td></tr>
 * <tr><td>2.in {@code @Flatten}</td><td>(N, 16, 6, 6)</td><td>–</td><td>–</td><td>flatten2_in</td></tr>
 * <tr><td>2 {@code @Flatten}</td><td>(N, 576)</td><td>–</td><td>–</td><td>flatten2</td></tr>
 * <tr><td>3 {@code @Linear(10)}</td><td>(N, 10)</td><td>3.weight (10, 576), 3.bias (10)</td><td>5,760</td><td>linear3</td></tr>
 * <tr><td>3.out {@code @Linear(10)}</td><td>(N, 10)</td><td>–</td><td>–</td><td>linear3_out</td></tr>
 * </table>
 *
 * <p>6,218 parameters; loss {@code @CrossEntropyLoss}; optimizer {@code @SGD(lr = 0.01)}.
 * Memory for each example of a batch: 5,376 bytes, 10,240 bytes while training.
 */
@Generated("io.github.torchscribe.processor.NetworkProcessor")
final class HalfModel extends Model {
  /** 0.weight (16, 3, 3, 3): where it begins in the flat buffer. */
  private static final long CONV2D0_WEIGHT = 0;

  /** 0.bias (16): where it begins in the flat buffer. */
  private static final long CONV2D0_BIAS = 432;

  /** 3.weight (10, 576): where it begins in the flat buffer. */
  private static final long LINEAR3_WEIGHT = 448;

  /** 3.bias (10): where it begins in the flat buffer. */
  private static final long LINEAR3_BIAS = 6_208;

  private static final long[] STRIDE = {1, 1};
  private static final long[] PADDING = {0, 0};
  private static final long[] DILATION = {1, 1};
  private static final long[] OUTPUT_PADDING = {0, 0};
  private static final long[] BIAS_SIZES = {16};

  private static final Blueprint BLUEPRINT =
      Blueprint.of("Half", Workload.CONVOLUTIONS)
          .input(TensorSpec.numbers(3, 8, 8))
          .output(10)
          .layer("0", "@Conv2d(value = 16, kernelSize = 3)", 16, 6, 6).multiplyAdds(15_552)
          .layer("1", "@ReLU", 16, 6, 6)
          .layer("2", "@Flatten", 576)
          .layer("3", "@Linear(10)", 10).multiplyAdds(5_760)
          .parameter("0.weight", CONV2D0_WEIGHT, 16, 3, 3, 3)
          .parameter("0.bias", CONV2D0_BIAS, 16)
          .parameter("3.weight", LINEAR3_WEIGHT, 10, 576)
          .parameter("3.bias", LINEAR3_BIAS, 10)
          .floatsPerExample(1_344, 2_560)
          .mixedPrecision()
          .descends()
          .loss("@CrossEntropyLoss", TensorSpec.indices(10).ignoring(-100), Decision.ARGMAX)
          .optimizer("@SGD(lr = 0.01)", () -> new Sgd(0.01, 0.0, 0.0, 0.0, false))
          .training(1, 64, true);

  private Tensor conv2d0Weight;
  private Tensor conv2d0WeightGrad;
  private Tensor conv2d0Bias;
  private Tensor conv2d0BiasGrad;
  private Tensor linear3Weight;
  private Tensor linear3WeightGrad;
  private Tensor linear3Bias;
  private Tensor linear3BiasGrad;
  private Scalar zero;

  private HalfModel() {
    super(BLUEPRINT);
  }

  /**
   * A new model, initialised from another seed each time.
   *
   * @return a model on the CPU, to be closed
   */
  public static HalfModel create() {
    return create(seed(BLUEPRINT));
  }

  /**
   * A new model, initialised as Python's program would after {@code torch.manual_seed(seed)}.
   *
   * @param seed any number
   * @return a model on the CPU, to be closed
   */
  public static HalfModel create(long seed) {
    HalfModel model = new HalfModel();
    model.start(seed);
    return model;
  }

  @Override
  protected void bind(Tensor values, Tensor gradients) {
    conv2d0Weight = view(values, CONV2D0_WEIGHT, 16, 3, 3, 3);
    conv2d0WeightGrad = view(gradients, CONV2D0_WEIGHT, 16, 3, 3, 3);
    conv2d0Bias = view(values, CONV2D0_BIAS, 16);
    conv2d0BiasGrad = view(gradients, CONV2D0_BIAS, 16);
    linear3Weight = view(values, LINEAR3_WEIGHT, 10, 576);
    linear3WeightGrad = view(gradients, LINEAR3_WEIGHT, 10, 576);
    linear3Bias = view(values, LINEAR3_BIAS, 10);
    linear3BiasGrad = view(gradients, LINEAR3_BIAS, 10);
    zero = new Scalar(0.0);
  }

  @Override
  protected void initialize(GeneratorOptional generator) {
    kaimingUniform(conv2d0Weight, Math.sqrt(5), generator);
    uniform(conv2d0Bias, 1 / Math.sqrt(27), generator);
    kaimingUniform(linear3Weight, Math.sqrt(5), generator);
    uniform(linear3Bias, 1 / Math.sqrt(576), generator);
  }

  @Override
  protected Share share() {
    return new Rows();
  }

  /** A worker's share of a pass: n of the batch's examples, a row each. */
  private final class Rows extends Share {
    Tensor conv2d0_in;
    Tensor conv2d0;
    Tensor conv2d0Weight16;
    Tensor conv2d0Bias16;
    TensorOptional conv2d0Bias16Optional;
    Tensor flatten2_in;
    Tensor linear3;
    Tensor linear3Bias16;
    Tensor flatten2;
    Tensor linear3Weight16;
    Tensor linear3Weight16T;
    Tensor linear3Row;
    Tensor flatten2Row;
    Tensor linear3_out;
    Tensor logProbabilities;
    Tensor loss;
    Tensor linear3_outGrad;
    Tensor minusOnes;
    Scalar oneOverTotal;
    Tensor linear3Grad;
    Tensor flatten2Grad;
    Tensor linear3GradPartT;
    Tensor flatten2All;
    Tensor linear3WeightGrad16Part;
    Tensor linear3WeightGradPart;
    Tensor linear3WeightPart;
    Tensor linear3BiasGradPart;
    Tensor linear3BiasPart;
    Tensor conv2d0Grad;
    Tensor flatten2_inGrad;
    Tensor conv2d0WeightGradPiece;
    Tensor conv2d0BiasGradPiece;
    Pieces pieces;

    @Override
    protected void bind() {
      conv2d0_in = rowsLast16(0, 3, 8, 8);        // (n, 3, 8, 8)
      conv2d0 = rowsLast16(192, 16, 6, 6);        // (n, 16, 6, 6)
      conv2d0Weight16 = lowered(conv2d0Weight);
      conv2d0Bias16 = lowered(conv2d0Bias);
      conv2d0Bias16Optional = new TensorOptional(conv2d0Bias16);
      flatten2_in = rows16(768, 16, 6, 6);        // (n, 16, 6, 6)
      linear3 = rows16(at(1344, 192), 10);        // (n, 10)
      linear3Bias16 = lowered(linear3Bias);
      flatten2 = rows16(768, 576);                // (n, 576)
      linear3Weight16 = lowered(linear3Weight);
      linear3Weight16T = linear3Weight16.t();
      linear3Row = linear3.view(-1);
      flatten2Row = flatten2.view(-1);
      linear3_out = rows(at(1360, 768), 10);      // (n, 10)
      logProbabilities = rows(at(1376, 192), 10); // (n, 10)
      loss = number();
    }

    @Override
    protected void bindTraining() {
      linear3_outGrad = rows(1392, 10);                // (n, 10)
      minusOnes = filled(-1, n, 1);
      oneOverTotal = new Scalar(1.0 / total);
      linear3Grad = rows16(1344, 10);                  // (n, 10)
      flatten2Grad = rows16(1408, 576);                // (n, 576)
      linear3GradPartT = part(all16(1344, 1, 10).t()); // part of (total, 10), transposed
      flatten2All = all16(768, 1, 576);                // (total, 576)
      linear3WeightGrad16Part = part(loweredGradient(linear3WeightGrad));
      linear3WeightGradPart = part(linear3WeightGrad);
      linear3WeightPart = part(linear3Weight);
      linear3BiasGradPart = part(linear3BiasGrad);
      linear3BiasPart = part(linear3Bias);
      conv2d0Grad = rowsLast16(1984, 16, 6, 6);        // (n, 16, 6, 6)
      flatten2_inGrad = rows16(1408, 16, 6, 6);        // (n, 16, 6, 6)
      conv2d0WeightGradPiece = piece(conv2d0WeightGrad);
      conv2d0BiasGradPiece = piece(conv2d0BiasGrad);
      pieces = pieces(conv2d0WeightGrad, conv2d0BiasGrad);
    }

    /** Forward: (n, 3, 8, 8) → (n, 10). */
    @Override
    protected Tensor forward(Tensor input) {
      conv2d0_in.copy_(input);    // (n, 3, 8, 8)  0.in Conv2d
      // (n, 16, 6, 6)  0 Conv2d
      convolution_out(conv2d0, conv2d0_in, conv2d0Weight16, conv2d0Bias16Optional, STRIDE,
          PADDING, DILATION, false, OUTPUT_PADDING, 1);
      relu_(conv2d0);             // (n, 16, 6, 6)  1 ReLU, in place
      flatten2_in.copy_(conv2d0); // (n, 16, 6, 6)  2.in Flatten
      if (n == 1) {               // (n, 10)  3 Linear
        addmv_out(linear3Row, linear3Bias16, linear3Weight16, flatten2Row);
      } else {
        addmm_out(linear3, linear3Bias16, flatten2, linear3Weight16T);
      }
      linear3_out.copy_(linear3); // (n, 10)  3.out Linear
      return linear3_out;
    }

    /** CrossEntropyLoss: −1/n · Σ ln softmax(output)[target]. */
    @Override
    protected Tensor loss(Tensor target) {
      log_softmax_out(logProbabilities, linear3_out, 1); // (n, 10)
      nll_loss_out(loss, logProbabilities, target);      // mean over n
      return loss;
    }

    /** Backward: the gradient of each layer's output, from the last to the first. */
    @Override
    protected void backward(Tensor target) {
      exp_out(linear3_outGrad, logProbabilities);                             // softmax
      linear3_outGrad.scatter_add_(1, known(target).unsqueeze(1), minusOnes); // − one-hot target
      linear3_outGrad.mul_(oneOverTotal);                                     // / total
      countOnly(linear3_outGrad, target);                                     // without what is ignored
      linear3Grad.copy_(linear3_outGrad);                                     // (n, 10)  3.out Linear
      mm_out(flatten2Grad, linear3Grad, linear3Weight16);                     // (n, 576)  3 Linear
      if (!learnsBefore(LINEAR3_WEIGHT)) {                                    // all below is frozen
        return;
      }
      conv2d0Grad.copy_(flatten2_inGrad);                                     // (n, 16, 6, 6)  2.in Flatten
      threshold_backward_out(conv2d0Grad, conv2d0Grad, conv2d0, zero);        // (n, 16, 6, 6)  1 ReLU
      // 0 Conv2d
      var conv2d0Gradients = convolution_backward(conv2d0Grad, conv2d0_in, conv2d0Weight16,
          BIAS_SIZES, STRIDE, PADDING, DILATION, false, OUTPUT_PADDING, 1,
          PARAMETERS_ONLY);
      conv2d0WeightGradPiece.copy_(conv2d0Gradients.get1());                  // 0 Conv2d: weight
      conv2d0BiasGradPiece.copy_(conv2d0Gradients.get2());                    // 0 Conv2d: bias
      conv2d0Gradients.close();
    }

    /** The gradients of the share's part of the parameters, from all rows. */
    @Override
    protected void gradients() {
      pieces.sum();                                                   // 0.weight … 0.bias
      mm_out(linear3WeightGrad16Part, linear3GradPartT, flatten2All); // 3.weight (10, 576)
      linear3WeightGradPart.copy_(linear3WeightGrad16Part);
      sum_out(linear3BiasGradPart, linear3GradPartT, 1);              // 3.bias (10)
      if (!learnsBefore(LINEAR3_WEIGHT)) {                            // all below is frozen
        return;
      }
    }

    /**
     * As gradients, with p ← p − lr·g at once: the product that would give a weight's
     * gradient updates the weight.
     */
    @Override
    protected void descend(Scalar minusLr) {
      mm_out(linear3WeightGrad16Part, linear3GradPartT, flatten2All); // 3.weight (10, 576)
      linear3WeightGradPart.copy_(linear3WeightGrad16Part);
      linear3WeightPart.add_(linear3WeightGradPart, minusLr);
      sum_out(linear3BiasGradPart, linear3GradPartT, 1);              // 3.bias (10)
      linear3BiasPart.add_(linear3BiasGradPart, minusLr);             // 3.bias (10)
      pieces.descend(minusLr);                                        // 0.weight … 0.bias
    }
  }
}
