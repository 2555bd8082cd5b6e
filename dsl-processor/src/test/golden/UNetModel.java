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
import io.github.torchscribe.runtime.optim.Adam;
import io.github.torchscribe.runtime.torch.TensorSpec;
import io.github.torchscribe.runtime.torch.Workload;
import javax.annotation.processing.Generated;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;

/**
 * The network of {@link UNet}, written out: forward, backward and update as libtorch operations.
 *
 * <table>
 * <caption>Layers, for a batch of N examples</caption>
 * <tr><th>layer</th><th>reads</th><th>output</th><th>parameters</th><th>multiply-adds</th><th>result in</th></tr>
 * <tr><td>fine.0.in {@code @Conv2d(value = {1, 8}, kernelSize = 3, padding = Conv2d.SAME)}</td><td></td><td>(N, 1, 16, 16)</td><td>–</td><td>–</td><td>fineConv2d0_in</td></tr>
 * <tr><td>fine.0 {@code @Conv2d(value = {1, 8}, kernelSize = 3, padding = Conv2d.SAME)}</td><td></td><td>(N, 8, 16, 16)</td><td>fine.0.weight (8, 1, 3, 3), fine.0.bias (8)</td><td>18,432</td><td>fineConv2d0</td></tr>
 * <tr><td>fine.1 {@code @ReLU}</td><td></td><td>(N, 8, 16, 16)</td><td>–</td><td>–</td><td>fineConv2d0</td></tr>
 * <tr><td>coarse.0 {@code @MaxPool2d(2)}</td><td></td><td>(N, 8, 8, 8)</td><td>–</td><td>–</td><td>coarseMaxpool2d0</td></tr>
 * <tr><td>coarse.1 {@code @Conv2d(value = {8, 16}, kernelSize = 3, padding = Conv2d.SAME)}</td><td></td><td>(N, 16, 8, 8)</td><td>coarse.1.weight (16, 8, 3, 3), coarse.1.bias (16)</td><td>73,728</td><td>coarseConv2d1</td></tr>
 * <tr><td>coarse.2 {@code @ReLU}</td><td></td><td>(N, 16, 8, 8)</td><td>–</td><td>–</td><td>coarseConv2d1</td></tr>
 * <tr><td>up.0 {@code @Upsample(scaleFactor = 2)}</td><td></td><td>(N, 16, 16, 16)</td><td>–</td><td>–</td><td>upUpsample0</td></tr>
 * <tr><td>up.1 {@code @Conv2d(value = {16, 8}, kernelSize = 1)}</td><td></td><td>(N, 8, 16, 16)</td><td>up.1.weight (8, 16, 1, 1), up.1.bias (8)</td><td>32,768</td><td>upConv2d1</td></tr>
 * <tr><td>both.concat {@code @Concat}</td><td>up.1, fine.1</td><td>(N, 16, 16, 16)</td><td>–</td><td>–</td><td>bothConcat_concat</td></tr>
 * <tr><td>both.0 {@code @Conv2d(value = {16, 8}, kernelSize = 3, padding = Conv2d.SAME)}</td><td></td><td>(N, 8, 16, 16)</td><td>both.0.weight (8, 16, 3, 3), both.0.bias (8)</td><td>294,912</td><td>bothConv2d0</td></tr>
 * <tr><td>both.1 {@code @ReLU}</td><td></td><td>(N, 8, 16, 16)</td><td>–</td><td>–</td><td>bothConv2d0</td></tr>
 * <tr><td>mask {@code @Conv2d(value = {8, 2}, kernelSize = 1)}</td><td></td><td>(N, 2, 16, 16)</td><td>mask.weight (2, 8, 1, 1), mask.bias (2)</td><td>4,096</td><td>maskConv2d</td></tr>
 * <tr><td>mask.out {@code @Conv2d(value = {8, 2}, kernelSize = 1)}</td><td></td><td>(N, 2, 16, 16)</td><td>–</td><td>–</td><td>maskConv2d_out</td></tr>
 * </table>
 *
 * <p>2,562 parameters; loss {@code @CrossEntropyLoss}; optimizer {@code @Adam}.
 * Memory for each example of a batch: 38,912 bytes, 73,728 bytes while training.
 */
