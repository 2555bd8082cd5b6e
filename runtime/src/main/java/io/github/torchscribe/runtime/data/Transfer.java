package io.github.torchscribe.runtime.data;

import org.bytedeco.pytorch.Tensor;

/**
 * Copies batches to a device beside what is computed there. Each has a slot, which the next but one
 * takes over; the host waits only for the copy that it has begun before in the same one.
 */
interface Transfer extends AutoCloseable {
  /** Memory of the host's that the device reads by itself. */
  Tensor room(Tensor like);

  /** Waits until what was copied last from a slot's memory on the host has been read. */
  void awaitCopied(int slot);

  /**
   * Begins to copy, behind what {@link #release} has been told of, and returns.
   *
   * @param work copies from the slot's memory on the host to its memory on the device
   */
  void copy(int slot, Runnable work);

  /** Lets the device do what it is told from now on once the slot's copy is there. */
  void receive(int slot);

  /** The slot's memory on the device may change once all is done that the device has been told. */
  void release(int slot);

  @Override
  void close();
}
