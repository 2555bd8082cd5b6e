package io.github.torchscribe.runtime.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.cuda.FusedAdam;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Steps whose numbers lie in tensors, where recorded operations find them. */
class CapturableTest {
  private static final List<ParameterGroup> ALL = List.of(new ParameterGroup(0, 6, 1));
  private static final List<ParameterGroup> TWO =
      List.of(new ParameterGroup(0, 2, 1), new ParameterGroup(3, 3, 0.1));

  private final PointerScope scope = new PointerScope();

  @AfterEach
  void free() {
    scope.close();
  }

  private static Stream<Supplier<Optimizer>> optimizers() {
    return Stream.of(
        () -> new Sgd(0.1, 0, 0, 0.1, false),
        () -> new Sgd(0.1, 0.9, 0.1, 0.1, false),
        () -> new Sgd(0.1, 0.9, 0, 0, true),
        () -> new Adam(0.1, 0.9, 0.999, 1e-8, 0.1, false, false),
        () -> new Adam(0.1, 0.9, 0.999, 1e-8, 0.1, true, true),
        () -> new NAdam(0.1, 0.9, 0.999, 1e-8, 0.1, 0.004),
        () -> new RmsProp(0.1, 0.99, 1e-8, 0.1, 0.9, true),
        () -> new RmsProp(0.1, 0.99, 1e-8, 0, 0, false),
        () -> new Adagrad(0.1, 0.01, 0.1, 0.1, 1e-10),
        () -> new Adadelta(0.1, 0.9, 1e-6, 0.1));
  }

  /** Rates and momenta as schedules change them, also to 0; some parameters join later. */
  @ParameterizedTest
  @MethodSource("optimizers")
  void numbersInTensorsGiveTheSame(Supplier<Optimizer> made) {
    for (boolean masked : new boolean[] {false, true}) {
      Tensor handed = torch.tensor(1f, -2f, 3f, 0.5f, -0.25f, 4f);
      Tensor lying = handed.clone();
      try (Optimizer one = made.get();
          Optimizer other = made.get()) {
        if (masked) {
          one.decayOnly(torch.tensor(1f, 1f, 0f, 0f, 1f, 0f));
          other.decayOnly(torch.tensor(1f, 1f, 0f, 0f, 1f, 0f));
        }
        for (int step = 0; step < 20; step++) {
          Tensor gradients = torch.tensor(0.1f, -0.2f, 0.3f, 1f, 0f, -1f).mul(new Scalar(step - 7));
          double rate = step == 15 ? 0 : 0.1 / (1 + step);
          one.learningRate(rate);
          other.learningRate(rate);
          if (one.momentum().orElse(0) > 0) {
            one.momentum(0.9 - 0.01 * step);
            other.momentum(0.9 - 0.01 * step);
          }
          List<ParameterGroup> groups = step < 8 ? TWO : ALL;
          one.step(handed, gradients.clone(), groups);
          other.prepare(lying, groups);
          other.apply(lying, gradients.clone());
          assertTrue(torch.allclose(handed, lying, 1e-5, 1e-6, false), "step " + step);
        }
      }
    }
  }

  /** The one kernel that a GPU has for a step; libtorch has it for the processor, too. */
  @ParameterizedTest
  @CsvSource({"true, false", "true, true", "false, false", "false, true"})
  void oneKernelDoesTheSame(boolean decoupled, boolean amsgrad) {
    FusedAdam.Settings settings = new FusedAdam.Settings(0.9, 0.999, 0.1, 1e-8, decoupled);
    Tensor expected = torch.tensor(1f, -2f, 3f, 0.5f, -0.25f, 4f);
    Tensor fused = expected.clone();
    List<Tensor> memory =
        Stream.generate(() -> torch.zeros_like(fused)).limit(amsgrad ? 3 : 2).toList();
    try (Optimizer adam = new Adam(0.1, 0.9, 0.999, 1e-8, 0.1, decoupled, amsgrad)) {
      for (int step = 1; step < 20; step++) {
        Tensor gradients = torch.tensor(0.1f, -0.2f, 0.3f, 1f, 0f, -1f).mul(new Scalar(step - 7));
        float rate = 0.1f / step;
        adam.learningRate(rate);
        adam.step(expected, gradients.clone());
        Tensor number = torch.tensor(rate).select(0, 0);
        FusedAdam.step(settings, fused, gradients, memory, number, torch.tensor((float) step));
        assertTrue(torch.allclose(expected, fused, 1e-5, 1e-6, false), "step " + step);
      }
    }
  }

  /** What is recorded holds as long as the form does. */
  @Test
  void theFormSaysWhetherOperationsAreOthers() {
    Tensor parameters = torch.zeros(6);
    try (Optimizer sgd = new Sgd(0.1, 0, 0, 0, false)) {
      Object first = sgd.prepare(parameters, ALL);
      sgd.learningRate(0.01);
      assertEquals(first, sgd.prepare(parameters, ALL));
      sgd.momentum(0.5);
      Object withMomentum = sgd.prepare(parameters, ALL);
      assertNotEquals(first, withMomentum);
      assertNotEquals(withMomentum, sgd.prepare(parameters, TWO));
    }
  }

  @Test
  void whoReevaluatesIsNotRecorded() {
    try (Optimizer lbfgs = new Lbfgs(0.1, 4, 0, 0, 3)) {
      assertFalse(lbfgs.capturable());
    }
  }
}
