package io.github.torchscribe.runtime.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.torchscribe.runtime.generated.Counted;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which indices are not looked at twice. */
class SeenIndicesTest {
  private static final Counted THREE = Counted.examples(3);

  private final PointerScope scope = new PointerScope();
  private final SeenIndices seen = new SeenIndices();

  @AfterEach
  void free() {
    scope.close();
  }

  private Optional<Counted> known(Tensor indices) {
    return seen.known("target", indices, (double[]) null);
  }

  @Test
  void thoseThatAreTheSameAndUnchanged() {
    Tensor indices = torch.tensor(0L, 1L, 2L);
    assertEquals(Optional.empty(), known(indices));
    seen.add("target", indices, null, THREE);
    assertEquals(Optional.of(THREE), known(indices));
    assertEquals(Optional.empty(), seen.known("input", indices, (double[]) null));
    assertEquals(Optional.empty(), seen.known("target", indices, 1, 2, 3));
    assertEquals(Optional.empty(), known(indices.clone()));
  }

  @Test
  void whatIsWrittenIntoThemIsLookedAt() {
    Tensor indices = torch.tensor(0L, 1L, 2L);
    seen.add("target", indices, null, THREE);
    indices.add_(new Scalar(5));
    assertEquals(Optional.empty(), known(indices));
    seen.add("target", indices, null, THREE);
    indices.narrow(0, 1, 1).fill_(new Scalar(7));
    assertEquals(Optional.empty(), known(indices), "through a view");
  }

  @Test
  void whereNobodyCountsChangesTheyAreLookedAtEachTime() {
    Tensor indices;
    try (InferenceMode mode = new InferenceMode(true)) {
      indices = torch.tensor(0L, 1L, 2L).add(new Scalar(mode.isNull() ? 1 : 0));
    }
    seen.add("target", indices, null, THREE);
    assertEquals(Optional.empty(), known(indices));
  }
}
