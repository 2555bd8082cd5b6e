package test;

import static io.github.torchscribe.runtime.generated.Initializers.*;
import static org.bytedeco.pytorch.global.torch.*;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.generated.Blueprint;
import io.github.torchscribe.runtime.generated.ClassGradient;
import io.github.torchscribe.runtime.generated.Pieces;
import io.github.torchscribe.runtime.generated.Positions;
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
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;

/**
 * The network of {@link Gpt}, written out: forward, backward and update as libtorch operations.
 *
 * <table>
 * <caption>Layers, for a batch of N examples</caption>
 * <tr><th>layer</th><th>reads</th><th>output</th><th>parameters</th><th>multiply-adds</th><th>result in</th></tr>
 * <tr><td>0 {@code @Embedding({65, 32})}</td><td></td><td>(N, 16, 32)</td><td>0.weight (65, 32)</td><td>–</td><td>embedding0</td></tr>
 * <tr><td>1 {@code @PositionalEmbedding}</td><td></td><td>(N, 16, 32)</td><td>1.weight (16, 32)</td><td>–</td><td>embedding0</td></tr>
 * <tr><td>2.0 {@code @LayerNorm}</td><td></td><td>(N, 16, 32)</td><td>2.0.weight (32), 2.0.bias (32)</td><td>–</td><td>layernorm2_0</td></tr>
 * <tr><td>2.1 {@code @SelfAttention(heads = 4, causal = true)}</td><td></td><td>(N, 16, 32)</td><td>2.1.in_proj_weight (96, 32), 2.1.in_proj_bias (96), 2.1.out_proj.weight (32, 32), 2.1.out_proj.bias (32)</td><td>81,920</td><td>selfattention2_1</td></tr>
 * <tr><td>2.sum {@code @Residual}</td><td>2.1, 1</td><td>(N, 16, 32)</td><td>–</td><td>–</td><td>residual2_sum</td></tr>
 * <tr><td>3 {@code @LayerNorm}</td><td></td><td>(N, 16, 32)</td><td>3.weight (32), 3.bias (32)</td><td>–</td><td>layernorm3</td></tr>
 * <tr><td>4 {@code @Linear(65)}</td><td></td><td>(N, 16, 65)</td><td>4.weight (65, 32), 4.bias (65)</td><td>33,280</td><td>linear4</td></tr>
 * </table>
 *
 * <p>9,089 parameters; loss {@code @CrossEntropyLoss(dim = -1)}; optimizer {@code @AdamW(lr = 0.001)}.
 * Memory for each example of a batch: 30,720 bytes, 47,552 bytes while training.
 */
@Generated("io.github.torchscribe.processor.NetworkProcessor")
public final class GptModel extends Model {
  /** 0.weight (65, 32): where it begins in the flat buffer. */
  private static final long EMBEDDING0_WEIGHT = 0;

  /** 1.weight (16, 32): where it begins in the flat buffer. */
  private static final long POSITIONALEMBEDDING1_WEIGHT = 2_080;

  /** 2.0.weight (32): where it begins in the flat buffer. */
  private static final long LAYERNORM2_0_WEIGHT = 2_592;

  /** 2.0.bias (32): where it begins in the flat buffer. */
  private static final long LAYERNORM2_0_BIAS = 2_624;

  /** 2.1.in_proj_weight (96, 32): where it begins in the flat buffer. */
  private static final long SELFATTENTION2_1_IN_PROJ_WEIGHT = 2_656;

  /** 2.1.in_proj_bias (96): where it begins in the flat buffer. */
  private static final long SELFATTENTION2_1_IN_PROJ_BIAS = 5_728;

  /** 2.1.out_proj.weight (32, 32): where it begins in the flat buffer. */
  private static final long SELFATTENTION2_1_OUT_PROJ_WEIGHT = 5_824;

  /** 2.1.out_proj.bias (32): where it begins in the flat buffer. */
  private static final long SELFATTENTION2_1_OUT_PROJ_BIAS = 6_848;

  /** 3.weight (32): where it begins in the flat buffer. */
  private static final long LAYERNORM3_WEIGHT = 6_880;

  /** 3.bias (32): where it begins in the flat buffer. */
  private static final long LAYERNORM3_BIAS = 6_912;

  /** 4.weight (65, 32): where it begins in the flat buffer. */
  private static final long LINEAR4_WEIGHT = 6_944;

  /** 4.bias (65): where it begins in the flat buffer. */
  private static final long LINEAR4_BIAS = 9_024;

  private static final long[] NORMALIZED = {32};
  private static final long[] DIM = {-1};

