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
import org.bytedeco.pytorch.ScalarTypeOptional;
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
 * <tr><td>2.in {@code @Flatten(startDim = 2)}</td><td>(N, 16, 6, 6)</td><td>–</td><td>–</td><td>flatten2_in</td></tr>
 * <tr><td>2 {@code @Flatten(startDim = 2)}</td><td>(N, 16, 36)</td><td>–</td><td>–</td><td>flatten2</td></tr>
 * <tr><td>3 {@code @SelfAttention(heads = 2, causal = true)}</td><td>(N, 16, 36)</td><td>3.in_proj_weight (108, 36), 3.in_proj_bias (108), 3.out_proj.weight (36, 36), 3.out_proj.bias (36)</td><td>101,376</td><td>selfattention3</td></tr>
 * <tr><td>4 {@code @Flatten}</td><td>(N, 576)</td><td>–</td><td>–</td><td>flatten4</td></tr>
 * <tr><td>5 {@code @Linear(10)}</td><td>(N, 10)</td><td>5.weight (10, 576), 5.bias (10)</td><td>5,760</td><td>linear5</td></tr>
 * <tr><td>5.out {@code @Linear(10)}</td><td>(N, 10)</td><td>–</td><td>–</td><td>linear5_out</td></tr>
 * </table>
 *
 * <p>11,546 parameters; loss {@code @CrossEntropyLoss}; optimizer {@code @SGD(lr = 0.01)}.
 * Memory for each example of a batch: 27,904 bytes, 35,072 bytes while training.
 */
@Generated("io.github.torchscribe.processor.NetworkProcessor")
@Order({"Network", "Conv2d", "ReLU", "Flatten", "SelfAttention", "Flatten", "Linear", "CrossEntropyLoss", "SGD", "Training"})
final class HalfModel extends Model {
  /** 0.weight (16, 3, 3, 3): where it begins in the flat buffer. */
  private static final long CONV2D0_WEIGHT = 0;

  /** 0.bias (16): where it begins in the flat buffer. */
  private static final long CONV2D0_BIAS = 432;

  /** 3.in_proj_weight (108, 36): where it begins in the flat buffer. */
  private static final long SELFATTENTION3_IN_PROJ_WEIGHT = 448;

  /** 3.in_proj_bias (108): where it begins in the flat buffer. */
  private static final long SELFATTENTION3_IN_PROJ_BIAS = 4_336;

  /** 3.out_proj.weight (36, 36): where it begins in the flat buffer. */
  private static final long SELFATTENTION3_OUT_PROJ_WEIGHT = 4_444;

  /** 3.out_proj.bias (36): where it begins in the flat buffer. */
  private static final long SELFATTENTION3_OUT_PROJ_BIAS = 5_740;

  /** 5.weight (10, 576): where it begins in the flat buffer. */
  private static final long LINEAR5_WEIGHT = 5_776;

  /** 5.bias (10): where it begins in the flat buffer. */
  private static final long LINEAR5_BIAS = 11_536;

  private static final long[] STRIDE = {1, 1};
  private static final long[] PADDING = {0, 0};
  private static final long[] DILATION = {1, 1};
  private static final long[] OUTPUT_PADDING = {0, 0};
  private static final long[] DIM = {-1};
  private static final long[] BIAS_SIZES = {16};

