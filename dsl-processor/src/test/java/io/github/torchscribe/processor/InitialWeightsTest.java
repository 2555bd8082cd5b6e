package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.learner.Parameter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A seed's initial weights equal those of Python's PyTorch, bit for bit. */
class InitialWeightsTest {
  /** Seed and scheme, with the digest of each parameter; made by parity/randomness.py. */
  static Stream<Map.Entry<String, Map<String, String>>> fixture() throws IOException {
    Map<String, Map<String, String>> cases = new LinkedHashMap<>();
    try (InputStream in =
        InitialWeightsTest.class.getResourceAsStream("/parity/initial-weights.csv")) {
      assertNotNull(
          in, "parity/initial-weights.csv is missing: python parity/randomness.py makes it");
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .skip(1)
          .map(line -> line.split(","))
          .forEach(
              row ->
                  cases
                      .computeIfAbsent(row[0] + " " + row[1], key -> new LinkedHashMap<>())
                      .put(row[2], row[3]));
    }
    return cases.entrySet().stream();
  }

  @ParameterizedTest
  @MethodSource("fixture")
  void equalPythons(Map.Entry<String, Map<String, String>> fixture) {
    String[] key = fixture.getKey().split(" ");
    String declaration =
        "@Network(input = 784) @Init(Init.Scheme."
            + key[1]
            + ")\n@Tanh @Linear(200) @ReLU @Linear(200) @ReLU @Linear(10) public interface Net {}";
    try (Model model = Networks.model(declaration, Long.parseLong(key[0]))) {
      Map<String, String> digests = new LinkedHashMap<>();
      for (Parameter parameter : model.parameters()) {
        digests.put(parameter.name(), digest(parameter));
      }
      assertEquals(fixture.getValue(), digests);
    }
  }

  private static String digest(Parameter parameter) {
    float[] values = new float[(int) parameter.value().numel()];
    parameter.value().contiguous().data_ptr_float().get(values);
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
