package io.github.torchscribe.runtime.torch;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * What an example's input or target is: numbers, or indices, as of classes or of words. A dataset
 * has it, a network and its loss take it.
 */
public final class TensorSpec {
  /** The target that PyTorch's losses ignore unless they are told otherwise. */
  public static final long USUALLY_IGNORED = -100;

  private final long count;

  /** How many there are without the largest one that occurs. */
  private final long countWithoutLargest;

  private final OptionalLong ignored;
  private final OptionalLong padding;
  private final boolean mask;
  private final Optional<Alignment> alignment;
  private final long[] shape;

  private TensorSpec(long count, long countWithoutLargest, OptionalLong ignored, long... shape) {
    this(count, countWithoutLargest, ignored, OptionalLong.empty(), false, Optional.empty(), shape);
  }

  private TensorSpec(
      long count,
      long countWithoutLargest,
      OptionalLong ignored,
      OptionalLong padding,
      boolean mask,
      Optional<Alignment> alignment,
      long... shape) {
    this.count = count;
    this.countWithoutLargest = countWithoutLargest;
    this.ignored = ignored;
    this.padding = padding;
    this.mask = mask;
    this.alignment = alignment;
    this.shape = shape;
  }

  /**
   * One index for each example, or for each of its places: a batch of them are 64-bit integers of
   * shape (N, shape…).
   *
   * @param count how many there are to choose from; they are counted from 0
   * @param shape of one example's; nothing where it has one
   * @return indices
   */
  public static TensorSpec indices(long count, long... shape) {
    return indicesThatOccur(count, count, shape);
  }

  /**
   * Indices that have been looked at.
   *
   * @param count one more than the largest that occurs
   * @param countWithoutLargest one more than the largest but one
   * @param shape of one example's
   * @return indices, of which the largest may turn out to be what does not count
   */
  public static TensorSpec indicesThatOccur(long count, long countWithoutLargest, long... shape) {
    return new TensorSpec(count, countWithoutLargest, OptionalLong.empty(), shape.clone());
  }

  /**
   * The same indices and another that stands for what does not count, such as -100 or 255; or one
   * of them, that does not count.
   *
   * @param index any
   * @return the changed copy; where the index is the largest that occurs there are fewer to choose
   *     from
   * @throws IllegalStateException when these are numbers
   */
  public TensorSpec ignoring(long index) {
    if (!areIndices()) {
      throw new IllegalStateException("among numbers none stands for what does not count");
    }
    long left = index == count - 1 ? countWithoutLargest : count;
    return new TensorSpec(left, left, OptionalLong.of(index), padding, mask, alignment, shape);
  }

  /**
   * Numbers for each example: a batch of them are 32-bit floats of shape (N, shape…).
   *
   * @param shape of one example's
   * @return numbers
   */
  public static TensorSpec numbers(long... shape) {
    return new TensorSpec(0, 0, OptionalLong.empty(), shape.clone());
  }

  /**
   * The same indices, of which one stands for a place that is only there to fill the others' room.
   * Something has to be in each example; a single index for each may not be that one.
   *
   * @param index one of them
   * @return the changed copy
   * @throws IllegalStateException when these are numbers
   */
  public TensorSpec padding(long index) {
    if (!areIndices()) {
      throw new IllegalStateException(
          "among numbers none stands for padding; mask() says which do");
    }
    OptionalLong filling = OptionalLong.of(index);
    return new TensorSpec(count, countWithoutLargest, ignored, filling, mask, alignment, shape);
  }

  /**
   * The same numbers, of which each says that a place is there, 1, or is padding, 0. Something has
   * to be in each example.
   *
   * @return the changed copy
   * @throws IllegalStateException when these are indices
   */
  public TensorSpec mask() {
    if (areIndices()) {
      throw new IllegalStateException("indices are no mask; padding(index) says which is padding");
    }
    return new TensorSpec(count, countWithoutLargest, ignored, padding, true, alignment, shape);
  }

  /**
   * The same indices as a text that is to be found in a sequence: each has a place, in order, with
   * another between two that are the same.
   *
   * @param places how many the sequence has
   * @param blank what fills up the room behind the text
   * @return the changed copy
   */
  public TensorSpec within(long places, long blank) {
    Optional<Alignment> found = Optional.of(new Alignment(places, blank));
    return new TensorSpec(count, countWithoutLargest, ignored, padding, mask, found, shape);
  }

  /**
   * Whether they are texts that are to be found in sequences.
   *
   * @return false unless {@link #within} says so
   */
  public boolean isText() {
    return alignment.isPresent();
  }

  /**
   * The same texts in a sequence of which some places do not count.
   *
   * @param padding how many
   * @return the changed copy
   */
  public TensorSpec without(long padding) {
    Optional<Alignment> found = alignment.map(room -> room.without(padding));
    return new TensorSpec(count, countWithoutLargest, ignored, this.padding, mask, found, shape);
  }

  /**
   * Says what is wrong with an example for which there is no room where it is to be found.
   *
   * @param values of the whole example
   * @return for a message, behind what the example is called; empty where there is
   */
  public Optional<String> misfit(long... values) {
    return alignment.flatMap(room -> room.misfit(values));
  }