  private static final Blueprint BLUEPRINT =
      Blueprint.of("Half", Workload.CONVOLUTIONS)
          .input(TensorSpec.numbers(3, 8, 8))
          .output(10)
          .layer("0", "@Conv2d(value = 16, kernelSize = 3)", 16, 6, 6).multiplyAdds(15_552)
          .layer("1", "@ReLU", 16, 6, 6)
          .layer("2", "@Flatten(startDim = 2)", 16, 36)
          .layer("3", "@SelfAttention(heads = 2, causal = true)", 16, 36).multiplyAdds(101_376)
          .layer("4", "@Flatten", 576)
          .layer("5", "@Linear(10)", 10).multiplyAdds(5_760)
          .parameter("0.weight", CONV2D0_WEIGHT, 16, 3, 3, 3)
          .parameter("0.bias", CONV2D0_BIAS, 16)
          .parameter("3.in_proj_weight", SELFATTENTION3_IN_PROJ_WEIGHT, 108, 36)
          .parameter("3.in_proj_bias", SELFATTENTION3_IN_PROJ_BIAS, 108)
          .parameter("3.out_proj.weight", SELFATTENTION3_OUT_PROJ_WEIGHT, 36, 36)
          .parameter("3.out_proj.bias", SELFATTENTION3_OUT_PROJ_BIAS, 36)
          .parameter("5.weight", LINEAR5_WEIGHT, 10, 576)
          .parameter("5.bias", LINEAR5_BIAS, 10)
          .floatsPerExample(6_976, 8_768)
          .mixedPrecision()
          .descends()
          .loss("@CrossEntropyLoss", TensorSpec.indices(10).ignoring(-100), Decision.ARGMAX)
          .optimizer("@SGD(lr = 0.01)", () -> new Sgd(0.01, 0.0, 0.0, 0.0, false))
          .training(1, 64, true);

