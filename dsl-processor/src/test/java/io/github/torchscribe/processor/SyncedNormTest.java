package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.learner.Parameter;
import io.github.torchscribe.runtime.torch.Peers;
import io.github.torchscribe.runtime.torch.Shapes;
import io.github.torchscribe.runtime.torch.Threads;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Ranks whose norms ask each other against one process that has the whole batch: what comes out,
 * all gradients, weights and running statistics.
 */
class SyncedNormTest {
  private static final long SEED = 3;
  private static final int STEPS = 20;
  private static final int ROWS = 12;

  private static final List<String> GRADIENTS = List.of("GENERATED", "AUTOGRAD");

  private int threads;

  /**
   * A network.
   *
   * @param text all but how it is differentiated, and whether norms ask others
   * @param norms how many do
   * @param input the shape of one example
   */
  private record Net(String text, int norms, long... input) {
    private static final String HEAD =
        "@Network(input = {%s}%s) %s @CrossEntropyLoss @SGD(lr = 0.1, momentum = 0.9)"
            + " @SuppressWarnings(\"torchscribe:TS101\")";

    static Net of(int norms, String input, String layers) {
      String how = ", gradient = Network.Gradient.GRADIENT, requiresGrad = true";
      return of(norms, input, how, layers, "public interface Net {}");
    }

    static Net of(int norms, String input, String how, String layers, String type) {
      String text = String.format(Locale.ROOT, HEAD, input, how, layers) + type;
      return new Net(
          text, norms, Stream.of(input.split(", ")).mapToLong(Long::parseLong).toArray());
    }

    Model model(String gradient, boolean sync) {
      return Networks.model(declaration(gradient, sync), SEED);
    }

    String declaration(String gradient, boolean sync) {
      return text.replace("GRADIENT", gradient).replace("SYNC", "sync = " + sync);
    }

    Tensor examples() {
      torch.manual_seed(5);
      Tensor drawn = torch.randn(Shapes.batch(ROWS, input));
      return TestDevice.there(drawn.mul_(new Scalar(2.0)).add_(new Scalar(1.5)));
    }

    @Override
    public String toString() {
      return text.replaceAll("@Network\\([^)]*\\)|@CrossEntropyLoss.*?\\)|@Suppress.*?\\)", "");
    }
  }

  static Stream<Net> nets() {
    return Stream.of(
        Net.of(1, "6", "@Linear(value = 8, bias = false) @BatchNorm1d(SYNC) @ReLU @Linear(3)"),
        Net.of(
            2,
            "6",
            "@BatchNorm1d(value = 6, SYNC) @Linear(8)"
                + " @BatchNorm1d(affine = false, momentum = 0.3, eps = 1e-3, SYNC) @Linear(3)"),
        Net.of(
            1, "2, 9", "@Conv1d(value = 4, kernelSize = 3) @BatchNorm1d(SYNC) @Flatten @Linear(3)"),
        Net.of(
            2,
            "2, 5, 4",
            "@Conv2d(value = 6, kernelSize = 2, bias = false) @BatchNorm2d(SYNC) @ReLU"
                + " @Conv2d(value = 4, kernelSize = 2) @BatchNorm2d(affine = false, SYNC)"
                + " @Flatten @Linear(3)"),
        Net.of(
            1, // the other is each rank's own
            "1, 6, 6",
            "@BatchNorm2d(SYNC) @Conv2d(value = 4, kernelSize = 3, padding = 1)"
                + " @ReLU @MaxPool2d(2) @AdaptiveAvgPool2d(1) @Flatten @Linear(3)"),
        Net.of(
            1,
            "2, 4, 5, 3",
            "@Conv3d(value = 3, kernelSize = 2) @BatchNorm3d(SYNC) @Flatten @Linear(3)"));
  }

  /** What the user puts together: a norm that is used twice, and one for which nothing learns. */
  private static final Net STACKS =
      Net.of(
          4,
          "6",
          "",
          "",
          """
          public interface Net {
            @BatchNorm1d(SYNC)
            Tensor given(Tensor x);
            @Linear(value = {6, 6}, bias = false) @BatchNorm1d(SYNC) @Tanh
            Tensor body(Tensor x);
            @BatchNorm1d(affine = false, value = 6, SYNC) @Linear({6, 3})
            Tensor head(Tensor x);
            default Tensor forward(Tensor x) { return head(body(body(given(x)))); }
          }
          """);

  private static Tensor classes() {
    torch.manual_seed(6);
    TensorOptions whole = new TensorOptions(torch.ScalarType.Long);
    return TestDevice.there(torch.randint(3, new long[] {ROWS}, whole));
  }

  /** A rank's part, as DistributedSampler has it. */
  private static Tensor part(Tensor all, Peers self) {
    return all.unflatten(0, -1, self.size()).select(1, self.rank()).contiguous();
  }

  /** Trains as a group does, and gives what came of it. */
  private static Map<String, Tensor> train(Net net, Model model, Peers self, Tensor x, Tensor y) {
    Map<String, Tensor> all = new TreeMap<>();
    Scalar size = new Scalar((double) self.size());
    all.put("rows of the output", model.forwardTraining(x));
    model.backward(y);
    if (net.text.contains("requiresGrad")) {
      all.put("rows of the input's gradient", model.inputGradient().div(size));
    }
    for (int step = 0; step < STEPS; step++) {
      model.backward(x, y);
      for (Parameter parameter : model.parameters()) {
        self.sum(parameter.gradient());
        parameter.gradient().div_(size);
        if (step == 0) {
          all.put("gradient of " + parameter.name(), parameter.gradient().clone());
        }
      }
      model.update();
    }
    all.putAll(StateDict.of(model));
    all.put("rows of an evaluation", model.forward(x));
    return all;
  }