  private static final Blueprint BLUEPRINT =
      Blueprint.of("Gpt", Workload.MATRIX_PRODUCTS)
          .input(TensorSpec.indices(65, 16))
          .output(16, 65)
          .layer("0", "@Embedding({65, 32})", 16, 32)
          .layer("1", "@PositionalEmbedding", 16, 32)
          .layer("2.0", "@LayerNorm", 16, 32)
          .layer("2.1", "@SelfAttention(heads = 4, causal = true)", 16, 32).multiplyAdds(81_920)
          .layer("2.sum", "@Residual", 16, 32).reads("2.1", "1")
          .layer("3", "@LayerNorm", 16, 32)
          .layer("4", "@Linear(65)", 16, 65).multiplyAdds(33_280)
          .parameter("0.weight", EMBEDDING0_WEIGHT, 65, 32)
          .parameter("1.weight", POSITIONALEMBEDDING1_WEIGHT, 16, 32)
          .parameter("2.0.weight", LAYERNORM2_0_WEIGHT, 32)
          .parameter("2.0.bias", LAYERNORM2_0_BIAS, 32)
          .parameter("2.1.in_proj_weight", SELFATTENTION2_1_IN_PROJ_WEIGHT, 96, 32)
          .parameter("2.1.in_proj_bias", SELFATTENTION2_1_IN_PROJ_BIAS, 96)
          .parameter("2.1.out_proj.weight", SELFATTENTION2_1_OUT_PROJ_WEIGHT, 32, 32)
          .parameter("2.1.out_proj.bias", SELFATTENTION2_1_OUT_PROJ_BIAS, 32)
          .parameter("3.weight", LAYERNORM3_WEIGHT, 32)
          .parameter("3.bias", LAYERNORM3_BIAS, 32)
          .parameter("4.weight", LINEAR4_WEIGHT, 65, 32)
          .parameter("4.bias", LINEAR4_BIAS, 65)
          .floatsPerExample(7_680, 11_888)
          .floatsPerPosition(112, 96)
          .loss("@CrossEntropyLoss(dim = -1)", TensorSpec.indices(65, 16).ignoring(-100), Decision.ARGMAX_LAST)
          .optimizer("@AdamW(lr = 0.001)", () -> new Adam(0.001, 0.9, 0.999, 1.0E-8, 0.01, true, false))
          .training(1, 1, true);

  private Tensor embedding0Weight;
  private Tensor embedding0WeightGrad;
  private Tensor positionalembedding1Weight;
  private Tensor positionalembedding1WeightGrad;
  private Tensor layernorm2_0Weight;
  private Tensor layernorm2_0WeightGrad;
  private TensorOptional layernorm2_0WeightOptional;
  private Tensor layernorm2_0Bias;
  private Tensor layernorm2_0BiasGrad;
  private TensorOptional layernorm2_0BiasOptional;
  private Tensor selfattention2_1InProjWeight;
  private Tensor selfattention2_1InProjWeightT;
  private Tensor selfattention2_1InProjWeightGrad;
  private Tensor selfattention2_1InProjBias;
  private Tensor selfattention2_1InProjBiasGrad;
  private Tensor selfattention2_1OutProjWeight;
  private Tensor selfattention2_1OutProjWeightT;
  private Tensor selfattention2_1OutProjWeightGrad;
  private Tensor selfattention2_1OutProjBias;
  private Tensor selfattention2_1OutProjBiasGrad;
  private Tensor layernorm3Weight;
  private Tensor layernorm3WeightGrad;
  private TensorOptional layernorm3WeightOptional;
  private Tensor layernorm3Bias;
  private Tensor layernorm3BiasGrad;
  private TensorOptional layernorm3BiasOptional;
  private Tensor linear4Weight;
  private Tensor linear4WeightT;
  private Tensor linear4WeightGrad;
  private Tensor linear4Bias;
  private Tensor linear4BiasGrad;
  private Scalar one;
  private Scalar attentionScale;
  private Scalar minusOne;
  private Scalar zero;

  private GptModel() {
    super(BLUEPRINT);
  }

  /**
   * A new model, initialised from another seed each time.
   *
   * @return a model on the CPU, to be closed
   */
  public static GptModel create() {
    return create(seed(BLUEPRINT));
  }

  /**
   * A new model, initialised as Python's program would after {@code torch.manual_seed(seed)}.
   *
   * @param seed any number
   * @return a model on the CPU, to be closed
   */
  public static GptModel create(long seed) {
    GptModel model = new GptModel();
    model.start(seed);
    return model;
  }

  @Override
  protected void bind(Tensor values, Tensor gradients) {
    embedding0Weight = view(values, EMBEDDING0_WEIGHT, 65, 32);
    embedding0WeightGrad = view(gradients, EMBEDDING0_WEIGHT, 65, 32);
    positionalembedding1Weight = view(values, POSITIONALEMBEDDING1_WEIGHT, 16, 32);
    positionalembedding1WeightGrad = view(gradients, POSITIONALEMBEDDING1_WEIGHT, 16,
        32);
    layernorm2_0Weight = view(values, LAYERNORM2_0_WEIGHT, 32);
    layernorm2_0WeightGrad = view(gradients, LAYERNORM2_0_WEIGHT, 32);
    layernorm2_0WeightOptional = new TensorOptional(layernorm2_0Weight);
    layernorm2_0Bias = view(values, LAYERNORM2_0_BIAS, 32);
    layernorm2_0BiasGrad = view(gradients, LAYERNORM2_0_BIAS, 32);
    layernorm2_0BiasOptional = new TensorOptional(layernorm2_0Bias);
    selfattention2_1InProjWeight = view(values, SELFATTENTION2_1_IN_PROJ_WEIGHT, 96,
        32);
    selfattention2_1InProjWeightT = selfattention2_1InProjWeight.t();
    selfattention2_1InProjWeightGrad = view(gradients, SELFATTENTION2_1_IN_PROJ_WEIGHT,
        96, 32);
    selfattention2_1InProjBias = view(values, SELFATTENTION2_1_IN_PROJ_BIAS, 96);
    selfattention2_1InProjBiasGrad = view(gradients, SELFATTENTION2_1_IN_PROJ_BIAS, 96);
    selfattention2_1OutProjWeight = view(values, SELFATTENTION2_1_OUT_PROJ_WEIGHT, 32,
        32);
    selfattention2_1OutProjWeightT = selfattention2_1OutProjWeight.t();
    selfattention2_1OutProjWeightGrad = view(gradients, SELFATTENTION2_1_OUT_PROJ_WEIGHT,
        32, 32);
    selfattention2_1OutProjBias = view(values, SELFATTENTION2_1_OUT_PROJ_BIAS, 32);
    selfattention2_1OutProjBiasGrad = view(gradients, SELFATTENTION2_1_OUT_PROJ_BIAS,
        32);
    layernorm3Weight = view(values, LAYERNORM3_WEIGHT, 32);
    layernorm3WeightGrad = view(gradients, LAYERNORM3_WEIGHT, 32);
    layernorm3WeightOptional = new TensorOptional(layernorm3Weight);
    layernorm3Bias = view(values, LAYERNORM3_BIAS, 32);
    layernorm3BiasGrad = view(gradients, LAYERNORM3_BIAS, 32);
    layernorm3BiasOptional = new TensorOptional(layernorm3Bias);
    linear4Weight = view(values, LINEAR4_WEIGHT, 65, 32);
    linear4WeightT = linear4Weight.t();
    linear4WeightGrad = view(gradients, LINEAR4_WEIGHT, 65, 32);
    linear4Bias = view(values, LINEAR4_BIAS, 65);
    linear4BiasGrad = view(gradients, LINEAR4_BIAS, 65);
    one = new Scalar(1.0);
    attentionScale = new Scalar(0.35355339059327373);
    minusOne = new Scalar(-1.0);
    zero = new Scalar(0.0);
  }

