package io.github.torchscribe.runtime.file;

import io.github.torchscribe.runtime.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads and checks a header, as the format's own library does: every byte after it belongs to just
 * one tensor, and each tensor has as many as its shape and type say.
 */
final class HeaderReader {
  static final String METADATA = "__metadata__";

  /** The format's own limit. */
  private static final long LONGEST = 100_000_000;

  private static final int ZIP = 'P' | 'K' << 8;
  private static final int PICKLE = 0x80;

  private final Path path;

  private HeaderReader(Path path) {
    this.path = path;
  }

  static Safetensors.Header read(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      throw new IOException(path + " is a folder; give the name of a file");
    }
    if (!Files.exists(path)) {
      throw new IOException("there is no file " + path);
    }
    return new HeaderReader(path).read();
  }

  private Safetensors.Header read() throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      long size = channel.size();
      ByteBuffer first = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      if (size < Long.BYTES) {
        throw broken("has " + size + " bytes, less than the length of a header");
      }
      fill(channel, first);
      refusePickles(first, channel);
      long length = first.getLong(0);
      if (length < 0 || length > LONGEST || length > size - Long.BYTES) {
        throw broken(
            "says that its header has "
                + Long.toUnsignedString(length)
                + " bytes, but it has "
                + (size - Long.BYTES)
                + " after the length, and no header has more than "
                + LONGEST);
      }
      ByteBuffer header = ByteBuffer.allocate((int) length);
      fill(channel, header);
      return parse(header.array(), size - Long.BYTES - length, Long.BYTES + length);
    }
  }

  private void fill(FileChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw broken("has become shorter while it was read");
      }
    }
  }

  /**
   * What {@code torch.save} writes is a zip of a pickle, or once was a pickle. A length may begin
   * as these do, but then a brace follows it.
   */
  private void refusePickles(ByteBuffer first, FileChannel channel) throws IOException {
    int two = first.getShort(0) & 0xffff;
    ByteBuffer next = ByteBuffer.allocate(1);
    boolean brace = channel.read(next, Long.BYTES) == 1 && next.get(0) == '{';
    if (!brace && (two == ZIP || (two & 0xff) == PICKLE)) {
      throw new IOException(
          path
              + " is a file of torch.save: a pickle, which can run code when it is read. Convert it in"
              + " Python: import torch; from safetensors.torch import save_file;"
              + " save_file({name: tensor.contiguous() for name, tensor in torch.load('"
              + path.getFileName()
              + "', weights_only=True).items()}, 'weights.safetensors')");
    }
  }

  private Safetensors.Header parse(byte[] text, long dataSize, long dataStart) throws IOException {
    Object value;
    try {
      value = Json.read(text);
    } catch (IllegalArgumentException e) {
      throw broken("has a header that is no JSON: " + e.getMessage());
    }
    if (!(value instanceof Map<?, ?> root)) {
      throw broken("has a header that is no JSON object");
    }
    Map<String, Safetensors.Entry> entries = new LinkedHashMap<>();
    Map<String, String> metadata = new LinkedHashMap<>();
    for (Map.Entry<?, ?> field : root.entrySet()) {
      String name = (String) field.getKey();
      if (name.equals(METADATA)) {
        metadata(field.getValue(), metadata);
      } else {
        entries.put(name, entry(name, field.getValue()));
      }
    }
    checkPlaces(entries, dataSize);
    return new Safetensors.Header(Safetensors.copy(entries), Safetensors.copy(metadata), dataStart);
  }

  private void metadata(Object texts, Map<String, String> into) throws IOException {
    if (!(texts instanceof Map<?, ?> all)) {
      throw broken("has " + METADATA + " that are no object of texts");
    }
    for (Map.Entry<?, ?> named : all.entrySet()) {
      if (!(named.getValue() instanceof String text)) {
        throw broken("has no text, but " + named.getValue() + " as metadata " + named.getKey());
      }
      into.put((String) named.getKey(), text);
    }
  }

  private Safetensors.Entry entry(String name, Object value) throws IOException {
    Map<?, ?> about = value instanceof Map<?, ?> members ? members : Map.of();
    if (!(about.get("dtype") instanceof String type)
        || !(about.get("shape") instanceof List<?> sizes)
        || !(about.get("data_offsets") instanceof List<?> offsets)
        || offsets.size() != 2) {
      throw broken("does not say dtype, shape and data_offsets of " + name);
    }
    long[] shape = new long[sizes.size()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = whole(name, sizes.get(i));
    }
    long begin = whole(name, offsets.get(0));
    long end = whole(name, offsets.get(1));
    DataType known = DataType.of(type);
    if (known != null && end - begin != bytes(name, known, shape)) {
      throw broken(
          String.format(
              Locale.ROOT,
              "has %d bytes for %s, but its shape and type need %d",
              end - begin,
              name,
              bytes(name, known, shape)));
    }
    return new Safetensors.Entry(type, shape, begin, end);
  }

  private long whole(String name, Object value) throws IOException {
    if ((value instanceof Integer || value instanceof Long) && ((Number) value).longValue() >= 0) {
      return ((Number) value).longValue();
    }
    throw broken("has a size or offset of " + name + " that is no whole number: " + value);
  }

  private long bytes(String name, DataType type, long... shape) throws IOException {
    try {
      long product = type.bytes();
      for (long size : shape) {
        product = Math.multiplyExact(product, size);
      }
      return product;
    } catch (ArithmeticException e) {
      throw broken("has a shape of " + name + " that no memory could hold");
    }
  }

  private void checkPlaces(Map<String, Safetensors.Entry> entries, long dataSize)
      throws IOException {
    List<Map.Entry<String, Safetensors.Entry>> sorted = new ArrayList<>(entries.entrySet());
    sorted.sort(
        Comparator.comparingLong(
                (Map.Entry<String, Safetensors.Entry> named) -> named.getValue().begin())
            .thenComparingLong(named -> named.getValue().end()));
    long next = 0;
    for (Map.Entry<String, Safetensors.Entry> named : sorted) {
      Safetensors.Entry entry = named.getValue();
      if (entry.begin() != next || entry.end() < entry.begin() || entry.end() > dataSize) {
        throw broken(
            String.format(
                Locale.ROOT,
                "has %s at bytes %d to %d, but %d is where it should begin, and there are %d",
                named.getKey(),
                entry.begin(),
                entry.end(),
                next,
                dataSize));
      }
      next = entry.end();
    }
    if (next != dataSize) {
      throw broken("has " + (dataSize - next) + " bytes that belong to no tensor");
    }
  }

  private IOException broken(String what) {
    return new IOException(path + " is no whole safetensors file: it " + what);
  }
}
