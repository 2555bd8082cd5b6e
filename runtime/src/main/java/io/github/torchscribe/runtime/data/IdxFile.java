package io.github.torchscribe.runtime.data;

import io.github.torchscribe.runtime.process.RawBytes;
import io.github.torchscribe.runtime.torch.Arena;
import io.github.torchscribe.runtime.torch.Shapes;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * Reads a file in the idx format of MNIST, plain or gzipped: a magic number 0x0000 08 DD, where 08
 * stands for unsigned bytes and DD is the number of dimensions, the dimensions as 32-bit big-endian
 * numbers, then the bytes. libtorch is needed for a tensor of them alone.
 */
final class IdxFile implements AutoCloseable {
  private static final int UNSIGNED_BYTES = 0x0800;
  private static final long LARGEST = 1L << 31;
  private static final int CHUNK = 1 << 16;

  private final Arena memory;
  private final long[] shape;
  private RawBytes content;

  private IdxFile(String name, InputStream in, int dimensions) throws IOException {
    DataInputStream data = new DataInputStream(in);
    shape = header(name, data, dimensions);
    long size = Shapes.elements(shape);
    memory = Arena.filledBy(() -> content = new RawBytes(size));
    try {
      fill(name, data, size);
    } catch (IOException | RuntimeException e) {
      memory.close();
      throw e;
    }
  }

  /**
   * Reads a file.
   *
   * @param name for messages
   * @param in its content; is closed
   * @param dimensions how many are expected
   * @throws IOException when it cannot be read or is not what it says; the message has the name
   */
  static IdxFile read(String name, InputStream in, int dimensions) throws IOException {
    try (InputStream plain = unzipped(in)) {
      return new IdxFile(name, plain, dimensions);
    } catch (EOFException e) {
      throw new IOException(name + " ends too early: it is truncated", e);
    } catch (ZipException e) {
      throw new IOException(name + " is damaged: " + e.getMessage(), e);
    }
  }

  /** The sizes that the header states. */
  long[] shape() {
    return shape;
  }

  /** A view of the content, unsigned bytes, which the scope owns that is open. */
  Tensor tensor() {
    return torch.from_blob(content, shape, new TensorOptions(torch.ScalarType.Byte));
  }

  /** A copy of the content. */
  byte[] bytes() {
    byte[] all = new byte[Math.toIntExact(Shapes.elements(shape))];
    content.get(all);
    return all;
  }

  /**
   * Uses the content; until that is over it is not freed, whichever thread closes this.
   *
   * @param owner whose content it is, for the message
   * @throws IllegalStateException after {@link #close()}
   */
  void use(String owner, Runnable work) {
    memory.use(owner, work);
  }

  @Override
  public void close() {
    memory.close();
  }

  private static InputStream unzipped(InputStream in) throws IOException {
    PushbackInputStream peek = new PushbackInputStream(in, 2);
    byte[] magic = peek.readNBytes(2);
    peek.unread(magic);
    boolean gzip = magic.length == 2 && magic[0] == 0x1f && magic[1] == (byte) 0x8b;
    return new BufferedInputStream(gzip ? new GZIPInputStream(peek, CHUNK) : peek, CHUNK);
  }

  private static long[] header(String name, DataInputStream data, int dimensions)
      throws IOException {
    int magic = data.readInt();
    if (magic != (UNSIGNED_BYTES | dimensions)) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s is no idx file of unsigned bytes with %d dimensions: it begins with 0x%08x, not"
                  + " 0x%08x",
              name,
              dimensions,
              magic,
              UNSIGNED_BYTES | dimensions));
    }
    long[] shape = new long[dimensions];
    long size = 1;
    for (int i = 0; i < dimensions; i++) {
      shape[i] = data.readInt() & 0xffffffffL;
      size = shape[i] == 0 || size > LARGEST ? Long.MAX_VALUE : size * shape[i];
    }
    if (size > LARGEST) {
      throw new IOException(name + " states impossible sizes: " + Arrays.toString(shape));
    }
    return shape;
  }

  private void fill(String name, DataInputStream data, long size) throws IOException {
    byte[] chunk = new byte[CHUNK];
    ByteBuffer target = content.asByteBuffer();
    while (target.hasRemaining()) {
      int count = data.read(chunk, 0, Math.min(chunk.length, target.remaining()));
      if (count < 0) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "%s is truncated: its header states %d bytes of data, but it holds %d",
                name,
                size,
                target.position()));
      }
      target.put(chunk, 0, count);
    }
    if (data.read() >= 0) {
      throw new IOException(
          name + " is longer than its header states: more than " + size + " bytes of data");
    }
  }
}