  @Override
  protected void initialize(GeneratorOptional generator) {
    standardNormal(embedding0Weight, generator);
    standardNormal(positionalembedding1Weight, generator);
    ones(layernorm2_0Weight);
    zeros(layernorm2_0Bias);
    kaimingUniform(selfattention2_1OutProjWeight, Math.sqrt(5), generator);
    uniform(selfattention2_1OutProjBias, 1 / Math.sqrt(32), generator);
    zeros(selfattention2_1OutProjBias);
    zeros(selfattention2_1InProjBias);
    xavierUniform(selfattention2_1InProjWeight, generator);
    ones(layernorm3Weight);
    zeros(layernorm3Bias);
    kaimingUniform(linear4Weight, Math.sqrt(5), generator);
    uniform(linear4Bias, 1 / Math.sqrt(32), generator);
  }

  @Override
  protected Share share() {
    return new Rows();
  }

  @Override
  protected Positions positions() {
    return new TextRows();
  }

  @Override
  protected OnnxNetwork onnx() {
    return new Onnx();
  }

  /** A worker's share of a pass: n of the batch's examples, a row each. */
  private final class Rows extends Share {
    Tensor embedding0Matrix;
    Tensor embedding0;
    Tensor layernorm2_0;
    Tensor layernorm2_0Mean;
    Tensor layernorm2_0Rstd;
    Tensor selfattention2_1Projected;
    Tensor selfattention2_1ProjectedRows;
    Tensor layernorm2_0Matrix;
    Prepared selfattention2_1InProduct;
    Tensor selfattention2_1ProjectedQuery;
    Tensor selfattention2_1Query;
    Tensor selfattention2_1QueryHeads;
    Tensor selfattention2_1ProjectedKey;
    Tensor selfattention2_1Key;
    Tensor selfattention2_1KeyHeads;
    Tensor selfattention2_1ProjectedValue;
    Tensor selfattention2_1Value;
    Tensor selfattention2_1ValueHeads;
    Tensor selfattention2_1Mask;
    Tensor selfattention2_1Scores;
    Tensor selfattention2_1ScoreRows;
    Tensor selfattention2_1QueryRows;
    Tensor selfattention2_1KeyRows;
    Tensor selfattention2_1KeyRowsT;
    Tensor selfattention2_1Weights;
    Tensor selfattention2_1WeightRows;
    Tensor selfattention2_1Merged;
    Tensor selfattention2_1MergedByHead;
    Tensor selfattention2_1Context;
    Tensor selfattention2_1ContextHeads;
    Tensor selfattention2_1ContextRows;
    Tensor selfattention2_1ValueRows;
    Prepared selfattention2_1AttendedByHeads;
    Tensor selfattention2_1Matrix;
    Tensor selfattention2_1MergedRows;
    Prepared selfattention2_1OutProduct;
    Tensor residual2_sum;
    Tensor selfattention2_1;
    Tensor layernorm3;
    Tensor layernorm3Mean;
    Tensor layernorm3Rstd;
    Tensor linear4Matrix;
    Tensor layernorm3Matrix;
    Prepared linear4Product;
    Tensor linear4;
    Tensor logProbabilities;
    Tensor logProbabilitiesRows;
    Tensor loss;
    Tensor selfattention2_1ValueRowsT;
    Tensor selfattention2_1WeightRowsT;
    ScalarTypeOptional selfattention2_1SameType;
    Tensor selfattention2_1ScoreRowsT;
    Tensor linear4GradMatrix;
    ClassGradient classGradient;
    Tensor layernorm3GradMatrix;
    Tensor linear4WeightGradPiece;
    Tensor linear4GradMatrixT;
    Tensor linear4BiasGradPiece;
    Tensor layernorm3Grad;
    Tensor residual2_sumGrad;
    Tensor layernorm3WeightGradPiece;
    Tensor layernorm3BiasGradPiece;
    Tensor residual2_sumGradMatrix;
    Tensor selfattention2_1OutProjWeightGradPiece;
    Tensor selfattention2_1OutProjBiasGradPiece;
    Tensor selfattention2_1InProjWeightGradPiece;
    Tensor selfattention2_1InProjBiasGradPiece;
    Tensor layernorm2_0GradMatrix;
    Tensor layernorm2_0Grad;
    Tensor layernorm2_0WeightGradPiece;
    Tensor layernorm2_0BiasGradPiece;
    Tensor positionalembedding1WeightGradPiece;
    Tensor embedding0WeightGradPiece;
    Pieces pieces;

