package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.learner.Parameter;
import io.github.torchscribe.runtime.torch.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whichever way a batch is divided among however many threads, what comes out is the same. */
class WaysToDivideTest {
  /** Read by the runtime; stated in words, as users would. */
  private static final String SHARES = "torchscribe.shares";

  private static final int EXAMPLES = 24;

  private final int before = Threads.count();
  private final PointerScope scope = new PointerScope();

  @AfterEach
  void asBefore() {
    System.clearProperty(SHARES);
    Threads.set(before);
    scope.close();
  }

  /** Networks whose gradients come about in all the ways that there are. */
  enum Net {
    /** The products that would give gradients update the weights. */
    DESCENDING(
        "@Network(input = 20, requiresGrad = true) @Linear(96) @ReLU @Linear({96, 64}) @Tanh"
            + " @Linear({64, 3}) @CrossEntropyLoss @SGD(lr = 0.1)"),
    /** An optimizer has the gradients. */
    REMEMBERING(
        "@Network(input = 20) @Linear(96) @GELU @LayerNorm @Linear(value = 3, bias = false)"
            + " @CrossEntropyLoss @Adam(lr = 0.01)"),
    /** Gradients come in pieces, one for each share of the rows. */
    TEXTS(
        "@Network(input = 10) @Embedding({30, 16}) @SelfAttention(heads = 2)"
            + " @LayerNorm @Linear(48) @ReLU @Flatten @Linear(3) @CrossEntropyLoss @SGD(lr = 0.1)"),
    /** Convolutions are not divided by columns, what comes behind is. */
    IMAGES(
        "@Network(input = {2, 8, 8}) @Conv2d(value = {2, 8}, kernelSize = 3) @ReLU @MaxPool2d(2)"
            + " @Flatten @Linear(80) @ReLU @Linear(3) @CrossEntropyLoss @SGD(lr = 0.1)");

    private final String declaration;

    Net(String declaration) {
      this.declaration = declaration;
    }

    Model model() {
      return Networks.model(declaration + " public interface Net" + ordinal() + " {}", 5);
    }

    Tensor input() {
      torch.manual_seed(6);
      return switch (this) {
        case TEXTS -> torch.randint(30, new long[] {EXAMPLES, 10}, longs());
        case IMAGES -> torch.randn(EXAMPLES, 2, 8, 8);
        default -> torch.randn(EXAMPLES, 20);
      };
    }
  }

  private static TensorOptions longs() {
    return new TensorOptions(torch.ScalarType.Long);
  }

  /** A way: so many shares, by rows, among so many threads. */
  private static void divide(int shares, int threads) {
    System.setProperty(SHARES, "" + shares);
    Threads.set(threads);
  }

  /** What some steps and all besides come to. */
  private static List<Tensor> numbers(Net net) {
    List<Tensor> all = new ArrayList<>();
    try (Model model = net.model()) {
      Tensor input = net.input();
      Tensor target = torch.arange(new Scalar(EXAMPLES), longs()).remainder(new Scalar(3));
      all.add(torch.tensor(model.backward(input, target)));
      model.parameters().forEach(parameter -> all.add(parameter.gradient().clone()));
      if (net == Net.DESCENDING) {
        all.add(model.inputGradient());
      }
      all.add(model.forwardTraining(input));
      model.backward(target);
      model.parameters().forEach(parameter -> all.add(parameter.gradient().clone()));
      for (int step = 0; step < 3; step++) {
        all.add(torch.tensor(model.step(input, target)));
      }
      for (long few : new long[] {5, EXAMPLES, 1}) { // other sizes, and the first again
        all.add(torch.tensor(model.step(input.narrow(0, 0, few), target.narrow(0, 0, few))));
        all.add(model.forward(input.narrow(0, 0, few)));
      }
      model.parameters().stream().map(Parameter::value).map(Tensor::clone).forEach(all::add);
    }
    return all;
  }

