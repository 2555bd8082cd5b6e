package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.torch.Shapes;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** What a share of a pass reads and writes: views of the pass' memory and of parameters. */
abstract class Views {
  /** How many rows this share has. */
  protected long n;

  /** How many rows the batch has, those of other processes of a group among them. */
  protected long total;

  /** The share's rows of the batch's input: (n, example…). */
  protected Tensor input;

  private Buffers buffers;
  private int worker;
  private int index;
  private long from;

  /**
   * Becomes one of those that work on a batch. A worker without rows of its own has those of the
   * share that it helps.
   */
  final void take(Buffers some, int number) {
    buffers = some;
    worker = number;
    index = number % some.shares();
    total = some.total();
    from = Buffers.first(index, some.rows(), some.shares());
    n = Buffers.first(index + 1, some.rows(), some.shares()) - from;
  }

  /** Which of the workers of the share of these rows this is; 0 for the one that leads. */
  final int helper() {
    return worker / buffers.shares();
  }

  /** The memory that it works in. */
  final Buffers buffers() {
    return buffers;
  }

  /**
   * Where a buffer lies in this pass. While training most of what forward writes is kept for
   * backward, each result in a place of its own; otherwise a result's place is free once it has
   * been read for the last time.
   *
   * @param training its offset while training, in floats per example
   * @param otherwise its offset in evaluations and predictions
   * @return the one that goes for this pass
   */
  protected final long at(long training, long otherwise) {
    return isTraining() ? training : otherwise;
  }

  /**
   * The share's rows of a buffer.
   *
   * @param offset of the buffer, in floats per example
   * @param shape for one example
   * @return (n, shape…), contiguous
   */
  protected final Tensor rows(long offset, long... shape) {
    return buffers.piece(offset, from, n, shape);
  }

  /**
   * The share's rows of a buffer of images whose channels lie last.
   *
   * @param offset of the buffer, in floats per example
   * @param channels of an image
   * @param sizes of an image: height and width, of a volume three
   * @return (n, channels, sizes…), in memory (n, sizes…, channels)
   */
  protected final Tensor rowsLast(long offset, long channels, long... sizes) {
    return ChannelsLast.seen(rows(offset, ChannelsLast.shape(channels, sizes)));
  }

  /**
   * The share's rows of what an operation brings while training: where it has put them, a processor
   * finds them in each step. A GPU's work, which may be recorded, has them in one place.
   *
   * @param otherwise the buffer's offset in evaluations and predictions
   * @param shape for one example
   * @return (n, shape…), contiguous; while training on a processor nothing yet
   */
  protected final Tensor brought(long otherwise, long... shape) {
    return isTraining() ? place(torch.ScalarType.Float, shape) : rows(otherwise, shape);
  }

  /**
   * The same of images whose channels lie last.
   *
   * @param otherwise the buffer's offset in evaluations and predictions
   * @param channels of an image
   * @param sizes of an image: height and width, of a volume three
   * @return (n, channels, sizes…), in memory (n, sizes…, channels)
   */
  protected final Tensor broughtLast(long otherwise, long channels, long... sizes) {
    return seenLast(brought(otherwise, ChannelsLast.shape(channels, sizes)));
  }

  /**
   * The same of numbers that are bfloat16 in mixed precision, while training.
   *
   * @param otherwise the buffer's offset in evaluations and predictions
   * @param shape for one example
   * @return (n, shape…), contiguous
   */
  protected final Tensor brought16(long otherwise, long... shape) {
    return isTraining() && isMixed()
        ? place(torch.ScalarType.BFloat16, shape)
        : brought(otherwise, shape);
  }

  /**
   * The same of images whose channels lie last.
   *
   * @param otherwise the buffer's offset in evaluations and predictions
   * @param channels of an image
   * @param sizes of an image: height and width, of a volume three
   * @return (n, channels, sizes…), in memory (n, sizes…, channels)
   */
  protected final Tensor broughtLast16(long otherwise, long channels, long... sizes) {
    return seenLast(brought16(otherwise, ChannelsLast.shape(channels, sizes)));
  }

