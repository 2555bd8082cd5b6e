package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.cuda.FewKernels;
import io.github.torchscribe.runtime.process.Hands;
import io.github.torchscribe.runtime.process.Pools;
import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Shapes;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * How results of products lie. BLAS copies the matrices of a product piece by piece into an order
 * of its own. Of a product x·Wᵀ that is to be written one row after the other, large pieces of W
 * are copied, which leave the cache before they are used: with few rows that takes nearly as long
 * as the product. Written one feature after the other, the pieces are small. libtorch sees by the
 * strides of the result which it is.
 */
abstract class Products extends RowOperations {
  /**
   * With so many rows a product is faster one feature after the other. CPU time of one thread, for
   * 384 to 1,536 features: 0.51–0.96 of the other order with 8 and 16 rows, 0.80–0.96 with 48 and
   * 64; as much with 4.
   */
  private static final long FEWEST = 8;

  private static final long MOST = 64;

  /** What products by blocks read, where it lies row after row: one after the other has it. */
  private Tensor turned;

  /**
   * libtorch's operation, by its name: what generated code calls so is this where a share's
   * products are divided among several workers, or are faster as many small ones.
   *
   * @param result (m, n)
   * @param shift (n)
   * @param left (m, k)
   * @param right (k, n)
   * @return the result
   */
  protected final Tensor addmm_out(Tensor result, Tensor shift, Tensor left, Tensor right) {
    if (!isDivided(result, shift, left, right)) {
      SmallOrWhole.multiply(result, shift, left, right);
    }
    return result;
  }

  /**
   * The same where {@link #relu_} of the result comes next: on a GPU that replays its steps both
   * are one operation, and nothing is left to do then.
   *
   * @param result (m, n)
   * @param shift (n)
   * @param left (m, k)
   * @param right (k, n)
   * @return the result
   */
  protected final Tensor addmm_relu_out(Tensor result, Tensor shift, Tensor left, Tensor right) {
    if (!buffers().areRecorded()) {
      return addmm_out(result, shift, left, right);
    }
    FewKernels.rectifiedProduct(result, shift, left, right);
    isRectified(result);
    return result;
  }

  /**
   * The same without anything that is added.
   *
   * @param result (m, n)
   * @param left (m, k)
   * @param right (k, n)
   * @return the result
   */
  protected final Tensor mm_out(Tensor result, Tensor left, Tensor right) {
    if (!isDivided(result, null, left, right)) {
      SmallOrWhole.multiply(result, null, left, right);
    }
    return result;
  }

  /**
   * The same with factors, as a step of gradient descent has them.
   *
   * @param result (m, n)
   * @param added (m, n): the same, or another
   * @param left (m, k)
   * @param right (k, n)
   * @param ofAdded its factor
   * @param ofProduct the factor of the product
   * @return the result
   */
  protected final Tensor addmm_out(
      Tensor result, Tensor added, Tensor left, Tensor right, Scalar ofAdded, Scalar ofProduct) {
    boolean isSame = result == added && ofAdded.toFloat() == 1;
    if (!isSame || !SmallOrWhole.add(result, left, right, ofProduct)) {
      torch.addmm_out(result, added, left, right, ofAdded, ofProduct);
    }
    return result;
  }

  /**
   * libtorch's operation, by its name, for many matrices: one by one where that is faster.
   *
   * @param result (b, m, n)
   * @param left (b, m, k)
   * @param right (b, k, n)
   * @return the result
   */
  protected final Tensor bmm_out(Tensor result, Tensor left, Tensor right) {
    ManyProducts.multiply(helpers(), result, null, left, right);
    return result;
  }

  /**
   * The same with factors, and something that is added.
   *
   * @param result (b, m, n)
   * @param added (b, m, n), or what is spread to that
   * @param left (b, m, k)
   * @param right (b, k, n)
   * @param ofAdded its factor
   * @param ofProducts the factor of the products
   * @return the result
   */
  protected final Tensor baddbmm_out(
      Tensor result, Tensor added, Tensor left, Tensor right, Scalar ofAdded, Scalar ofProducts) {
    ManyProducts.multiply(helpers(), result, added, left, right, ofAdded, ofProducts);
    return result;
  }

