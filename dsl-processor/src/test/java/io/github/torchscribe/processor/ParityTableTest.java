package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.torch.Shapes;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the parity table's head says of its cells. */
class ParityTableTest {
  private final PointerScope scope = new PointerScope();

  @AfterEach
  void free() {
    scope.close();
  }

  @Test
  void targetsAreOneOfWhatTheRowSays() {
    Tensor targets = row("-1 or 1").targets(torch.zeros(40, 5));
    assertArrayEquals(new long[] {40, 5}, Shapes.of(targets));
    assertTrue(targets.abs().eq(torch.ones(40, 5)).all().item_bool(), "-1 and 1 alone");
    assertEquals(-1, targets.min().item_float());
    assertEquals(1, targets.max().item_float());
  }

  @Test
  void targetsLieBetweenWhatTheRowSays() {
    Tensor targets = row("-3 to 1").targets(torch.zeros(400, 5));
    assertArrayEquals(new long[] {400, 5}, Shapes.of(targets));
    assertEquals(-3, targets.min().item_float(), 0.1);
    assertEquals(1, targets.max().item_float(), 0.1);
  }

  @Test
  void classesAreIndicesIntoADimensionOfTheOutput() {
    Tensor output = torch.zeros(50, 3, 7);
    Tensor inFirst = row("classes").targets(output);
    assertArrayEquals(new long[] {50, 7}, Shapes.of(inFirst));
    assertEquals(2, inFirst.max().item_long());
    Tensor inLast = row("classes in -1").targets(output);
    assertArrayEquals(new long[] {50, 3}, Shapes.of(inLast));
    assertEquals(6, inLast.max().item_long());
  }

  @Test
  void everyThirdTargetIsWhatTheLossIgnoresUnlessThatIsAClass() {
    Tensor output = torch.zeros(50, 3, 7);
    Tensor other = row("classes in -1 but 255").targets(output);
    assertEquals(50, other.eq(torch.tensor(255L)).sum().item_long());
    Tensor own = row("classes in -1 but 6").targets(output);
    assertTrue(own.eq(torch.tensor(6L)).sum().item_long() < 50, "drawn as all others");
  }

  @Test
  void aFixtureThatIsMissingSaysWhoMakesIt() {
    assertEquals(
        "src/test/resources/parity/new-1.safetensors is missing:"
            + " python parity/networks.py new-1 makes it ==> expected: <true> but was: <false>",
        assertThrows(AssertionError.class, () -> row("classes").fixture()).getMessage());
  }

  private static ParityTable.Row row(String targets) {
    return new ParityTable.Row("new-1", "python", "6", targets, "@Linear(3)", "@MSELoss", "@SGD");
  }
}
