package io.github.torchscribe.runtime.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a spec says of examples in which nothing is. */
class TensorSpecTest {
  @Test
  void anExampleOfPaddingAloneLacksSomething() {
    TensorSpec words = TensorSpec.indices(9, 3).padding(2);
    assertFalse(words.mayBeEmpty());
    assertEquals(Optional.of("is padding alone (2)"), words.lack(2, 2, 2));
    assertEquals(Optional.empty(), words.lack(2, 2, 0));
    assertEquals("Long (N, 3), indices from 0 to 8, of which 2 is padding", words.toString());
    assertTrue(TensorSpec.indices(9, 3).mayBeEmpty());
    assertEquals(Optional.empty(), TensorSpec.indices(9, 3).lack(2, 2, 2));
  }

  @Test
  void aLengthOfNothingLeavesNothing() {
    TensorSpec length = TensorSpec.indices(9).padding(0);
    assertEquals(Optional.of("is 0, which leaves nothing of it"), length.lack(0L));
    assertEquals(Optional.empty(), length.lack(1L));
  }

  @Test
  void aMaskShowsSomethingAndSaysYesOrNo() {
    TensorSpec mask = TensorSpec.numbers(3).mask();
    assertFalse(mask.mayBeEmpty());
    assertEquals(Optional.of("hides all of its places"), mask.lack(0, 0, 0f));
    assertEquals(Optional.empty(), mask.lack(0, 1, 0f));
    assertEquals(
        Optional.of("has 0.5 where 1 says that a place is there and 0 that it is not"),
        mask.lack(1, 0.5f, 0));
    assertEquals("Float (N, 3), 1 or 0", mask.toString());
    assertEquals(Optional.empty(), TensorSpec.numbers(3).lack(0, 0, 0f));
  }

  @Test
  void numbersAreNotPaddingAndIndicesAreNoMask() {
    assertThrows(IllegalStateException.class, () -> TensorSpec.numbers(3).padding(0));
    assertThrows(IllegalStateException.class, () -> TensorSpec.indices(9, 3).mask());
  }

  @Test
  void whatDoesNotCountAndWhatIsPaddingGoTogether() {
    TensorSpec both = TensorSpec.indices(9, 3).padding(0).ignoring(4);
    assertEquals(Optional.of("is padding alone (0)"), both.lack(0, 0, 0));
    assertEquals(4, both.ignored().orElseThrow());
  }
}
