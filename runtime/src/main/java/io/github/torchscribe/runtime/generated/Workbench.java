package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.process.Forever;
import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Longs;
import io.github.torchscribe.runtime.torch.Shapes;
import java.util.Locale;
import org.bytedeco.javacpp.BoolPointer;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** What else the generated steps of a share are written with: constants, masks, checks. */
abstract class Workbench extends Products {
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

  /** Asks a backward operation for the gradients of input and bias. */
  protected static final BoolPointer INPUT_AND_BIAS = mask(true, false, true);

  /** Asks a backward operation for the gradient of the bias. */
  protected static final BoolPointer BIAS_ONLY = mask(false, false, true);

  /** Stands for a tensor that there is not, such as a bias. */
  protected static final TensorOptional NONE = Forever.kept(new TensorOptional());

  static final Scalar ONE = Forever.kept(new Scalar(1.0));

  private final LateCopies lateCopies = new LateCopies();

  private static BoolPointer mask(boolean... wanted) {
    BoolPointer mask = Forever.kept(new BoolPointer(wanted.length));
    for (int i = 0; i < wanted.length; i++) {
      mask.put(i, wanted[i]);
    }
    return mask;
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
   * Says that what comes next needs nothing of what has been done since the phase began: a GPU may
   * do both at once.
   */
  protected final void apart() {
    buffers().branches().next();
  }

  /**
   * Puts a gradient of a parameter where gradients lie, before this phase ends: nothing reads it
   * until then.
   *
   * @param place where to
   * @param gradient of the same shape
   */
  protected final void put(Tensor place, Tensor gradient) {
    if (buffers().areRecorded()) {
      lateCopies.add(place, gradient);
    } else {
      place.copy_(gradient);
    }
  }

  /** Those that have been put off. */
  final LateCopies lateCopies() {
    return lateCopies;
  }

  /**
   * Draws a mask from the model's random stream.
   *
   * @param mask is filled: each number is 1 with a probability, otherwise 0
   * @param probability of a 1
   * @return the same
   */
  protected final Tensor drawn(Tensor mask, double probability) {
    return buffers().drawn(mask, probability);
  }

  /**
   * Refuses indices that a stack's table does not have, where others of the network have more.
   *
   * @param count how many there are to choose from
   * @param indices that the stack was given
   * @param stack the method's name, for a message
   * @throws IllegalArgumentException when they are numbers, or one is out of range
   */
  protected final void requireBelow(long count, Tensor indices, String stack) {
    String name = buffers().network().name();
    if (indices.scalar_type().intern() != torch.ScalarType.Long) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s of %s takes indices, but was given %s",
              stack,
              name,
              Shapes.describe(indices)));
    }
    for (long value : Longs.of(indices)) {
      if (value < 0 || value >= count) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s of %s takes indices from 0 to %d, but was given %d",
                stack,
                name,
                count - 1,
                value));
      }
    }
  }

  /**
   * Room for indices.
   *
   * @param shape the whole shape
   * @return 64-bit integers of any content
   */
  protected final Tensor indices(long... shape) {
    return torch.empty(shape, buffers().device().options(torch.ScalarType.Long), null);
  }

  /**
   * Room for indices into images, channels last.
   *
   * @param count of images
   * @param channels of an image
   * @param sizes of an image: height and width, of a volume three
   * @return 64-bit integers of any content
   */
  protected final Tensor indicesLast(long count, long channels, long... sizes) {
    return ChannelsLast.seen(indices(ChannelsLast.batch(count, channels, sizes)));
  }

  /**
   * Room for what is computed of a batch for each channel, where it is: while training.
   *
   * @param channels how many there are
   * @return 32-bit floats of any content; none in an evaluation
   */
  protected final Tensor statistics(long channels) {
    return filled(0, isTraining() ? channels : 0);
  }

  /**
   * Counts a batch, while training.
   *
   * @param count a single number
   */
  protected final void countBatch(Tensor count) {
    if (isLearning(count)) {
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
   * The matrix that sums up neighbours: row i has a factor at the columns from i − ⌊size/2⌋ on,
   * size of them, as far as they are there.
   *
   * @param count how many rows and columns
   * @param size of a neighbourhood
   * @param factor of each
   * @return (count, count)
   */
  protected final Tensor neighbours(long count, long size, double factor) {
    Tensor matrix = filled(factor, count, count);
    return torch.tril(torch.triu(matrix, -(size / 2)), (size - 1) / 2);
  }

  /**
   * Takes what was found of each channel of each example into running means, while training.
   *
   * @param runningMean (C)
   * @param runningVariance (C)
   * @param mean (n, C)
   * @param rstd (n, C): 1/√(variance + eps)
   * @param momentum the weight of the new
   * @param eps was added to the variances
   * @param values how many there are in a channel of an example
   */
  protected final void trackInstances(
      Tensor runningMean,
      Tensor runningVariance,
      Tensor mean,
      Tensor rstd,
      double momentum,
      double eps,
      long values) {
    if (isLearning(runningMean)) {
      Scalar weight = new Scalar(momentum);
      runningMean.lerp_(mean.mean(0), weight);
      Tensor variance = rstd.pow(new Scalar(-2.0)).sub(new Scalar(eps)).mean(0);
      runningVariance.lerp_(variance.mul(new Scalar((double) values / (values - 1))), weight);
    }
  }

  /**
   * Max pooling where windows lie side by side and nobody asks where the maxima were.
   *
   * @param result (N, C, h, w), is filled
   * @param input (N, C, H, W)
   * @param height of a window: 1 for a sequence, else at least 2
   * @param width of a window, at least 2
   * @return computes it
   */
  protected final Prepared windowMaxima(Tensor result, Tensor input, long height, long width) {
    boolean areKept = !isTraining() && buffers().device().type() == Device.Type.CPU;
    return Windows.of(result, input, height, width, areKept);
  }

  /**
   * The gradient of padded average pooling. Where channels lie last libtorch's kernel for GPUs
   * leaves the padding out of account, so there it is given images one channel after the other.
   *
   * @param result (N, C, H, W), is filled
   * @param gradient (N, C, h, w), of what the pool gave
   * @param input (N, C, H, W)
   * @param size of a window
   * @param stride from one to the next
   * @param padding on each side
   * @param ceil whether the last windows may reach beyond
   * @param countIncludePad whether padding counts in a mean
   * @param divisor none
   */
  protected static void paddedMeansBackward(
      Tensor result,
      Tensor gradient,
      Tensor input,
      long[] size,
      long[] stride,
      long[] padding,
      boolean ceil,
      boolean countIncludePad,
      LongOptional divisor) {
    if (input.is_cuda()) {
      result.copy_(
          torch.avg_pool2d_backward(
              gradient.contiguous(),
              input.contiguous(),
              size,
              stride,
              padding,
              ceil,
              countIncludePad,
              divisor));
    } else {
      torch.avg_pool2d_backward_out(
          result, gradient, input, size, stride, padding, ceil, countIncludePad, divisor);
    }
  }

  /**
   * A single number with memory of its own.
   *
   * @return a tensor without dimensions
   */
  protected final Tensor number() {
    return torch.empty(new long[0], buffers().device().options(torch.ScalarType.Float), null);
  }

  /**
   * A constant tensor with memory of its own.
   *
   * @param value everywhere
   * @param shape the whole shape
   * @return 32-bit floats
   */
  protected final Tensor filled(double value, long... shape) {
    return torch.full(shape, new Scalar(value), buffers().device().options(torch.ScalarType.Float));
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
    return buffers().device().copy(torch.tensor(floats));
  }

  /**
   * What is added to the scores of attention so that no place sees what comes after it.
   *
   * @param length of the sequence
   * @return (length, length): −∞ above the diagonal, 0 elsewhere
   */
  protected final Tensor causalMask(long length) {
    return causalMask(length, length);
  }

  /**
   * The same where another sequence is looked at: its first place is seen by all, the second by all
   * but the first, and so on.
   *
   * @param queries how many places look
   * @param keys how many are looked at
   * @return (queries, keys): −∞ above the diagonal, 0 elsewhere
   */
  protected final Tensor causalMask(long queries, long keys) {
    return torch.triu(filled(Double.NEGATIVE_INFINITY, queries, keys), 1);
  }
}
