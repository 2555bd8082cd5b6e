package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.onnxruntime.OrtException;
import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.torch.Tensors;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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
      if (WITHOUT_COUNTERPART.containsKey(row.name())) {
        String message =
            assertThrows(IllegalStateException.class, () -> new Exported(model)).getMessage();
        assertEquals(WITHOUT_COUNTERPART.get(row.name()), message);
        return;
      }
      try (Exported exported = new Exported(model)) {
        OPERATORS.add(model, exported.proto());
        exported.requireSame(List.of(some, row.allInputs(1), row.allInputs(7)), row.rounding());
      }
    }
  }
}
