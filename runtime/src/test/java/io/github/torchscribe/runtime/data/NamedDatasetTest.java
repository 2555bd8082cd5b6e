package io.github.torchscribe.runtime.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.torchscribe.runtime.torch.TensorSpec;
import io.github.torchscribe.runtime.torch.TensorSpecs;
import io.github.torchscribe.runtime.torch.Tensors;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // scopes
class NamedDatasetTest {
  /** Each number, its square, and whether it is odd. */
  private record Squares(TensorSpecs inputSpecs) implements NamedDataset {
    @Override
    public long size() {
      return 10;
    }

    @Override
    public TensorSpecs targetSpecs() {
      return TensorSpecs.of("odd", TensorSpec.indices(2));
    }

    @Override
    public void gather(Tensor indices, Tensors inputs, Tensors targets) {
      inputs.get("number").copy_(indices);
      if (inputs.size() > 1) {
        inputs.get("square").copy_(indices.mul(indices));
      }
      targets.get("odd").copy_(indices.remainder(new Scalar(2L)));
    }

    @Override
    public void close() {}
  }

  private static final TensorSpecs ONE = TensorSpecs.of("number", TensorSpec.numbers());

  @Test
  void givesAllItsParts() {
    Dataset data = new Squares(ONE.and("square", TensorSpec.numbers()));

    try (PointerScope scope = new PointerScope()) {
      Tensors examples = data.allExamples(3, 5);

      assertEquals(List.of("number", "square"), examples.names());
      assertEquals(25, examples.get("square").select(0, 1).item_float());
    }
  }

  @Test
  void saysWhichPartsThereAreWhereOneIsAskedFor() {
    Dataset data = new Squares(ONE.and("square", TensorSpec.numbers()));
    String several = "there is not one, but number, square; say which by name";

    assertEquals(several, assertThrows(IllegalStateException.class, data::inputs).getMessage());
    assertEquals(
        several, assertThrows(IllegalStateException.class, () -> data.examples(1)).getMessage());
    try (PointerScope scope = new PointerScope()) {
      assertEquals(
          several,
          assertThrows(
                  IllegalStateException.class,
                  () -> data.gather(torch.tensor(1L), torch.zeros(1), torch.zeros(1)))
              .getMessage());
    }
  }

  @Test
  void aSinglePartIsReachedWithoutItsNameToo() {
    Dataset data = new Squares(ONE);

    assertEquals("Float (N)", data.inputs().toString());
    assertEquals(2, data.targets().count());
    try (PointerScope scope = new PointerScope()) {
      assertEquals(7, data.examples(7).item_float());
    }
  }

  @Test
  void aBatchGivesItsPartsByName() {
    try (PointerScope scope = new PointerScope()) {
      Tensor ids = torch.zeros(2);
      Tensor mask = torch.ones(2);
      Tensor kind = torch.ones(2);
      Batch batch = new Batch(Tensors.of("ids", ids).and("mask", mask), Tensors.of(kind), 2);

      assertSame(mask, batch.input("mask"));
      assertSame(kind, batch.targets());
      assertSame(kind, batch.allTargets().only());
      assertEquals(
          "there is not one, but ids, mask; say which by name",
          assertThrows(IllegalStateException.class, batch::inputs).getMessage());
    }
  }
}
