package io.github.torchscribe.runtime;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BoolPointer;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** What the generated steps of a share are written with: views of memory, constants, masks. */
abstract class Workbench {
  /** Asks a backward operation for the gradients of input, weight and bias. */
  protected static final BoolPointer ALL = mask(true, true, true);

  /** Asks a backward operation for the gradients of input and weight. */
  protected static final BoolPointer INPUT_AND_WEIGHT = mask(true, true, false);

  /** Asks a backward operation for the gradient of the input. */
  protected static final BoolPointer INPUT_ONLY = mask(true, false, false);

  /** Asks a backward operation for the gradients of weight and bias. */
  protected static final BoolPointer PARAMETERS_ONLY = mask(false, true, true);

  /** Asks a backward operation for the gradient of the weight. */
  protected static final BoolPointer WEIGHT_ONLY = mask(false, true, false);

  private static final Scalar ONE = one();

  /** How many rows this share has. */
  protected long n;

  /** How many rows the batch has. */
  protected long total;

  private Pass pass;
  private int index;
  private long from;

  private static Scalar one() {
    Scalar one = new Scalar(1.0);
    one.retainReference(); // no scope that happens to be open may free it
    return one;
  }

  private static BoolPointer mask(boolean... wanted) {
    BoolPointer mask = new BoolPointer(wanted.length);
    mask.retainReference(); // no scope that happens to be open may free it
    for (int i = 0; i < wanted.length; i++) {
      mask.put(i, wanted[i]);
    }
    return mask;
  }

  /** Becomes one of a pass' shares. */
  final void take(Pass owner, int number) {
    pass = owner;
    index = number;
    total = owner.total();
    from = number * total / owner.count();
    n = (number + 1) * total / owner.count() - from;
  }

  /** The pass that this is a share of. */
  final Pass pass() {
    return pass;
  }

  /**
   * The share's rows of a buffer.
   *
   * @param offset of the buffer, in floats per example
   * @param shape for one example
   * @return (n, shape…), contiguous
   */
  protected final Tensor rows(long offset, long... shape) {
    return pass.piece(offset, from, n, shape);
  }

  /**
   * The share's rows of a buffer of images whose channels lie last.
   *
   * @param offset of the buffer, in floats per example
   * @param channels of an image
   * @param height of an image
   * @param width of an image
   * @return (n, channels, height, width), in memory (n, height, width, channels)
   */
  protected final Tensor rowsLast(long offset, long channels, long height, long width) {
    return rows(offset, height, width, channels).permute(0, 3, 1, 2);
  }

  /**
   * The share's rows of a buffer whose numbers are bfloat16 in mixed precision, while training.
   *
   * @param offset of the buffer, in floats per example
   * @param shape for one example
   * @return (n, shape…), contiguous
   */
  protected final Tensor rows16(long offset, long... shape) {
    return pass.isMixed() ? pass.piece16(offset, from, n, shape) : rows(offset, shape);
  }

  /**
   * The same of a buffer of images whose channels lie last.
   *
   * @param offset of the buffer, in floats per example
   * @param channels of an image
   * @param height of an image
   * @param width of an image
   * @return (n, channels, height, width), in memory (n, height, width, channels)
   */
  protected final Tensor rowsLast16(long offset, long channels, long height, long width) {
    return rows16(offset, height, width, channels).permute(0, 3, 1, 2);
  }

  /**
   * The share's rows of such a buffer as a matrix.
   *
   * @param offset of the buffer, in floats per example
   * @param perExample rows of the matrix for one example
   * @param width its columns
   * @return (n · perExample, width), contiguous
   */
  protected final Tensor matrix16(long offset, long perExample, long width) {
    return rows16(offset, perExample, width).view(n * perExample, width);
  }

  /**
   * All rows of such a buffer as a matrix.
   *
   * @param offset of the buffer, in floats per example
   * @param perExample rows of the matrix for one example
   * @param width its columns
   * @return (total · perExample, width), contiguous
   */
  protected final Tensor all16(long offset, long perExample, long width) {
    return pass.isMixed()
        ? pass.piece16(offset, 0, total, perExample, width).view(total * perExample, width)
        : all(offset, perExample, width);
  }