    @Override
    protected void bind() {
      embedding0Matrix = matrix(0, 16, 32);                                // (n·16, 32)
      embedding0 = rows(0, 16, 32);                                        // (n, 16, 32)
      layernorm2_0 = rows(512, 16, 32);                                    // (n, 16, 32)
      layernorm2_0Mean = rows(at(3088, 1024), 16, 1);                      // (n, 16, 1)
      layernorm2_0Rstd = rows(at(3104, 1040), 16, 1);                      // (n, 16, 1)
      selfattention2_1Projected = productRows(at(3120, 1536), 16, 16, 96); // (n, 16, 96)
      selfattention2_1ProjectedRows = selfattention2_1Projected.view(-1, 96);
      layernorm2_0Matrix = matrix(512, 16, 32);                            // (n·16, 32)
      selfattention2_1InProduct = product(selfattention2_1ProjectedRows,
          layernorm2_0Matrix, selfattention2_1InProjWeight, selfattention2_1InProjBias);
      selfattention2_1ProjectedQuery = selfattention2_1Projected.view(n, 16, 3, 4, 8)
          .select(2, 0).transpose(1, 2);
      selfattention2_1Query = productRows(at(4656, 3072), 16, 4, 16, 8);   // (n, 4, 16, 8)
      selfattention2_1QueryHeads = heads(selfattention2_1Query,
          selfattention2_1ProjectedQuery);
      selfattention2_1ProjectedKey = selfattention2_1Projected.view(n, 16, 3, 4, 8)
          .select(2, 1).transpose(1, 2);
      selfattention2_1Key = productRows(at(5168, 3584), 16, 4, 16, 8);     // (n, 4, 16, 8)
      selfattention2_1KeyHeads = heads(selfattention2_1Key, selfattention2_1ProjectedKey);
      selfattention2_1ProjectedValue = selfattention2_1Projected.view(n, 16, 3, 4, 8)
          .select(2, 2).transpose(1, 2);
      selfattention2_1Value = productRows(at(5680, 4096), 16, 4, 16, 8);   // (n, 4, 16, 8)
      selfattention2_1ValueHeads = heads(selfattention2_1Value,
          selfattention2_1ProjectedValue);
      selfattention2_1Mask = causalMask(16);
      selfattention2_1Scores = rows(at(6192, 4608), 4, 16, 16);            // (n, 4, 16, 16)
      selfattention2_1ScoreRows = selfattention2_1Scores.view(-1, 16, 16);
      selfattention2_1QueryRows = selfattention2_1QueryHeads.view(-1, 16, 8);
      selfattention2_1KeyRows = selfattention2_1KeyHeads.view(-1, 16, 8);
      selfattention2_1KeyRowsT = selfattention2_1KeyRows.transpose(1, 2);
      selfattention2_1Weights = rows(at(7216, 5632), 4, 16, 16);           // (n, 4, 16, 16)
      selfattention2_1WeightRows = selfattention2_1Weights.view(-1, 16, 16);
      selfattention2_1Merged = productRows(at(8240, 6656), 16, 16, 32);    // (n, 16, 32)
      selfattention2_1MergedByHead = selfattention2_1Merged.view(n, 16, 4, 8)
          .transpose(1, 2);
      selfattention2_1Context = productRows(at(8752, 7168), 16, 4, 16, 8); // (n, 4, 16, 8)
      selfattention2_1ContextHeads = heads(selfattention2_1Context,
          selfattention2_1MergedByHead);
      selfattention2_1ContextRows = selfattention2_1ContextHeads.view(-1, 16, 8);
      selfattention2_1ValueRows = selfattention2_1ValueHeads.view(-1, 16, 8);
      selfattention2_1AttendedByHeads = attendedByHeads(selfattention2_1ProjectedQuery,
          selfattention2_1ProjectedKey, selfattention2_1ProjectedValue,
          selfattention2_1Scores, selfattention2_1Weights, selfattention2_1MergedByHead,
          attentionScale, selfattention2_1Mask, new Tensor());
      selfattention2_1Matrix = productMatrix(1024, 16, 32);                // (n·16, 32)
      selfattention2_1MergedRows = selfattention2_1Merged.view(-1, 32);
      selfattention2_1OutProduct = product(selfattention2_1Matrix,
          selfattention2_1MergedRows, selfattention2_1OutProjWeight,
          selfattention2_1OutProjBias);
      residual2_sum = rows(at(1536, 512), 16, 32);                         // (n, 16, 32)
      selfattention2_1 = productRows(1024, 16, 16, 32);                    // (n, 16, 32)
      layernorm3 = rows(at(1024, 0), 16, 32);                              // (n, 16, 32)
      layernorm3Mean = rows(at(9264, 1024), 16, 1);                        // (n, 16, 1)
      layernorm3Rstd = rows(at(9280, 1536), 16, 1);                        // (n, 16, 1)
      linear4Matrix = matrix(at(2048, 512), 16, 65);                       // (n·16, 65)
      layernorm3Matrix = matrix(at(1024, 0), 16, 32);                      // (n·16, 32)
      linear4Product = product(linear4Matrix, layernorm3Matrix, linear4Weight,
          linear4Bias);
      linear4 = rows(at(2048, 512), 16, 65);                               // (n, 16, 65)
      logProbabilities = rows(at(9296, 1552), 16, 65);                     // (n, 16, 65)
      logProbabilitiesRows = logProbabilities.view(-1, 65);
      loss = number();
      selfattention2_1ValueRowsT = selfattention2_1ValueRows.transpose(1, 2);
      selfattention2_1WeightRowsT = selfattention2_1WeightRows.transpose(1, 2);
      selfattention2_1SameType = new ScalarTypeOptional();
      selfattention2_1ScoreRowsT = selfattention2_1ScoreRows.transpose(1, 2);
    }

