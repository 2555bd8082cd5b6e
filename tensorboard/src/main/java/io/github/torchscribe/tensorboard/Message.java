package io.github.torchscribe.tensorboard;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * A message of protobuf that grows field by field. Fields go by their numbers, which TensorBoard's
 * {@code .proto} files give; what reads them takes a field that is not written for 0 or empty.
 */
final class Message {
  /** Most are short, and there are many. */
  private static final int BUFFER = 256;

  private final ByteString.Output bytes = ByteString.newOutput();
  private final CodedOutputStream out = CodedOutputStream.newInstance(bytes, BUFFER);

  /** Something that writes to memory, and so does not fail. */
  private interface Writing {
    void run() throws IOException;
  }

  private Message write(Writing writing) {
    try {
      writing.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  Message put(int field, double number) {
    return write(() -> out.writeDouble(field, number));
  }

  Message put(int field, float number) {
    return write(() -> out.writeFloat(field, number));
  }

  /** A whole number of any size, or one of an enumeration. */
  Message put(int field, long number) {
    return write(() -> out.writeInt64(field, number));
  }

  Message put(int field, boolean is) {
    return write(() -> out.writeBool(field, is));
  }

  /** Characters that are none, halves of pairs, become question marks. */
  Message put(int field, String text) {
    return write(() -> out.writeString(field, text));
  }

  Message put(int field, ByteString some) {
    return write(() -> out.writeBytes(field, some));
  }

  Message put(int field, Message message) {
    return put(field, message.bytes());
  }

  /** An entry of a map. */
  Message put(int field, String key, Message value) {
    return put(field, new Message().put(1, key).put(2, value));
  }

  /** A field that is there many times, packed. */
  Message putPacked(int field, double... numbers) {
    return write(
        () -> {
          out.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
          out.writeUInt32NoTag(Double.BYTES * numbers.length);
          for (double number : numbers) {
            out.writeDoubleNoTag(number);
          }
        });
  }

  /** A field that is there many times. */
  Message putAll(int field, List<String> texts) {
    texts.forEach(text -> put(field, text));
    return this;
  }

  /** All that has been put. */
  ByteString bytes() {
    write(out::flush);
    return bytes.toByteString();
  }
}