  /** Ranks with a part each; what they have in common is so to the last bit. */
  private static Map<String, Tensor> trained(Net net, String gradient, int size, Ranks ranks) {
    Tensor x = net.examples();
    Tensor y = classes();
    List<Map<String, Tensor>> all = new ArrayList<>(Collections.nCopies(size, Map.of()));
    ranks.run(
        self -> {
          try (Model model = net.model(gradient, true)) {
            Ranks.join(model, self);
            all.set(self.rank(), train(net, model, self, part(x, self), part(y, self)));
          }
        });
    Map<String, Tensor> together = new TreeMap<>();
    for (String name : all.get(0).keySet()) {
      Tensor[] each = all.stream().map(mine -> mine.get(name)).toArray(Tensor[]::new);
      if (name.startsWith("rows")) {
        together.put(name, torch.stack(new TensorVector(each), 1).flatten(0, 1));
      } else {
        Arrays.stream(each).forEach(one -> assertTrue(one.equal(each[0]), name));
        together.put(name, each[0]);
      }
    }
    return together;
  }

  private static Map<String, Tensor> whole(Net net, String gradient, boolean sync) {
    try (Model model = net.model(gradient, sync)) {
      return train(net, model, Peers.NONE, net.examples(), classes());
    }
  }

  private static void assertNear(Map<String, Tensor> expected, Map<String, Tensor> actual) {
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach(
        (name, tensor) -> {
          double largest = tensor.abs().max().item_double();
          double apart = tensor.sub(actual.get(name)).abs().max().item_double();
          assertTrue(apart <= 1e-5 * largest + 1e-6, () -> name + ": " + apart + " of " + largest);
        });
  }

  @ParameterizedTest
  @MethodSource("nets")
  void ranksAreOneProcessWithTheWholeBatch(Net net) {
    for (String gradient : GRADIENTS) {
      Map<String, Tensor> expected = whole(net, gradient, false);
      for (int size = 2; size <= 4; size++) {
        Ranks ranks = new Ranks(size);
        assertNear(expected, trained(net, gradient, size, ranks));
        int messages = 2 * net.norms * (STEPS + 1) + gradients(expected) * STEPS;
        assertEquals(Collections.nCopies(size, messages), ranks.sums());
      }
    }
  }

  private static int gradients(Map<String, Tensor> all) {
    return (int) all.keySet().stream().filter(name -> name.startsWith("gradient")).count();
  }

  @Test
  void soAreRanksOfWhatTheUserPutsTogether() {
    Map<String, Tensor> expected = whole(STACKS, "AUTO", false);
    Ranks ranks = new Ranks(2);
    assertNear(expected, trained(STACKS, "AUTO", 2, ranks));
    // Four norms ask on their way there, and on the way back all but the first, where nothing
    // before it learns.
    int messages = 7 * (STEPS + 1) + gradients(expected) * STEPS;
    assertEquals(List.of(messages, messages), ranks.sums());
  }

  @ParameterizedTest
  @MethodSource("nets")
  void oneProcessDoesTheSameToTheLastBit(Net net) {
    for (String gradient : GRADIENTS) {
      Map<String, Tensor> plain = whole(net, gradient, false);
      Map<String, Tensor> synced = whole(net, gradient, true);
      plain.forEach((name, tensor) -> assertTrue(tensor.equal(synced.get(name)), name));
    }
  }

  /** Else none of these tests would say anything. */
  @Test
  void ranksThatDoNotAskComeToSomethingElse() {
    Net apart = new Net(nets().toList().get(0).text.replace("SYNC", "sync = false"), 0, 6);
    Ranks ranks = new Ranks(2);
    assertThrows(
        AssertionError.class,
        () -> assertNear(whole(apart, "GENERATED", false), trained(apart, "GENERATED", 2, ranks)));
  }

  /** Each row twice, so that both ranks have half of what PyTorch's one process had. */
  @ParameterizedTest
  @ValueSource(strings = {"batchnorm1d-3", "batchnorm2d-4", "batchnorm3d-2"})
  void twoRanksLearnWhatPyTorchDoes(String name) throws IOException {
    ParityTable.Row row =
        ParityTable.rows().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    Fixture python = row.fixture();
    Tensor order = torch.tensor(new long[] {0, 2, 0, 3, 1, 3, 1, 4, 2, 4});
    Tensor x = python.get("input").index_select(0, TestDevice.there(order));
    Tensor y = python.get("target").index_select(0, TestDevice.there(order));
    for (String gradient : GRADIENTS) {
      new Ranks(2)
          .run(
              self -> {
                try (Model model = Networks.model(row.declaration(gradient), 7)) {
                  Ranks.join(model, self);
                  learnAs(python, model, self, part(x, self), part(y, self));
                }
              });
    }
  }

  private static void learnAs(Fixture python, Model model, Peers self, Tensor x, Tensor y) {
    for (int step = 0; step < 10; step++) {
      model.backward(x, y);
      for (Parameter parameter : model.parameters()) {
        self.sum(parameter.gradient());
        parameter.gradient().div_(new Scalar(2.0));
        if (step == 0) {
          assertNear("gradient." + parameter.name(), python, parameter.gradient());
        }
      }
      model.update();
    }
    model.parameters().forEach(p -> assertNear("trained." + p.name(), python, p.value()));
  }

  private static void assertNear(String name, Fixture python, Tensor actual) {
    assertNear(Map.of(name, python.get(name)), Map.of(name, actual));
  }

  @BeforeEach
  void oneThreadForEach() {
    threads = Threads.count();
    Threads.set(1);
  }

  @AfterEach
  void asBefore() {
    Threads.set(threads);
  }
}
