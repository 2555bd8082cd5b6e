package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.TensorDataset;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

/** Texts that are found in sequences: too long a one never reaches a step. */
class TextTargetsTest {
  private static final String NET =
      "@Network(input = {4, 3}) @Linear(5) @LogSoftmax @CTCLoss(targetLength = 3) @SGD(lr = 0.1)"
          + " public interface Net {}";

  @Test
  void aTextWithoutRoomIsRefusedBeforeTheStep() {
    try (PointerScope scope = new PointerScope();
        Model model = Networks.model(NET, 3)) {
      Tensor input = torch.randn(2, 4, 3);
      scope.attach(input);
      Tensor good = torch.tensor(1L, 1L, 2L, 3L, 0L, 0L).view(2, 3);
      Tensor before = model.parameters().get(0).value().clone();
      Tensor tooLong = torch.tensor(1L, 2L, 3L, 4L, 4L, 4L).view(2, 3);
      String message =
          assertThrows(IllegalArgumentException.class, () -> model.step(input, tooLong))
              .getMessage();
      assertEquals(
          "Net finds the target in its output, but example 1 of the batch has 3 letters, of which 2"
              + " follow the same, which need 5 places, but there are 4",
          message);
      assertTrue(torch.equal(before, model.parameters().get(0).value()));
      float loss = model.step(input, good);
      try (Dataset data = new TensorDataset(input, good)) {
        assertTrue(model.evaluate(data).loss() < loss);
      }
    }
  }
}
