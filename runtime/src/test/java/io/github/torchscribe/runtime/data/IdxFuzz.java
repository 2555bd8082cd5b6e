package io.github.torchscribe.runtime.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Whatever is in MNIST's files: they are read, or refused with an {@link UncheckedIOException}. */
public final class IdxFuzz {
  private IdxFuzz() {}

  /**
   * Reads a file of images and one of labels.
   *
   * @param bytes the length of the first, in two bytes; both files
   */
  public static void fuzzerTestOneInput(byte[] bytes) {
    int length = bytes.length < 2 ? 0 : (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
    int from = Math.min(2, bytes.length);
    int to = Math.min(from + length, bytes.length);
    try {
      IdxDataset.Pair pair =
          IdxDataset.read(
              "fuzz",
              "train",
              name ->
                  name.contains("images")
                      ? new ByteArrayInputStream(bytes, from, to - from)
                      : new ByteArrayInputStream(bytes, to, bytes.length - to));
      pair.images().close();
      pair.labels().close();
    } catch (UncheckedIOException e) {
      if (!(e.getCause() instanceof IOException)) {
        throw e;
      }
    }
  }
}
