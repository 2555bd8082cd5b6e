package io.github.torchscribe.runtime.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

@SuppressWarnings("try") // scopes
class TensorsTest {
  @Test
  void areThereByNameAndByPlace() {
    try (PointerScope scope = new PointerScope()) {
      Tensor ids = torch.zeros(2, 3);
      Tensor mask = torch.ones(2);
      Tensors both = Tensors.of("ids", ids).and("mask", mask);

      assertEquals(2, both.size());
      assertEquals(List.of("ids", "mask"), both.names());
      assertSame(mask, both.get("mask"));
      assertSame(mask, both.get(1));
      assertEquals("Float (2, 3) on the CPU", Shapes.describe(both.map(Tensor::clone).get("ids")));
      assertEquals("ids: Float (2, 3) on the CPU; mask: Float (2) on the CPU", both.toString());
    }
  }

  @Test
  void aSingleOneNeedsNoName() {
    try (PointerScope scope = new PointerScope()) {
      Tensor images = torch.zeros(2);

      assertSame(images, Tensors.of(images).only());
      assertSame(images, Tensors.of("image", images).only());
      assertEquals(List.of(""), Tensors.of(images).names());
      assertEquals("Float (2) on the CPU", Tensors.of(images).toString());
    }
  }

  @Test
  void addingOneLeavesTheOthersAsTheyWere() {
    TensorSpecs one = TensorSpecs.of("age", TensorSpec.numbers());

    assertEquals(2, one.and("sex", TensorSpec.indices(3)).size());
    assertEquals(1, one.size());
  }

  @Test
  void whatIsNotThereIsSaidWithWhatIs() {
    TensorSpecs two = TensorSpecs.of("age", TensorSpec.numbers()).and("sex", TensorSpec.indices(3));

    assertEquals(
        "there is none called \"size\", but age, sex",
        assertThrows(IllegalArgumentException.class, () -> two.get("size")).getMessage());
    assertEquals(
        "there is not one, but age, sex; say which by name",
        assertThrows(IllegalStateException.class, two::only).getMessage());
    assertEquals(
        "there is none called \"age\", but a single one, without a name",
        assertThrows(
                IllegalArgumentException.class,
                () -> TensorSpecs.of(TensorSpec.numbers()).get("age"))
            .getMessage());
    assertEquals(
        "there is not one, but none at all; say which by name",
        assertThrows(IllegalStateException.class, () -> TensorSpecs.of(List.of(), List.of()).only())
            .getMessage());
  }

  @Test
  void severalNeedNamesEachItsOwn() {
    TensorSpec numbers = TensorSpec.numbers();

    assertEquals(
        "two have the same name among [age, age]",
        assertThrows(
                IllegalArgumentException.class,
                () -> TensorSpecs.of("age", numbers).and("age", numbers))
            .getMessage());
    assertEquals(
        "where there are several each needs a name, but one has none among [, age]",
        assertThrows(
                IllegalArgumentException.class, () -> TensorSpecs.of(numbers).and("age", numbers))
            .getMessage());
    assertEquals(
        "there must be as many names as values, but there are 2 and 1",
        assertThrows(
                IllegalArgumentException.class,
                () -> TensorSpecs.of(List.of("age", "sex"), List.of(numbers)))
            .getMessage());
  }

  @Test
  void roomForABatchHasTheSameNames() {
    TensorSpecs specs =
        TensorSpecs.of("ids", TensorSpec.indices(10, 4)).and("weight", TensorSpec.numbers());

    assertEquals("ids: Long (N, 4), indices from 0 to 9; weight: Float (N)", specs.toString());
    try (PointerScope scope = new PointerScope()) {
      assertEquals(
          "ids: Long (3, 4) on the CPU; weight: Float (3) on the CPU", specs.empty(3).toString());
    }
  }

  @Test
  void nullIsRefusedByName() {
    try (PointerScope scope = new PointerScope()) {
      Tensors ids = Tensors.of("ids", torch.zeros(2));
      for (Executable some :
          new Executable[] {
            () -> ids.and("mask", null), () -> Tensors.of("mask", null),
          }) {
        assertEquals(
            "null was given as \"mask\"",
            assertThrows(IllegalArgumentException.class, some).getMessage());
      }
      assertEquals(
          "null was given",
          assertThrows(IllegalArgumentException.class, () -> Tensors.of((Tensor) null))
              .getMessage());
      assertThrows(IllegalArgumentException.class, () -> ids.with("ids", null));
    }
  }
}
