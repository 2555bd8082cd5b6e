package io.github.torchscribe.runtime.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.bytedeco.javacpp.PointerScope;
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
}