@Generated("io.github.torchscribe.processor.NetworkProcessor")
@Order(
    value = {"Network", "Adam", "Training"},
    methods = {
        @Order.OfMethod(name = "fine", parameters = {"image"}, value = {"Conv2d", "ReLU"}),
        @Order.OfMethod(name = "coarse", parameters = {"fine"}, value = {"MaxPool2d", "Conv2d", "ReLU"}),
        @Order.OfMethod(name = "up", parameters = {"coarse"}, value = {"Upsample", "Conv2d"}),
        @Order.OfMethod(name = "both", parameters = {"up", "fine"}, value = {"Concat", "Conv2d", "ReLU"}),
        @Order.OfMethod(name = "mask", parameters = {"both"}, value = {"Conv2d", "CrossEntropyLoss"})
    }
)
public final class UNetModel extends Model {
  /** fine.0.weight (8, 1, 3, 3): where it begins in the flat buffer. */
  private static final long FINECONV2D0_WEIGHT = 0;

  /** fine.0.bias (8): where it begins in the flat buffer. */
  private static final long FINECONV2D0_BIAS = 72;

  /** coarse.1.weight (16, 8, 3, 3): where it begins in the flat buffer. */
  private static final long COARSECONV2D1_WEIGHT = 80;

  /** coarse.1.bias (16): where it begins in the flat buffer. */
  private static final long COARSECONV2D1_BIAS = 1_232;

  /** up.1.weight (8, 16, 1, 1): where it begins in the flat buffer. */
  private static final long UPCONV2D1_WEIGHT = 1_248;

  /** up.1.bias (8): where it begins in the flat buffer. */
  private static final long UPCONV2D1_BIAS = 1_376;

  /** both.0.weight (8, 16, 3, 3): where it begins in the flat buffer. */
  private static final long BOTHCONV2D0_WEIGHT = 1_384;

  /** both.0.bias (8): where it begins in the flat buffer. */
  private static final long BOTHCONV2D0_BIAS = 2_536;

  /** mask.weight (2, 8, 1, 1): where it begins in the flat buffer. */
  private static final long MASKCONV2D_WEIGHT = 2_544;

  /** mask.bias (2): where it begins in the flat buffer. */
  private static final long MASKCONV2D_BIAS = 2_560;

  private static final long[] STRIDE = {1, 1};
  private static final long[] PADDING = {1, 1};
  private static final long[] DILATION = {1, 1};
  private static final long[] OUTPUT_PADDING = {0, 0};
  private static final long[] WINDOW = {2, 2};
  private static final long[] STRIDE2 = {2, 2};
  private static final long[] PADDING2 = {0, 0};
  private static final long[] ENLARGED = {16, 16};
  private static final long[] BIAS_SIZES = {2};
  private static final long[] BIAS_SIZES2 = {8};
  private static final long[] BIAS_SIZES3 = {16};

  private static final Blueprint BLUEPRINT =
      Blueprint.of("UNet", Workload.CONVOLUTIONS)
          .input(TensorSpec.numbers(1, 16, 16))
          .output(2, 16, 16)
          .outputCalled("mask")
          .layer("fine.0", "@Conv2d(value = {1, 8}, kernelSize = 3, padding = Conv2d.SAME)", 8, 16, 16).multiplyAdds(18_432)
          .layer("fine.1", "@ReLU", 8, 16, 16)
          .layer("coarse.0", "@MaxPool2d(2)", 8, 8, 8)
          .layer("coarse.1", "@Conv2d(value = {8, 16}, kernelSize = 3, padding = Conv2d.SAME)", 16, 8, 8).multiplyAdds(73_728)
          .layer("coarse.2", "@ReLU", 16, 8, 8)
          .layer("up.0", "@Upsample(scaleFactor = 2)", 16, 16, 16)
          .layer("up.1", "@Conv2d(value = {16, 8}, kernelSize = 1)", 8, 16, 16).multiplyAdds(32_768)
          .layer("both.concat", "@Concat", 16, 16, 16).reads("up.1", "fine.1")
          .layer("both.0", "@Conv2d(value = {16, 8}, kernelSize = 3, padding = Conv2d.SAME)", 8, 16, 16).multiplyAdds(294_912)
          .layer("both.1", "@ReLU", 8, 16, 16)
          .layer("mask", "@Conv2d(value = {8, 2}, kernelSize = 1)", 2, 16, 16).multiplyAdds(4_096)
          .parameter("fine.0.weight", FINECONV2D0_WEIGHT, 8, 1, 3, 3)
          .parameter("fine.0.bias", FINECONV2D0_BIAS, 8)
          .parameter("coarse.1.weight", COARSECONV2D1_WEIGHT, 16, 8, 3, 3)
          .parameter("coarse.1.bias", COARSECONV2D1_BIAS, 16)
          .parameter("up.1.weight", UPCONV2D1_WEIGHT, 8, 16, 1, 1)
          .parameter("up.1.bias", UPCONV2D1_BIAS, 8)
          .parameter("both.0.weight", BOTHCONV2D0_WEIGHT, 8, 16, 3, 3)
          .parameter("both.0.bias", BOTHCONV2D0_BIAS, 8)
          .parameter("mask.weight", MASKCONV2D_WEIGHT, 2, 8, 1, 1)
          .parameter("mask.bias", MASKCONV2D_BIAS, 2)
          .floatsPerExample(9_728, 18_432)
          .loss("@CrossEntropyLoss", TensorSpec.indices(2, 16, 16).ignoring(-100), Decision.ARGMAX)
          .optimizer("@Adam", () -> new Adam(0.001, 0.9, 0.999, 1.0E-8, 0.0, false, false))
          .training(1, 16, true);

