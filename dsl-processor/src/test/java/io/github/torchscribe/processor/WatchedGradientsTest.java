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

  private record Case(String name, String declaration, UnaryOperator<Trainer> asked) {
    Case(String name, String declaration) {
      this(name, declaration, UnaryOperator.identity());
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static String network(String layers, String optimizer) {
    return "@Network(input = 12) "
        + layers
        + " @CrossEntropyLoss "
        + optimizer
        + " public interface Net {}";
  }

  static Stream<Case> descents() {
    return Stream.of(
        new Case("linear", network(LINEAR, PLAIN)),
        new Case("recurrent", network(RECURRENT, PLAIN)),
        new Case("convolved", network(CONVOLVED, PLAIN)),
        new Case("normed", network(NORMED, PLAIN)),
        new Case("mixed", network(NORMED, PLAIN + " @Training(precision = Precision.BF16)")));
  }

  static Stream<Case> cases() {
    String adam = network(LINEAR, "@AdamW(lr = 0.01)");
    List<Case> others =
        List.of(
            new Case("momentum", network(NORMED, "@SGD(lr = 0.1, momentum = 0.9)")),
            new Case("decay", network(NORMED, "@SGD(lr = 0.1, weightDecay = 0.1)")),
            new Case("adam", adam),
            new Case("clipped", adam, it -> it.clipGradNorm(0.1)),
            new Case("accumulated", adam, it -> it.accumulate(3)),
            new Case("averaged", adam, it -> it.ema(0.9)),
            new Case("frozen", adam, it -> it.freeze("0")));
    return Stream.concat(descents(), others.stream());
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

    Look(boolean wants) {
      this.wants = wants;
    }

    @Override
    public void began(Run run) {
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
    List<Float> expected = run(some, false).losses;
    assertEquals(15, expected.size());
    Look watched = run(some, true);
    assertEquals(expected, watched.losses);
    assertEquals(15, watched.gradients.size());
  }

  @ParameterizedTest
  @MethodSource("descents")
  void theyAreThoseOfTheUpdate(Case some) {
    Look look = run(some, true);
    boolean moved = false;
    for (int step = 0; step < look.gradients.size(); step++) {
      Map<String, float[]> before = look.values.get(step);
      for (var entry : look.gradients.get(step).entrySet()) {
        float[] stepped = before.get(entry.getKey()).clone();
        float[] gradient = entry.getValue();
        for (int i = 0; i < stepped.length; i++) {
          stepped[i] -= (float) LR * gradient[i];
          moved |= Math.abs(gradient[i]) > 1e-3;
        }
        float[] after = look.values.get(step + 1).get(entry.getKey());
        assertArrayEquals(after, stepped, 1e-6f, entry.getKey() + " in step " + step);
      }
    }
    assertTrue(moved);
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
      assertEquals(15, watched.gradients.size());
    }
  }

  /** Where nobody asks gradients are not looked at, nor made. */
  @Test
  void nobodyIsShownWhatNobodyWants() {
    assertEquals(List.of(), run(cases().findFirst().orElseThrow(), false).gradients);
  }
}
