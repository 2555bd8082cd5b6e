package io.github.torchscribe.runtime.visdom;

import io.github.torchscribe.runtime.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A file of messages in the format of the Python client's {@code log_to_filename}: a line for each,
 * a JSON array of endpoint and object.
 */
final class MessageFile {
  private final Path path;

  MessageFile(Path path) {
    this.path = path;
  }

  void append(PlotMessage message) {
    String line = Json.text(List.of(message.endpoint(), message.content())) + "\n";
    try {
      Files.write(
          path,
          line.getBytes(StandardCharsets.UTF_8),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write Visdom's log file " + path, e);
    }
  }
}