  /**
   * A parameter as products read it: in mixed precision a copy in bfloat16, which each step renews.
   *
   * @param parameter in the flat buffer
   * @return of the same shape
   */
  protected final Tensor lowered(Tensor parameter) {
    return pass.isMixed() ? at(pass.loweredValues(), parameter) : parameter;
  }

  /**
   * Where a product gives a parameter's gradient: in mixed precision in bfloat16.
   *
   * @param gradient in the flat buffer
   * @return of the same shape
   */
  protected final Tensor loweredGradient(Tensor gradient) {
    return pass.isMixed() ? at(pass.loweredGradients(), gradient) : gradient;
  }

  /** What lies at the place of a tensor in another flat buffer. */
  private static Tensor at(Tensor flat, Tensor tensor) {
    return flat.narrow(0, tensor.storage_offset(), tensor.numel()).view(tensor.sizes());
  }

  /**
   * Images of one channel or one pixel as if their channels lay last: then both are the same.
   *
   * @param images of any shape, one after the other
   * @param channels of an image
   * @param height of an image
   * @param width of an image
   * @return (N, channels, height, width), of the same memory
   */
  protected static Tensor channelsLast(Tensor images, long channels, long height, long width) {
    return images.reshape(-1, height, width, channels).permute(0, 3, 1, 2);
  }

  /**
   * The share's rows of a buffer as a matrix.
   *
   * @param offset of the buffer, in floats per example
   * @param perExample rows of the matrix for one example
   * @param width its columns
   * @return (n · perExample, width), contiguous
   */
  protected final Tensor matrix(long offset, long perExample, long width) {
    return rows(offset, perExample, width).view(n * perExample, width);
  }

  /**
   * All rows of a buffer as a matrix.
   *
   * @param offset of the buffer, in floats per example
   * @param perExample rows of the matrix for one example
   * @param width its columns
   * @return (total · perExample, width), contiguous
   */
  protected final Tensor all(long offset, long perExample, long width) {
    return pass.piece(offset, 0, total, perExample, width).view(total * perExample, width);
  }

  /**
   * The share's part of a tensor, along its first dimension.
   *
   * @param whole any
   * @return a view
   */
  protected final Tensor part(Tensor whole) {
    long begin = boundary(index, whole.size(0));
    return whole.narrow(0, begin, boundary(index + 1, whole.size(0)) - begin);
  }

  /**
   * Where a share's part begins. None has a single row of many: libtorch's product in bfloat16
   * misreads the single row of a transposed matrix.
   */
  private long boundary(int share, long size) {
    if (share == 0 || share == pass.count()) {
      return share == 0 ? 0 : size;
    }
    long even = share * size / pass.count() / 2 * 2;
    return even == size - 1 ? size : even;
  }

  /**
   * Where the share's rows' part of a parameter's gradient goes.
   *
   * @param gradient of the parameter, in the flat buffer
   * @return the same for the first share, memory of its own for each other
   */
  protected final Tensor piece(Tensor gradient) {
    return index == 0 ? gradient : at(pass.pieces(index), gradient);
  }

  /**
   * All shares' pieces of gradients that lie side by side in the flat buffer.
   *
   * @param first of the gradients
   * @param last of the gradients
   * @return this share's part of their elements
   */
  protected final Pieces pieces(Tensor first, Tensor last) {
    long begin = first.storage_offset();
    long size = last.storage_offset() + last.numel() - begin;
    long at = begin + index * size / pass.count();
    long length = begin + (index + 1) * size / pass.count() - at;
    List<Tensor> others = new ArrayList<>();
    for (int i = 1; i < pass.count(); i++) {
      others.add(pass.pieces(i).narrow(0, at, length));
    }
    Weights weights = pass.weights();
    return new Pieces(
        weights.values().narrow(0, at, length), weights.gradients().narrow(0, at, length), others);
  }

  /**
   * The share's rows of the batch's input.
   *
   * @return (n, example…)
   */
  protected final Tensor input() {
    return mine(pass.input());
  }

  /**
   * The batch's input, of which {@link #forward} was given some rows.
   *
   * @return (total, example…)
   */
  protected final Tensor wholeInput() {
    return pass.input();
  }

  /**
   * Whether this is a training step's pass.
   *
   * @return false for an evaluation or a prediction
   */
  protected final boolean isTraining() {
    return pass.isTraining();
  }

  /**
   * What records a layer that autograd differentiates.
   *
   * @return a new one for each layer
   */
  protected final Recording recording() {
    return new Recording(isTraining());
  }