  private Tensor fineConv2d0Weight;
  private Tensor fineConv2d0WeightGrad;
  private Tensor fineConv2d0Bias;
  private Tensor fineConv2d0BiasGrad;
  private TensorOptional fineConv2d0BiasOptional;
  private Tensor coarseConv2d1Weight;
  private Tensor coarseConv2d1WeightGrad;
  private Tensor coarseConv2d1Bias;
  private Tensor coarseConv2d1BiasGrad;
  private TensorOptional coarseConv2d1BiasOptional;
  private Tensor upConv2d1Weight;
  private Tensor upConv2d1WeightGrad;
  private Tensor upConv2d1Bias;
  private Tensor upConv2d1BiasGrad;
  private TensorOptional upConv2d1BiasOptional;
  private Tensor bothConv2d0Weight;
  private Tensor bothConv2d0WeightGrad;
  private Tensor bothConv2d0Bias;
  private Tensor bothConv2d0BiasGrad;
  private TensorOptional bothConv2d0BiasOptional;
  private Tensor maskConv2dWeight;
  private Tensor maskConv2dWeightGrad;
  private Tensor maskConv2dBias;
  private Tensor maskConv2dBiasGrad;
  private TensorOptional maskConv2dBiasOptional;
  private Scalar zero;

  private UNetModel() {
    super(BLUEPRINT);
  }

  /**
   * A new model, initialised from another seed each time.
   *
   * @return a model on the CPU, to be closed
   */
  public static UNetModel create() {
    return create(seed(BLUEPRINT));
  }

  /**
   * A new model, initialised as Python's program would after {@code torch.manual_seed(seed)}.
   *
   * @param seed any number
   * @return a model on the CPU, to be closed
   */
  public static UNetModel create(long seed) {
    UNetModel model = new UNetModel();
    model.start(seed);
    return model;
  }

