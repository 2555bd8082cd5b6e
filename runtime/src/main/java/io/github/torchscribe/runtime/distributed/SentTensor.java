package io.github.torchscribe.runtime.distributed;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;

/** A tensor that goes through shared memory, block by block; it is kept as long as this is. */
final class SentTensor {
  private final Tensor tensor;
  private final BytePointer memory;
  private final long bytes;

  SentTensor(Tensor tensor) {
    this.tensor = tensor;
    memory = new BytePointer(tensor.data_ptr());
    bytes = tensor.nbytes();
  }

  Tensor tensor() {
    return tensor;
  }

  /** How many bytes of it are in a block; none or less behind its end. */
  long length(long block) {
    return Math.min(SharedPlaces.BLOCK, bytes - block * SharedPlaces.BLOCK);
  }

  /** Writes a block of it somewhere. */
  void write(long block, Pointer to) {
    if (length(block) > 0) {
      Pointer.memcpy(to, at(block), length(block));
    }
  }

  /** Reads a block of it from somewhere. */
  void read(long block, Pointer from) {
    if (length(block) > 0) {
      Pointer.memcpy(at(block), from, length(block));
    }
  }

  private Pointer at(long block) {
    return memory.position(block * SharedPlaces.BLOCK);
  }
}