  /**
   * The model's random stream.
   *
   * @return drawn from by layers such as dropout
   */
  protected final GeneratorOptional generator() {
    return pass.generator();
  }

  /**
   * Room for indices.
   *
   * @param shape the whole shape
   * @return 64-bit integers of any content
   */
  protected final Tensor indices(long... shape) {
    return torch.empty(shape, pass.device().options(torch.ScalarType.Long), null);
  }

  /**
   * Room for indices into images, channels last.
   *
   * @param count of images
   * @param channels of an image
   * @param height of an image
   * @param width of an image
   * @return 64-bit integers of any content
   */
  protected final Tensor indicesLast(long count, long channels, long height, long width) {
    return indices(count, height, width, channels).permute(0, 3, 1, 2);
  }

  /**
   * Room for what is computed of a batch for each channel, where it is: while training.
   *
   * @param layer for a message
   * @param channels how many there are
   * @param values how many each channel has in the batch
   * @return 32-bit floats of any content; none in an evaluation
   * @throws IllegalArgumentException when a channel has but one value, of which nothing can be said
   */
  protected final Tensor statistics(String layer, long channels, long values) {
    if (isTraining() && values < 2) {
      throw new IllegalArgumentException(
          String.format(
              "layer %s of %s needs more than one value for each channel while training; give it"
                  + " batches of at least 2 (does the last one have 1?)",
              layer, pass.blueprint().name()));
    }
    return filled(0, isTraining() ? channels : 0);
  }

  /**
   * Counts a batch, while training.
   *
   * @param count a single number
   */
  protected final void countBatch(Tensor count) {
    if (isTraining()) {
      count.add_(ONE);
    }
  }

  /**
   * The matrix that takes the means of adaptive pooling: row i has 1/k at the k columns from
   * ⌊i·in/out⌋ to ⌈(i + 1)·in/out⌉.
   *
   * @param in how many values there are
   * @param out how many means
   * @return (out, in)
   */
  protected final Tensor windowMeans(long in, long out) {
    Tensor means = filled(0, out, in);
    for (long i = 0; i < out; i++) {
      long from = i * in / out;
      long count = ((i + 1) * in + out - 1) / out - from;
      means.select(0, i).narrow(0, from, count).fill_(new Scalar(1.0 / count));
    }
    return means;
  }

  /**
   * Max pooling where windows lie side by side and nobody asks where the maxima were.
   *
   * @param result (N, C, h, w), is filled
   * @param input (N, C, H, W)
   * @param height of a window, at least 2
   * @param width of a window, at least 2
   */
  protected final void windowMaxima(Tensor result, Tensor input, long height, long width) {
    Windows.maxima(result, input, height, width);
  }

  /**
   * A single number with memory of its own.
   *
   * @return a tensor without dimensions
   */
  protected final Tensor number() {
    return torch.empty(new long[0], pass.device().options(torch.ScalarType.Float), null);
  }

  /**
   * A constant tensor with memory of its own.
   *
   * @param value everywhere
   * @param shape the whole shape
   * @return 32-bit floats
   */
  protected final Tensor filled(double value, long... shape) {
    return torch.full(shape, new Scalar(value), pass.device().options(torch.ScalarType.Float));
  }

  /**
   * Numbers that are written out.
   *
   * @param values the numbers
   * @return one dimension, 32-bit floats
   */
  protected final Tensor numbers(double... values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return pass.device().copy(torch.tensor(floats));
  }

  /**
   * What is added to the scores of attention so that no place sees what comes after it.
   *
   * @param length of the sequence
   * @return (length, length): −∞ above the diagonal, 0 elsewhere
   */
  protected final Tensor causalMask(long length) {
    return torch.triu(filled(Double.NEGATIVE_INFINITY, length, length), 1);
  }

  /**
   * What each class weighs in the loss.
   *
   * @param stated what the annotation says, unless the trainer was told otherwise
   * @return one dimension, 32-bit floats
   */
  protected final Tensor classWeights(double... stated) {
    double[] others = pass.classWeights();
    return numbers(others == null ? stated : others);
  }

  /** The share's rows of a tensor. */
  final Tensor mine(Tensor whole) {
    return pass.count() == 1 ? whole : whole.narrow(0, from, n);
  }
}