  @Override
  protected void bind(Tensor values, Tensor gradients) {
    fineConv2d0Weight = view(values, FINECONV2D0_WEIGHT, 8, 1, 3, 3);
    fineConv2d0WeightGrad = view(gradients, FINECONV2D0_WEIGHT, 8, 1, 3, 3);
    fineConv2d0Bias = view(values, FINECONV2D0_BIAS, 8);
    fineConv2d0BiasGrad = view(gradients, FINECONV2D0_BIAS, 8);
    fineConv2d0BiasOptional = new TensorOptional(fineConv2d0Bias);
    coarseConv2d1Weight = view(values, COARSECONV2D1_WEIGHT, 16, 8, 3, 3);
    coarseConv2d1WeightGrad = view(gradients, COARSECONV2D1_WEIGHT, 16, 8, 3, 3);
    coarseConv2d1Bias = view(values, COARSECONV2D1_BIAS, 16);
    coarseConv2d1BiasGrad = view(gradients, COARSECONV2D1_BIAS, 16);
    coarseConv2d1BiasOptional = new TensorOptional(coarseConv2d1Bias);
    upConv2d1Weight = view(values, UPCONV2D1_WEIGHT, 8, 16, 1, 1);
    upConv2d1WeightGrad = view(gradients, UPCONV2D1_WEIGHT, 8, 16, 1, 1);
    upConv2d1Bias = view(values, UPCONV2D1_BIAS, 8);
    upConv2d1BiasGrad = view(gradients, UPCONV2D1_BIAS, 8);
    upConv2d1BiasOptional = new TensorOptional(upConv2d1Bias);
    bothConv2d0Weight = view(values, BOTHCONV2D0_WEIGHT, 8, 16, 3, 3);
    bothConv2d0WeightGrad = view(gradients, BOTHCONV2D0_WEIGHT, 8, 16, 3, 3);
    bothConv2d0Bias = view(values, BOTHCONV2D0_BIAS, 8);
    bothConv2d0BiasGrad = view(gradients, BOTHCONV2D0_BIAS, 8);
    bothConv2d0BiasOptional = new TensorOptional(bothConv2d0Bias);
    maskConv2dWeight = view(values, MASKCONV2D_WEIGHT, 2, 8, 1, 1);
    maskConv2dWeightGrad = view(gradients, MASKCONV2D_WEIGHT, 2, 8, 1, 1);
    maskConv2dBias = view(values, MASKCONV2D_BIAS, 2);
    maskConv2dBiasGrad = view(gradients, MASKCONV2D_BIAS, 2);
    maskConv2dBiasOptional = new TensorOptional(maskConv2dBias);
    zero = new Scalar(0.0);
  }

