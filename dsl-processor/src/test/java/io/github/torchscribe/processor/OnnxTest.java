package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import io.github.torchscribe.onnx.proto.OnnxProto.ModelProto;
import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.torch.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every row of the parity table and every graph as ONNX Runtime computes it: within 1e-5 of what
 * the model gives (of graphs with batch norms, what PyTorch's own memory formats are apart),
 * relative to the largest value of a tensor, for batches of several sizes.
 */
class OnnxTest {
  private static final long SEED = 7;
  private static final int STEPS = 1;

  /** What cannot be exported, and what is said of it. */
  private static final Map<String, String> WITHOUT_COUNTERPART =
      Map.of(
          "own",
          """
          Net cannot be exported to ONNX:
            features.1 Swish: a layer of your own, whose method Java alone can run
            features.2 Unshuffle: a layer of your own, whose method Java alone can run
            features.3 Swish: a layer of your own, whose method Java alone can run
            features.5.0 Mix: a layer of your own, whose method Java alone can run""");

  private static final OnnxOperators OPERATORS = new OnnxOperators();

  @TempDir private Path folder;

  static Stream<Compared> networks() {
    return Stream.concat(ParityTable.chosen(), ParityGraphs.chosen());
  }

  /** docs/onnx-operators.md; {@code -Dgolden.update=true} writes it anew. */
  @AfterAll
  static void theyAreThoseOfThePage() throws IOException {
    if (System.getProperty("parity.rows", "").isEmpty()) {
      new GeneratedPage("onnx-operators.md").requireToBe(OPERATORS.page());
    }
  }

  @BeforeAll
  static void prepare() {
    Networks.prepare(networks().map(one -> one.declaration("GENERATED")));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void equalsOnnxRuntime(Compared row) throws IOException, OrtException {
    try (PointerScope scope = new PointerScope();
        Model model = Networks.model(row.declaration("GENERATED"), SEED)) {
      torch.manual_seed(SEED);
      Tensors some = row.allInputs(Math.max(row.fewest(), 5));
      scope.attach(some.get(0));
      Tensors targets = row.allTargets(model.forward(some));
      for (int step = 0; step < STEPS; step++) {
        model.step(some, targets); // norms remember something, biases are no longer 0
      }
      Path file = folder.resolve("network.onnx");
      if (WITHOUT_COUNTERPART.containsKey(row.name())) {
        String message =
            assertThrows(IllegalStateException.class, () -> model.exportOnnx(file)).getMessage();
        assertEquals(WITHOUT_COUNTERPART.get(row.name()), message);
        return;
      }
      model.exportOnnx(file);
      OPERATORS.add(model, ModelProto.parseFrom(Files.readAllBytes(file)));
      try (InOnnxRuntime runtime = new InOnnxRuntime(file)) {
        for (Tensors inputs : new Tensors[] {some, row.allInputs(1), row.allInputs(7)}) {
          assertNear(model.forward(inputs), runtime.run(inputs), row.rounding());
        }
      }
    }
  }

  private static void assertNear(Tensors expected, Tensors actual, double tolerance) {
    assertEquals(expected.names().size(), actual.names().size());
    if (expected.names().size() == 1) {
      assertNear("output", expected.only().cpu(), actual.only(), tolerance);
      return;
    }
    assertEquals(Set.copyOf(expected.names()), Set.copyOf(actual.names()));
    for (String name : expected.names()) {
      assertNear("output " + name, expected.get(name).cpu(), actual.get(name), tolerance);
    }
  }

  private static void assertNear(String what, Tensor expected, Tensor actual, double tolerance) {
    double difference = largest(expected.sub(actual));
    double scale = Math.max(largest(expected), 1e-12);
    assertTrue(
        difference <= tolerance * scale, () -> what + " differs by " + difference + " of " + scale);
  }

  private static double largest(Tensor tensor) {
    return tensor.abs().max().item_double();
  }
}
