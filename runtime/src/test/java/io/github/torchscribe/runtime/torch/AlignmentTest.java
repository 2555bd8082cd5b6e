package io.github.torchscribe.runtime.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class AlignmentTest {
  private final TensorSpec texts = TensorSpec.indices(5, 4).within(4, 0);

  @Test
  void textsThatHaveRoomFit() {
    assertTrue(texts.isText());
    assertEquals(Optional.empty(), texts.misfit(1, 2, 3, 1));
    assertEquals(Optional.empty(), texts.misfit(1, 1, 2, 0));
    assertEquals(Optional.empty(), texts.misfit(0, 0, 0, 0));
    assertFalse(TensorSpec.indices(5, 4).isText());
    assertEquals(Optional.empty(), TensorSpec.indices(5, 4).misfit(1, 1, 1, 1));
  }

  @Test
  void othersDoNot() {
    assertEquals(
        Optional.of(
            "has 4 letters, of which 1 follows the same, which need 5 places, but there are 4"),
        texts.misfit(1, 2, 2, 1));
    assertEquals(
        Optional.of(
            "has 3 letters, of which 2 follow the same, which need 5 places, but there are 4"),
        texts.misfit(3, 3, 3, 0));
    assertEquals(
        Optional.of("has 2 letters, which need as many places, but there are 1"),
        TensorSpec.indices(5, 4).within(1, 4).misfit(1, 2, 4, 4));
    assertEquals(Optional.of("has the blank, 0, before its end"), texts.misfit(1, 0, 2, 0));
  }
}
