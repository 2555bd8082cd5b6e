package io.github.torchscribe.samples.mnist;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.TensorDataset;
import io.github.torchscribe.runtime.learner.DivergedException;
import io.github.torchscribe.runtime.learner.Evaluation;
import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Threads;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.openblas.global.openblas_full;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a model does, and what it refuses. */
class ModelTest {
  private MlpModel model;
  private PointerScope scope;
  private final List<String> pools = Collections.synchronizedList(new ArrayList<>());

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
  void aStepLearns() {
    Tensor inputs = inputs(50);
    Tensor targets = targets(50);
    float first = model.step(inputs, targets);
    float last = first;
    for (int i = 0; i < 100; i++) {
      last = model.step(inputs, targets);
    }
    assertTrue(last < 0.5 * first, first + " → " + last);
  }

  @Test
  void anyBatchSizeWorksAndTheSameExamplesGiveTheSameLoss() {
    Tensor inputs = inputs(200);
    Tensor targets = targets(200);
    float whole = model.backward(inputs, targets);
    float sum = 0;
    for (int i = 0; i < 200; i += 40) {
      sum += model.backward(inputs.narrow(0, i, 40), targets.narrow(0, i, 40));
    }
    assertEquals(whole, sum / 5, 1e-5);
    assertEquals(whole, model.backward(inputs, targets));
    assertTrue(model.backward(inputs(1000), targets(1000)) > 0);
  }

  @Test
  void evaluationLeavesTrainingAlone() {
    Tensor inputs = inputs(30);
    Tensor targets = targets(30);
    try (MlpModel other = MlpModel.create(5);
        Dataset data = new TensorDataset(inputs(70), targets(70))) {
      for (int i = 0; i < 5; i++) {
        other.evaluate(data);
        other.forward(inputs(3));
        assertEquals(model.step(inputs, targets), other.step(inputs, targets));
        other.evaluate(data);
      }
      assertArrayEquals(values(model), values(other));
    }
  }

  @Test
  void evaluatesWhatPredictSays() {
    Tensor inputs = inputs(70);
    long[] predicted = model.predict(inputs);
    try (Dataset right = new TensorDataset(inputs, torch.tensor(predicted))) {
      Evaluation evaluation = model.evaluate(right);
      assertEquals(70, evaluation.correct());
      assertEquals(1.0, evaluation.accuracy());
      assertTrue(evaluation.toString().endsWith("accuracy=70/70]"), evaluation.toString());
    }
  }

  @Test
  void twoModelsInOneJvmDoNotDisturbEachOthersRandomness() {
    try (MlpModel second = MlpModel.create(5);
        MlpModel third = MlpModel.create(6)) {
      assertArrayEquals(values(model), values(second));
      assertFalse(java.util.Arrays.equals(values(model), values(third)));
      assertNotEquals(model.seed(), third.seed());
    }
  }

  @Test
  void outlivesTheScopeItWasMadeIn() {
    MlpModel made;
    try (PointerScope inner = new PointerScope()) {
      made = MlpModel.create(5);
      assertTrue(inner != scope);
    }
    try (made) {
      assertArrayEquals(values(model), values(made));
      made.step(inputs(4), targets(4));
    }
  }

  @Test
  void movesInPlace() {
    float[] before = values(model);
    assertEquals(model, model.to(Device.cpu()));
    assertArrayEquals(before, values(model));
  }

  @Test
  void setsTheThreadPoolsByItselfWhateverOthersDid() throws InterruptedException {
    Tensor inputs = inputs(4);
    Tensor targets = targets(4);
    Threads.set(2);
    Runnable stepAndLook =
        () -> {
          torch.set_num_threads(2);
          openblas_full.openblas_set_num_threads(1);
          model.step(inputs, targets);
          pools.add(torch.get_num_threads() + " " + openblas_full.openblas_get_num_threads());
        };
    stepAndLook.run();
    Thread other = new Thread(stepAndLook);
    other.start();
    other.join();
    assertEquals(List.of("2 2", "2 2"), pools, "libtorch's is the caller's again");
  }

  @Test
  void namesTheParametersAsSequentialDoes() {
    assertEquals(
        "[1.weight, 1.bias, 3.weight, 3.bias, 5.weight, 5.bias]",
        model.parameters().stream().map(p -> p.name()).toList().toString());
    assertEquals(199_210, model.parameterCount());
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
    float[] before = values(model);
    Tensor wrong = targets(batch);
    wrong.narrow(0, batch - 1, 1).fill_(new Scalar(10L));
    assertRefused(
        "Mlp takes indices from 0 to 9 as targets, but example "
            + (batch - 1)
            + " of the batch has 10",
        inputs(batch),
        wrong);
    assertArrayEquals(before, values(model));
    model.step(inputs(batch), targets(batch));
  }

  @Test
  void theNumberOfWorkersMakesNoDifference() {
    Tensor inputs = inputs(331);
    Tensor targets = targets(331);
    int before = Threads.count();
    float[][] learned = new float[4][];
    try {
      for (int workers = 1; workers <= learned.length; workers++) {
        Threads.set(workers);
        try (MlpModel fresh = MlpModel.create(5);
            Dataset data = new TensorDataset(inputs, targets)) {
          for (int step = 0; step < 5; step++) {
            fresh.step(inputs, targets);
          }
          assertEquals(331, fresh.evaluate(data).size());
          assertEquals(331, fresh.forward(inputs).size(0));
          learned[workers - 1] = values(fresh);
        }
      }
    } finally {
      Threads.set(before);
    }
    for (float[] some : learned) {
      assertArrayEquals(learned[0], some, 1e-5f);
    }
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

  private static Tensor inputs(long n) {
    return torch.randn(n, 1, 28, 28);
  }

  private static Tensor targets(long n) {
    return torch.randint(10, new long[] {n}, new TensorOptions(torch.ScalarType.Long));
  }

  private static float[] values(Model model) {
    float[] all = new float[(int) model.parameterCount()];
    int offset = 0;
    for (var parameter : model.parameters()) {
      int size = (int) parameter.value().numel();
      parameter.value().contiguous().data_ptr_float().get(all, offset, size);
      offset += size;
    }
    return all;
  }
}
