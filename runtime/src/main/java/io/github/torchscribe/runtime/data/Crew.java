package io.github.torchscribe.runtime.data;

import io.github.torchscribe.runtime.torch.Threads;

/** Threads that gather a batch together, such as a model's between two of its steps. */
@FunctionalInterface
public interface Crew {
  /** The calling thread, and none of libtorch's: {@link Threads#alone}. */
  Crew ALONE = (size, part) -> Threads.alone(() -> part.gather(0, size));

  /**
   * Has all parts of a batch gathered, and waits.
   *
   * @param size how many examples
   * @param part is called once for each part, by several threads at a time; what it throws is
   *     thrown again
   */
  void divide(int size, Part part);

  /** What there is to do. */
  @FunctionalInterface
  interface Part {
    /**
     * Gathers some of a batch's examples.
     *
     * @param from the first of them, from 0
     * @param to after the last of them
     */
    void gather(int from, int to);
  }
}
