package io.github.torchscribe.runtime.generated;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.torch.Randomness;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

/** Random masks of work that is recorded. */
class DrawsTest {
  private static Tensor[] work(Draws draws, GeneratorOptional generator) {
    Tensor[] masks = {torch.empty(50), torch.empty(70)};
    draws.begin();
    for (Tensor mask : masks) {
      draws.fill(mask, 0.5, generator);
    }
    return masks;
  }

  /**
   * A recording that fails has read some of the masks, or all; the work that follows reads them.
   */
  @Test
  void whatFailsReadsNoneAway() {
    try (PointerScope scope = new PointerScope();
        Randomness one = new Randomness(3);
        Randomness other = new Randomness(3);
        Draws draws = new Draws()) {
      scope.attach(work(draws, one.generator())[0]);
      Tensor[] expected = {torch.empty(50), torch.empty(70)};
      for (Tensor mask : expected) {
        mask.bernoulli_(0.5, other.generator());
      }
      Tensor first = expected[0].clone();
      for (Tensor mask : expected) {
        mask.bernoulli_(0.5, other.generator());
      }
      draws.draw(one.generator());
      draws.begin();
      draws.fill(torch.empty(50), 0.5, one.generator()); // and fails
      Tensor[] masks = work(draws, one.generator());
      assertTrue(masks[0].equal(expected[0]));
      assertTrue(masks[1].equal(expected[1]));
      assertFalse(masks[0].equal(first), "drawn anew");
    }
  }
}
