package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.torch.Threads;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Networks whose products are large enough to be computed as many small ones, and whose
 * convolutions to be computed by Winograd's way, learn what autograd, whose products and
 * convolutions are libtorch's, makes them learn.
 */
class LargeProductsTest {
  private static final long BATCH = 96;

  private static final String ROWS =
      """
      @Network(input = {300}, gradient = Network.Gradient.WAY)
      @Linear(210) @ReLU @Linear(value = 150, bias = false) @Tanh @Linear(20)
      @MSELoss @SGD(lr = 0.1)
      public interface Rows {}
      """;

  private static final String PLACES =
      """
      @Network(input = {24, 96}, gradient = Network.Gradient.WAY)
      @SelfAttention(heads = 3, causal = true) @LayerNorm @Linear(400) @GELU @Linear(96)
      @SelfAttention(heads = 1, bias = false)
      @MSELoss @AdamW(lr = 0.001)
      public interface Places {}
      """;

  /** Padding is hidden, and some of what is seen dropped: then two threads have it as a whole. */
  private static final String TEXTS =
      """
      @Network(input = 20, gradient = Network.Gradient.WAY)
      @MSELoss @SGD(lr = 0.1)
      public interface Texts {
        @Embedding(value = {50, 64}, paddingIdx = 0, mask = true) @PositionalEmbedding
        Tensor words(Tensor input);

        @SelfAttention(heads = 2, dropout = 0.2) @Residual @LayerNorm
        Tensor seen(Tensor words);

        @Attention(heads = 4, causal = true) @Linear(20)
        Tensor again(Tensor seen, Tensor words);

        @MeanOver(dim = 1)
        Tensor head(Tensor again);
      }
      """;

  /** A batch norm, so that two threads have it as a whole; without it each has half of a batch. */
  private static final String NORMED =
      """
      @Network(input = {16, 15, 14}, gradient = Network.Gradient.WAY)
      @Conv2d(value = 32, kernelSize = 3, padding = 1, bias = false) @BatchNorm2d @ReLU
      @Conv2d(value = 24, kernelSize = 3) @ReLU
      @Conv2d(value = 16, kernelSize = 3, padding = 2) @AdaptiveAvgPool2d(3) @Flatten @Linear(20)
      @MSELoss @SGD(lr = 0.1)
      public interface Normed {}
      """;

  private static final String IMAGES =
      NORMED.replace("@BatchNorm2d", "").replace("Normed", "Images");

  /** As one batch norm asks for all of a batch, two threads have it as a whole. */
  private static final String TOGETHER =
      """
      @Network(input = {24, 96})
      @SelfAttention(heads = 3, causal = true) @LayerNorm @Linear(24)
      @Flatten @BatchNorm1d @Linear(20)
      @MSELoss @SGD(lr = 0.1)
      public interface Together {}
      """;

  @BeforeAll
  static void prepare() {
    Networks.prepare(Stream.of(TOGETHER));
    Networks.prepare(
        Stream.of(ROWS, PLACES, TEXTS, NORMED, IMAGES)
            .flatMap(
                one -> Stream.of("GENERATED", "AUTOGRAD").map(way -> one.replace("WAY", way))));
  }

  @ParameterizedTest
  @CsvSource({
    "ROWS, 1",
    "ROWS, 2",
    "PLACES, 1",
    "PLACES, 2",
    "TEXTS, 1",
    "TEXTS, 2",
    "NORMED, 1",
    "NORMED, 2",
    "IMAGES, 1",
    "IMAGES, 2"
  })
  void learnWhatAutogradMakesThemLearn(String network, int threads) {
    String declaration =
        switch (network) {
          case "ROWS" -> ROWS;
          case "PLACES" -> PLACES;
          case "TEXTS" -> TEXTS;
          case "NORMED" -> NORMED;
          default -> IMAGES;
        };
    int before = Threads.count();
    Threads.set(threads);
    try (PointerScope scope = new PointerScope();
        Model generated = Networks.model(declaration.replace("WAY", "GENERATED"), 3);
        Model autograd = Networks.model(declaration.replace("WAY", "AUTOGRAD"), 3)) {
      torch.manual_seed(7);
      Tensor input =
          switch (network) {
            case "ROWS" -> torch.randn(BATCH, 300);
            case "PLACES" -> torch.randn(BATCH, 24, 96);
            case "TEXTS" -> texts();
            default -> torch.randn(BATCH, 16, 15, 14);
          };
      Tensor target =
          network.equals("PLACES") ? torch.randn(BATCH, 24, 96) : torch.randn(BATCH, 20);
      scope.attach(input);
      generated.backward(input, target);
      autograd.backward(input, target);
      for (int i = 0; i < generated.parameters().size(); i++) {
        near(
            generated.parameters().get(i).name(),
            autograd.parameters().get(i).gradient(),
            generated.parameters().get(i).gradient());
      }
      for (int step = 0; step < 5; step++) {
        float loss = autograd.step(input, target);
        assertEquals(loss, generated.step(input, target), 1e-5 * loss);
      }
      near("output", autograd.forward(input), generated.forward(input));
    } finally {
      Threads.set(before);
    }
  }

  /** Digits are those of the number of threads there are, whatever it was before. */
  @ParameterizedTest
  @CsvSource({"1, 2", "2, 1"})
  void learnTheSameWhateverThreadsThereWere(int first, int then) {
    int before = Threads.count();
    try (PointerScope scope = new PointerScope();
        Model fresh = Networks.model(TOGETHER, 3);
        Model changed = Networks.model(TOGETHER, 3)) {
      torch.manual_seed(7);
      Tensor input = torch.randn(32, 24, 96);
      Tensor target = torch.randn(32, 20);
      scope.attach(input);
      Threads.set(first);
      changed.backward(input, target);
      Threads.set(then);
      changed.backward(input, target);
      fresh.backward(input, target);
      for (int i = 0; i < fresh.parameters().size(); i++) {
        assertTrue(
            torch.equal(
                fresh.parameters().get(i).gradient(), changed.parameters().get(i).gradient()),
            fresh.parameters().get(i).name());
      }
    } finally {
      Threads.set(before);
    }
  }

  /** Of 11 words at least, as the mean of none is no number. */
  private static Tensor texts() {
    Tensor words = torch.rand(BATCH, 20).mul(new Scalar(49)).add(new Scalar(1));
    Tensor lengths = torch.rand(BATCH, 1).mul(new Scalar(10)).add(new Scalar(11)).floor();
    Tensor places = torch.arange(new Scalar(20));
    return words.mul(places.lt(lengths)).to(torch.ScalarType.Long);
  }

  private static void near(String what, Tensor wanted, Tensor seen) {
    double difference = seen.sub(wanted).abs().max().item_double();
    double largest = Math.max(wanted.abs().max().item_double(), 1e-4);
    assertTrue(difference <= 2e-4 * largest, what + " differs by " + difference + " of " + largest);
  }
}
