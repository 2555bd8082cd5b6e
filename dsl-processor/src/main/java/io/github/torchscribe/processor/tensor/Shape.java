package io.github.torchscribe.processor.tensor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;

/**
 * The shape of one example, without the batch dimension, as far as it is known. After an error only
 * some of it may be; what nobody knows fits everything, so that no error brings others with it, and
 * what is known is checked on.
 *
 * @param sizes outermost first, each at least 1, or {@link #UNKNOWN}
 * @param open whether there may be more dimensions before
 */
public record Shape(List<Long> sizes, boolean open) {
  /** A size that nobody knows. */
  public static final long UNKNOWN = 0;

  /** Of which nothing is known. */
  public static final Shape ANY = new Shape(List.of(), true);

  /** Copies the list. */
  public Shape {
    sizes = List.copyOf(sizes);
  }

  /**
   * A shape with so many dimensions.
   *
   * @param sizes outermost first
   */
  public Shape(List<Long> sizes) {
    this(sizes, false);
  }

  /**
   * A shape.
   *
   * @param sizes outermost first
   * @return the shape
   */
  public static Shape of(long... sizes) {
    List<Long> list = new ArrayList<>();
    for (long size : sizes) {
      list.add(size);
    }
    return new Shape(list);
  }

  /**
   * Whether all of it is known.
   *
   * @return true unless there has been an error
   */
  public boolean isKnown() {
    return !open && !sizes.contains(UNKNOWN);
  }

  /**
   * Whether both can be the same, as far as they are known.
   *
   * @param other any
   * @return false where they differ
   */
  public boolean fits(Shape other) {
    if (rank() > other.rank()) {
      return other.fits(this);
    }
    int more = other.rank() - rank();
    return (more == 0 || open) && fits(sizes, other.sizes.subList(more, other.rank()));
  }

  /**
   * What is known of either, where both are the same.
   *
   * @param other {@linkplain #fits fits}
   * @return what is known of it, together
   */
  public Shape with(Shape other) {
    return merged(other, (a, b) -> Math.max(a, b));
  }

  /**
   * What is known, where it is one of both.
   *
   * @param other any
   * @return where both agree
   */
  public Shape orElse(Shape other) {
    return open || other.open || rank() != other.rank()
        ? ANY
        : merged(other, (a, b) -> a.equals(b) ? a : Long.valueOf(UNKNOWN));
  }

  private Shape merged(Shape other, BinaryOperator<Long> size) {
    int rank = Math.max(rank(), other.rank());
    Shape all = ofRank(rank);
    Shape others = other.ofRank(rank);
    List<Long> merged = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      merged.add(size.apply(all.sizes.get(i), others.sizes.get(i)));
    }
    return new Shape(merged, open && other.open);
  }

  private static boolean fits(List<Long> some, List<Long> others) {
    for (int i = 0; i < some.size(); i++) {
      if (!same(some.get(i), others.get(i))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether two sizes can be the same.
   *
   * @param size one of them
   * @param other the other
   * @return true also where nobody knows
   */
  public static boolean same(long size, long other) {
    return size == other || size == UNKNOWN || other == UNKNOWN;
  }

  /**
   * As if it had so many dimensions.
   *
   * @param rank how many
   * @return what is known of the last ones, where it may have so many; else nothing of the sizes
   */
  public Shape ofRank(int rank) {
    if (!open && rank == rank()) {
      return this;
    }
    List<Long> all = new ArrayList<>(Collections.nCopies(rank, UNKNOWN));
    for (int i = 1; open && i <= Math.min(rank, sizes.size()); i++) {
      all.set(rank - i, sizes.get(sizes.size() - i));
    }
    return new Shape(all);
  }

  /**
   * How many dimensions there are, at least.
   *
   * @return the batch is not counted
   */
  public int rank() {
    return sizes.size();
  }

  /**
   * The outermost size.
   *
   * @return unknown where there may be others before
   */
  public long first() {
    return open || sizes.isEmpty() ? UNKNOWN : sizes.get(0);
  }

  /**
   * The innermost size.
   *
   * @return 1 for a shape without dimensions
   */
  public long last() {
    return sizes.isEmpty() ? open ? UNKNOWN : 1 : sizes.get(sizes.size() - 1);
  }

  /**
   * The same shape with another outermost size.
   *
   * @param size the new one
   * @return the changed copy
   */
  public Shape withFirst(long size) {
    List<Long> changed = new ArrayList<>(sizes);
    if (!open) {
      changed.set(0, size);
    }
    return new Shape(changed, open);
  }

  /**
   * The same shape with another innermost size.
   *
   * @param size the new one
   * @return the changed copy
   */
  public Shape withLast(long size) {
    List<Long> changed = new ArrayList<>(sizes.subList(0, Math.max(0, sizes.size() - 1)));
    changed.add(size);
    return new Shape(changed, open);
  }

  /**
   * The number of elements.
   *
   * @return the product of the sizes, or {@link Long#MAX_VALUE} when that is larger; unknown where
   *     one of them is
   */
  public long elements() {
    if (!isKnown()) {
      return UNKNOWN;
    }
    long product = 1;
    for (long size : sizes) {
      if (size > 0 && product > Long.MAX_VALUE / size) {
        return Long.MAX_VALUE;
      }
      product *= size;
    }
    return product;
  }

  /**
   * The sizes, for generated code.
   *
   * @return for example {@code 1, 28, 28}
   */
  public String list() {
    return sizes.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  /**
   * The shape of a batch, in PyTorch's notation.
   *
   * @param n how the batch dimension is called
   * @return for example {@code (N, 1, 28, 28)}
   */
  public String batch(String n) {
    return sizes.stream()
        .map(size -> size == UNKNOWN ? ", ?" : ", " + size)
        .collect(Collectors.joining("", "(" + n + (open ? ", …" : ""), ")"));
  }

  @Override
  public String toString() {
    return batch("N");
  }
}
