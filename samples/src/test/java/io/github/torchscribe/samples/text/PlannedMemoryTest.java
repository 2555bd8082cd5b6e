package io.github.torchscribe.samples.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.torchscribe.samples.tools.Memory;
import java.io.IOException;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

/** What the generated Javadoc says of memory is what a process takes. */
class PlannedMemoryTest {
  private static final int FEW = 64;
  private static final int MANY = 192;

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
      assertEquals(planned, grown, 0.1 * planned);
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
