package io.github.torchscribe.runtime.optim;

/**
 * Parameters that lie side by side in the flat tensor and learn at one rate: one of PyTorch's
 * {@code param_groups}. What is in no group stays as it is.
 *
 * @param offset where they begin, in elements
 * @param size how many elements they are
 * @param rate what the optimizer's learning rate is multiplied by, above 0
 */
public record ParameterGroup(long offset, long size, double rate) {
  // What Java would write itself is a method handle, which in Java 17 remembers the class of
  // whatever record was compared last, and so holds the class loader of an application that is
  // gone.
  @Override
  public boolean equals(Object other) {
    return other instanceof ParameterGroup group
        && offset == group.offset
        && size == group.size
        && Double.compare(rate, group.rate) == 0;
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(31 * offset + size) + Double.hashCode(rate);
  }
}
