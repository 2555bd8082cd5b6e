package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.TensorDataset;
import io.github.torchscribe.runtime.torch.Tensors;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

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

  /** Its place in a batch would say nothing of where it is in the data, which are mixed. */
  @Test
  void inARunItIsToldByItsNumberInTheData() {
    try (PointerScope scope = new PointerScope();
        Model model = Networks.model(NET, 3)) {
      Tensor inputs = torch.randn(12, 4, 3);
      scope.attach(inputs);
      Tensor targets = torch.tensor(1L, 2L, 3L).view(1, 3).repeat(12, 1);
      Tensor wrong = targets.clone();
      wrong.select(0, 7).fill_(new Scalar(4L));
      try (Dataset good = new TensorDataset(inputs, targets);
          Dataset bad = new TensorDataset(inputs, wrong)) {
        Trainer trainer = Trainer.of(model).batchSize(4).epochs(1);
        assertFinds(" of the training data, counted from 0,", () -> trainer.run(bad, good));
        assertFinds(" of the test data, counted from 0,", () -> trainer.run(good, bad));
        assertFinds(" of the test data, counted from 0,", () -> model.evaluate(bad));
      }
    }
  }

  private static void assertFinds(String where, Executable run) {
    assertEquals(
        "Net finds the target in its output, but example 7"
            + where
            + " has 3 letters, of which 2 follow the same, which need 5 places, but there are 4",
        assertThrows(IllegalArgumentException.class, run).getMessage());
  }

  private static String padded(String gradient, String says) {
    return """
        @Network(gradient = Network.Gradient.HOW) @SGD(lr = 0.1)
        public interface Padded {
          @Masked Tensor sound(@Input({6, 3}) Tensor wave, @Input(SAYS) Tensor there);
          @LSTM(value = 4, output = Hidden.SEQUENCE) @Linear(5) @LogSoftmax
          @CTCLoss(targetLength = 2) Tensor text(Tensor sound);
        }
        """
        .replace("HOW", gradient)
        .replace("SAYS", says);
  }

  /** The number is torch.nn.functional.ctc_loss's with input_lengths. */
  @Test
  void paddingIsNoPlaceForALetter() {
    try (PointerScope scope = new PointerScope();
        Model generated = Networks.model(padded("GENERATED", "indices = 7"), 3);
        Model recorded = Networks.model(padded("AUTOGRAD", "6"), 3)) {
      Tensor wave = torch.randn(2, 6, 3);
      scope.attach(wave);
      Tensors inputs = Tensors.of("wave", wave).and("there", torch.tensor(3L, 6L));
      Tensors masked = masked(wave, 1, 1, 1, 0, 0, 0, 1, 1, 1, 1, 1, 1);
      Tensors targets = Tensors.of("text", torch.tensor(1L, 2L, 3L, 3L).view(2, 2));
      Tensor places = generated.forward(inputs).get("text").transpose(0, 1).clone();
      Tensor wanted =
          torch.ctc_loss(
              places, targets.only(), torch.tensor(3L, 6L), torch.tensor(2L, 2L), 0, 1, false);
      for (int step = 0; step < 2; step++) {
        float loss = generated.step(inputs, targets);
        assertEquals(recorded.step(masked, targets), loss, 1e-6);
        assertTrue(step > 0 || Math.abs(wanted.item_float() - loss) < 1e-6, "loss " + loss);
      }
      for (int i = 0; i < generated.parameters().size(); i++) {
        Tensor mine = generated.parameters().get(i).value();
        assertTrue(mine.allclose(recorded.parameters().get(i).value(), 1e-5, 1e-6, false));
      }
      refused(generated, Tensors.of("wave", wave).and("there", torch.tensor(6L, 2L)), targets);
      refused(recorded, masked(wave, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0, 0, 0), targets);
    }
  }

  private static void refused(Model model, Tensors inputs, Tensors targets) {
    Executable step = () -> model.step(inputs, targets);
    assertEquals(
        "Padded finds the target text in its output, but example 1 of the batch has 2 letters, of"
            + " which 1 follows the same, which need 3 places, but there are 2",
        assertThrows(IllegalArgumentException.class, step).getMessage());
  }

  private static Tensors masked(Tensor wave, float... isThere) {
    return Tensors.of("wave", wave).and("there", torch.tensor(isThere).view(2, 6));
  }
}
