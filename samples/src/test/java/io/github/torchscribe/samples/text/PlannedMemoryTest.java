package io.github.torchscribe.samples.text;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.torchscribe.samples.tools.Memory;
import java.io.IOException;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

/**
 * What the generated Javadoc says of memory is what a process takes at most: of what attention has
 * room for, scores and copies of heads, a part is never touched where it goes head by head.
 */
class PlannedMemoryTest {
  private static final int FEW = 64;
  private static final int MANY = 192;

  /** Scores and copies are a fifth of what a GPT takes. */
  private static final double LEAST_PART = 0.7;

  @Test
  void takesWhatIsPlannedForEachExample() throws IOException {
    assumeTrue(Memory.isKnown());
    try (GptModel model = GptModel.create();
        PointerScope scope = new PointerScope()) {
      Tensor texts = texts(MANY);
      scope.attach(texts);
      step(model, texts, FEW);
      long before = Memory.residentKilobytes();
      step(model, texts, MANY);
      double grown = 1024.0 * (Memory.residentKilobytes() - before);
      double planned = (double) (MANY - FEW) * model.summary().trainingBytes();
      assertTrue(grown < 1.1 * planned, grown + " of " + planned);
      assertTrue(grown > LEAST_PART * planned, grown + " of " + planned);
    }
  }

  private static Tensor texts(long count) {
    return torch.randint(
        Characters.COUNT, new long[] {count, Gpt.LENGTH}, new TensorOptions(torch.ScalarType.Long));
  }

  private static void step(GptModel model, Tensor texts, long count) {
    Tensor some = texts.narrow(0, 0, count);
    model.step(some, some);
    model.step(some, some);
  }
}