  @ParameterizedTest
  @EnumSource
  void allComeToTheSame(Net net) {
    divide(1, 1);
    List<Tensor> expected = numbers(net);
    for (int[] way : new int[][] {{1, 2}, {1, 3}, {2, 4}, {2, 7}, {3, 3}, {1, 16}}) {
      divide(way[0], way[1]);
      List<Tensor> others = numbers(net);
      assertEquals(expected.size(), others.size());
      for (int i = 0; i < others.size(); i++) {
        double scale = Math.max(1e-3, expected.get(i).abs().max().item_double());
        double apart = expected.get(i).sub(others.get(i)).abs().max().item_double();
        String what = net + ", " + way[0] + " of " + way[1] + ", number " + i + ": " + apart;
        assertTrue(apart <= 2e-5 * scale, what);
      }
    }
  }

  /** Who computes a part, and with how many others, is not to be seen in what comes out. */
  @Test
  void theSameDigitsHoweverManyCoresAreLeft() {
    divide(2, 6);
    float[] expected = losses(20);
    AtomicBoolean over = new AtomicBoolean();
    CompletableFuture<Void> other =
        CompletableFuture.runAsync(
            () -> {
              while (!over.get()) {
                losses(5);
              }
            });
    try {
      for (int i = 0; i < 5; i++) {
        assertArrayEquals(expected, losses(20));
      }
    } finally {
      over.set(true);
      other.join();
    }
  }

  private static float[] losses(int steps) {
    float[] losses = new float[steps];
    PointerScope scope = new PointerScope();
    try (Model model = Net.DESCENDING.model()) {
      Tensor input = torch.ones(EXAMPLES, 20).cumsum(0).div(new Scalar(EXAMPLES));
      Tensor target = torch.ones(new long[] {EXAMPLES}, longs());
      for (int i = 0; i < steps; i++) {
        losses[i] = model.step(input, target);
      }
    } finally {
      scope.close();
    }
    return losses;
  }

  /**
   * Its weight's gradient is written through a view of its own in each step. As a whole it would
   * come as many small products, whose sums are in two pieces; as halves of 31 rows it does not.
   */
  @Test
  void aLongRunHasTheDigitsOfOneThatWasTakenUpAgain() {
    String pairs =
        """
        @Network(input = 30) @SGD(lr = 0.01) @MSELoss
        public interface Pairs {
          @Linear(7)
          Tensor left(Tensor input);

          @Linear(8) @Tanh
          Tensor right(Tensor input);

          @Bilinear(62)
          Tensor meeting(Tensor left, Tensor right);
        }
        """;
    divide(1, 2);
    try (Model whole = Networks.model(pairs, 3);
        Model resumed = Networks.model(pairs, 4)) {
      torch.manual_seed(6);
      Tensor input = torch.randn(300, 30);
      Tensor target = torch.randn(300, 62);
      for (int step = 0; step < 1_050; step++) {
        whole.step(input, target);
      }
      resumed.copyFrom(whole);
      for (int step = 1_051; step <= 1_100; step++) {
        assertEquals(whole.step(input, target), resumed.step(input, target), "step " + step);
      }
      List<Parameter> others = resumed.parameters();
      for (int i = 0; i < others.size(); i++) {
        assertTrue(torch.equal(whole.parameters().get(i).value(), others.get(i).value()));
      }
    }
  }

  @Test
  void aSummarySaysHowABatchIsDivided() {
    Threads.set(16);
    String wide =
        "@Network(input = 64) @Linear(4096) @ReLU @Linear(4096) @ReLU @Linear(3) @CrossEntropyLoss"
            + " @SGD(lr = 0.1) @Training(batchSize = 200) public interface Broad {}";
    try (Model model = Networks.model(wide, 1)) {
      assertTrue(
          model
              .summary()
              .toString()
              .endsWith("a batch of 200 on 16 threads: products among 16 workers"),
          model.summary()::toString);
    }
    String dropping =
        "@Network(input = 64) @Linear(64) @Dropout @Linear(3) @CrossEntropyLoss"
            + " @SGD(lr = 0.1) @Training(batchSize = 200) public interface Dropping {}";
    try (Model model = Networks.model(dropping, 1)) {
      assertTrue(
          model
              .summary()
              .toString()
              .endsWith("a batch of 200 on 16 threads: not divided, OpenBLAS' threads"),
          model.summary()::toString);
    }
  }
}
