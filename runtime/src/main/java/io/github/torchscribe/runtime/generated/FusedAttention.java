package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.cuda.AttentionKernels;
import io.github.torchscribe.runtime.torch.Arena;
import io.github.torchscribe.runtime.torch.Shapes;
import java.lang.System.Logger.Level;
import java.util.List;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Attention between its projections by an operation of libtorch's that does all of it, forward and
 * backward, where steps are replayed: a GPU's kernel for it reads queries, keys and values where
 * they were projected, and keeps no weights. Before it is chosen it is tried on one example: a GPU
 * may have no kernel for heads of a width.
 */
final class FusedAttention extends Prepared {
  /** Of products that a GPU may round to 11 bits, and of numbers around 1. */
  private static final double MOST_APART = 5e-3;

  private final AttentionKernels kernels;
  private final Tensor query;
  private final Tensor key;
  private final Tensor value;
  private final Tensor context;
  private final Tensor projected;
  private AttentionKernels.Result result;

  private FusedAttention(
      AttentionKernels kernels, Tensor query, Tensor key, Tensor value, Tensor context) {
    this.kernels = kernels;
    this.query = query;
    this.key = key;
    this.value = value;
    this.context = context;
    projected = beside(query, key, value);
  }

  /**
   * Makes ready.
   *
   * @param query (n, heads, L, D); backward its gradient takes its place, as others'
   * @param key (n, heads, S, D)
   * @param value (n, heads, S, D)
   * @param context gets the result: (n, heads, L, D); backward it has that's gradient
   * @param scale of the scores
   * @param mask that hides what comes after a place; or undefined
   * @return null where it is not as it should be
   */
  static Prepared of(
      Tensor query, Tensor key, Tensor value, Tensor context, double scale, Tensor mask) {
    boolean isFloat = query.scalar_type().intern() == torch.ScalarType.Float;
    if (!isFloat || mask.defined() && query.size(2) != key.size(2)) {
      return null;
    }
    AttentionKernels kernels = new AttentionKernels(mask.defined(), scale);
    return isRight(kernels, query, key, value, context, mask)
        ? new FusedAttention(kernels, query, key, value, context)
        : null;
  }

  @Override
  public void compute() {
    result = kernels.forward(query, key, value);
    context.copy_(result.output());
  }

  @Override
  public void backward() {
    List<Tensor> all = kernels.backward(context, query, key, value, result);
    if (projected == null) {
      query.copy_(all.get(0));
      key.copy_(all.get(1));
      value.copy_(all.get(2));
    } else {
      Tensor[] byPlace = all.stream().map(one -> one.transpose(1, 2)).toArray(Tensor[]::new);
      torch.stack_out(projected, new TensorVector(byPlace), 2);
    }
    result = null;
  }

  /** Three that lie beside each other for each place, as one: (n, L, 3, heads, D); or null. */
  private static Tensor beside(Tensor query, Tensor key, Tensor value) {
    long step = key.storage_offset() - query.storage_offset();
    long features = query.size(1) * query.size(3);
    boolean areBeside =
        step == features
            && value.storage_offset() - key.storage_offset() == step
            && query.storage().data_ptr().get().address()
                == value.storage().data_ptr().get().address()
            && query.stride(2) == 3 * features
            && key.stride(2) == 3 * features
            && query.size(2) == key.size(2);
    return areBeside
        ? query.as_strided(
            new long[] {query.size(0), query.size(2), 3, query.size(1), query.size(3)},
            query.stride(0),
            query.stride(2),
            step,
            query.stride(1),
            1)
        : null;
  }

  /** Whether one example comes to what products and a softmax make of it, forward and backward. */
  private static boolean isRight(
      AttentionKernels kernels,
      Tensor query,
      Tensor key,
      Tensor value,
      Tensor context,
      Tensor mask) {
    boolean[] right = {false};
    InferenceMode mode = new InferenceMode(true);
    try {
      Arena.during(
          () -> {
            FusedAttention one =
                new FusedAttention(
                    kernels, some(query, 0), some(key, 1), some(value, 2), some(context, 3));
            right[0] = one.agrees(mask);
          });
    } catch (RuntimeException e) {
      System.getLogger(FusedAttention.class.getName())
          .log(
              Level.DEBUG,
              "attention is computed by products, as a device has no kernel for it",
              e);
    } finally {
      mode.close();
    }
    return right[0];
  }

  /** An example of numbers around 1 that lies as those do. */
  private static Tensor some(Tensor like, double phase) {
    long[] shape = Shapes.of(like);
    shape[0] = 1;
    long[] strides = new long[shape.length];
    long size = 1;
    for (int i = 0; i < strides.length; i++) {
      strides[i] = like.stride(i);
      size += (shape[i] - 1) * strides[i];
    }
    Tensor room = torch.empty(new long[] {size}, like.options(), null);
    Tensor one = room.as_strided(shape, strides);
    Tensor numbers = torch.arange(new Scalar(one.numel()), like.options()).add_(new Scalar(phase));
    return one.copy_(numbers.sin_().view(shape));
  }

  private boolean agrees(Tensor mask) {
    Tensor scale = torch.full(new long[] {1}, new Scalar(kernels.scale()), query.options());
    Tensor gradient = context.clone();
    Tensor scores = query.matmul(key.transpose(2, 3)).mul(scale);
    Tensor weights = torch.softmax(mask.defined() ? scores.add(mask) : scores, -1);
    Tensor output = weights.matmul(value);
    Tensor ofWeights = gradient.matmul(value.transpose(2, 3)).mul(weights);
    Tensor ofScores =
        ofWeights
            .sub(weights.mul(ofWeights.sum(new long[] {-1}, true, new ScalarTypeOptional())))
            .mul(scale);
    Tensor ofQuery = ofScores.matmul(key);
    Tensor ofKey = ofScores.transpose(2, 3).matmul(query);
    Tensor ofValue = weights.transpose(2, 3).matmul(gradient);
    compute();
    boolean isForwardRight = isNear(context, output);
    context.copy_(gradient);
    backward();
    return isForwardRight && isNear(query, ofQuery) && isNear(key, ofKey) && isNear(value, ofValue);
  }

  private static boolean isNear(Tensor one, Tensor other) {
    return one.sub(other).abs().max().item_float() <= MOST_APART;
  }
}