  @Override
  protected void initialize(GeneratorOptional generator) {
    kaimingUniform(fineConv2d0Weight, Math.sqrt(5), generator);
    uniform(fineConv2d0Bias, 1 / Math.sqrt(9), generator);
    kaimingUniform(coarseConv2d1Weight, Math.sqrt(5), generator);
    uniform(coarseConv2d1Bias, 1 / Math.sqrt(72), generator);
    kaimingUniform(upConv2d1Weight, Math.sqrt(5), generator);
    uniform(upConv2d1Bias, 1 / Math.sqrt(16), generator);
    kaimingUniform(bothConv2d0Weight, Math.sqrt(5), generator);
    uniform(bothConv2d0Bias, 1 / Math.sqrt(144), generator);
    kaimingUniform(maskConv2dWeight, Math.sqrt(5), generator);
    uniform(maskConv2dBias, 1 / Math.sqrt(8), generator);
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
    Tensor fineConv2d0;
    Tensor coarseMaxpool2d0;
    Tensor coarseMaxpool2d0Indices;
    Prepared coarseMaxpool2d0WindowMaxima;
    Tensor coarseConv2d1;
    Prepared coarseConv2d1Image;
    Tensor upUpsample0;
    Tensor upConv2d1;
    Prepared upConv2d1Image;
    Tensor bothConcat_concat;
    Tensor bothConcat_concatPart1;
    Tensor bothConcat_concatPart2;
    Tensor bothConv2d0;
    Prepared bothConv2d0Image;
    Tensor maskConv2d;
    Prepared maskConv2dImage;
    Tensor maskConv2d_out;
    Tensor logProbabilities;
    Tensor loss;
    Tensor maskConv2d_outGrad;
    ClassGradient classGradient;
    Tensor maskConv2dGrad;
    Tensor maskConv2dWeightGradPiece;
    Tensor maskConv2dBiasGradPiece;
    Tensor bothConv2d0WeightGradPiece;
    Tensor bothConv2d0BiasGradPiece;
    Tensor upConv2d1Grad;
    Tensor fineConv2d0ByBothConcat_concatGrad;
    Tensor upConv2d1WeightGradPiece;
    Tensor upConv2d1BiasGradPiece;
    Tensor coarseConv2d1Grad;
    Tensor coarseConv2d1WeightGradPiece;
    Tensor coarseConv2d1BiasGradPiece;
    Tensor fineConv2d0Grad;
    Tensor fineConv2d0WeightGradPiece;
    Tensor fineConv2d0BiasGradPiece;
    Pieces pieces;
    Tensor fineConv2d0_in;
    Prepared fineConv2d0Image;

    @Override
    protected void bind() {
      fineConv2d0 = rowsLast(0, 8, 16, 16);                     // (n, 8, 16, 16)
      coarseMaxpool2d0 = rowsLast(2048, 8, 8, 8);               // (n, 8, 8, 8)
      coarseMaxpool2d0Indices = indicesLast(n, 8, 8, 8);
      coarseMaxpool2d0WindowMaxima = windowMaxima(coarseMaxpool2d0, fineConv2d0, 2, 2);
      coarseConv2d1 = rowsLast(2560, 16, 8, 8);                 // (n, 16, 8, 8)
      coarseConv2d1Image = image(coarseConv2d1, coarseMaxpool2d0, coarseConv2d1Weight,
          coarseConv2d1BiasOptional, STRIDE, PADDING, DILATION, 1);
      upUpsample0 = rowsLast(3584, 16, 16, 16);                 // (n, 16, 16, 16)
      upConv2d1 = rowsLast(7680, 8, 16, 16);                    // (n, 8, 16, 16)
      upConv2d1Image = image(upConv2d1, upUpsample0, upConv2d1Weight,
          upConv2d1BiasOptional, STRIDE, PADDING2, DILATION, 1);
      bothConcat_concat = rowsLast(at(9728, 3584), 16, 16, 16); // (n, 16, 16, 16)
      bothConcat_concatPart1 = bothConcat_concat.narrow(1, 0, 8);
      bothConcat_concatPart2 = bothConcat_concat.narrow(1, 8, 8);
      bothConv2d0 = rowsLast(at(7680, 0), 8, 16, 16);           // (n, 8, 16, 16)
      bothConv2d0Image = image(bothConv2d0, bothConcat_concat, bothConv2d0Weight,
          bothConv2d0BiasOptional, STRIDE, PADDING, DILATION, 1);
      maskConv2d = rowsLast(at(13824, 3584), 2, 16, 16);        // (n, 2, 16, 16)
      maskConv2dImage = image(maskConv2d, bothConv2d0, maskConv2dWeight,
          maskConv2dBiasOptional, STRIDE, PADDING2, DILATION, 1);
      maskConv2d_out = rows(at(14336, 0), 2, 16, 16);           // (n, 2, 16, 16)
      logProbabilities = rows(at(13824, 3584), 2, 16, 16);      // (n, 2, 16, 16)
      loss = number();
    }

    @Override
    protected void bindTraining() {
      maskConv2d_outGrad = rows(14848, 2, 16, 16);                     // (n, 2, 16, 16)
      classGradient = classGradient(maskConv2d_outGrad, logProbabilities,
          1.0 / (total * 256));
      maskConv2dGrad = rowsLast(13824, 2, 16, 16);                     // (n, 2, 16, 16)
      maskConv2dWeightGradPiece = piece(maskConv2dWeightGrad);
      maskConv2dBiasGradPiece = piece(maskConv2dBiasGrad);
      bothConv2d0WeightGradPiece = piece(bothConv2d0WeightGrad);
      bothConv2d0BiasGradPiece = piece(bothConv2d0BiasGrad);
      upConv2d1Grad = rowsLast(7680, 8, 16, 16);                       // (n, 8, 16, 16)
      fineConv2d0ByBothConcat_concatGrad = rowsLast(15360, 8, 16, 16); // (n, 8, 16, 16)
      upConv2d1WeightGradPiece = piece(upConv2d1WeightGrad);
      upConv2d1BiasGradPiece = piece(upConv2d1BiasGrad);
      coarseConv2d1Grad = rowsLast(17408, 16, 8, 8);                   // (n, 16, 8, 8)
      coarseConv2d1WeightGradPiece = piece(coarseConv2d1WeightGrad);
      coarseConv2d1BiasGradPiece = piece(coarseConv2d1BiasGrad);
      fineConv2d0Grad = rowsLast(7680, 8, 16, 16);                     // (n, 8, 16, 16)
      fineConv2d0WeightGradPiece = piece(fineConv2d0WeightGrad);
      fineConv2d0BiasGradPiece = piece(fineConv2d0BiasGrad);
      pieces = pieces(fineConv2d0WeightGrad, maskConv2dBiasGrad);
    }

    @Override
    protected void bindInput() {
      fineConv2d0_in = channelsLast(input, 1, 16, 16); // (n, 1, 16, 16)
      fineConv2d0Image = image(fineConv2d0, fineConv2d0_in, fineConv2d0Weight,
          fineConv2d0BiasOptional, STRIDE, PADDING, DILATION, 1);
    }

    /** Forward: (n, 1, 16, 16) → (n, 2, 16, 16). */
    @Override
    protected Tensor forward(Tensor input) {
      if (suits(fineConv2d0Image)) {                                // (n, 8, 16, 16)  fine.0 Conv2d
        fineConv2d0Image.compute();
      } else {
        convolution_out(fineConv2d0, fineConv2d0_in, fineConv2d0Weight,
            fineConv2d0BiasOptional, STRIDE, PADDING, DILATION, false, OUTPUT_PADDING, 1);
      }
      relu_(fineConv2d0);                                           // (n, 8, 16, 16)  fine.1 ReLU, in place
      if (isTraining()) {                                           // (n, 8, 8, 8)  coarse.0 MaxPool2d
        max_pool2d_with_indices_out(coarseMaxpool2d0, coarseMaxpool2d0Indices, fineConv2d0,
            WINDOW, STRIDE2, PADDING2, DILATION, false);
      } else {
        coarseMaxpool2d0WindowMaxima.compute();
      }
      if (suits(coarseConv2d1Image)) {                              // (n, 16, 8, 8)  coarse.1 Conv2d
        coarseConv2d1Image.compute();
      } else {
        convolution_out(coarseConv2d1, coarseMaxpool2d0, coarseConv2d1Weight,
            coarseConv2d1BiasOptional, STRIDE, PADDING, DILATION, false, OUTPUT_PADDING,
            1);
      }
      relu_(coarseConv2d1);                                         // (n, 16, 8, 8)  coarse.2 ReLU, in place
      upsample_nearest2d_out(upUpsample0, coarseConv2d1, ENLARGED); // (n, 16, 16, 16)  up.0 Upsample
      if (suits(upConv2d1Image)) {                                  // (n, 8, 16, 16)  up.1 Conv2d
        upConv2d1Image.compute();
      } else {
        convolution_out(upConv2d1, upUpsample0, upConv2d1Weight, upConv2d1BiasOptional,
            STRIDE, PADDING2, DILATION, false, OUTPUT_PADDING, 1);
      }
      bothConcat_concatPart1.copy_(upConv2d1);                      // (n, 16, 16, 16)  both.concat Concat
      bothConcat_concatPart2.copy_(fineConv2d0);                    // (n, 16, 16, 16)  both.concat Concat
      if (suits(bothConv2d0Image)) {                                // (n, 8, 16, 16)  both.0 Conv2d
        bothConv2d0Image.compute();
      } else {
        convolution_out(bothConv2d0, bothConcat_concat, bothConv2d0Weight,
            bothConv2d0BiasOptional, STRIDE, PADDING, DILATION, false, OUTPUT_PADDING, 1);
      }
      relu_(bothConv2d0);                                           // (n, 8, 16, 16)  both.1 ReLU, in place
      if (suits(maskConv2dImage)) {                                 // (n, 2, 16, 16)  mask Conv2d
        maskConv2dImage.compute();
      } else {
        convolution_out(maskConv2d, bothConv2d0, maskConv2dWeight, maskConv2dBiasOptional,
            STRIDE, PADDING2, DILATION, false, OUTPUT_PADDING, 1);
      }
      maskConv2d_out.copy_(maskConv2d);                             // (n, 2, 16, 16)  mask.out Conv2d
      return maskConv2d_out;
    }

    /** CrossEntropyLoss: −1/n · Σ ln softmax(output)[target]. */
    @Override
    protected Tensor loss(Tensor target) {
      log_softmax_out(logProbabilities, maskConv2d_out, 1); // (n, 2, 16, 16)
      loss.copy_(nll_loss_nd(logProbabilities, target));    // mean over n
      return loss;
    }

    /** Backward: the gradient of each layer's output, from the last to the first. */
    @Override
    protected void backward(Tensor target) {
      classGradient.of(known(target));                                                   // (softmax − one-hot target) / total
      countOnly(maskConv2d_outGrad, target);                                             // without what is ignored
      maskConv2dGrad.copy_(maskConv2d_outGrad);                                          // (n, 2, 16, 16)  mask.out Conv2d
      // (n, 8, 16, 16)  mask Conv2d
      var maskConv2dGradients = convolution_backward(maskConv2dGrad, bothConv2d0,
          maskConv2dWeight, BIAS_SIZES, STRIDE, PADDING2, DILATION, false, OUTPUT_PADDING,
          1, ALL);
      Tensor bothConv2d0Grad = maskConv2dGradients.get0();                               // (n, 8, 16, 16)  mask Conv2d
      put(maskConv2dWeightGradPiece, maskConv2dGradients.get1());                        // mask Conv2d: weight
      put(maskConv2dBiasGradPiece, maskConv2dGradients.get2());                          // mask Conv2d: bias
      if (!learnsBefore(MASKCONV2D_WEIGHT)) {                                            // all below is frozen
        return;
      }
      threshold_backward_out(bothConv2d0Grad, bothConv2d0Grad, bothConv2d0, zero);       // (n, 8, 16, 16)  both.1 ReLU
      // (n, 16, 16, 16)  both.0 Conv2d
      var bothConv2d0Gradients = convolution_backward(bothConv2d0Grad, bothConcat_concat,
          bothConv2d0Weight, BIAS_SIZES2, STRIDE, PADDING, DILATION, false, OUTPUT_PADDING,
          1, ALL);
      maskConv2dGradients.close();
      Tensor bothConcat_concatGrad = bothConv2d0Gradients.get0();                        // (n, 16, 16, 16)  both.0 Conv2d
      put(bothConv2d0WeightGradPiece, bothConv2d0Gradients.get1());                      // both.0 Conv2d: weight
      put(bothConv2d0BiasGradPiece, bothConv2d0Gradients.get2());                        // both.0 Conv2d: bias
      upConv2d1Grad.copy_(bothConcat_concatGrad.narrow(1, 0, 8));                        // (n, 8, 16, 16)  both.concat Concat
      fineConv2d0ByBothConcat_concatGrad.copy_(bothConcat_concatGrad.narrow(1, 8, 8));   // (n, 8, 16, 16)  both.concat Concat
      bothConv2d0Gradients.close();
      if (!learnsBefore(BOTHCONV2D0_WEIGHT)) {                                           // all below is frozen
        return;
      }
      // (n, 16, 16, 16)  up.1 Conv2d
      var upConv2d1Gradients = convolution_backward(upConv2d1Grad, upUpsample0,
          upConv2d1Weight, BIAS_SIZES2, STRIDE, PADDING2, DILATION, false, OUTPUT_PADDING,
          1, ALL);
      Tensor upUpsample0Grad = upConv2d1Gradients.get0();                                // (n, 16, 16, 16)  up.1 Conv2d
      put(upConv2d1WeightGradPiece, upConv2d1Gradients.get1());                          // up.1 Conv2d: weight
      put(upConv2d1BiasGradPiece, upConv2d1Gradients.get2());                            // up.1 Conv2d: bias
      // (n, 16, 8, 8)  up.0 Upsample
      upsample_nearest2d_backward_out(coarseConv2d1Grad, upUpsample0Grad, ENLARGED,
          new long[] {n, 16, 8, 8});
      upConv2d1Gradients.close();
      if (!learnsBefore(UPCONV2D1_WEIGHT)) {                                             // all below is frozen
        return;
      }
      threshold_backward_out(coarseConv2d1Grad, coarseConv2d1Grad, coarseConv2d1, zero); // (n, 16, 8, 8)  coarse.2 ReLU
      // (n, 8, 8, 8)  coarse.1 Conv2d
      var coarseConv2d1Gradients = convolution_backward(coarseConv2d1Grad,
          coarseMaxpool2d0, coarseConv2d1Weight, BIAS_SIZES3, STRIDE, PADDING, DILATION,
          false, OUTPUT_PADDING, 1, ALL);
      Tensor coarseMaxpool2d0Grad = coarseConv2d1Gradients.get0();                       // (n, 8, 8, 8)  coarse.1 Conv2d
      put(coarseConv2d1WeightGradPiece, coarseConv2d1Gradients.get1());                  // coarse.1 Conv2d: weight
      put(coarseConv2d1BiasGradPiece, coarseConv2d1Gradients.get2());                    // coarse.1 Conv2d: bias
      // (n, 8, 16, 16)  coarse.0 MaxPool2d
      max_pool2d_with_indices_backward_out(fineConv2d0Grad, coarseMaxpool2d0Grad,
          fineConv2d0, WINDOW, STRIDE2, PADDING2, DILATION, false,
          coarseMaxpool2d0Indices);
      coarseConv2d1Gradients.close();
      fineConv2d0Grad.add_(fineConv2d0ByBothConcat_concatGrad);                          // (n, 8, 16, 16)  fine.1: over all that read it
      if (!learnsBefore(COARSECONV2D1_WEIGHT)) {                                         // all below is frozen
        return;
      }
      threshold_backward_out(fineConv2d0Grad, fineConv2d0Grad, fineConv2d0, zero);       // (n, 8, 16, 16)  fine.1 ReLU
      // fine.0 Conv2d
      var fineConv2d0Gradients = convolution_backward(fineConv2d0Grad, fineConv2d0_in,
          fineConv2d0Weight, BIAS_SIZES2, STRIDE, PADDING, DILATION, false, OUTPUT_PADDING,
          1, PARAMETERS_ONLY);
      put(fineConv2d0WeightGradPiece, fineConv2d0Gradients.get1());                      // fine.0 Conv2d: weight
      put(fineConv2d0BiasGradPiece, fineConv2d0Gradients.get2());                        // fine.0 Conv2d: bias
      fineConv2d0Gradients.close();
    }

    /** The gradients of the share's part of the parameters, from all rows. */
    @Override
    protected void gradients() {
      pieces.sum(); // fine.0.weight … mask.bias
    }
  }