  /** Whether several workers have computed a product together. */
  abstract boolean isDivided(Tensor result, Tensor shift, Tensor left, Tensor right);

  /**
   * The share's rows of a buffer of which only products, and what works element by element, write
   * and read. In predictions of few rows they lie one feature after the other.
   *
   * @param offset of the buffer, in floats per example
   * @param perExample rows of the product for one example
   * @param shape for one example, whose last dimension are the features
   * @return (n, shape…)
   */
  protected final Tensor productRows(long offset, long perExample, long... shape) {
    Tensor rows = rows(offset, shape);
    if (!isByFeature(perExample)) {
      return rows;
    }
    return rows.view(shape[shape.length - 1], -1).t().view(Shapes.batch(n, shape));
  }

  /**
   * The share's rows of such a buffer as a matrix.
   *
   * @param offset of the buffer, in floats per example
   * @param perExample rows of the matrix for one example
   * @param width its columns, the features
   * @return (n · perExample, width)
   */
  protected final Tensor productMatrix(long offset, long perExample, long width) {
    return productRows(offset, perExample, perExample, width).view(n * perExample, width);
  }

  /**
   * A product that goes another way than most: with weights in 8 bits; of a single row; of few rows
   * by blocks, where that is faster; or of more by columns, where several threads may have some
   * each.
   *
   * @param to (rows, features)
   * @param from (rows, width)
   * @param weight (features, width)
   * @param bias (features); null where there is none
   * @return null where the product is better computed as most are
   */
  protected final Prepared product(Tensor to, Tensor from, Tensor weight, Tensor bias) {
    Prepared some = productOfGiven(to, from, weight, bias);
    boolean isShared = buffers().division().each() > 1; // several compute the product as a whole
    if (some != null || isTraining() || isShared || buffers().device().type() != Device.Type.CPU) {
      return some;
    }
    if (TurnedProduct.pays(weight) && buffers().readTurned()) {
      TurnedWeights turned = buffers().weights().turned();
      some = TurnedProduct.of(buffers().hands(), turned, to, from, weight, bias);
      if (some != null) {
        return some;
      }
    }
    if (!isByFeature(to) || !Pools.multipliesSmall()) {
      return Stripes.of(buffers().hands(), to, from, weight, bias);
    }
    long size = from.numel();
    if (turned == null || turned.isNull() || turned.numel() < size) {
      turned =
          torch.empty(new long[] {size}, buffers().device().options(torch.ScalarType.Float), null);
    }
    return Blocks.of(buffers().hands(), to, from, turned.narrow(0, 0, size), weight, bias);
  }

  /**
   * The same of what the network is given, which may lie elsewhere each time: nothing is made ready
   * that costs more than a view.
   *
   * @param to (rows, features)
   * @param from (rows, width)
   * @param weight (features, width)
   * @param bias (features); null where there is none
   * @return null where the product is better computed as most are
   */
  protected final Prepared productOfGiven(Tensor to, Tensor from, Tensor weight, Tensor bias) {
    boolean isOne = from.size(0) == 1;
    if (isOne && !isTraining()) {
      note(to);
    }
    Hands hands = buffers().hands();
    QuantizedWeights quantized = buffers().quantized();
    if (quantized != null) {
      return Quantized.of(hands, quantized, to, from, weight, bias);
    }
    return isOne ? OneRow.of(hands, to.view(-1), from.view(-1), weight, bias) : null;
  }

  /**
   * Whether a computation is to go the way that was made ready.
   *
   * @param some or null
   * @return false where it is to go another
   */
  protected static boolean suits(Prepared some) {
    return some != null && some.suits();
  }

  /** Whether a matrix of several rows lies one feature after the other. */
  static boolean isByFeature(Tensor matrix) {
    long rows = matrix.size(0);
    return rows > 1 && matrix.stride(0) == 1 && matrix.stride(1) == rows;
  }

  /** While training the order of a gradient's sums, and so its last digits, would be another. */
  private boolean isByFeature(long perExample) {
    long rows = n * perExample;
    return !isTraining()
        && rows >= FEWEST
        && rows <= MOST
        && buffers().quantized() == null
        && !buffers().readTurned()
        && buffers().device().type() == Device.Type.CPU;
  }
}
