package io.github.torchscribe.runtime.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.file.State;
import io.github.torchscribe.runtime.torch.Device;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What optimizers can be told besides their learning rate. */
class OptimizerTest {
  private final PointerScope scope = new PointerScope();

  @AfterEach
  void free() {
    scope.close();
  }

  /** {@code OneCycleLR(optimizer, 1e-2, total_steps=24)}, momentum of some steps. */
  @Test
  void theMomentumOfACycleIsPyTorchs() {
    OneCycleLr schedule = new OneCycleLr(1e-2, 0.3, true, 25, 1e4, 0.85, 0.95);
    schedule.begin(24);
    long[] steps = {0, 3, 6, 7, 15, 23};
    double[] expected = {
      0.95, 0.9025324584419356, 0.8502565338304052, 0.8505584586887436, 0.9037365046793212, 0.95
    };
    double[] momenta = new double[steps.length];
    for (int i = 0; i < steps.length; i++) {
      momenta[i] = schedule.momentum(steps[i]).orElseThrow();
    }
    assertArrayEquals(expected, momenta, 1e-12);
    assertTrue(new OneCycleLr(1e-2, 0.3, true, 25, 1e4).momentum(3).isEmpty());
  }

  /** {@code CyclicLR(…, step_size_up=3, step_size_down=5, mode="triangular2")}, likewise. */
  @Test
  void theMomentumOfCyclesIsPyTorchs() {
    CyclicLr schedule = new CyclicLr(0.01, 0.1, 3, 5, 0.5, 1, 0.8, 0.9);
    long[] steps = {0, 2, 3, 6, 8, 10, 11, 17};
    double[] expected = {
      0.9, 0.8333333333333334, 0.8, 0.86, 0.9, 0.8666666666666667, 0.85, 0.8916666666666667
    };
    double[] momenta = new double[steps.length];
    for (int i = 0; i < steps.length; i++) {
      momenta[i] = schedule.momentum(steps[i]).orElseThrow();
    }
    assertArrayEquals(expected, momenta, 1e-12);
    assertTrue(new CyclicLr(0.01, 0.1, 3, 5, 0.5, 1).momentum(3).isEmpty());
  }

  @Test
  void momentumMayComeLater() {
    try (Sgd sgd = new Sgd(1, 0, 0, 0, false)) {
      assertTrue(sgd.isPlainDescent());
      sgd.momentum(0.5);
      Tensor parameters = torch.zeros(1);
      sgd.step(parameters, torch.ones(1));
      sgd.step(parameters, torch.ones(1));
      assertEquals(-2.5f, parameters.item_float()); // −1, then −(0.5 + 1)
      assertThrows(IllegalArgumentException.class, () -> sgd.momentum(1));
    }
    try (Adagrad adagrad = new Adagrad(1, 0, 0, 0, 1e-10)) {
      assertThrows(IllegalStateException.class, () -> adagrad.momentum(0.5));
    }
  }

  private static Stream<Optimizer> remembering() {
    return Stream.of(
        new Sgd(0.1, 0.9, 0, 0.1, false),
        new Adam(0.1, 0.9, 0.999, 1e-8, 0.1, true, true),
        new RmsProp(0.1, 0.99, 1e-8, 0, 0.9, true),
        new NAdam(0.1, 0.9, 0.999, 1e-8, 0, 0.004),
        new Lbfgs(0.1, 4, 0, 0, 3));
  }

  /** A device that is not there: {@link Device#cuda} would not have given it. */
  @ParameterizedTest
  @MethodSource("remembering")
  void whatCannotMoveStays(Optimizer optimizer) {
    try (optimizer) {
      Tensor moving = torch.tensor(2f, -3f, 5f);
      optimizer.decayOnly(torch.tensor(1f, 0f, 1f));
      step(optimizer, moving);
      Device nowhere = new Device(Device.Type.CUDA, 99);
      State before = new State();
      optimizer.save(before);
      assertThrows(RuntimeException.class, () -> optimizer.to(nowhere));
      State after = new State();
      optimizer.save(after);
      for (String part : List.of("memory.0", "memory.1", "memory.2", "direction", "change.0.y")) {
        assertEquals(before.has(part), after.has(part), part);
        if (before.has(part)) {
          assertTrue(torch.equal(tensor(before, part), tensor(after, part)), part);
        }
      }
      Tensor there = moving.clone();
      step(optimizer, there);
      try (Optimizer other =
          remembering().filter(o -> o.getClass() == optimizer.getClass()).findFirst().get()) {
        Tensor expected = torch.tensor(2f, -3f, 5f);
        other.decayOnly(torch.tensor(1f, 0f, 1f));
        step(other, expected);
        other.to(Device.cpu());
        step(other, expected);
        assertTrue(torch.equal(expected, there));
      }
    }
  }

  /** Down a bowl: the gradient is where one is. */
  private static void step(Optimizer optimizer, Tensor parameters) {
    for (int i = 0; i < 3; i++) {
      Tensor g = parameters.mul(torch.tensor(1f, 2f, 3f));
      optimizer.step(
          parameters,
          g,
          1,
          () -> {
            g.copy_(parameters.mul(torch.tensor(1f, 2f, 3f)));
            return 1;
          });
    }
  }

  private static Tensor tensor(State state, String name) {
    try {
      return state.tensor(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sgd", "adam", "adamw", "rmsprop"})
  void decayPullsOnlyWhereItIsTold(String name) {
    Tensor all = torch.tensor(2f, -3f, 5f);
    Tensor g = torch.tensor(0.1f, 0.2f, 0.3f);
    Tensor mask = torch.tensor(1f, 0f, 1f);
    Tensor with = all.clone();
    Tensor without = all.clone();
    Tensor masked = all.clone();
    step(name, 0.5, null, with, g);
    step(name, 0, null, without, g);
    step(name, 0.5, mask, masked, g);
    Tensor expected = with.mul(mask).add(without.mul(mask.neg().add(new Scalar(1f))));
    assertEquals(0, masked.sub(expected).abs().max().item_float(), 1e-6);
    assertTrue(with.sub(without).abs().max().item_float() > 1e-4);
  }

  private static void step(String name, double decay, Tensor mask, Tensor parameters, Tensor g) {
    try (Optimizer optimizer =
        switch (name) {
          case "sgd" -> new Sgd(0.1, 0.9, 0, decay, false);
          case "adam" -> new Adam(0.1, 0.9, 0.999, 1e-8, decay * 10, false, false);
          case "adamw" -> new Adam(0.1, 0.9, 0.999, 1e-8, decay, true, false);
          default -> new RmsProp(0.1, 0.99, 1e-8, decay * 10, 0, false);
        }) {
      if (mask != null) {
        optimizer.decayOnly(mask);
      }
      optimizer.step(parameters, g.clone());
      optimizer.step(parameters, g.neg());
    }
  }
}
