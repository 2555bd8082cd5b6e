package io.github.torchscribe.processor.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The shape of one example, without the batch dimension.
 *
 * @param sizes outermost first
 */
public record Shape(List<Long> sizes) {
  /** Copies the list. */
  public Shape {
    sizes = List.copyOf(sizes);
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
   * How many dimensions there are.
   *
   * @return the batch is not counted
   */
  public int rank() {
    return sizes.size();
  }

  /**
   * The innermost size.
   *
   * @return 1 for a shape without dimensions
   */
  public long last() {
    return sizes.isEmpty() ? 1 : sizes.get(sizes.size() - 1);
  }

  /**
   * The same shape with another innermost size.
   *
   * @param size the new one
   * @return the changed copy
   */
  public Shape withLast(long size) {
    List<Long> changed = new ArrayList<>(sizes);
    changed.set(changed.size() - 1, size);
    return new Shape(changed);
  }

  /**
   * The number of elements.
   *
   * @return the product of the sizes, or {@link Long#MAX_VALUE} when that is larger
   */
  public long elements() {
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
    return sizes.stream().map(size -> ", " + size).collect(Collectors.joining("", "(" + n, ")"));
  }

  @Override
  public String toString() {
    return batch("N");
  }
}
