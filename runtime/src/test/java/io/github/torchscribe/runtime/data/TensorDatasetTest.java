package io.github.torchscribe.runtime.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.torch.Shapes;
import io.github.torchscribe.runtime.torch.TensorSpec;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class TensorDatasetTest {
  @Test
  void knowsItsShapeAndClasses() {
    try (Dataset data = new TensorDataset(torch.randn(3, 1, 28, 28), torch.tensor(0L, 9L, 4L))) {
      assertEquals(3, data.size());
      assertEquals("(N, 1, 28, 28)", Shapes.batchOf(data.inputs().shape()));
      assertEquals(10, data.targets().count());
    }
  }

  @Test
  void targetsMayBeNumbers() {
    try (PointerScope scope = new PointerScope();
        Dataset data = new TensorDataset(torch.randn(3, 2), torch.rand(3, 4, 5))) {
      assertEquals("Float (N, 4, 5)", data.targets().toString());
      Tensor targets = torch.zeros(2, 4, 5);
      scope.attach(targets);
      data.gather(torch.tensor(2L, 0L), torch.zeros(2, 2), targets);
      assertTrue(targets.min().item_float() >= 0 && targets.max().item_float() > 0);
    }
  }

  @Test
  void refusesWhatDoesNotFit() {
    Tensor floats = torch.randn(3, 2);
    assertRefused(
        "there are 3 inputs and 2 targets; give as many of both", floats, torch.tensor(0L, 1L));
    assertRefused(
        "targets must be numbers, 32-bit floats, or indices, 64-bit integers, of shape (size, …), but"
            + " are Int (3) on the CPU",
        floats,
        torch.tensor(0, 1, 2));
    assertRefused(
        "inputs must be numbers, 32-bit floats, or indices, 64-bit integers, of shape (size, …), but are Double (3, 2) on the CPU",
        floats.to(torch.ScalarType.Double),
        torch.tensor(0L, 1L, 2L));
    assertRefused(
        "example 1, counted from 0, has NaN or infinity among its inputs",
        torch.tensor(0f, Float.NaN, Float.POSITIVE_INFINITY),
        torch.tensor(0L, 1L, 2L));
    assertRefused(
        "inputs are indices, counted from 0, but one of them is -1",
        torch.tensor(0L, -1L, 2L),
        torch.tensor(0L, 1L, 2L));
    assertRefused(
        "targets are indices, counted from 0; one other may stand for what does not count, but there"
            + " are -100 and -1",
        floats,
        torch.tensor(0L, -1L, -100L));
  }

  /** As {@code ignoreIndex} of a loss says, or not. */
  @Test
  void oneTargetMayStandForWhatDoesNotCount() {
    TensorSpec loss = TensorSpec.indices(3).ignoring(-100);
    TensorSpec other = TensorSpec.indices(3).ignoring(255);
    assertEquals("Long (N), indices from 0 to 2, or -100, which does not count", loss.toString());
    for (long ignored : new long[] {-100, 255}) {
      try (Dataset some = targets(0, ignored, 2, ignored)) {
        assertEquals(ignored == -100, loss.accept(some.targets()));
        assertEquals(ignored == 255, other.accept(some.targets()));
        assertFalse(TensorSpec.indices(3).accept(some.targets()));
        assertFalse(TensorSpec.indices(2).ignoring(ignored).accept(some.targets()), "2 is a class");
        assertEquals(3, some.targets().ignoring(ignored).count());
      }
    }
    try (Dataset none = targets(255, 255);
        Dataset all = targets(0, 1, 2)) {
      assertTrue(other.accept(none.targets()));
      assertFalse(loss.accept(none.targets()));
      assertTrue(loss.accept(all.targets()) && other.accept(all.targets()));
    }
  }

  private static Dataset targets(long... targets) {
    return new TensorDataset(torch.randn(targets.length, 2), torch.tensor(targets));
  }

  private static void assertRefused(String message, Tensor inputs, Tensor targets) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> new TensorDataset(inputs, targets).close());
    assertEquals(message, e.getMessage());
  }
}
