package io.github.torchscribe.processor;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.torchscribe.runtime.torch.Tensors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Tensors that Python wrote, as safetensors, on the tests' device.
 *
 * @param by the command that made them
 */
record Fixture(Map<String, Tensor> tensors, String by) {
  static Fixture read(Path file, String by) throws IOException {
    assertTrue(Files.exists(file), () -> file + " is missing: " + by + " makes it");
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    byte[] header = new byte[(int) bytes.getLong()];
    bytes.get(header);
    JsonNode root = new ObjectMapper().readTree(new String(header, StandardCharsets.UTF_8));
    ByteBuffer data = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : root.properties()) {
      if (!field.getKey().equals("__metadata__")) {
        tensors.put(field.getKey(), tensor(field.getValue(), data));
      }
    }
    return new Fixture(tensors, by);
  }

  private static Tensor tensor(JsonNode about, ByteBuffer data) {
    int begin = about.get("data_offsets").get(0).asInt();
    int length = about.get("data_offsets").get(1).asInt() - begin;
    ByteBuffer own = data.slice(begin, length).order(ByteOrder.LITTLE_ENDIAN);
    long[] shape =
        StreamSupport.stream(about.get("shape").spliterator(), false)
            .mapToLong(JsonNode::asLong)
            .toArray();
    if (about.get("dtype").asText().equals("I64")) {
      long[] values = new long[length / Long.BYTES];
      own.asLongBuffer().get(values);
      return TestDevice.there(torch.tensor(values).view(shape));
    }
    float[] values = new float[length / Float.BYTES];
    own.asFloatBuffer().get(values);
    return TestDevice.there(torch.tensor(values).view(shape));
  }

  /** A tensor, or several whose names begin so. */
  Tensors all(String prefix) {
    if (tensors.containsKey(prefix)) {
      return Tensors.of(get(prefix));
    }
    List<String> names =
        tensors.keySet().stream()
            .filter(name -> name.startsWith(prefix + "."))
            .map(name -> name.substring(prefix.length() + 1))
            .toList();
    return Tensors.of(names, names.stream().map(name -> get(prefix + "." + name)).toList());
  }

  Tensor get(String name) {
    return requireNonNull(
        tensors.get(name),
        () -> by + " made " + tensors.keySet() + ", no " + name + "; if it does now, call it");
  }
}
