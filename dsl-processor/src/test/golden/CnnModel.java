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
import org.bytedeco.pytorch.TensorOptional;

/**
 * The network of {@link Cnn}, written out: forward, backward and update as libtorch operations.
 *
 * <table>
 * <caption>Layers, for a batch of N examples</caption>
 * <tr><th>layer</th><th>output</th><th>parameters</th><th>multiply-adds</th><th>result in</th></tr>
 * <tr><td>0.in {@code @Conv2d(value = 32, kernelSize = 3, bias = false)}</td><td>(N, 1, 28, 28)</td><td>–</td><td>–</td><td>conv2d0_in</td></tr>
 * <tr><td>0 {@code @Conv2d(value = 32, kernelSize = 3, bias = false)}</td><td>(N, 32, 26, 26)</td><td>0.weight (32, 1, 3, 3)</td><td>194,688</td><td>conv2d0</td></tr>
 * <tr><td>1 {@code @BatchNorm2d}</td><td>(N, 32, 26, 26)</td><td>1.weight (32), 1.bias (32)</td><td>–</td><td>batchnorm2d1</td></tr>
 * <tr><td>2 {@code @ReLU}</td><td>(N, 32, 26, 26)</td><td>–</td><td>–</td><td>batchnorm2d1</td></tr>
 * <tr><td>3 {@code @MaxPool2d(2)}</td><td>(N, 32, 13, 13)</td><td>–</td><td>–</td><td>maxpool2d3</td></tr>
 * <tr><td>4 {@code @Conv2d(value = 64, kernelSize = 3)}</td><td>(N, 64, 11, 11)</td><td>4.weight (64, 32, 3, 3), 4.bias (64)</td><td>2,230,272</td><td>conv2d4</td></tr>
 * <tr><td>5 {@code @ReLU}</td><td>(N, 64, 11, 11)</td><td>–</td><td>–</td><td>conv2d4</td></tr>
 * <tr><td>6 {@code @Dropout2d(0.25)}</td><td>(N, 64, 11, 11)</td><td>–</td><td>–</td><td>dropout2d6</td></tr>
 * <tr><td>7.in {@code @AdaptiveAvgPool2d(2)}</td><td>(N, 64, 11, 11)</td><td>–</td><td>–</td><td>adaptiveavgpool2d7_in</td></tr>
 * <tr><td>7 {@code @AdaptiveAvgPool2d(2)}</td><td>(N, 64, 2, 2)</td><td>–</td><td>–</td><td>adaptiveavgpool2d7</td></tr>
 * <tr><td>8 {@code @Flatten}</td><td>(N, 256)</td><td>–</td><td>–</td><td>flatten8</td></tr>
 * <tr><td>9 {@code @Linear(10)}</td><td>(N, 10)</td><td>9.weight (10, 256), 9.bias (10)</td><td>2,560</td><td>linear9</td></tr>
 * </table>
 *
 * <p>21,418 parameters; loss {@code @CrossEntropyLoss}; optimizer {@code @SGD(lr = 0.1, momentum = 0.9)}.
 * Memory for each example of a batch: 173,056 bytes, 349,824 bytes while training.
 */
@Generated("io.github.torchscribe.processor.NetworkProcessor")
@Order({"Network", "Conv2d", "BatchNorm2d", "ReLU", "MaxPool2d", "Conv2d", "ReLU", "Dropout2d", "AdaptiveAvgPool2d", "Flatten", "Linear", "CrossEntropyLoss", "SGD"})
public final class CnnModel extends Model {
  /** 0.weight (32, 1, 3, 3): where it begins in the flat buffer. */
  private static final long CONV2D0_WEIGHT = 0;

  /** 1.weight (32): where it begins in the flat buffer. */
  private static final long BATCHNORM2D1_WEIGHT = 288;

  /** 1.bias (32): where it begins in the flat buffer. */
  private static final long BATCHNORM2D1_BIAS = 320;

  /** 4.weight (64, 32, 3, 3): where it begins in the flat buffer. */
  private static final long CONV2D4_WEIGHT = 352;

  /** 4.bias (64): where it begins in the flat buffer. */
  private static final long CONV2D4_BIAS = 18_784;

  /** 9.weight (10, 256): where it begins in the flat buffer. */
  private static final long LINEAR9_WEIGHT = 18_848;

  /** 9.bias (10): where it begins in the flat buffer. */
  private static final long LINEAR9_BIAS = 21_408;

