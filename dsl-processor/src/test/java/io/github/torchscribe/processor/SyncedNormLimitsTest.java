package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.engine.Learning;
import io.github.torchscribe.runtime.learner.Parameter;
import io.github.torchscribe.runtime.torch.Peers;
import io.github.torchscribe.runtime.torch.Threads;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Norms that ask other ranks, where numbers are large, parts uneven, norms frozen, ranks gone. */
class SyncedNormLimitsTest {
  private static final String NET =
      "@Network(input = {2, 5, 4}, gradient = Network.Gradient.%s)"
          + " @Conv2d(value = 4, kernelSize = 2, bias = false) @BatchNorm2d(sync = true)"
          + " @Flatten @Linear(3) @CrossEntropyLoss @SGD(lr = 0.1) public interface Net {}";
  private static final String FIRST =
      "@Network(input = 5, gradient = Network.Gradient.%s)"
          + " @BatchNorm1d(sync = true, affine = false, momentum = 1)"
          + " @Linear(3) @CrossEntropyLoss @SGD(lr = 0.1) public interface Net {}";

  private int threads;

  @BeforeEach
  void oneThreadForEach() {
    threads = Threads.count();
    Threads.set(1);
  }

  @AfterEach
  void asBefore() {
    Threads.set(threads);
  }

  private static Model model(String net, String gradient) {
    return Networks.model(net.replace("%s", gradient), 3);
  }

  private static Tensor drawn(long... shape) {
    torch.manual_seed(8);
    return torch.randn(shape);
  }

  private static Tensor classes(long count) {
    return TestDevice.there(
        torch.randint(3, new long[] {count}, new TensorOptions(torch.ScalarType.Long)));
  }

  /**
   * Sums of squares in 32 bits would have nothing left of a variance of 1. Each rank's mean is one
   * of 32 bits, as PyTorch's is, which of 10,000 leaves half a thousandth.
   */
  @ParameterizedTest
  @ValueSource(strings = {"GENERATED", "AUTOGRAD"})
  void ofLargeMeansTheVarianceStaysRight(String gradient) {
    Tensor x = drawn(4000, 5).add_(new Scalar(10_000.0));
    Tensor exact = x.to(torch.ScalarType.Double);
    Tensor variance = exact.var(new long[] {0}, true, false).to(torch.ScalarType.Float);
    new Ranks(2)
        .run(
            self -> {
              try (Model model = model(FIRST, gradient)) {
                Ranks.join(model, self);
                Tensor part = x.narrow(0, 2000L * self.rank(), 2000);
                model.backward(TestDevice.there(part), classes(2000));
                Tensor found = model.buffers().get("0.running_var").cpu();
                double apart = found.sub(variance).abs().max().item_double();
                assertTrue(apart < 2e-4, () -> found + " apart by " + apart);
              }
            });
  }

  /** Counts travel with sums: what goes on is that of all examples, not of all ranks. */
  @ParameterizedTest
  @ValueSource(strings = {"GENERATED", "AUTOGRAD"})
  void partsMayBeUneven(String gradient) {
    Tensor classes = classes(9);
    assertOneProcess(NET, gradient, drawn(9, 2, 5, 4), classes, 7, 7.0 / 9);
  }

  /** A rank in which more targets count than in another has more to say. */
  @ParameterizedTest
  @ValueSource(strings = {"GENERATED", "AUTOGRAD"})
  void partsMayCountForMore(String gradient) {
    Tensor classes = classes(8);
    classes.narrow(0, 2, 3).fill_(new Scalar(-100.0)); // of rank 0 two count, of rank 1 three
    assertOneProcess(NET, gradient, drawn(8, 2, 5, 4), classes, 4, 2.0 / 5);
  }

  /**
   * Two ranks against one process: what comes out, what is remembered and all gradients.
   *
   * @param first how many examples rank 0 has
   * @param counts what its loss is of that of all
   */
  private static void assertOneProcess(
      String net, String gradient, Tensor inputs, Tensor y, int first, double counts) {
    Tensor x = TestDevice.there(inputs);
    Tensor whole;
    Map<String, Tensor> expected;
    try (Model model = model(net, gradient)) {
      whole = model.forwardTraining(x);
      model.backward(y);
      expected = StateDict.of(model);
      model.parameters().forEach(p -> expected.put(p.name(), p.gradient().clone()));
    }
    long rows = x.size(0);
    new Ranks(2)
        .run(
            self -> {
              try (Model model = model(net, gradient)) {
                Ranks.join(model, self);
                long from = self.rank() == 0 ? 0 : first;
                long count = self.rank() == 0 ? first : rows - first;
                Tensor mine = model.forwardTraining(x.narrow(0, from, count));
                model.backward(y.narrow(0, from, count));
                assertNear(whole.narrow(0, from, count), mine, "output");
                Scalar weight = new Scalar(self.rank() == 0 ? counts : 1 - counts);
                for (Parameter parameter : model.parameters()) {
                  self.sum(parameter.gradient().mul_(weight));
                  assertNear(
                      expected.get(parameter.name()), parameter.gradient(), parameter.name());
                }
                model
                    .buffers()
                    .forEach((name, numbers) -> assertNear(expected.get(name), numbers, name));
              }
            });
  }

