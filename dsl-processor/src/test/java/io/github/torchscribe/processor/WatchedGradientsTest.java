package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.TensorDataset;
import io.github.torchscribe.runtime.learner.Parameter;
import io.github.torchscribe.runtime.log.TrainingLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A log that looks at gradients sees those that made the update, and changes no digit of a run. */
class WatchedGradientsTest {
  private static final String REPLAYS = "torchscribe.graphs";
  private static final String SHARES = "torchscribe.shares";
  private static final double LR = 0.1;
  private static final String PLAIN = "@SGD(lr = 0.1)";

  private static final String LINEAR = "@Linear({12, 16}) @ReLU @Dropout(0.2) @Linear(3)";
  private static final String RECURRENT =
      "@Reshape({4, 3}) @LSTM(value = 8, output = Hidden.SEQUENCE) @GRU(8) @Linear(3)";
  private static final String CONVOLVED =
      "@Reshape({1, 4, 3}) @Conv2d(value = {1, 4}, kernelSize = 2) @ReLU @Flatten @Linear(3)";
  private static final String NORMED = "@LayerNorm @Linear(8) @Tanh @Linear(3)";

  private static final double MAX_NORM = 0.05;
  private static final int BATCHES = 5;
  private static final int STEPS = 3 * BATCHES;

  private static final Case CLIPPED =
      new Case("clipped", network(NORMED, PLAIN), it -> it.clipGradNorm(MAX_NORM), sgd(0, 0));
  private static final Case ACCUMULATED =
      new Case("accumulated", network(NORMED, PLAIN), it -> it.accumulate(3), sgd(0, 0));
  private static final Case LBFGS = new Case("lbfgs", network(NORMED, "@LBFGS(maxIter = 4)"), null);

