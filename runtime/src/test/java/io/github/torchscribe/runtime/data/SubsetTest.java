package io.github.torchscribe.runtime.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class SubsetTest {
  private final Dataset all =
      new TensorDataset(torch.tensor(10f, 11f, 12f, 13f).view(4, 1), torch.tensor(0L, 1L, 2L, 3L));

  @Test
  void hasTheChosenExamplesInTheirOrder() {
    try (PointerScope scope = new PointerScope();
        Subset some = new Subset(all, 3, 1)) {
      assertEquals(2, some.size());
      float[] inputs = new float[2];
      some.examples(0, 1).data_ptr_float().get(inputs);
      assertArrayEquals(new float[] {13, 11}, inputs);
      Tensor targets = some.targets().empty(2);
      scope.attach(targets);
      some.gather(torch.tensor(1L, 0L), torch.zeros(2, 1), targets);
      assertEquals(1, targets.narrow(0, 0, 1).item_long());
      assertEquals(3, targets.narrow(0, 1, 1).item_long());
    }
  }

  @Test
  void refusesWhatIsNotThere() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> new Subset(all, 0, 4).close());
    assertEquals("the data have the examples 0 to 3, but not 4", e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> new Subset(all).close());
  }

  /** {@code random_split(range(10), [0.66, 0.34], generator=torch.Generator().manual_seed(5))}. */
  @Test
  void splitsAsPythonDoes() {
    try (Dataset data =
        new TensorDataset(
            torch.arange(new Scalar(10f)).to(torch.ScalarType.Float).view(10, 1),
            torch.zeros(10, 1))) {
      List<Subset> parts = Subset.split(data, 5, 0.66, 0.34);
      assertEquals("1 4 9 6 3 5 0", numbers(parts.get(0)));
      assertEquals("2 8 7", numbers(parts.get(1)));
      assertThrows(IllegalArgumentException.class, () -> Subset.split(data, 5, 0.5, 0.6));
    }
  }

  private static String numbers(Subset part) {
    StringBuilder text = new StringBuilder();
    for (long i = 0; i < part.size(); i++) {
      text.append((int) part.examples(i).item_float()).append(' ');
    }
    return text.toString().strip();
  }
}