  /** 1.running_mean (32): where it begins in the flat buffer. */
  private static final long BATCHNORM2D1_RUNNING_MEAN = 21_418;

  /** 1.running_var (32): where it begins in the flat buffer. */
  private static final long BATCHNORM2D1_RUNNING_VAR = 21_450;

  /** 1.num_batches_tracked (): where it begins in the flat buffer. */
  private static final long BATCHNORM2D1_NUM_BATCHES_TRACKED = 21_482;

  private static final long[] STRIDE = {1, 1};
  private static final long[] PADDING = {0, 0};
  private static final long[] DILATION = {1, 1};
  private static final long[] OUTPUT_PADDING = {0, 0};
  private static final long[] WINDOW = {2, 2};
  private static final long[] STRIDE2 = {2, 2};
  private static final long[] SIZE = {2, 2};
  private static final long[] BIAS_SIZES = {64};
  private static final long[] BIAS_SIZES2 = {0};

  private static final Blueprint BLUEPRINT =
      Blueprint.of("Cnn", Workload.CONVOLUTIONS)
          .input(TensorSpec.numbers(1, 28, 28))
          .output(10)
          .layer("0", "@Conv2d(value = 32, kernelSize = 3, bias = false)", 32, 26, 26).multiplyAdds(194_688)
          .layer("1", "@BatchNorm2d", 32, 26, 26)
          .layer("2", "@ReLU", 32, 26, 26)
          .layer("3", "@MaxPool2d(2)", 32, 13, 13)
          .layer("4", "@Conv2d(value = 64, kernelSize = 3)", 64, 11, 11).multiplyAdds(2_230_272)
          .layer("5", "@ReLU", 64, 11, 11)
          .layer("6", "@Dropout2d(0.25)", 64, 11, 11)
          .layer("7", "@AdaptiveAvgPool2d(2)", 64, 2, 2)
          .layer("8", "@Flatten", 256)
          .layer("9", "@Linear(10)", 10).multiplyAdds(2_560)
          .parameter("0.weight", CONV2D0_WEIGHT, 32, 1, 3, 3)
          .parameter("1.weight", BATCHNORM2D1_WEIGHT, 32)
          .parameter("1.bias", BATCHNORM2D1_BIAS, 32)
          .parameter("4.weight", CONV2D4_WEIGHT, 64, 32, 3, 3)
          .parameter("4.bias", CONV2D4_BIAS, 64)
          .parameter("9.weight", LINEAR9_WEIGHT, 10, 256)
          .parameter("9.bias", LINEAR9_BIAS, 10)
          .state("1.running_mean", BATCHNORM2D1_RUNNING_MEAN, 32)
          .state("1.running_var", BATCHNORM2D1_RUNNING_VAR, 32)
          .count("1.num_batches_tracked", BATCHNORM2D1_NUM_BATCHES_TRACKED)
          .undivided()
          .floatsPerExample(43_264, 65_824)
          .brings(21_632)
          .loss("@CrossEntropyLoss", TensorSpec.indices(10).ignoring(-100), Decision.ARGMAX)
          .optimizer("@SGD(lr = 0.1, momentum = 0.9)", () -> new Sgd(0.1, 0.9, 0.0, 0.0, false))
          .training(1, 1, true);

  private Tensor conv2d0Weight;
  private Tensor conv2d0WeightGrad;
  private Tensor batchnorm2d1Weight;
  private Tensor batchnorm2d1WeightGrad;
  private TensorOptional batchnorm2d1WeightOptional;
  private Tensor batchnorm2d1Bias;
  private Tensor batchnorm2d1BiasGrad;
  private TensorOptional batchnorm2d1BiasOptional;
  private Tensor conv2d4Weight;
  private Tensor conv2d4WeightGrad;
  private Tensor conv2d4Bias;
  private Tensor conv2d4BiasGrad;
  private TensorOptional conv2d4BiasOptional;
  private Tensor linear9Weight;
  private Tensor linear9WeightT;
  private Tensor linear9WeightGrad;
  private Tensor linear9Bias;
  private Tensor linear9BiasGrad;
  private Tensor batchnorm2d1RunningMean;
  private TensorOptional batchnorm2d1RunningMeanOptional;
  private Tensor batchnorm2d1RunningVar;
  private TensorOptional batchnorm2d1RunningVarOptional;
  private Tensor batchnorm2d1NumBatchesTracked;
  private Scalar kept;
  private Scalar zero;

  private CnnModel() {
    super(BLUEPRINT);
  }

