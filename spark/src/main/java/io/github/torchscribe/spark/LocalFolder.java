package io.github.torchscribe.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A folder of a process' own, which goes with all that is in it. */
final class LocalFolder implements AutoCloseable {
  private final Path path;

  LocalFolder() {
    try {
      path = Files.createTempDirectory("torchscribe");
    } catch (IOException e) {
      throw new UncheckedIOException("there is no room for a folder of our own", e);
    }
  }

  Path path() {
    return path;
  }

  /** What something writes into a file. */
  static byte[] written(Consumer<Path> writer) {
    try (LocalFolder folder = new LocalFolder()) {
      Path file = folder.path.resolve("weights.safetensors");
      writer.accept(file);
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Has something read a file with this content. */
  static void read(byte[] content, Consumer<Path> reader) {
    try (LocalFolder folder = new LocalFolder()) {
      reader.accept(Files.write(folder.path.resolve("weights.safetensors"), content));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try (Stream<Path> all = Files.walk(path)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
