package io.github.torchscribe.runtime.process;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Bytes outside of the Java heap, for which libtorch need not be loaded. JavaCPP does not count
 * them: it holds what it counts below the limit of the Java heap.
 */
public final class RawBytes extends BytePointer {
  /**
   * Allocates.
   *
   * @param size how many
   */
  public RawBytes(long size) {
    this(Pointer.malloc(size), size);
  }

  private RawBytes(Pointer block, long size) {
    super(block);
    if (isNull()) {
      throw new OutOfMemoryError("no memory for " + size + " bytes");
    }
    deallocator(() -> Pointer.free(block));
    capacity(size); // only now: what it is when it gets its deallocator counts
  }

  /**
   * Of itself JavaCPP looks the size of a class of one's own up in a map that changes while a
   * library is loaded, which nobody guards: now and then nothing was found, and a buffer over -1
   * times the bytes ended the process.
   */
  @Override
  public int sizeof() {
    return 1;
  }
}