  /** A mean over nothing is no number, and must not become that of others. */
  @ParameterizedTest
  @ValueSource(strings = {"GENERATED", "AUTOGRAD"})
  void whereNothingCountsOthersGoOn(String gradient) {
    Tensor x = TestDevice.there(drawn(8, 2, 5, 4));
    Tensor y = classes(8);
    y.narrow(0, 4, 4).fill_(new Scalar(-100.0));
    new Ranks(2)
        .run(
            self -> {
              try (Model model = model(NET, gradient)) {
                Ranks.join(model, self);
                long from = 4L * self.rank();
                model.backward(x.narrow(0, from, 4), y.narrow(0, from, 4));
                if (self.rank() == 0) {
                  for (Parameter parameter : model.parameters()) {
                    assertFalse(parameter.gradient().isnan().any().item_bool(), parameter.name());
                  }
                }
              }
            });
  }

  private static void assertNear(Tensor expected, Tensor actual, String what) {
    assertTrue(torch.allclose(expected, actual, 1e-5, 1e-6, false), what);
  }

  /** In bfloat16 convolutions compute, and norms in 32 bits, as they do in one process. */
  @Test
  void inMixedPrecisionRanksAreOneProcessToo() {
    String mixed = NET.replace("@SGD", "@Training(batchSize = 8, precision = Precision.BF16) @SGD");
    Tensor x = TestDevice.there(drawn(8, 2, 5, 4));
    Tensor whole;
    Map<String, Tensor> expected;
    try (Model model = model(mixed, "GENERATED")) {
      whole = model.forwardTraining(x);
      expected = StateDict.of(model);
    }
    new Ranks(2)
        .run(
            self -> {
              try (Model model = model(mixed, "GENERATED")) {
                Ranks.join(model, self);
                Tensor mine = model.forwardTraining(x.narrow(0, 4L * self.rank(), 4));
                Tensor same = whole.narrow(0, 4L * self.rank(), 4);
                assertTrue(torch.allclose(same, mine, 1e-2, 1e-2, false), "output");
                model
                    .buffers()
                    .forEach((name, numbers) -> assertNear(expected.get(name), numbers, name));
              }
            });
  }

  /** What is frozen goes by running statistics, for which nobody has to be asked. */
  @ParameterizedTest
  @ValueSource(strings = {"GENERATED", "AUTOGRAD"})
  void whatIsFrozenAsksNobody(String gradient) {
    Ranks ranks = new Ranks(2);
    Tensor x = TestDevice.there(drawn(8, 2, 5, 4));
    ranks.run(
        self -> {
          try (Model model = model(NET, gradient)) {
            Ranks.join(model, self);
            model.backward(x, classes(8));
            Ranks.engine(model)
                .learn(new Learning(Ranks.engine(model).network(), List.of("1"), Map.of()));
            model.backward(x, classes(8));
            model.forward(x);
          }
        });
    assertEquals(List.of(2, 2), ranks.sums());
  }

  /** A rank that is told of others that are gone says so itself, whoever goes back. */
  @ParameterizedTest
  @ValueSource(strings = {"GENERATED", "AUTOGRAD"})
  void whoHasLostTheOthersSaysSo(String gradient) {
    IllegalStateException lost = new IllegalStateException("rank 1 has gone");
    Tensor x = TestDevice.there(drawn(8, 2, 5, 4));
    for (int last = 0; last < 2; last++) {
      Lost peers = new Lost(last, lost);
      try (Model model = model(NET, gradient)) {
        Ranks.join(model, peers);
        assertSame(
            lost,
            assertThrows(IllegalStateException.class, () -> model.backward(x, classes(8))),
            "after " + last);
        Ranks.join(model, Peers.NONE);
        model.backward(x, classes(8));
      }
    }
  }

  /** One of two ranks, whose other has nothing, until it is gone. */
  private static final class Lost implements Peers {
    private final RuntimeException thrown;
    private int left;

    Lost(int left, RuntimeException thrown) {
      this.left = left;
      this.thrown = thrown;
    }

    @Override
    public int rank() {
      return 0;
    }

    @Override
    public int size() {
      return 2;
    }

    @Override
    public void sum(Tensor numbers) {
      if (left-- == 0) {
        throw thrown;
      }
    }
  }
}
