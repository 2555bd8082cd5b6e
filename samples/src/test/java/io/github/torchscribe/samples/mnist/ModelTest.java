package io.github.torchscribe.samples.mnist;

import static io.github.torchscribe.samples.mnist.Digits.inputs;
import static io.github.torchscribe.samples.mnist.Digits.targets;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.TensorDataset;
import io.github.torchscribe.runtime.learner.Evaluation;
import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Threads;
import io.github.torchscribe.samples.tools.Parameters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.openblas.global.openblas_full;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a model does. */
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
      assertArrayEquals(Parameters.of(model), Parameters.of(other));
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
      assertArrayEquals(Parameters.of(model), Parameters.of(second));
      assertFalse(java.util.Arrays.equals(Parameters.of(model), Parameters.of(third)));
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
      assertArrayEquals(Parameters.of(model), Parameters.of(made));
      made.step(inputs(4), targets(4));
    }
  }

  @Test
  void movesInPlace() {
    float[] before = Parameters.of(model);
    assertEquals(model, model.to(Device.cpu()));
    assertArrayEquals(before, Parameters.of(model));
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
          learned[workers - 1] = Parameters.of(fresh);
        }
      }
    } finally {
      Threads.set(before);
    }
    for (float[] some : learned) {
      assertArrayEquals(learned[0], some, 1e-5f);
    }
  }
}