  /**
   * A new model, initialised from another seed each time.
   *
   * @return a model on the CPU, to be closed
   */
  public static CnnModel create() {
    return create(seed(BLUEPRINT));
  }

  /**
   * A new model, initialised as Python's program would after {@code torch.manual_seed(seed)}.
   *
   * @param seed any number
   * @return a model on the CPU, to be closed
   */
  public static CnnModel create(long seed) {
    CnnModel model = new CnnModel();
    model.start(seed);
    return model;
  }

  @Override
  protected void bind(Tensor values, Tensor gradients) {
    conv2d0Weight = view(values, CONV2D0_WEIGHT, 32, 1, 3, 3);
    conv2d0WeightGrad = view(gradients, CONV2D0_WEIGHT, 32, 1, 3, 3);
    batchnorm2d1Weight = view(values, BATCHNORM2D1_WEIGHT, 32);
    batchnorm2d1WeightGrad = view(gradients, BATCHNORM2D1_WEIGHT, 32);
    batchnorm2d1WeightOptional = new TensorOptional(batchnorm2d1Weight);
    batchnorm2d1Bias = view(values, BATCHNORM2D1_BIAS, 32);
    batchnorm2d1BiasGrad = view(gradients, BATCHNORM2D1_BIAS, 32);
    batchnorm2d1BiasOptional = new TensorOptional(batchnorm2d1Bias);
    conv2d4Weight = view(values, CONV2D4_WEIGHT, 64, 32, 3, 3);
    conv2d4WeightGrad = view(gradients, CONV2D4_WEIGHT, 64, 32, 3, 3);
    conv2d4Bias = view(values, CONV2D4_BIAS, 64);
    conv2d4BiasGrad = view(gradients, CONV2D4_BIAS, 64);
    conv2d4BiasOptional = new TensorOptional(conv2d4Bias);
    linear9Weight = view(values, LINEAR9_WEIGHT, 10, 256);
    linear9WeightT = linear9Weight.t();
    linear9WeightGrad = view(gradients, LINEAR9_WEIGHT, 10, 256);
    linear9Bias = view(values, LINEAR9_BIAS, 10);
    linear9BiasGrad = view(gradients, LINEAR9_BIAS, 10);
    batchnorm2d1RunningMean = view(values, BATCHNORM2D1_RUNNING_MEAN, 32);
    batchnorm2d1RunningMeanOptional = new TensorOptional(batchnorm2d1RunningMean);
    batchnorm2d1RunningVar = view(values, BATCHNORM2D1_RUNNING_VAR, 32);
    batchnorm2d1RunningVarOptional = new TensorOptional(batchnorm2d1RunningVar);
    batchnorm2d1NumBatchesTracked = view(values, BATCHNORM2D1_NUM_BATCHES_TRACKED);
    kept = new Scalar(0.75);
    zero = new Scalar(0.0);
  }

