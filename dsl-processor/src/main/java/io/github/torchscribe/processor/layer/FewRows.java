package io.github.torchscribe.processor.layer;

/**
 * How a layer takes values of few rows. A product writes those faster one feature after the other,
 * where whoever reads them does not mind.
 */
public enum FewRows {
  /** Reads and writes one row after the other. */
  BY_ROW,

  /** Reads either order, and writes one row after the other. */
  READ_IN_ANY_ORDER,

  /** Element by element: writes in the order in which it reads, which may be either. */
  AS_READ,

  /** Reads and writes either order: a product. */
  IN_ANY_ORDER;

  /**
   * Whether the input may lie one feature after the other.
   *
   * @return false for what reads rows
   */
  public boolean readsAnyOrder() {
    return this != BY_ROW;
  }
}