    @Override
    protected void bindTraining() {
      linear4GradMatrix = matrix(10336, 16, 65);      // (n·16, 65)
      classGradient = classGradient(linear4GradMatrix, logProbabilitiesRows,
          1.0 / (total * 16));
      layernorm3GradMatrix = matrix(11376, 16, 32);   // (n·16, 32)
      linear4WeightGradPiece = piece(linear4WeightGrad);
      linear4GradMatrixT = linear4GradMatrix.t();
      linear4BiasGradPiece = piece(linear4BiasGrad);
      layernorm3Grad = rows(11376, 16, 32);           // (n, 16, 32)
      residual2_sumGrad = rows(1024, 16, 32);         // (n, 16, 32)
      layernorm3WeightGradPiece = piece(layernorm3WeightGrad);
      layernorm3BiasGradPiece = piece(layernorm3BiasGrad);
      residual2_sumGradMatrix = matrix(1024, 16, 32); // (n·16, 32)
      selfattention2_1OutProjWeightGradPiece = piece(selfattention2_1OutProjWeightGrad);
      selfattention2_1OutProjBiasGradPiece = piece(selfattention2_1OutProjBiasGrad);
      selfattention2_1InProjWeightGradPiece = piece(selfattention2_1InProjWeightGrad);
      selfattention2_1InProjBiasGradPiece = piece(selfattention2_1InProjBiasGrad);
      layernorm2_0GradMatrix = matrix(1536, 16, 32);  // (n·16, 32)
      layernorm2_0Grad = rows(1536, 16, 32);          // (n, 16, 32)
      layernorm2_0WeightGradPiece = piece(layernorm2_0WeightGrad);
      layernorm2_0BiasGradPiece = piece(layernorm2_0BiasGrad);
      positionalembedding1WeightGradPiece = piece(positionalembedding1WeightGrad);
      embedding0WeightGradPiece = piece(embedding0WeightGrad);
      pieces = pieces(embedding0WeightGrad, linear4BiasGrad);
    }

    /** Forward: (n, 16) → (n, 16, 65). */
    @Override
    protected Tensor forward(Tensor input) {
      index_select_out(embedding0Matrix, embedding0Weight, 0, input.flatten()); // (n, 16, 32)  0 Embedding
      add_out(embedding0, embedding0, positionalembedding1Weight);              // (n, 16, 32)  1 PositionalEmbedding, in place
      // (n, 16, 32)  2.0 LayerNorm
      native_layer_norm_out(layernorm2_0, layernorm2_0Mean, layernorm2_0Rstd, embedding0,
          NORMALIZED, layernorm2_0WeightOptional, layernorm2_0BiasOptional, 1.0E-5);
      if (suits(selfattention2_1InProduct)) {                                   // 2.1 SelfAttention: queries, keys, values
        selfattention2_1InProduct.compute();
      } else {
        addmm_out(selfattention2_1ProjectedRows, selfattention2_1InProjBias,
            layernorm2_0Matrix, selfattention2_1InProjWeightT);
      }
      if (suits(selfattention2_1AttendedByHeads)) {                             // 2.1 SelfAttention: softmax(Q·Kᵀ/√D)·V of each head
        selfattention2_1AttendedByHeads.compute();
      } else {
        // 2.1 SelfAttention: Q of each head
        selfattention2_1QueryHeads.copy_(selfattention2_1ProjectedQuery);
        // 2.1 SelfAttention: K
        selfattention2_1KeyHeads.copy_(selfattention2_1ProjectedKey);
        // 2.1 SelfAttention: V
        selfattention2_1ValueHeads.copy_(selfattention2_1ProjectedValue);
        // 2.1 SelfAttention: Q·Kᵀ/√D, −∞ for what comes after
        baddbmm_out(selfattention2_1ScoreRows, selfattention2_1Mask,
            selfattention2_1QueryRows, selfattention2_1KeyRowsT, one, attentionScale);
        // 2.1 SelfAttention: P = softmax
        softmax_out(selfattention2_1WeightRows, selfattention2_1ScoreRows, -1);
        // 2.1 SelfAttention: P·V
        bmm_out(selfattention2_1ContextRows, selfattention2_1WeightRows,
            selfattention2_1ValueRows);
        // 2.1 SelfAttention: heads beside each other
        selfattention2_1MergedByHead.copy_(selfattention2_1ContextHeads);
      }
      if (suits(selfattention2_1OutProduct)) {                                  // (n, 16, 32)  2.1 SelfAttention
        selfattention2_1OutProduct.compute();
      } else {
        addmm_out(selfattention2_1Matrix, selfattention2_1OutProjBias,
            selfattention2_1MergedRows, selfattention2_1OutProjWeightT);
      }
      add_out(residual2_sum, selfattention2_1, embedding0);                     // (n, 16, 32)  2.sum Residual
      // (n, 16, 32)  3 LayerNorm
      native_layer_norm_out(layernorm3, layernorm3Mean, layernorm3Rstd, residual2_sum,
          NORMALIZED, layernorm3WeightOptional, layernorm3BiasOptional, 1.0E-5);
      if (suits(linear4Product)) {                                              // (n, 16, 65)  4 Linear
        linear4Product.compute();
      } else {
        addmm_out(linear4Matrix, linear4Bias, layernorm3Matrix, linear4WeightT);
      }
      return linear4;
    }

