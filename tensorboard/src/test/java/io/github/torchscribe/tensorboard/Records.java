package io.github.torchscribe.tensorboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads event files, by the schema that TensorBoard itself has. */
final class Records {
  private static final Map<String, FileDescriptor> SCHEMA = schema();

  private Records() {}

  private static Map<String, FileDescriptor> schema() {
    Map<String, FileDescriptor> files = new HashMap<>();
    try (InputStream in = Records.class.getResourceAsStream("/summary-writer/schema.desc")) {
      for (FileDescriptorProto file : FileDescriptorSet.parseFrom(in).getFileList()) {
        FileDescriptor[] before =
            file.getDependencyList().stream().map(files::get).toArray(FileDescriptor[]::new);
        files.put(file.getName(), FileDescriptor.buildFrom(file, before));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (DescriptorValidationException e) {
      throw new IllegalStateException(e);
    }
    return files;
  }

  private static Descriptor type(String file, String name) {
    return SCHEMA.get("tensorboard/" + file + ".proto").findMessageTypeByName(name);
  }

  /** All events of the only file in a folder. */
  static List<DynamicMessage> ofOnly(Path folder) throws IOException {
    List<Path> files = files(folder);
    assertEquals(1, files.size(), () -> "files: " + files);
    return of(Files.readAllBytes(files.get(0)));
  }

  /** The event files of a folder, oldest first. */
  static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.getFileName().toString().startsWith("events.out.tfevents."))
          .sorted()
          .toList();
    }
  }

  /** All events. */
  static List<DynamicMessage> of(byte[] file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    List<DynamicMessage> events = new ArrayList<>();
    while (bytes.hasRemaining()) {
      byte[] head = take(bytes, 8);
      int size = (int) ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getLong();
      assertEquals(Checksum.of(head), bytes.getInt());
      byte[] event = take(bytes, size);
      assertEquals(Checksum.of(event), bytes.getInt());
      events.add(DynamicMessage.parseFrom(type("compat/proto/event", "Event"), event));
    }
    return events;
  }

  private static byte[] take(ByteBuffer from, int size) {
    byte[] some = new byte[size];
    from.get(some);
    return some;
  }

  static DynamicMessage graph(Object bytes) throws IOException {
    return DynamicMessage.parseFrom(type("compat/proto/graph", "GraphDef"), (ByteString) bytes);
  }

  static DynamicMessage histogram(ByteString bytes) throws IOException {
    return DynamicMessage.parseFrom(type("compat/proto/histogram", "HistogramProto"), bytes);
  }

  static DynamicMessage hyperparameters(Object bytes) throws IOException {
    return DynamicMessage.parseFrom(
        type("plugins/hparams/plugin_data", "HParamsPluginData"), (ByteString) bytes);
  }

  /** A field, by its name. */
  static Object get(DynamicMessage message, String field) {
    return message.getField(message.getDescriptorForType().findFieldByName(field));
  }

  /** A message in a message, by the names of the fields that lead there. */
  static DynamicMessage in(DynamicMessage message, String... fields) {
    DynamicMessage at = message;
    for (String field : fields) {
      at = (DynamicMessage) get(at, field);
    }
    return at;
  }

  static boolean has(DynamicMessage message, String field) {
    return message.hasField(message.getDescriptorForType().findFieldByName(field));
  }

  /** Messages that stand there many times. */
  @SuppressWarnings("unchecked")
  static List<DynamicMessage> all(DynamicMessage message, String field) {
    return (List<DynamicMessage>) get(message, field);
  }

  /** The only value of an event's summary. */
  static DynamicMessage value(DynamicMessage event) {
    List<DynamicMessage> values = all(in(event, "summary"), "value");
    assertEquals(1, values.size());
    return values.get(0);
  }
}
