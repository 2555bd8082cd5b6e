package io.github.torchscribe.runtime.distributed;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * What ranks send each other tensors by. Every rank begins the same with tensors of the same length
 * and type, in the same order; one thing is begun at a time, and then waited for.
 */
interface Link extends AutoCloseable {
  /** Begins to add up what all have, in place. */
  void sum(Tensor numbers);

  /** Begins to give all what a rank has. */
  void broadcast(Tensor numbers, int from);

  /**
   * Begins to give all what each has.
   *
   * @param parts by rank
   */
  void spread(List<Tensor> parts);

  /**
   * Waits for what was begun.
   *
   * @param millis how long
   * @return whether it is done
   * @throws RuntimeException when it has failed
   */
  boolean isDone(long millis);

  /** Nobody waits any more for what was begun. */
  void giveUp();

  /** Frees what the link has. */
  @Override
  void close();
}