    /** CrossEntropyLoss: −1/n · Σ ln softmax(output)[target]. */
    @Override
    protected Tensor loss(Tensor target) {
      log_softmax_out(logProbabilitiesRows, linear4Matrix, 1);    // (n, 16, 65)
      nll_loss_out(loss, logProbabilitiesRows, target.flatten()); // mean over n
      return loss;
    }

    /** Backward: the gradient of each layer's output, from the last to the first. */
    @Override
    protected void backward(Tensor target) {
      classGradient.of(known(target.flatten()));                                      // (softmax − one-hot target) / total
      countOnly(linear4GradMatrix, target);                                           // without what is ignored
      mm_out(layernorm3GradMatrix, linear4GradMatrix, linear4Weight);                 // (n, 16, 32)  4 Linear
      mm_out(linear4WeightGradPiece, linear4GradMatrixT, layernorm3Matrix);           // 4.weight (65, 32)
      sum_out(linear4BiasGradPiece, linear4GradMatrix, 0);                            // 4.bias (65)
      // (n, 16, 32)  3 LayerNorm
      var layernorm3Gradients = native_layer_norm_backward(layernorm3Grad, residual2_sum,
          NORMALIZED, layernorm3Mean, layernorm3Rstd, layernorm3WeightOptional,
          layernorm3BiasOptional, ALL);
      residual2_sumGrad.copy_(layernorm3Gradients.get0());                            // (n, 16, 32)  3 LayerNorm
      put(layernorm3WeightGradPiece, layernorm3Gradients.get1());                     // 3 LayerNorm: weight
      put(layernorm3BiasGradPiece, layernorm3Gradients.get2());                       // 3 LayerNorm: bias
      layernorm3Gradients.close();
      if (!learnsBefore(LAYERNORM3_WEIGHT)) {                                         // all below is frozen
        return;
      }
      // 2.1 SelfAttention: out_proj.weight
      mm_out(selfattention2_1OutProjWeightGradPiece, residual2_sumGradMatrix.t(),
          selfattention2_1MergedRows);
      sum_out(selfattention2_1OutProjBiasGradPiece, residual2_sumGradMatrix, 0);      // 2.1 SelfAttention: out_proj.bias
      // 2.1 SelfAttention: of what was projected
      mm_out(selfattention2_1MergedRows, residual2_sumGradMatrix,
          selfattention2_1OutProjWeight);
      if (suits(selfattention2_1AttendedByHeads)) {                                   // 2.1 SelfAttention: of Q, K and V, each head's
        selfattention2_1AttendedByHeads.backward();
      } else {
        // 2.1 SelfAttention: G, of P·V
        selfattention2_1ContextHeads.copy_(selfattention2_1MergedByHead);
        // 2.1 SelfAttention: G·Vᵀ, of P
        bmm_out(selfattention2_1ScoreRows, selfattention2_1ContextRows,
            selfattention2_1ValueRowsT);
        // 2.1 SelfAttention: Pᵀ·G, of V
        bmm_out(selfattention2_1ValueRows, selfattention2_1WeightRowsT,
            selfattention2_1ContextRows);
        // 2.1 SelfAttention: through the softmax
        selfattention2_1ScoreRows.mul_(selfattention2_1WeightRows);
        // 2.1 SelfAttention: S = P·(G·Vᵀ − Σ P·(G·Vᵀ))
        selfattention2_1ScoreRows.addcmul_(selfattention2_1WeightRows,
            selfattention2_1ScoreRows.sum(DIM, true, selfattention2_1SameType), minusOne);
        // 2.1 SelfAttention: S·K/√D, of Q
        baddbmm_out(selfattention2_1ContextRows, selfattention2_1ContextRows,
            selfattention2_1ScoreRows, selfattention2_1KeyRows, zero, attentionScale);
        // 2.1 SelfAttention: Sᵀ·Q/√D, of K
        baddbmm_out(selfattention2_1KeyRows, selfattention2_1KeyRows,
            selfattention2_1ScoreRowsT, selfattention2_1QueryRows, zero, attentionScale);
        // 2.1 SelfAttention: of Q, all heads
        selfattention2_1ProjectedQuery.copy_(selfattention2_1ContextHeads);
        // 2.1 SelfAttention: of K
        selfattention2_1ProjectedKey.copy_(selfattention2_1KeyHeads);
        // 2.1 SelfAttention: of V
        selfattention2_1ProjectedValue.copy_(selfattention2_1ValueHeads);
      }
      // 2.1 SelfAttention: in_proj_weight
      mm_out(selfattention2_1InProjWeightGradPiece, selfattention2_1ProjectedRows.t(),
          layernorm2_0.view(-1, 32));
      sum_out(selfattention2_1InProjBiasGradPiece, selfattention2_1ProjectedRows, 0); // 2.1 SelfAttention: in_proj_bias
      // (n, 16, 32)  2.1 SelfAttention
      mm_out(layernorm2_0GradMatrix, selfattention2_1ProjectedRows,
          selfattention2_1InProjWeight);
      // (n, 16, 32)  2.0 LayerNorm
      var layernorm2_0Gradients = native_layer_norm_backward(layernorm2_0Grad, embedding0,
          NORMALIZED, layernorm2_0Mean, layernorm2_0Rstd, layernorm2_0WeightOptional,
          layernorm2_0BiasOptional, ALL);
      Tensor embedding0Grad = layernorm2_0Gradients.get0();                           // (n, 16, 32)  2.0 LayerNorm
      put(layernorm2_0WeightGradPiece, layernorm2_0Gradients.get1());                 // 2.0 LayerNorm: weight
      put(layernorm2_0BiasGradPiece, layernorm2_0Gradients.get2());                   // 2.0 LayerNorm: bias
      embedding0Grad.add_(residual2_sumGrad);                                         // (n, 16, 32)  1: over all that read it
      if (!learnsBefore(LAYERNORM2_0_WEIGHT)) {                                       // all below is frozen
        return;
      }
      sum_out(positionalembedding1WeightGradPiece, embedding0Grad, 0);                // (n, 16, 32)  1 PositionalEmbedding
      // 0 Embedding
      embedding_dense_backward_out(embedding0WeightGradPiece, embedding0Grad, input, 65,
          -1, false);
      layernorm2_0Gradients.close();
    }

