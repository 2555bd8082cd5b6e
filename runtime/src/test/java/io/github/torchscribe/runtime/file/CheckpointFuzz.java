package io.github.torchscribe.runtime.file;

import io.github.torchscribe.runtime.fuzz.FuzzFile;
import java.io.IOException;
import org.bytedeco.javacpp.PointerScope;

/** Whatever is in a checkpoint: it is read, or refused with an {@link IOException}. */
public final class CheckpointFuzz {
  private static final FuzzFile FILE = new FuzzFile();

  private CheckpointFuzz() {}

  /**
   * Reads a checkpoint.
   *
   * @param bytes its content
   */
  public static void fuzzerTestOneInput(byte[] bytes) {
    PointerScope scope = new PointerScope();
    try {
      CheckpointFile.read(FILE.with(bytes));
    } catch (IOException e) {
      // as documented
    } finally {
      scope.close();
    }
  }
}
