package io.github.torchscribe.benchmarks.common;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A tensor that PyTorch has written, so that others begin with what it begins with: {@code
 * benchmarks/pytorch/export.py}.
 *
 * @param shape its sizes
 * @param floats its numbers, or null where they are whole
 * @param longs its numbers, or null where they are not whole
 */
public record Given(long[] shape, float[] floats, long[] longs) {
  /**
   * Reads all of a file.
   *
   * @param file where they are
   * @return the tensors, in PyTorch's order
   * @throws IOException when it cannot be read
   */
  public static List<Given> read(Path file) throws IOException {
    try (DataInputStream input =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
      List<Given> result = new ArrayList<>();
      for (int left = input.readInt(); left > 0; left--) {
        result.add(next(input));
      }
      return result;
    }
  }

  private static Given next(DataInputStream input) throws IOException {
    boolean whole = input.readByte() != 0;
    long[] shape = new long[input.readInt()];
    int count = 1;
    for (int i = 0; i < shape.length; i++) {
      shape[i] = input.readLong();
      count = Math.toIntExact(count * shape[i]);
    }
    ByteBuffer bytes = ByteBuffer.wrap(input.readNBytes(count * (whole ? 8 : 4)));
    if (whole) {
      long[] longs = new long[count];
      bytes.asLongBuffer().get(longs);
      return new Given(shape, null, longs);
    }
    float[] floats = new float[count];
    bytes.asFloatBuffer().get(floats);
    return new Given(shape, floats, null);
  }

  /**
   * Some of its rows.
   *
   * @param from the first
   * @param count how many
   * @return they alone
   */
  public Given rows(int from, int count) {
    long[] less = shape.clone();
    less[0] = count;
    int row = (int) ((floats == null ? longs.length : floats.length) / shape[0]);
    int start = from * row;
    int end = start + count * row;
    return new Given(
        less,
        floats == null ? null : Arrays.copyOfRange(floats, start, end),
        longs == null ? null : Arrays.copyOfRange(longs, start, end));
  }
}