  @Override
  protected void initialize(GeneratorOptional generator) {
    kaimingUniform(conv2d0Weight, Math.sqrt(5), generator);
    ones(batchnorm2d1Weight);
    zeros(batchnorm2d1Bias);
    ones(batchnorm2d1RunningVar);
    kaimingUniform(conv2d4Weight, Math.sqrt(5), generator);
    uniform(conv2d4Bias, 1 / Math.sqrt(288), generator);
    kaimingUniform(linear9Weight, Math.sqrt(5), generator);
    uniform(linear9Bias, 1 / Math.sqrt(256), generator);
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
    Tensor conv2d0;
    Tensor batchnorm2d1;
    Tensor batchnorm2d1Mean;
    Tensor batchnorm2d1InvStd;
    Tensor maxpool2d3;
    Tensor maxpool2d3Indices;
    Prepared maxpool2d3WindowMaxima;
    Tensor conv2d4;
    Prepared conv2d4Image;
    Tensor dropout2d6Mask;
    Tensor dropout2d6;
    Tensor adaptiveavgpool2d7_in;
    Tensor adaptiveavgpool2d7;
    Tensor linear9;
    Tensor flatten8;
    Prepared linear9Product;
    Tensor logProbabilities;
    Tensor loss;
    Tensor adaptiveavgpool2d7Rows;
    Tensor adaptiveavgpool2d7Columns;
    TensorOptional batchnorm2d1MeanOptional;
    TensorOptional batchnorm2d1InvStdOptional;
    Tensor linear9Grad;
    ClassGradient classGradient;
    Tensor flatten8Grad;
    Tensor linear9GradPartT;
    Tensor flatten8All;
    Tensor linear9WeightGradPart;
    Tensor linear9BiasGradPart;
    Tensor adaptiveavgpool2d7_inGrad;
    Tensor adaptiveavgpool2d7Grad;
    Tensor conv2d4Grad;
    Tensor batchnorm2d1Grad;
    Tensor conv2d0_in;
    Prepared conv2d0Image;

    @Override
    protected void bind() {
      conv2d0 = broughtLast(0, 32, 26, 26);                       // (n, 32, 26, 26)
      batchnorm2d1 = rowsLast(at(0, 21632), 32, 26, 26);          // (n, 32, 26, 26)
      batchnorm2d1Mean = statistics(32);
      batchnorm2d1InvStd = statistics(32);
      maxpool2d3 = rowsLast(at(21632, 0), 32, 13, 13);            // (n, 32, 13, 13)
      maxpool2d3Indices = indicesLast(n, 32, 13, 13);
      maxpool2d3WindowMaxima = windowMaxima(maxpool2d3, batchnorm2d1, 2, 2);
      conv2d4 = rowsLast(at(27040, 21632), 64, 11, 11);           // (n, 64, 11, 11)
      conv2d4Image = image(conv2d4, maxpool2d3, conv2d4Weight, conv2d4BiasOptional, STRIDE,
          PADDING, DILATION, 1);
      dropout2d6Mask = rows(at(50272, 7744), 64, 1, 1);           // (n, 64, 1, 1)
      dropout2d6 = rowsLast(at(34784, 0), 64, 11, 11);            // (n, 64, 11, 11)
      adaptiveavgpool2d7_in = rows(at(42528, 21632), 64, 11, 11); // (n, 64, 11, 11)
      adaptiveavgpool2d7 = rows(at(34784, 0), 64, 2, 2);          // (n, 64, 2, 2)
      linear9 = rows(at(42528, 21632), 10);                       // (n, 10)
      flatten8 = rows(at(34784, 0), 256);                         // (n, 256)
      linear9Product = product(linear9, flatten8, linear9Weight, linear9Bias);
      logProbabilities = rows(at(35040, 0), 10);                  // (n, 10)
      loss = number();
      adaptiveavgpool2d7Rows = windowMeans(11, 2);
      adaptiveavgpool2d7Columns = windowMeans(11, 2);
      batchnorm2d1MeanOptional = new TensorOptional(batchnorm2d1Mean);
      batchnorm2d1InvStdOptional = new TensorOptional(batchnorm2d1InvStd);
    }

    @Override
    protected void bindTraining() {
      linear9Grad = rows(35056, 10);                       // (n, 10)
      classGradient = classGradient(linear9Grad, logProbabilities, 1.0 / total);
      flatten8Grad = rows(35072, 256);                     // (n, 256)
      linear9GradPartT = part(all(35056, 1, 10).t());      // part of (total, 10), transposed
      flatten8All = all(34784, 1, 256);                    // (total, 256)
      linear9WeightGradPart = part(linear9WeightGrad);
      linear9BiasGradPart = part(linear9BiasGrad);
      adaptiveavgpool2d7_inGrad = rows(50336, 64, 11, 11); // (n, 64, 11, 11)
      adaptiveavgpool2d7Grad = rows(35072, 64, 2, 2);      // (n, 64, 2, 2)
      conv2d4Grad = rowsLast(58080, 64, 11, 11);           // (n, 64, 11, 11)
      batchnorm2d1Grad = rowsLast(42544, 32, 26, 26);      // (n, 32, 26, 26)
    }

    @Override
    protected void bindInput() {
      conv2d0_in = channelsLast(input, 1, 28, 28); // (n, 1, 28, 28)
      conv2d0Image = image(conv2d0, conv2d0_in, conv2d0Weight, NONE, STRIDE, PADDING,
          DILATION, 1);
    }

    /** Forward: (n, 1, 28, 28) → (n, 10). */
    @Override
    protected Tensor forward(Tensor input) {
      if (suits(conv2d0Image)) {                                                // (n, 32, 26, 26)  0 Conv2d
        conv2d0Image.compute();
      } else {
        convolve(conv2d0, conv2d0_in, conv2d0Weight, NONE, STRIDE, PADDING, DILATION,
            false, OUTPUT_PADDING, 1);
      }
      countBatch(batchnorm2d1NumBatchesTracked);                                // 1 BatchNorm2d: one more batch
      // (n, 32, 26, 26)  1 BatchNorm2d
      native_batch_norm_out(batchnorm2d1, batchnorm2d1Mean, batchnorm2d1InvStd, conv2d0,
          batchnorm2d1WeightOptional, batchnorm2d1BiasOptional,
          batchnorm2d1RunningMeanOptional, batchnorm2d1RunningVarOptional,
          isLearning(batchnorm2d1RunningMean), 0.1, 1.0E-5);
      relu_(batchnorm2d1);                                                      // (n, 32, 26, 26)  2 ReLU, in place
      if (isTraining()) {                                                       // (n, 32, 13, 13)  3 MaxPool2d
        max_pool2d_with_indices_out(maxpool2d3, maxpool2d3Indices, batchnorm2d1, WINDOW,
            STRIDE2, PADDING, DILATION, false);
      } else {
        maxpool2d3WindowMaxima.compute();
      }
      if (suits(conv2d4Image)) {                                                // (n, 64, 11, 11)  4 Conv2d
        conv2d4Image.compute();
      } else {
        convolution_out(conv2d4, maxpool2d3, conv2d4Weight, conv2d4BiasOptional, STRIDE,
            PADDING, DILATION, false, OUTPUT_PADDING, 1);
      }
      relu_(conv2d4);                                                           // (n, 64, 11, 11)  5 ReLU, in place
      if (isTraining()) {                                                       // (n, 64, 11, 11)  6 Dropout2d
        mul_out(dropout2d6, conv2d4, drawn(dropout2d6Mask, 0.75).div_(kept));
      } else {
        dropout2d6.copy_(conv2d4);
      }
      adaptiveavgpool2d7_in.copy_(dropout2d6);                                  // (n, 64, 11, 11)  7.in AdaptiveAvgPool2d
      adaptive_avg_pool2d_out(adaptiveavgpool2d7, adaptiveavgpool2d7_in, SIZE); // (n, 64, 2, 2)  7 AdaptiveAvgPool2d
      if (suits(linear9Product)) {                                              // (n, 10)  9 Linear
        linear9Product.compute();
      } else {
        addmm_out(linear9, linear9Bias, flatten8, linear9WeightT);
      }
      return linear9;
    }

    /** CrossEntropyLoss: −1/n · Σ ln softmax(output)[target]. */
    @Override
    protected Tensor loss(Tensor target) {
      log_softmax_out(logProbabilities, linear9, 1); // (n, 10)
      nll_loss_out(loss, logProbabilities, target);  // mean over n
      return loss;
    }

    /** Backward: the gradient of each layer's output, from the last to the first. */
    @Override
    protected void backward(Tensor target) {
      classGradient.of(known(target));                                                // (softmax − one-hot target) / total
      countOnly(linear9Grad, target);                                                 // without what is ignored
      mm_out(flatten8Grad, linear9Grad, linear9Weight);                               // (n, 256)  9 Linear
      // (n, 64, 11, 11)  7 AdaptiveAvgPool2d
      matmul_out(adaptiveavgpool2d7_inGrad,
          adaptiveavgpool2d7Rows.t().matmul(adaptiveavgpool2d7Grad),
          adaptiveavgpool2d7Columns);
      if (!learnsBefore(LINEAR9_WEIGHT)) {                                            // all below is frozen
        return;
      }
      conv2d4Grad.copy_(adaptiveavgpool2d7_inGrad);                                   // (n, 64, 11, 11)  7.in AdaptiveAvgPool2d
      mul_out(conv2d4Grad, conv2d4Grad, dropout2d6Mask);                              // (n, 64, 11, 11)  6 Dropout2d
      threshold_backward_out(conv2d4Grad, conv2d4Grad, conv2d4, zero);                // (n, 64, 11, 11)  5 ReLU
      // (n, 32, 13, 13)  4 Conv2d
      var conv2d4Gradients = convolution_backward(conv2d4Grad, maxpool2d3, conv2d4Weight,
          BIAS_SIZES, STRIDE, PADDING, DILATION, false, OUTPUT_PADDING, 1, ALL);
      Tensor maxpool2d3Grad = conv2d4Gradients.get0();                                // (n, 32, 13, 13)  4 Conv2d
      put(conv2d4WeightGrad, conv2d4Gradients.get1());                                // 4 Conv2d: weight
      put(conv2d4BiasGrad, conv2d4Gradients.get2());                                  // 4 Conv2d: bias
      // (n, 32, 26, 26)  3 MaxPool2d
      max_pool2d_with_indices_backward_out(batchnorm2d1Grad, maxpool2d3Grad, batchnorm2d1,
          WINDOW, STRIDE2, PADDING, DILATION, false, maxpool2d3Indices);
      conv2d4Gradients.close();
      threshold_backward_out(batchnorm2d1Grad, batchnorm2d1Grad, batchnorm2d1, zero); // (n, 32, 26, 26)  2 ReLU
      // (n, 32, 26, 26)  1 BatchNorm2d
      var batchnorm2d1Gradients = native_batch_norm_backward(batchnorm2d1Grad, conv2d0,
          batchnorm2d1WeightOptional, batchnorm2d1RunningMeanOptional,
          batchnorm2d1RunningVarOptional, batchnorm2d1MeanOptional,
          batchnorm2d1InvStdOptional, isLearning(batchnorm2d1RunningMean), 1.0E-5, ALL);
      Tensor conv2d0Grad = batchnorm2d1Gradients.get0();                              // (n, 32, 26, 26)  1 BatchNorm2d
      put(batchnorm2d1WeightGrad, batchnorm2d1Gradients.get1());                      // 1 BatchNorm2d: weight
      put(batchnorm2d1BiasGrad, batchnorm2d1Gradients.get2());                        // 1 BatchNorm2d: bias
      letGo(conv2d0);
      // 0 Conv2d
      var conv2d0Gradients = convolution_backward(conv2d0Grad, conv2d0_in, conv2d0Weight,
          BIAS_SIZES2, STRIDE, PADDING, DILATION, false, OUTPUT_PADDING, 1, WEIGHT_ONLY);
      batchnorm2d1Gradients.close();
      put(conv2d0WeightGrad, conv2d0Gradients.get1());                                // 0 Conv2d: weight
      conv2d0Gradients.close();
    }

    /** The gradients of the share's part of the parameters, from all rows. */
    @Override
    protected void gradients() {
      mm_out(linear9WeightGradPart, linear9GradPartT, flatten8All); // 9.weight (10, 256)
      sum_out(linear9BiasGradPart, linear9GradPartT, 1);            // 9.bias (10)
      if (!learnsBefore(LINEAR9_WEIGHT)) {                          // all below is frozen
        return;
      }
    }
  }