    /** The gradients of the share's part of the parameters, from all rows. */
    @Override
    protected void gradients() {
      pieces.sum(); // 0.weight … 4.bias
    }
  }

  /** n positions of a text, a row each, from the first at hand on. */
  private final class TextRows extends Positions {
    Tensor embedding0Matrix;
    Tensor positionalembedding1Positions;
    Tensor embedding0;
    Tensor layernorm2_0;
    Tensor layernorm2_0Mean;
    Tensor layernorm2_0Rstd;
    Tensor selfattention2_1Projected;
    Tensor layernorm2_0Row;
    Tensor layernorm2_0Matrix;
    Tensor selfattention2_1Queries;
    Tensor selfattention2_1Keys;
    Tensor selfattention2_1Values;
    Tensor selfattention2_1;
    Tensor selfattention2_1Row;
    Tensor selfattention2_1Matrix;
    Tensor residual2_sum;
    Tensor layernorm3;
    Tensor layernorm3Mean;
    Tensor layernorm3Rstd;
    Tensor linear4Matrix;
    Tensor layernorm3Matrix;
    Prepared linear4Product;
    Tensor linear4;
    Tensor positionalembedding1Here;
    Tensor selfattention2_1Here;
    Tensor selfattention2_1Query;
    Tensor selfattention2_1Key;
    Tensor selfattention2_1Value;

    @Override
    protected void bind() {
      embedding0Matrix = matrix(0, 1, 32);               // (n, 32)
      positionalembedding1Positions = positionalembedding1Weight.view(-1, 1, 32);
      embedding0 = rows(0, 1, 32);                       // (n, 1, 32)
      layernorm2_0 = rows(32, 1, 32);                    // (n, 1, 32)
      layernorm2_0Mean = rows(64, 1, 1);                 // (n, 1, 1)
      layernorm2_0Rstd = rows(80, 1, 1);                 // (n, 1, 1)
      selfattention2_1Projected = remembered(0, 96);
      layernorm2_0Row = layernorm2_0.view(-1);
      layernorm2_0Matrix = matrix(32, 1, 32);            // (n, 32)
      selfattention2_1Queries = selfattention2_1Projected.view(1, 16, 3, 4, 8).select(2, 0)
          .transpose(1, 2);
      selfattention2_1Keys = selfattention2_1Projected.view(1, 16, 3, 4, 8).select(2, 1)
          .transpose(1, 2);
      selfattention2_1Values = selfattention2_1Projected.view(1, 16, 3, 4, 8).select(2, 2)
          .transpose(1, 2);
      selfattention2_1 = productRows(64, 1, 1, 32);      // (n, 1, 32)
      selfattention2_1Row = n == 1 ? selfattention2_1.view(-1) : null;
      selfattention2_1Matrix = productMatrix(64, 1, 32); // (n, 32)
      residual2_sum = rows(32, 1, 32);                   // (n, 1, 32)
      layernorm3 = rows(0, 1, 32);                       // (n, 1, 32)
      layernorm3Mean = rows(64, 1, 1);                   // (n, 1, 1)
      layernorm3Rstd = rows(80, 1, 1);                   // (n, 1, 1)
      linear4Matrix = matrix(32, 1, 65);                 // (n, 65)
      layernorm3Matrix = matrix(0, 1, 32);               // (n, 32)
      linear4Product = product(linear4Matrix, layernorm3Matrix, linear4Weight,
          linear4Bias);
      linear4 = rows(32, 1, 65);                         // (n, 1, 65)
    }

    @Override
    protected void bindAtHand() {
      positionalembedding1Here = atHand(positionalembedding1Positions);
      selfattention2_1Here = atHand(selfattention2_1Projected);
      selfattention2_1Query = selfattention2_1Queries.narrow(2, first, n);
      selfattention2_1Key = selfattention2_1Keys.narrow(2, 0, reached);
      selfattention2_1Value = selfattention2_1Values.narrow(2, 0, reached);
    }