  /** The network as ONNX' operators; loaded by who exports it. */
  private static final class Onnx extends OnnxNetwork {
    /** What is given, the operators, and what leaves. */
    @Override
    protected void describe() {
      OnnxValue image = given("image", 1, 16, 16);                          // (N, 1, 16, 16)
      // (N, 8, 16, 16)
      OnnxValue fineConv2d0 = layer("fine.0", op("Conv", image, parameter("fine.0.weight"),
          parameter("fine.0.bias")).withAll("pads", 1, 1, 1, 1));
      OnnxValue fineRelu1 = layer("fine.1", op("Relu", fineConv2d0));       // (N, 8, 16, 16)
      // (N, 8, 8, 8)
      OnnxValue coarseMaxpool2d0 = layer("coarse.0", op("MaxPool",
          fineRelu1).withAll("kernel_shape", 2, 2).withAll("strides", 2, 2));
      // (N, 16, 8, 8)
      OnnxValue coarseConv2d1 = layer("coarse.1", op("Conv", coarseMaxpool2d0,
          parameter("coarse.1.weight"), parameter("coarse.1.bias")).withAll("pads", 1, 1,
          1, 1));
      OnnxValue coarseRelu2 = layer("coarse.2", op("Relu", coarseConv2d1)); // (N, 16, 8, 8)
      // (N, 16, 16, 16)
      OnnxValue upUpsample0 = layer("up.0", op("Resize", coarseRelu2, NONE, numbers(1.0,
          1.0, 2.0, 2.0)).with("mode", "nearest").with("coordinate_transformation_mode",
          "asymmetric").with("nearest_mode", "floor"));
      // (N, 8, 16, 16)
      OnnxValue upConv2d1 = layer("up.1",
          op("Conv", upUpsample0, parameter("up.1.weight"), parameter("up.1.bias")));
      // (N, 16, 16, 16)
      OnnxValue bothConcat_concat = layer("both.concat",
          op("Concat", upConv2d1, fineRelu1).with("axis", 1));
      // (N, 8, 16, 16)
      OnnxValue bothConv2d0 = layer("both.0", op("Conv", bothConcat_concat,
          parameter("both.0.weight"), parameter("both.0.bias")).withAll("pads", 1, 1, 1,
          1));
      OnnxValue bothRelu1 = layer("both.1", op("Relu", bothConv2d0));       // (N, 8, 16, 16)
      // (N, 2, 16, 16)
      OnnxValue maskConv2d = layer("mask",
          op("Conv", bothRelu1, parameter("mask.weight"), parameter("mask.bias")));
      gives("mask", maskConv2d, 2, 16, 16);
    }
  }
}
