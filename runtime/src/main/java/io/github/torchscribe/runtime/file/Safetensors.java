package io.github.torchscribe.runtime.file;

import io.github.torchscribe.runtime.json.Json;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * A file of named tensors in Hugging Face's <a
 * href="https://github.com/huggingface/safetensors">safetensors</a> format: the length of a header,
 * the header as JSON, the numbers. Reading it runs no code.
 */
public final class Safetensors {
  /** How much is read or written at a time. */
  private static final int CHUNK = 1 << 23;

  private static final int ALIGNMENT = 8;

  private final Path path;
  private final Header header;

  private Safetensors(Path path, Header header) {
    this.path = path;
    this.header = header;
  }

  /**
   * What a file says of one of its tensors.
   *
   * @param type as the format names it, for example {@code F32}
   * @param shape its sizes
   * @param begin where its numbers begin, in bytes after the header
   * @param end where they end
   */
  public record Entry(String type, long[] shape, long begin, long end) {}

  /**
   * Opens a file: reads its header and checks it against the file's size.
   *
   * @param path of the file
   * @return what is in it
   * @throws IOException when it cannot be read or is no such file; the message says what is wrong
   */
  public static Safetensors open(Path path) throws IOException {
    return new Safetensors(path, HeaderReader.read(path));
  }

  /**
   * The tensors.
   *
   * @return by name, in the header's order
   */
  public Map<String, Entry> entries() {
    return header.entries();
  }

  /**
   * The tensors whose names begin alike.
   *
   * @param prefix of their names
   * @return the same file with those alone, named without it
   */
  public Safetensors part(String prefix) {
    Map<String, Entry> some = new LinkedHashMap<>();
    entries()
        .forEach(
            (name, entry) -> {
              if (name.startsWith(prefix)) {
                some.put(name.substring(prefix.length()), entry);
              }
            });
    return new Safetensors(path, new Header(some, header.metadata(), header.dataStart()));
  }

  /**
   * What the file says besides.
   *
   * @return texts by name
   */
  public Map<String, String> metadata() {
    return header.metadata();
  }

  /** A header: what it says, and where the numbers begin. */
  record Header(Map<String, Entry> entries, Map<String, String> metadata, long dataStart) {}

  /**
   * Reads a tensor.
   *
   * @param name one of the {@linkplain #entries() entries}
   * @param target of as many elements, on the CPU, contiguous; numbers are converted to its type
   * @throws IOException when the file cannot be read
   */
  public void read(String name, Tensor target) throws IOException {
    Entry entry = entries().get(name);
    DataType type = DataType.of(entry.type());
    PointerScope scope = new PointerScope();
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      Tensor flat = target.view(-1);
      long elements = (entry.end() - entry.begin()) / type.bytes();
      long atOnce = CHUNK / type.bytes();
      channel.position(header.dataStart() + entry.begin());
      for (long from = 0; from < elements; from += atOnce) {
        long count = Math.min(atOnce, elements - from);
        Tensor raw = torch.empty(new long[] {count}, new TensorOptions(type.torch()), null);
        fill(channel, bytes(raw));
        flat.narrow(0, from, count).copy_(raw);
      }
    } finally {
      scope.close();
    }
  }

  private void fill(FileChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new EOFException(path + " has become shorter while it was read");
      }
    }
  }

  /**
   * Writes a file, or leaves what was there before.
   *
   * @param path where to
   * @param tensors by name, on the CPU; they are written in this order
   * @param metadata texts by name
   * @throws IOException says what is in the way
   */
  public static void write(Path path, Map<String, Tensor> tensors, Map<String, String> metadata)
      throws IOException {
    ByteBuffer header = header(tensors, metadata);
    WholeFile.write(
        path,
        channel -> {
          writeAll(channel, header);
          for (Tensor tensor : tensors.values()) {
            write(channel, tensor);
          }
        });
  }

  private static ByteBuffer header(Map<String, Tensor> tensors, Map<String, String> metadata) {
    Map<String, Object> root = new LinkedHashMap<>();
    if (!metadata.isEmpty()) {
      root.put(HeaderReader.METADATA, metadata);
    }
    long offset = 0;
    for (Map.Entry<String, Tensor> named : tensors.entrySet()) {
      Tensor tensor = named.getValue();
      DataType type = DataType.of(tensor.scalar_type());
      long[] shape = new long[(int) tensor.dim()];
      for (int i = 0; i < shape.length; i++) {
        shape[i] = tensor.size(i);
      }
      long end = offset + tensor.numel() * type.bytes();
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("dtype", type.name());
      entry.put("shape", shape);
      entry.put("data_offsets", new long[] {offset, end});
      root.put(named.getKey(), entry);
      offset = end;
    }
    byte[] json = Json.bytes(root);
    int length = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES + length).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putLong(length).put(json);
    while (buffer.hasRemaining()) {
      buffer.put((byte) ' ');
    }
    return buffer.flip();
  }

  /** Writes the numbers of a tensor where a file is. */
  static void write(FileChannel channel, Tensor tensor) throws IOException {
    try {
      eachChunk(
          tensor,
          chunk -> {
            try {
              writeAll(channel, chunk);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Goes through a tensor's memory, some megabytes at a time. */
  static void eachChunk(Tensor tensor, Consumer<ByteBuffer> reader) {
    PointerScope scope = new PointerScope();
    try {
      Tensor flat = tensor.contiguous().view(-1);
      long atOnce = CHUNK / flat.element_size();
      for (long from = 0; from < flat.numel(); from += atOnce) {
        reader.accept(bytes(flat.narrow(0, from, Math.min(atOnce, flat.numel() - from))));
      }
    } finally {
      scope.close();
    }
  }

  private static void writeAll(FileChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  /** The memory of a contiguous tensor. */
  private static ByteBuffer bytes(Tensor flat) {
    long size = flat.numel() * flat.element_size();
    return new BytePointer(flat.data_ptr()).capacity(size).asByteBuffer();
  }

  /**
   * Copies a map, in its order.
   *
   * @param map any
   * @param <V> values
   * @return the copy
   */
  static <V> Map<String, V> copy(Map<String, V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