  private Tensor place(torch.ScalarType type, long... shape) {
    long[] whole = takesWhatComes() ? new long[] {0} : Shapes.batch(n, shape);
    return torch.empty(whole, buffers.device().options(type), null);
  }

  private Tensor seenLast(Tensor images) {
    return images.numel() == 0 ? images : ChannelsLast.seen(images);
  }

  /** Whether results of operations stay where they come, in this pass. */
  final boolean takesWhatComes() {
    return isTraining();
  }

  /**
   * Frees what an operation has brought.
   *
   * @param result that nobody reads any more in this step
   */
  protected final void letGo(Tensor result) {
    if (takesWhatComes()) {
      result.set_();
    }
  }

  /**
   * The share's rows of a buffer whose numbers are bfloat16 in mixed precision, while training.
   *
   * @param offset of the buffer, in floats per example
   * @param shape for one example
   * @return (n, shape…), contiguous
   */
  protected final Tensor rows16(long offset, long... shape) {
    return buffers.piece16(offset, from, n, shape);
  }

  /**
   * The same of a buffer of images whose channels lie last.
   *
   * @param offset of the buffer, in floats per example
   * @param channels of an image
   * @param sizes of an image: height and width, of a volume three
   * @return (n, channels, sizes…), in memory (n, sizes…, channels)
   */
  protected final Tensor rowsLast16(long offset, long channels, long... sizes) {
    return ChannelsLast.seen(rows16(offset, ChannelsLast.shape(channels, sizes)));
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
   * All rows of such a buffer as a matrix, which there is while training alone.
   *
   * @param offset of the buffer, in floats per example
   * @param perExample rows of the matrix for one example
   * @param width its columns
   * @return (total · perExample, width), contiguous
   */
  protected final Tensor all16(long offset, long perExample, long width) {
    long all = buffers.rows();
    return buffers.piece16(offset, 0, all, perExample, width).view(all * perExample, width);
  }

  /**
   * A parameter as products read it: in mixed precision a copy in bfloat16, which each step renews.
   *
   * @param parameter in the flat buffer
   * @return of the same shape
   */
  protected final Tensor lowered(Tensor parameter) {
    return buffers.isMixed() ? sameOf(buffers.loweredValues(), parameter) : parameter;
  }

  /**
   * Where a product gives a parameter's gradient: in mixed precision in bfloat16.
   *
   * @param gradient in the flat buffer
   * @return of the same shape
   */
  protected final Tensor loweredGradient(Tensor gradient) {
    return buffers.isMixed() ? sameOf(buffers.loweredGradients(), gradient) : gradient;
  }

  /**
   * A constant as products read it.
   *
   * @param constant in 32-bit floats
   * @return in mixed precision in bfloat16
   */
  protected final Tensor asProducts(Tensor constant) {
    return buffers.isMixed() ? constant.to(torch.ScalarType.BFloat16) : constant;
  }

  /** What lies at the place of a tensor in another flat buffer. */
  private static Tensor sameOf(Tensor flat, Tensor tensor) {
    return flat.narrow(0, tensor.storage_offset(), tensor.numel()).view(tensor.sizes());
  }

  /**
   * Images of one channel or one pixel as if their channels lay last: then both are the same.
   *
   * @param images of any shape, one after the other
   * @param channels of an image
   * @param sizes of an image: height and width, of a volume three
   * @return (N, channels, sizes…), of the same memory
   */
  protected static Tensor channelsLast(Tensor images, long channels, long... sizes) {
    long[] shape = ChannelsLast.batch(-1, channels, sizes);
    return ChannelsLast.seen(images.reshape(shape));
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
   * All rows of a buffer as a matrix, which there is while training alone.
   *
   * @param offset of the buffer, in floats per example
   * @param perExample rows of the matrix for one example
   * @param width its columns
   * @return (total · perExample, width), contiguous
   */
  protected final Tensor all(long offset, long perExample, long width) {
    long all = buffers.rows();
    return buffers.piece(offset, 0, all, perExample, width).view(all * perExample, width);
  }

  /**
   * The worker's part of a tensor, along its first dimension.
   *
   * @param whole any
   * @return a view
   */
  protected final Tensor part(Tensor whole) {
    long begin = boundary(worker, whole.size(0));
    return whole.narrow(0, begin, boundary(worker + 1, whole.size(0)) - begin);
  }

  /**
   * Where a worker's part begins. None has a single row of many: libtorch's product in bfloat16
   * misreads the single row of a transposed matrix.
   */
  private long boundary(int number, long size) {
    int workers = buffers.division().workers();
    if (number == 0 || number == workers) {
      return number == 0 ? 0 : size;
    }
    long even = number * size / workers / 2 * 2;
    return even == size - 1 ? size : even;
  }

  /**
   * Where the share's rows' part of a parameter's gradient goes.
   *
   * @param gradient of the parameter, in the flat buffer
   * @return the same for the first share, memory of its own for each other
   */
  protected final Tensor piece(Tensor gradient) {
    return index == 0 ? gradient : sameOf(buffers.pieces(index), gradient);
  }

  /**
   * All shares' pieces of gradients that lie side by side in the flat buffer.
   *
   * @param first of the gradients
   * @param last of the gradients
   * @return this worker's part of their elements
   */
  protected final Pieces pieces(Tensor first, Tensor last) {
    long begin = first.storage_offset();
    long size = last.storage_offset() + last.numel() - begin;
    int workers = buffers.division().workers();
    long at = begin + worker * size / workers;
    long length = begin + (worker + 1) * size / workers - at;
    List<Tensor> others = new ArrayList<>();
    for (int i = 1; i < buffers.shares(); i++) {
      others.add(buffers.pieces(i).narrow(0, at, length));
    }
    Weights weights = buffers.weights();
    boolean descends = buffers.network().canDescend();
    return new Pieces(
        descends ? weights.values().narrow(0, at, length) : null,
        weights.allGradients().narrow(0, at, length),
        others);
  }

  /**
   * The batch's input, of which the share has some rows.
   *
   * @return (total, example…)
   */
  protected final Tensor wholeInput() {
    return buffers.input(0);
  }

  /**
   * One of several inputs of the batch, of which the share has some rows.
   *
   * @param which counted from 0
   * @return (total, example…)
   */
  protected final Tensor wholeInput(int which) {
    return buffers.input(which);
  }

  /**
   * The share's rows of one of several inputs.
   *
   * @param which counted from 0
   * @return (n, example…)
   */
  protected final Tensor given(int which) {
    return mine(buffers.input(which));
  }

  /**
   * Whether this is a training step's pass.
   *
   * @return false for an evaluation or a prediction
   */
  protected final boolean isTraining() {
    return buffers.isTraining();
  }

  /**
   * Whether products of this pass are in bfloat16.
   *
   * @return false where no training step is, and on a processor that has no bfloat16
   */
  protected final boolean isMixed() {
    return buffers.isMixed();
  }

  /**
   * Whether a layer goes on remembering in this pass: in a training step's, unless it is frozen.
   *
   * @param remembered by the layer, such as a running mean
   * @return false also for an evaluation or a prediction
   */
  protected final boolean isLearning(Tensor remembered) {
    return buffers.isTraining() && buffers.learns(remembered);
  }

  /**
   * Whether anything is to be computed backward below a part of the network.
   *
   * @param offset where what the part learns begins in the flat buffer
   * @return false where all before it is frozen, and nobody asks for the gradient of an input
   */
  protected final boolean learnsBefore(long offset) {
    return buffers.learnsBefore(offset);
  }

  /** The share's rows of a tensor. */
  final Tensor mine(Tensor whole) {
    return buffers.shares() == 1 ? whole : whole.narrow(0, from, n);
  }
}