  /**
   * How many places of an example are padding.
   *
   * @param values of the whole example: indices, or how many places are there
   * @return 0 where none can be
   */
  public long countPadding(long... values) {
    if (padding.isEmpty()) {
      return 0;
    }
    return shape.length == 0
        ? count - 1 - values[0]
        : Arrays.stream(values).filter(i -> i == padding.getAsLong()).count();
  }

  /**
   * Whether there may be examples in which nothing is.
   *
   * @return false where an index stands for padding, or numbers say what is there
   */
  public boolean mayBeEmpty() {
    return padding.isEmpty() && !mask;
  }

  /**
   * Says what is wrong with an example in which nothing is.
   *
   * @param values of the whole example
   * @return for a message, behind what the example is called; empty where something is there
   */
  public Optional<String> lack(long... values) {
    if (padding.isEmpty() || Arrays.stream(values).anyMatch(i -> i != padding.getAsLong())) {
      return Optional.empty();
    }
    return Optional.of(
        shape.length == 0
            ? "is " + padding.getAsLong() + ", which leaves nothing of it"
            : "is padding alone (" + padding.getAsLong() + ")");
  }

  /**
   * Says what is wrong with an example of which nothing is shown, or with what shows it.
   *
   * @param values of the whole example
   * @return for a message, behind what the example is called; empty where something is there
   */
  public Optional<String> lack(float... values) {
    if (!mask) {
      return Optional.empty();
    }
    boolean something = false;
    for (float value : values) {
      if (value != 0 && value != 1) {
        return Optional.of(
            "has " + value + " where 1 says that a place is there and 0 that it is not");
      }
      something |= value == 1;
    }
    return something ? Optional.empty() : Optional.of("hides all of its places");
  }

  /**
   * Whether they are indices.
   *
   * @return false where they are numbers
   */
  public boolean areIndices() {
    return count > 0;
  }

  /**
   * How many there are to choose from, for example classes.
   *
   * @return 0 where they are numbers
   */
  public long count() {
    return count;
  }

  /**
   * The index that does not count.
   *
   * @return empty where all do
   */
  public OptionalLong ignored() {
    return ignored;
  }

  /**
   * The index that stands for nothing, where an example may be padded with it.
   *
   * @return empty where none does, or the network does not ask
   */
  public OptionalLong padding() {
    return padding;
  }

  /**
   * The shape of one example's.
   *
   * @return empty where it is one index
   */
  public long[] shape() {
    return shape.clone();
  }

  /**
   * Room for a batch of them.
   *
   * @param n how many examples
   * @return a new tensor on the CPU, of any content
   */
  public Tensor empty(long n) {
    return torch.empty(Shapes.batch(n, shape), new TensorOptions(type()), null);
  }

  /**
   * Room for a batch of them on a device.
   *
   * @param n how many examples
   * @param device where
   * @return a new tensor there, of any content
   */
  public Tensor empty(long n, Device device) {
    return torch.empty(Shapes.batch(n, shape), device.options(type()), null);
  }

  /**
   * How much memory one example takes.
   *
   * @return bytes
   */
  public long bytes() {
    return Arrays.stream(shape).reduce(areIndices() ? Long.BYTES : Float.BYTES, (a, b) -> a * b);
  }

  private torch.ScalarType type() {
    return areIndices() ? torch.ScalarType.Long : torch.ScalarType.Float;
  }

  /**
   * Whether a network that takes these can be given those. There may be fewer indices to choose
   * from; what does not count there must not count here.
   *
   * @param others of a dataset
   * @return true when they fit
   */
  public boolean accept(TensorSpec others) {
    if (areIndices() != others.areIndices() || !Arrays.equals(shape, others.shape)) {
      return false;
    }
    if (ignored.isEmpty()) {
      return others.count <= count && others.ignored.isEmpty();
    }
    return others.ignoring(ignored.getAsLong()).count <= count
        && (others.ignored.isEmpty() || others.ignored.equals(ignored));
  }

  /**
   * Whether a tensor is a batch of them, by type and shape; its indices are not looked at.
   *
   * @param batch any
   * @param n how many examples it must have
   * @return true when type and shape fit
   */
  public boolean fit(Tensor batch, long n) {
    return batch.scalar_type().intern() == type()
        && Arrays.equals(Shapes.of(batch), Shapes.batch(n, shape));
  }

  /** For a message: {@code Long (N), indices from 0 to 9}, {@code Float (N, 1)}. */
  @Override
  public String toString() {
    return areIndices()
        ? "Long "
            + Shapes.batchOf(shape)
            + ", indices from 0 to "
            + (count - 1)
            + (padding.isPresent() ? ", of which " + padding.getAsLong() + " is padding" : "")
            + (ignored.isPresent() ? ", or " + ignored.getAsLong() + ", which does not count" : "")
        : "Float " + Shapes.batchOf(shape) + (mask ? ", 1 or 0" : "");
  }
}