  private record Case(String name, String declaration, UnaryOperator<Trainer> asked, Rule rule) {
    Case(String name, String declaration, Rule rule) {
      this(name, declaration, UnaryOperator.identity(), rule);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** What an optimizer makes of a parameter and its gradient, as PyTorch's documentation has it. */
  private interface Rule {
    /**
     * Writes the parameter as it is after an update.
     *
     * @param number of the update, from 1 on
     * @param first remembered of it, 0 at the beginning
     * @param second the same
     */
    void update(int number, double[] p, float[] g, double[] first, double[] second);
  }

  private static Rule sgd(double momentum, double decay) {
    return (number, p, g, velocity, unused) -> {
      for (int i = 0; i < p.length; i++) {
        velocity[i] = momentum * velocity[i] + g[i] + decay * p[i];
        p[i] -= LR * velocity[i];
      }
    };
  }

  /** With the decay that is AdamW's unless stated otherwise. */
  private static Rule adamw(double lr) {
    return (number, p, g, mean, square) -> {
      for (int i = 0; i < p.length; i++) {
        mean[i] = 0.9 * mean[i] + 0.1 * g[i];
        square[i] = 0.999 * square[i] + 0.001 * g[i] * g[i];
        double divisor = Math.sqrt(square[i] / (1 - Math.pow(0.999, number))) + 1e-8;
        p[i] -= lr * 0.01 * p[i] + lr * mean[i] / (1 - Math.pow(0.9, number)) / divisor;
      }
    };
  }

  private static String network(String layers, String optimizer) {
    return "@Network(input = 12) "
        + layers
        + " @CrossEntropyLoss "
        + optimizer
        + " public interface Net {}";
  }

  /** Plain ones, whose gradients nobody makes but for who looks. */
  static Stream<Case> descents() {
    Rule rule = sgd(0, 0);
    return Stream.of(
        new Case("linear", network(LINEAR, PLAIN), rule),
        new Case("recurrent", network(RECURRENT, PLAIN), rule),
        new Case("convolved", network(CONVOLVED, PLAIN), rule),
        new Case("normed", network(NORMED, PLAIN), rule),
        new Case("mixed", network(NORMED, PLAIN + " @Training(precision = Precision.BF16)"), rule));
  }

  static Stream<Case> updates() {
    String plain = network(NORMED, PLAIN);
    String adam = network(NORMED, "@AdamW(lr = 0.01)");
    String momentum = network(NORMED, "@SGD(lr = 0.1, momentum = 0.9)");
    String decay = network(NORMED, "@SGD(lr = 0.1, weightDecay = 0.1)");
    List<Case> others =
        List.of(
            new Case("momentum", momentum, sgd(0.9, 0)),
            new Case("decay", decay, sgd(0, 0.1)),
            new Case("adam", adam, adamw(0.01)),
            CLIPPED,
            new Case("averaged", plain, it -> it.ema(0.9), sgd(0, 0)),
            new Case("frozen", decay, it -> it.freeze("1"), sgd(0, 0.1)));
    return Stream.concat(descents(), others.stream());
  }

  static Stream<Case> cases() {
    return Stream.concat(updates(), Stream.of(ACCUMULATED, LBFGS));
  }

  @BeforeAll
  static void prepare() {
    Networks.prepare(cases().map(Case::declaration).distinct());
  }

  /** So that gradients come in pieces, where they do. */
  @BeforeEach
  void divide() {
    System.setProperty(SHARES, "2");
  }

  @AfterEach
  void asUsual() {
    System.clearProperty(REPLAYS);
    System.clearProperty(SHARES);
  }

  /** Looks at all gradients, or at none. */
  private static final class Look implements TrainingLog {
    private final boolean wants;
    private final List<Float> losses = new ArrayList<>();
    private final List<Map<String, float[]>> gradients = new ArrayList<>();
    private final List<Map<String, float[]>> values = new ArrayList<>();
    private Run run;
    private Map<String, float[]> last;

    Look(boolean wants) {
      this.wants = wants;
    }

    @Override
    public void began(Run run) {
      this.run = run;
      values.add(numbers(run, false));
    }

    @Override
    public boolean wantsGradients(Run run, int epoch, int number) {
      return wants;
    }

    @Override
    public void step(Step step) {
      losses.add(step.loss());
    }

    @Override
    public void gradients(Step step) {
      gradients.add(numbers(step.run(), true));
      values.add(numbers(step.run(), false));
    }

    @Override
    public void ended(Optional<Throwable> failure) {
      last = numbers(run, false);
    }

    private static Map<String, float[]> numbers(Run run, boolean gradients) {
      Map<String, float[]> all = new TreeMap<>();
      PointerScope scope = new PointerScope();
      try {
        for (Parameter parameter : run.learner().parameters()) {
          Tensor some = (gradients ? parameter.gradient() : parameter.value()).cpu().contiguous();
          float[] numbers = new float[(int) some.numel()];
          some.data_ptr_float().get(numbers);
          all.put(parameter.name(), numbers);
        }
      } finally {
        scope.close();
      }
      return all;
    }
  }

  private static Look run(Case some, boolean wants) {
    torch.manual_seed(5);
    Look look = new Look(wants);
    try (TensorDataset data =
            new TensorDataset(
                torch.randn(new long[] {70, 12}),
                torch.randint(3, new long[] {70}, new TensorOptions(torch.ScalarType.Long)));
        Model model = Networks.model(some.declaration, 3)) {
      some.asked.apply(Trainer.of(model).epochs(3).batchSize(16)).log(look).run(data, data);
    }
    return look;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void noDigitIsAnother(Case some) {
    Look expected = run(some, false);
    assertEquals(STEPS, expected.losses.size());
    Look watched = run(some, true);
    assertEquals(expected.losses, watched.losses);
    assertEquals(STEPS, watched.gradients.size());
    assertEquals(expected.last.keySet(), watched.last.keySet());
    expected.last.forEach((name, numbers) -> assertArrayEquals(numbers, watched.last.get(name)));
  }

  @ParameterizedTest
  @MethodSource("updates")
  void theyAreThoseOfTheUpdate(Case some) {
    Look look = run(some, true);
    Map<String, double[]> first = new TreeMap<>();
    Map<String, double[]> second = new TreeMap<>();
    for (int step = 0; step < STEPS; step++) {
      boolean moved = false;
      for (var entry : look.gradients.get(step).entrySet()) {
        String name = entry.getKey();
        float[] gradient = entry.getValue();
        float[] before = look.values.get(step).get(name);
        double[] after = doubles(before);
        boolean isFrozen = some.name.equals("frozen") && name.startsWith("1.");
        if (!isFrozen) {
          some.rule.update(
              step + 1,
              after,
              gradient,
              first.computeIfAbsent(name, any -> new double[after.length]),
              second.computeIfAbsent(name, any -> new double[after.length]));
        }
        double[] real = doubles(look.values.get(step + 1).get(name));
        assertArrayEquals(after, real, 1e-6, name + " in step " + step);
        assertTrue(!isFrozen || largest(gradient) == 0, name + " learns in step " + step);
        moved |= largest(gradient) > 1e-3;
      }
      assertTrue(moved, "in step " + step);
    }
  }

  @Test
  void clippedOnesAreSeenClipped() {
    Look look = run(CLIPPED, true);
    for (int step = 0; step < STEPS; step++) {
      double squares = 0;
      for (float[] gradient : look.gradients.get(step).values()) {
        for (float some : gradient) {
          squares += (double) some * some;
        }
      }
      assertEquals(MAX_NORM, Math.sqrt(squares), 1e-5, "in step " + step); // all are larger
    }
  }

  /**
   * Where three batches make an update, the last of them has what the optimizer gets; the others
   * have their own, of which, with weights that stay, that is the mean. What an epoch ends with is
   * too few.
   */
  @Test
  void ofSeveralBatchesTheLastHasTheMean() {
    Look look = run(ACCUMULATED, true);
    for (int step = 0; step < STEPS; step++) {
      boolean updates = step % BATCHES == 2;
      boolean follows = step > 0 && step % BATCHES == 0; // the update of an epoch's last two
      boolean moved = false;
      for (var entry : look.gradients.get(step).entrySet()) {
        String name = entry.getKey();
        float[] before = look.values.get(step).get(name);
        float[] after = look.values.get(step + 1).get(name);
        if (updates) {
          for (int i = 0; i < before.length; i++) {
            assertEquals(before[i] - LR * entry.getValue()[i], after[i], 1e-6, name);
          }
        } else if (follows) {
          float[] own = look.gradients.get(step - 1).get(name);
          float[] other = look.gradients.get(step - 2).get(name);
          for (int i = 0; i < before.length; i++) { // of 16 examples, and of 6
            double mean = (16 * other[i] + 6 * own[i]) / 22;
            assertEquals(before[i] - LR * mean, after[i], 1e-6, name);
          }
        } else {
          assertArrayEquals(before, after, name);
        }
        moved |= largest(entry.getValue()) > 1e-3;
      }
      assertTrue(moved, "in step " + step);
    }
  }

  /** An optimizer that computes several in a step has got the first of them. */
  @Test
  void theFirstOfSeveralInAStepAreSeen() {
    Map<String, float[]> expected = run(ACCUMULATED, true).gradients.get(0);
    Map<String, float[]> seen = run(LBFGS, true).gradients.get(0);
    assertEquals(expected.keySet(), seen.keySet());
    expected.forEach((name, numbers) -> assertArrayEquals(numbers, seen.get(name), name));
  }

  private static double[] doubles(float... numbers) {
    double[] all = new double[numbers.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = numbers[i];
    }
    return all;
  }

  private static float largest(float... numbers) {
    float largest = 0;
    for (float some : numbers) {
      largest = Math.max(largest, Math.abs(some));
    }
    return largest;
  }

  /** Steps that would be replayed are done one operation at a time. */
  @Test
  void alsoWhereStepsAreReplayed() {
    System.setProperty(REPLAYS, TestDevice.isGpu() ? "on" : "emulated");
    for (Case some : descents().limit(1).toList()) {
      List<Float> expected = run(some, false).losses;
      Look watched = run(some, true);
      for (int i = 0; i < expected.size(); i++) {
        assertEquals(expected.get(i), watched.losses.get(i), 1e-5, "step " + i);
      }
      assertEquals(STEPS, watched.gradients.size());
    }
  }

  /** Where nobody asks gradients are not looked at, nor made. */
  @Test
  void nobodyIsShownWhatNobodyWants() {
    assertEquals(List.of(), run(cases().findFirst().orElseThrow(), false).gradients);
  }
}
