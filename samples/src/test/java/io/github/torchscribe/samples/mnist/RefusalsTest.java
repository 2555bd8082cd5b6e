package io.github.torchscribe.samples.mnist;

import static io.github.torchscribe.samples.mnist.Digits.inputs;
import static io.github.torchscribe.samples.mnist.Digits.targets;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.TensorDataset;
import io.github.torchscribe.runtime.learner.DivergedException;
import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.samples.tools.Parameters;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a model refuses. */
class RefusalsTest {
  private MlpModel model;
  private PointerScope scope;

  @BeforeEach
  void create() {
    model = MlpModel.create(5);
    scope = new PointerScope();
  }

  @AfterEach
  void close() {
    scope.close();
    model.close();
  }

  @Test
  void refusesABatchOfTheWrongShapeOrType() {
    assertRefused(
        "Mlp takes Float (N, 1, 28, 28) on cpu, with N at least 1, but was given Float (2, 784) on"
            + " the CPU",
        torch.randn(2, 784),
        targets(2));
    assertRefused(
        "Mlp takes Float (N, 1, 28, 28) on cpu, with N at least 1, but was given Double (2, 1, 28,"
            + " 28) on the CPU",
        inputs(2).to(torch.ScalarType.Double),
        targets(2));
    assertRefused(
        "Mlp takes Float (N, 1, 28, 28) on cpu, with N at least 1, but was given Float (0, 1, 28,"
            + " 28) on the CPU",
        inputs(0),
        targets(0));
    assertRefused(
        "Mlp takes Long (N), indices from 0 to 9 as targets, with N 2 as for the inputs, on cpu, but was given Long (3) on the"
            + " CPU",
        inputs(2),
        targets(3));
    assertRefused(
        "Mlp takes Long (N), indices from 0 to 9 as targets, with N 2 as for the inputs, on cpu, but was given Float (2) on the"
            + " CPU",
        inputs(2),
        torch.randn(2));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 200})
  void aLabelOutOfRangeIsRefusedAndLearnsNothing(int batch) {
    float[] before = Parameters.of(model);
    Tensor wrong = targets(batch);
    wrong.narrow(0, batch - 1, 1).fill_(new Scalar(10L));
    assertRefused(
        "Mlp takes indices from 0 to 9 as targets, but example "
            + (batch - 1)
            + " of the batch has 10",
        inputs(batch),
        wrong);
    assertArrayEquals(before, Parameters.of(model));
    model.step(inputs(batch), targets(batch));
  }

  @Test
  void aDatasetWithTooManyClassesIsRefusedBeforeTheFirstStep() {
    try (Dataset data = new TensorDataset(inputs(2), torch.tensor(3L, 10L))) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> Trainer.of(model).run(data, data));
      assertEquals(
          "the targets of the training data are Long (N), indices from 0 to 10, but @CrossEntropyLoss"
              + " of Mlp takes Long (N), indices from 0 to 9",
          e.getMessage());
    }
  }

  @Test
  void aDatasetOfAnotherShapeIsRefusedBeforeTheFirstStep() {
    try (Dataset data = new TensorDataset(torch.randn(2, 784), torch.tensor(3L, 9L))) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> Trainer.of(model).run(data, data));
      assertEquals(
          "the examples of the training data are Float (N, 784), but Mlp takes Float (N, 1, 28, 28)",
          e.getMessage());
    }
  }

  @Test
  void trainingStopsWhenTheLossIsNoNumber() {
    try (Dataset data = new TensorDataset(inputs(600), targets(600))) {
      Trainer trainer = Trainer.of(model).learningRate(1e30).batchSize(200);
      DivergedException e = assertThrows(DivergedException.class, () -> trainer.run(data, data));
      assertEquals(0, e.epoch());
      assertTrue(e.step() > 0);
      assertTrue(
          e.getMessage()
              .matches(
                  "Mlp: the loss became (NaN|-?Infinity) in epoch 0, step \\d \\(learning rate"
                      + " 1.0E30\\)\\. Try a smaller learning rate, for example 1.0E29; check that"
                      + " the inputs are normalised"),
          e.getMessage());
    }
  }

  @Test
  void refusesSettingsThatAreNone() {
    Trainer trainer = Trainer.of(model);
    assertThrows(IllegalArgumentException.class, () -> trainer.epochs(0));
    assertThrows(IllegalArgumentException.class, () -> trainer.batchSize(-1));
    assertThrows(IllegalArgumentException.class, () -> trainer.learningRate(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> trainer.learningRate(0));
  }

  @Test
  void isClosedOnceAndForAll() {
    Tensor inputs = inputs(2);
    Tensor targets = targets(2);
    model.step(inputs, targets);
    model.close();
    model.close();
    for (Runnable use :
        new Runnable[] {
          () -> model.step(inputs, targets),
          () -> model.backward(inputs, targets),
          () -> model.forward(inputs),
          () -> model.predict(inputs),
          () -> model.parameters(),
          () -> model.to(Device.cpu())
        }) {
      IllegalStateException e = assertThrows(IllegalStateException.class, use::run);
      assertEquals("Mlp is closed", e.getMessage());
    }
  }

  private void assertRefused(String message, Tensor inputs, Tensor targets) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> model.step(inputs, targets));
    assertEquals(message, e.getMessage());
  }
}