  /** The network as ONNX' operators; loaded by who exports it. */
  private static final class Onnx extends OnnxNetwork {
    /** What is given, the operators, and what leaves. */
    @Override
    protected void describe() {
      OnnxValue input = given("input", 1, 28, 28);                              // (N, 1, 28, 28)
      OnnxValue conv2d0 = layer("0", op("Conv", input, parameter("0.weight"))); // (N, 32, 26, 26)
      // (N, 32, 26, 26)
      OnnxValue batchnorm2d1 = layer("1", op("BatchNormalization", conv2d0,
          parameter("1.weight"), parameter("1.bias"), parameter("1.running_mean"),
          parameter("1.running_var")).with("epsilon", 1.0E-5));
      OnnxValue relu2 = layer("2", op("Relu", batchnorm2d1));                   // (N, 32, 26, 26)
      // (N, 32, 13, 13)
      OnnxValue maxpool2d3 = layer("3",
          op("MaxPool", relu2).withAll("kernel_shape", 2, 2).withAll("strides", 2, 2));
      // (N, 64, 11, 11)
      OnnxValue conv2d4 = layer("4",
          op("Conv", maxpool2d3, parameter("4.weight"), parameter("4.bias")));
      OnnxValue relu5 = layer("5", op("Relu", conv2d4));                        // (N, 64, 11, 11)
      OnnxValue adaptiveavgpool2d7Dimension2 = op("MatMul", relu5,
          op("Transpose", windowMeans(11, 2)).withAll("perm", 1, 0));
      // (N, 64, 2, 2)
      OnnxValue adaptiveavgpool2d7 = layer("7", op("Reshape", op("MatMul", windowMeans(11,
          2), op("Reshape", adaptiveavgpool2d7Dimension2, integers(0, 64, 11, 2))),
          integers(0, 64, 2, 2)));
      // (N, 256)
      OnnxValue flatten8 = layer("8",
          op("Reshape", adaptiveavgpool2d7, integers(0, 256)));
      // (N, 10)
      OnnxValue linear9 = layer("9", op("Gemm", flatten8, parameter("9.weight"),
          parameter("9.bias")).with("transB", 1));
      gives("output", linear9, 10);
    }
  }
}