    /** Forward: (n, 1) → (n, 1, 65). */
    @Override
    protected Tensor forward(Tensor input) {
      index_select_out(embedding0Matrix, embedding0Weight, 0, input.flatten()); // (n, 1, 32)  0 Embedding
      add_out(embedding0, embedding0, positionalembedding1Here);                // (n, 1, 32)  1 PositionalEmbedding, in place
      // (n, 1, 32)  2.0 LayerNorm
      native_layer_norm_out(layernorm2_0, layernorm2_0Mean, layernorm2_0Rstd, embedding0,
          NORMALIZED, layernorm2_0WeightOptional, layernorm2_0BiasOptional, 1.0E-5);
      if (n == 1) {                                                             // (n, 1, 32)  2.1 SelfAttention
        addmv_out(selfattention2_1Here, selfattention2_1InProjBias,
            selfattention2_1InProjWeight, layernorm2_0Row);
      } else {
        addmm_out(selfattention2_1Here, selfattention2_1InProjBias, layernorm2_0Matrix,
            selfattention2_1InProjWeightT);
      }
      if (n == 1) {                                                             // (n, 1, 32)  2.1 SelfAttention
        addmv_out(selfattention2_1Row, selfattention2_1OutProjBias,
            selfattention2_1OutProjWeight, attendedByOne(selfattention2_1Query,
            selfattention2_1Key, selfattention2_1Value));
      } else {
        addmm_out(selfattention2_1Matrix, selfattention2_1OutProjBias,
            attended(selfattention2_1Query, selfattention2_1Key, selfattention2_1Value),
            selfattention2_1OutProjWeightT);
      }
      add_out(residual2_sum, selfattention2_1, embedding0);                     // (n, 1, 32)  2.sum Residual
      // (n, 1, 32)  3 LayerNorm
      native_layer_norm_out(layernorm3, layernorm3Mean, layernorm3Rstd, residual2_sum,
          NORMALIZED, layernorm3WeightOptional, layernorm3BiasOptional, 1.0E-5);
      if (suits(linear4Product)) {                                              // (n, 1, 65)  4 Linear
        linear4Product.compute();
      } else {
        addmm_out(linear4Matrix, linear4Bias, layernorm3Matrix, linear4WeightT);
      }
      return linear4;
    }
  }

  /** The network as ONNX' operators; loaded by who exports it. */
  private static final class Onnx extends OnnxNetwork {
    /** What is given, the operators, and what leaves. */
    @Override
    protected void describe() {
      OnnxValue input = givenIndices("input", 16);                                   // (N, 16)
      OnnxValue embedding0 = layer("0", op("Gather", parameter("0.weight"), input)); // (N, 16, 32)
      // (N, 16, 32)
      OnnxValue positionalembedding1 = layer("1",
          op("Add", embedding0, parameter("1.weight")));
      // (N, 16, 32)
      OnnxValue layernorm2_0 = layer("2.0", op("LayerNormalization", positionalembedding1,
          parameter("2.0.weight"), parameter("2.0.bias")).with("axis", -1).with("epsilon",
          1.0E-5));
      OnnxValue selfattention2_1Projected = op("Split", op("Add", op("MatMul",
          layernorm2_0, op("Transpose", parameter("2.1.in_proj_weight")).withAll("perm", 1,
          0)), parameter("2.1.in_proj_bias"))).with("axis", -1).with("num_outputs", 3);
      OnnxValue selfattention2_1Queries = op("Transpose", op("Reshape",
          selfattention2_1Projected, integers(0, 16, 4, 8))).withAll("perm", 0, 2, 1, 3);
      OnnxValue selfattention2_1Keys = op("Transpose", op("Reshape",
          selfattention2_1Projected.output(1), integers(0, 16, 4, 8)))
          .withAll("perm", 0, 2, 3, 1);
      OnnxValue selfattention2_1Values = op("Transpose", op("Reshape",
          selfattention2_1Projected.output(2), integers(0, 16, 4, 8)))
          .withAll("perm", 0, 2, 1, 3);
      OnnxValue selfattention2_1Products = op("MatMul", selfattention2_1Queries,
          selfattention2_1Keys);
      OnnxValue selfattention2_1Weights = op("Softmax", op("Add", op("Mul",
          selfattention2_1Products, number(0.35355339059327373)), causalMask(16, 16)))
          .with("axis", -1);
      OnnxValue selfattention2_1Context = op("Reshape", op("Transpose", op("MatMul",
          selfattention2_1Weights, selfattention2_1Values)).withAll("perm", 0, 2, 1, 3),
          integers(0, 16, 32));
      // (N, 16, 32)
      OnnxValue selfattention2_1 = layer("2.1", op("Add", op("MatMul",
          selfattention2_1Context, op("Transpose",
          parameter("2.1.out_proj.weight")).withAll("perm", 1, 0)),
          parameter("2.1.out_proj.bias")));
      // (N, 16, 32)
      OnnxValue residual2_sum = layer("2.sum",
          op("Add", selfattention2_1, positionalembedding1));
      // (N, 16, 32)
      OnnxValue layernorm3 = layer("3", op("LayerNormalization", residual2_sum,
          parameter("3.weight"), parameter("3.bias")).with("axis", -1).with("epsilon",
          1.0E-5));
      // (N, 16, 65)
      OnnxValue linear4 = layer("4", op("Add", op("MatMul", layernorm3, op("Transpose",
          parameter("4.weight")).withAll("perm", 1, 0)), parameter("4.bias")));
      gives("output", linear4, 16, 65);
    }
  }
}