  private Tensor conv2d0Weight;
  private Tensor conv2d0WeightGrad;
  private Tensor conv2d0Bias;
  private Tensor conv2d0BiasGrad;
  private Tensor selfattention3InProjWeight;
  private Tensor selfattention3InProjWeightGrad;
  private Tensor selfattention3InProjBias;
  private Tensor selfattention3InProjBiasGrad;
  private Tensor selfattention3OutProjWeight;
  private Tensor selfattention3OutProjWeightGrad;
  private Tensor selfattention3OutProjBias;
  private Tensor selfattention3OutProjBiasGrad;
  private Tensor linear5Weight;
  private Tensor linear5WeightGrad;
  private Tensor linear5Bias;
  private Tensor linear5BiasGrad;
  private Scalar one;
  private Scalar attentionScale;
  private Scalar minusOne;
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
    selfattention3InProjWeight = view(values, SELFATTENTION3_IN_PROJ_WEIGHT, 108, 36);
    selfattention3InProjWeightGrad = view(gradients, SELFATTENTION3_IN_PROJ_WEIGHT, 108,
        36);
    selfattention3InProjBias = view(values, SELFATTENTION3_IN_PROJ_BIAS, 108);
    selfattention3InProjBiasGrad = view(gradients, SELFATTENTION3_IN_PROJ_BIAS, 108);
    selfattention3OutProjWeight = view(values, SELFATTENTION3_OUT_PROJ_WEIGHT, 36, 36);
    selfattention3OutProjWeightGrad = view(gradients, SELFATTENTION3_OUT_PROJ_WEIGHT, 36,
        36);
    selfattention3OutProjBias = view(values, SELFATTENTION3_OUT_PROJ_BIAS, 36);
    selfattention3OutProjBiasGrad = view(gradients, SELFATTENTION3_OUT_PROJ_BIAS, 36);
    linear5Weight = view(values, LINEAR5_WEIGHT, 10, 576);
    linear5WeightGrad = view(gradients, LINEAR5_WEIGHT, 10, 576);
    linear5Bias = view(values, LINEAR5_BIAS, 10);
    linear5BiasGrad = view(gradients, LINEAR5_BIAS, 10);
    one = new Scalar(1.0);
    attentionScale = new Scalar(0.23570226039551587);
    minusOne = new Scalar(-1.0);
    zero = new Scalar(0.0);
  }

  @Override
  protected void initialize(GeneratorOptional generator) {
    kaimingUniform(conv2d0Weight, Math.sqrt(5), generator);
    uniform(conv2d0Bias, 1 / Math.sqrt(27), generator);
    kaimingUniform(selfattention3OutProjWeight, Math.sqrt(5), generator);
    uniform(selfattention3OutProjBias, 1 / Math.sqrt(36), generator);
    zeros(selfattention3OutProjBias);
    zeros(selfattention3InProjBias);
    xavierUniform(selfattention3InProjWeight, generator);
    kaimingUniform(linear5Weight, Math.sqrt(5), generator);
    uniform(linear5Bias, 1 / Math.sqrt(576), generator);
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
    Tensor conv2d0_in;
    Tensor conv2d0;
    Tensor conv2d0Weight16;
    Tensor conv2d0Bias16;
    TensorOptional conv2d0Bias16Optional;
    Prepared conv2d0Image;
    Tensor flatten2_in;
    Tensor selfattention3Projected;
    Tensor selfattention3ProjectedRows;
    Tensor flatten2Matrix;
    Tensor selfattention3InProjWeight16;
    Tensor selfattention3InProjWeight16T;
    Tensor selfattention3InProjBias16;
    Prepared selfattention3InProduct;
    Tensor selfattention3ProjectedQuery;
    Tensor selfattention3Query;
    Tensor selfattention3QueryHeads;
    Tensor selfattention3ProjectedKey;
    Tensor selfattention3Key;
    Tensor selfattention3KeyHeads;
    Tensor selfattention3ProjectedValue;
    Tensor selfattention3Value;
    Tensor selfattention3ValueHeads;
    Tensor selfattention3Mask;
    Tensor selfattention3Scores;
    Tensor selfattention3ScoreRows;
    Tensor selfattention3QueryRows;
    Tensor selfattention3KeyRows;
    Tensor selfattention3KeyRowsT;
    Tensor selfattention3Weights;
    Tensor selfattention3WeightRows;
    Tensor selfattention3Merged;
    Tensor selfattention3MergedByHead;
    Tensor selfattention3Context;
    Tensor selfattention3ContextHeads;
    Tensor selfattention3ContextRows;
    Tensor selfattention3ValueRows;
    Prepared selfattention3AttendedByHeads;
    Tensor selfattention3Matrix;
    Tensor selfattention3MergedRows;
    Tensor selfattention3OutProjWeight16;
    Tensor selfattention3OutProjWeight16T;
    Tensor selfattention3OutProjBias16;
    Prepared selfattention3OutProduct;
    Tensor linear5;
    Tensor flatten4;
    Tensor linear5Weight16;
    Tensor linear5Weight16T;
    Tensor linear5Bias16;
    Prepared linear5Product;
    Tensor linear5_out;
    Tensor logProbabilities;
    Tensor loss;
    Tensor selfattention3ValueRowsT;
    Tensor selfattention3WeightRowsT;
    ScalarTypeOptional selfattention3SameType;
    Tensor selfattention3ScoreRowsT;
    Tensor flatten2;
    Tensor linear5_outGrad;
    ClassGradient classGradient;
    Tensor linear5Grad;
    Tensor flatten4Grad;
    Tensor linear5GradPartT;
    Tensor flatten4All;
    Tensor linear5WeightGrad16Part;
    Tensor linear5WeightGradPart;
    Tensor linear5WeightPart;
    Tensor linear5BiasGradPart;
    Tensor linear5BiasPart;
    Tensor selfattention3GradMatrix;
    Tensor selfattention3OutProjWeightGradPiece;
    Tensor selfattention3OutProjBiasGradPiece;
    Tensor selfattention3InProjWeightGradPiece;
    Tensor selfattention3InProjBiasGradPiece;
    Tensor flatten2GradMatrix;
    Tensor conv2d0Grad;
    Tensor flatten2_inGrad;
    Tensor conv2d0WeightGradPiece;
    Tensor conv2d0BiasGradPiece;
    Pieces pieces;

    @Override
    protected void bind() {
      conv2d0_in = rowsLast16(0, 3, 8, 8);                       // (n, 3, 8, 8)
      conv2d0 = rowsLast16(192, 16, 6, 6);                       // (n, 16, 6, 6)
      conv2d0Weight16 = lowered(conv2d0Weight);
      conv2d0Bias16 = lowered(conv2d0Bias);
      conv2d0Bias16Optional = new TensorOptional(conv2d0Bias16);
      conv2d0Image = image(conv2d0, conv2d0_in, conv2d0Weight16, conv2d0Bias16Optional,
          STRIDE, PADDING, DILATION, 1);
      flatten2_in = rows16(768, 16, 6, 6);                       // (n, 16, 6, 6)
      selfattention3Projected = rows16(at(1952, 1344), 16, 108); // (n, 16, 108)
      selfattention3ProjectedRows = selfattention3Projected.view(-1, 108);
      flatten2Matrix = matrix16(768, 16, 36);                    // (n·16, 36)
      selfattention3InProjWeight16 = lowered(selfattention3InProjWeight);
      selfattention3InProjWeight16T = selfattention3InProjWeight16.t();
      selfattention3InProjBias16 = lowered(selfattention3InProjBias);
      selfattention3InProduct = product(selfattention3ProjectedRows, flatten2Matrix,
          selfattention3InProjWeight16, selfattention3InProjBias16);
      selfattention3ProjectedQuery = selfattention3Projected.view(n, 16, 3, 2, 18)
          .select(2, 0).transpose(1, 2);
      selfattention3Query = rows16(at(3680, 3072), 2, 16, 18);   // (n, 2, 16, 18)
      selfattention3QueryHeads = heads(selfattention3Query, selfattention3ProjectedQuery);
      selfattention3ProjectedKey = selfattention3Projected.view(n, 16, 3, 2, 18)
          .select(2, 1).transpose(1, 2);
      selfattention3Key = rows16(at(4256, 3648), 2, 16, 18);     // (n, 2, 16, 18)
      selfattention3KeyHeads = heads(selfattention3Key, selfattention3ProjectedKey);
      selfattention3ProjectedValue = selfattention3Projected.view(n, 16, 3, 2, 18)
          .select(2, 2).transpose(1, 2);
      selfattention3Value = rows16(at(4832, 4224), 2, 16, 18);   // (n, 2, 16, 18)
      selfattention3ValueHeads = heads(selfattention3Value, selfattention3ProjectedValue);
      selfattention3Mask = asProducts(causalMask(16));
      selfattention3Scores = rows16(at(5408, 4800), 2, 16, 16);  // (n, 2, 16, 16)
      selfattention3ScoreRows = selfattention3Scores.view(-1, 16, 16);
      selfattention3QueryRows = selfattention3QueryHeads.view(-1, 16, 18);
      selfattention3KeyRows = selfattention3KeyHeads.view(-1, 16, 18);
      selfattention3KeyRowsT = selfattention3KeyRows.transpose(1, 2);
      selfattention3Weights = rows16(at(5920, 5312), 2, 16, 16); // (n, 2, 16, 16)
      selfattention3WeightRows = selfattention3Weights.view(-1, 16, 16);
      selfattention3Merged = rows16(at(6432, 5824), 16, 36);     // (n, 16, 36)
      selfattention3MergedByHead = selfattention3Merged.view(n, 16, 2, 18)
          .transpose(1, 2);
      selfattention3Context = rows16(at(7008, 6400), 2, 16, 18); // (n, 2, 16, 18)
      selfattention3ContextHeads = heads(selfattention3Context,
          selfattention3MergedByHead);
      selfattention3ContextRows = selfattention3ContextHeads.view(-1, 16, 18);
      selfattention3ValueRows = selfattention3ValueHeads.view(-1, 16, 18);
      selfattention3AttendedByHeads = attendedByHeads(selfattention3ProjectedQuery,
          selfattention3ProjectedKey, selfattention3ProjectedValue, selfattention3Scores,
          selfattention3Weights, selfattention3MergedByHead, attentionScale,
          selfattention3Mask, new Tensor());
      selfattention3Matrix = matrix16(at(1344, 192), 16, 36);    // (n·16, 36)
      selfattention3MergedRows = selfattention3Merged.view(-1, 36);
      selfattention3OutProjWeight16 = lowered(selfattention3OutProjWeight);
      selfattention3OutProjWeight16T = selfattention3OutProjWeight16.t();
      selfattention3OutProjBias16 = lowered(selfattention3OutProjBias);
      selfattention3OutProduct = product(selfattention3Matrix, selfattention3MergedRows,
          selfattention3OutProjWeight16, selfattention3OutProjBias16);
      linear5 = rows16(at(1920, 768), 10);                       // (n, 10)
      flatten4 = rows16(at(1344, 192), 576);                     // (n, 576)
      linear5Weight16 = lowered(linear5Weight);
      linear5Weight16T = linear5Weight16.t();
      linear5Bias16 = lowered(linear5Bias);
      linear5Product = product(linear5, flatten4, linear5Weight16, linear5Bias16);
      linear5_out = rows(at(1936, 192), 10);                     // (n, 10)
      logProbabilities = rows(at(7584, 768), 10);                // (n, 10)
      loss = number();
      selfattention3ValueRowsT = selfattention3ValueRows.transpose(1, 2);
      selfattention3WeightRowsT = selfattention3WeightRows.transpose(1, 2);
      selfattention3SameType = new ScalarTypeOptional();
      selfattention3ScoreRowsT = selfattention3ScoreRows.transpose(1, 2);
      flatten2 = rows16(768, 16, 36);                            // (n, 16, 36)
    }

    @Override
    protected void bindTraining() {
      linear5_outGrad = rows(7600, 10);                  // (n, 10)
      classGradient = classGradient(linear5_outGrad, logProbabilities, 1.0 / total);
      linear5Grad = rows16(1920, 10);                    // (n, 10)
      flatten4Grad = rows16(7616, 576);                  // (n, 576)
      linear5GradPartT = part(all16(1920, 1, 10).t());   // part of (total, 10), transposed
      flatten4All = all16(1344, 1, 576);                 // (total, 576)
      linear5WeightGrad16Part = part(loweredGradient(linear5WeightGrad));
      linear5WeightGradPart = part(linear5WeightGrad);
      linear5WeightPart = part(linear5Weight);
      linear5BiasGradPart = part(linear5BiasGrad);
      linear5BiasPart = part(linear5Bias);
      selfattention3GradMatrix = matrix16(7616, 16, 36); // (n·16, 36)
      selfattention3OutProjWeightGradPiece = piece(selfattention3OutProjWeightGrad);
      selfattention3OutProjBiasGradPiece = piece(selfattention3OutProjBiasGrad);
      selfattention3InProjWeightGradPiece = piece(selfattention3InProjWeightGrad);
      selfattention3InProjBiasGradPiece = piece(selfattention3InProjBiasGrad);
      flatten2GradMatrix = matrix16(8192, 16, 36);       // (n·16, 36)
      conv2d0Grad = rowsLast16(768, 16, 6, 6);           // (n, 16, 6, 6)
      flatten2_inGrad = rows16(8192, 16, 6, 6);          // (n, 16, 6, 6)
      conv2d0WeightGradPiece = piece(conv2d0WeightGrad);
      conv2d0BiasGradPiece = piece(conv2d0BiasGrad);
      pieces = pieces(conv2d0WeightGrad, selfattention3OutProjBiasGrad);
    }

    /** Forward: (n, 3, 8, 8) → (n, 10). */
    @Override
    protected Tensor forward(Tensor input) {
      conv2d0_in.copy_(input);                    // (n, 3, 8, 8)  0.in Conv2d
      if (suits(conv2d0Image)) {                  // (n, 16, 6, 6)  0 Conv2d
        conv2d0Image.compute();
      } else {
        convolution_out(conv2d0, conv2d0_in, conv2d0Weight16, conv2d0Bias16Optional,
            STRIDE, PADDING, DILATION, false, OUTPUT_PADDING, 1);
      }
      relu_(conv2d0);                             // (n, 16, 6, 6)  1 ReLU, in place
      flatten2_in.copy_(conv2d0);                 // (n, 16, 6, 6)  2.in Flatten
      if (suits(selfattention3InProduct)) {       // 3 SelfAttention: queries, keys, values
        selfattention3InProduct.compute();
      } else {
        addmm_out(selfattention3ProjectedRows, selfattention3InProjBias16, flatten2Matrix,
            selfattention3InProjWeight16T);
      }
      if (suits(selfattention3AttendedByHeads)) { // 3 SelfAttention: softmax(Q·Kᵀ/√D)·V of each head
        selfattention3AttendedByHeads.compute();
      } else {
        // 3 SelfAttention: Q of each head
        selfattention3QueryHeads.copy_(selfattention3ProjectedQuery);
        // 3 SelfAttention: K
        selfattention3KeyHeads.copy_(selfattention3ProjectedKey);
        // 3 SelfAttention: V
        selfattention3ValueHeads.copy_(selfattention3ProjectedValue);
        // 3 SelfAttention: Q·Kᵀ/√D, −∞ for what comes after
        baddbmm_out(selfattention3ScoreRows, selfattention3Mask, selfattention3QueryRows,
            selfattention3KeyRowsT, one, attentionScale);
        // 3 SelfAttention: P = softmax
        softmax_out(selfattention3WeightRows, selfattention3ScoreRows, -1);
        // 3 SelfAttention: P·V
        bmm_out(selfattention3ContextRows, selfattention3WeightRows,
            selfattention3ValueRows);
        // 3 SelfAttention: heads beside each other
        selfattention3MergedByHead.copy_(selfattention3ContextHeads);
      }
      if (suits(selfattention3OutProduct)) {      // (n, 16, 36)  3 SelfAttention
        selfattention3OutProduct.compute();
      } else {
        addmm_out(selfattention3Matrix, selfattention3OutProjBias16,
            selfattention3MergedRows, selfattention3OutProjWeight16T);
      }
      if (suits(linear5Product)) {                // (n, 10)  5 Linear
        linear5Product.compute();
      } else {
        addmm_out(linear5, linear5Bias16, flatten4, linear5Weight16T);
      }
      linear5_out.copy_(linear5);                 // (n, 10)  5.out Linear
      return linear5_out;
    }

    /** CrossEntropyLoss: −1/n · Σ ln softmax(output)[target]. */
    @Override
    protected Tensor loss(Tensor target) {
      log_softmax_out(logProbabilities, linear5_out, 1); // (n, 10)
      nll_loss_out(loss, logProbabilities, target);      // mean over n
      return loss;
    }

    /** Backward: the gradient of each layer's output, from the last to the first. */
    @Override
    protected void backward(Tensor target) {
      classGradient.of(known(target));                                               // (softmax − one-hot target) / total
      countOnly(linear5_outGrad, target);                                            // without what is ignored
      linear5Grad.copy_(linear5_outGrad);                                            // (n, 10)  5.out Linear
      mm_out(flatten4Grad, linear5Grad, linear5Weight16);                            // (n, 576)  5 Linear
      // 3 SelfAttention: out_proj.weight in bfloat16
      Tensor selfattention3OutProjWeightGrad16 = mm(selfattention3GradMatrix.t(),
          selfattention3MergedRows);
      selfattention3OutProjWeightGradPiece.copy_(selfattention3OutProjWeightGrad16); // 3 SelfAttention: out_proj.weight
      selfattention3OutProjWeightGrad16.close();
      sum_out(selfattention3OutProjBiasGradPiece, selfattention3GradMatrix, 0);      // 3 SelfAttention: out_proj.bias
      // 3 SelfAttention: of what was projected
      mm_out(selfattention3MergedRows, selfattention3GradMatrix,
          selfattention3OutProjWeight16);
      if (suits(selfattention3AttendedByHeads)) {                                    // 3 SelfAttention: of Q, K and V, each head's
        selfattention3AttendedByHeads.backward();
      } else {
        // 3 SelfAttention: G, of P·V
        selfattention3ContextHeads.copy_(selfattention3MergedByHead);
        // 3 SelfAttention: G·Vᵀ, of P
        bmm_out(selfattention3ScoreRows, selfattention3ContextRows,
            selfattention3ValueRowsT);
        // 3 SelfAttention: Pᵀ·G, of V
        bmm_out(selfattention3ValueRows, selfattention3WeightRowsT,
            selfattention3ContextRows);
        // 3 SelfAttention: through the softmax
        selfattention3ScoreRows.mul_(selfattention3WeightRows);
        // 3 SelfAttention: S = P·(G·Vᵀ − Σ P·(G·Vᵀ))
        selfattention3ScoreRows.addcmul_(selfattention3WeightRows,
            selfattention3ScoreRows.sum(DIM, true, selfattention3SameType), minusOne);
        // 3 SelfAttention: S·K/√D, of Q
        baddbmm_out(selfattention3ContextRows, selfattention3ContextRows,
            selfattention3ScoreRows, selfattention3KeyRows, zero, attentionScale);
        // 3 SelfAttention: Sᵀ·Q/√D, of K
        baddbmm_out(selfattention3KeyRows, selfattention3KeyRows, selfattention3ScoreRowsT,
            selfattention3QueryRows, zero, attentionScale);
        // 3 SelfAttention: of Q, all heads
        selfattention3ProjectedQuery.copy_(selfattention3ContextHeads);
        // 3 SelfAttention: of K
        selfattention3ProjectedKey.copy_(selfattention3KeyHeads);
        // 3 SelfAttention: of V
        selfattention3ProjectedValue.copy_(selfattention3ValueHeads);
      }
      // 3 SelfAttention: in_proj_weight in bfloat16
      Tensor selfattention3InProjWeightGrad16 = mm(selfattention3ProjectedRows.t(),
          flatten2.view(-1, 36));
      selfattention3InProjWeightGradPiece.copy_(selfattention3InProjWeightGrad16);   // 3 SelfAttention: in_proj_weight
      selfattention3InProjWeightGrad16.close();
      sum_out(selfattention3InProjBiasGradPiece, selfattention3ProjectedRows, 0);    // 3 SelfAttention: in_proj_bias
      // (n, 16, 36)  3 SelfAttention
      mm_out(flatten2GradMatrix, selfattention3ProjectedRows,
          selfattention3InProjWeight16);
      if (!learnsBefore(SELFATTENTION3_IN_PROJ_WEIGHT)) {                            // all below is frozen
        return;
      }
      conv2d0Grad.copy_(flatten2_inGrad);                                            // (n, 16, 6, 6)  2.in Flatten
      threshold_backward_out(conv2d0Grad, conv2d0Grad, conv2d0, zero);               // (n, 16, 6, 6)  1 ReLU
      // 0 Conv2d
      var conv2d0Gradients = convolution_backward(conv2d0Grad, conv2d0_in, conv2d0Weight16,
          BIAS_SIZES, STRIDE, PADDING, DILATION, false, OUTPUT_PADDING, 1,
          PARAMETERS_ONLY);
      put(conv2d0WeightGradPiece, conv2d0Gradients.get1());                          // 0 Conv2d: weight
      put(conv2d0BiasGradPiece, conv2d0Gradients.get2());                            // 0 Conv2d: bias
      conv2d0Gradients.close();
    }

    /** The gradients of the share's part of the parameters, from all rows. */
    @Override
    protected void gradients() {
      pieces.sum();                                                   // 0.weight … 3.out_proj.bias
      mm_out(linear5WeightGrad16Part, linear5GradPartT, flatten4All); // 5.weight (10, 576)
      linear5WeightGradPart.copy_(linear5WeightGrad16Part);
      sum_out(linear5BiasGradPart, linear5GradPartT, 1);              // 5.bias (10)
      if (!learnsBefore(SELFATTENTION3_IN_PROJ_WEIGHT)) {             // all below is frozen
        return;
      }
    }

    /**
     * As gradients, with p ← p − lr·g at once: the product that would give a weight's
     * gradient updates the weight.
     */
    @Override
    protected void descend(Scalar minusLr) {
      mm_out(linear5WeightGrad16Part, linear5GradPartT, flatten4All); // 5.weight (10, 576)
      linear5WeightGradPart.copy_(linear5WeightGrad16Part);
      linear5WeightPart.add_(linear5WeightGradPart, minusLr);
      sum_out(linear5BiasGradPart, linear5GradPartT, 1);              // 5.bias (10)
      linear5BiasPart.add_(linear5BiasGradPart, minusLr);             // 5.bias (10)
      pieces.descend(minusLr);                                        // 0.weight … 3.out_proj.bias
    }
  }

  /** The network as ONNX' operators; loaded by who exports it. */
  private static final class Onnx extends OnnxNetwork {
    /** What is given, the operators, and what leaves. */
    @Override
    protected void describe() {
      OnnxValue input = given("input", 3, 8, 8);                                        // (N, 3, 8, 8)
      // (N, 16, 6, 6)
      OnnxValue conv2d0 = layer("0",
          op("Conv", input, parameter("0.weight"), parameter("0.bias")));
      OnnxValue relu1 = layer("1", op("Relu", conv2d0));                                // (N, 16, 6, 6)
      OnnxValue flatten2 = layer("2", op("Reshape", relu1, integers(0, 16, 36)));       // (N, 16, 36)
      OnnxValue selfattention3Projected = op("Split", op("Add", op("MatMul", flatten2,
          op("Transpose", parameter("3.in_proj_weight")).withAll("perm", 1, 0)),
          parameter("3.in_proj_bias"))).with("axis", -1).with("num_outputs", 3);
      OnnxValue selfattention3Queries = op("Transpose", op("Reshape",
          selfattention3Projected, integers(0, 16, 2, 18))).withAll("perm", 0, 2, 1, 3);
      OnnxValue selfattention3Keys = op("Transpose", op("Reshape",
          selfattention3Projected.output(1), integers(0, 16, 2, 18)))
          .withAll("perm", 0, 2, 3, 1);
      OnnxValue selfattention3Values = op("Transpose", op("Reshape",
          selfattention3Projected.output(2), integers(0, 16, 2, 18)))
          .withAll("perm", 0, 2, 1, 3);
      OnnxValue selfattention3Products = op("MatMul", selfattention3Queries,
          selfattention3Keys);
      OnnxValue selfattention3Weights = op("Softmax", op("Add", op("Mul",
          selfattention3Products, number(0.23570226039551587)), causalMask(16, 16)))
          .with("axis", -1);
      OnnxValue selfattention3Context = op("Reshape", op("Transpose", op("MatMul",
          selfattention3Weights, selfattention3Values)).withAll("perm", 0, 2, 1, 3),
          integers(0, 16, 36));
      // (N, 16, 36)
      OnnxValue selfattention3 = layer("3", op("Add", op("MatMul", selfattention3Context,
          op("Transpose", parameter("3.out_proj.weight")).withAll("perm", 1, 0)),
          parameter("3.out_proj.bias")));
      OnnxValue flatten4 = layer("4", op("Reshape", selfattention3, integers(0, 576))); // (N, 576)
      // (N, 10)
      OnnxValue linear5 = layer("5", op("Gemm", flatten4, parameter("5.weight"),
          parameter("5.bias")).with("transB", 1));
      gives("output", linear5, 10);
    }
  }
}
