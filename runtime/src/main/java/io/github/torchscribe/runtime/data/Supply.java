package io.github.torchscribe.runtime.data;

import org.bytedeco.pytorch.Tensor;

/** Where a loader's batches come from. */
interface Supply extends AutoCloseable {
  /**
   * Begins an epoch, or goes on with one; the one before is over.
   *
   * @param order the indices of its examples, which stay as long as it lasts
   */
  void begin(Tensor order);

  /**
   * The next batch, until which the one before may be used.
   *
   * @param first where in the order its first example stands
   * @param size how many there are
   * @param following how many those of the batch behind it will be; 0 where it is the last
   */
  Batch batch(long first, int size, int following);

  /** Waits for what is read ahead, for an epoch that nobody goes on with. */
  default void settle() {}

  @Override
  void close();
}
