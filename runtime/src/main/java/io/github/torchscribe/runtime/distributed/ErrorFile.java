package io.github.torchscribe.runtime.distributed;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;

/**
 * What a rank failed of, for torchrun and {@code torchscribe-run}: which of several ranks was the
 * first cannot be seen from when they ended. Written by those alone that failed by themselves, not
 * by those that go because another has.
 */
final class ErrorFile {
  /** The environment's name for it. */
  static final String NAME = "TORCHELASTIC_ERROR_FILE";

  private ErrorFile() {}

  /**
   * Writes it, where a launcher wants it.
   *
   * @param failure of this rank
   */
  static void write(Throwable failure) {
    String name = System.getenv(NAME);
    if (name == null || name.isEmpty()) {
      return;
    }
    Path file = Path.of(name);
    Path beside = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.writeString(beside, json(failure, Instant.now()));
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      System.getLogger(ErrorFile.class.getName())
          .log(Level.DEBUG, "The launcher will not know what this rank failed of", e);
    }
  }

  /** As Python's {@code torch.distributed.elastic} writes it. */
  static String json(Throwable failure, Instant when) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    return "{\"message\": {\"message\": "
        + quoted(failure.toString())
        + ", \"extraInfo\": {\"py_callstack\": "
        + quoted(trace.toString())
        + ", \"timestamp\": \""
        + when.getEpochSecond()
        + "\"}}}";
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      if (letter == '"' || letter == '\\') {
        quoted.append('\\').append(letter);
      } else if (letter >= ' ' && letter <= '~') {
        quoted.append(letter);
      } else {
        String hex = Integer.toHexString(letter);
        quoted.append("\\u").append("0000", hex.length(), 4).append(hex);
      }
    }
    return quoted.append('"').toString();
  }
}
