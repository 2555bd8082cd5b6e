package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.torch.Threads;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Networks whose products are large enough to be computed as many small ones learn what autograd,
 * whose products are libtorch's, makes them learn.
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

  @BeforeAll
  static void prepare() {
    Networks.prepare(
        Stream.of(ROWS, PLACES)
            .flatMap(
                one -> Stream.of("GENERATED", "AUTOGRAD").map(way -> one.replace("WAY", way))));
  }

  @ParameterizedTest
  @CsvSource({"ROWS, 1", "ROWS, 2", "PLACES, 1", "PLACES, 2"})
  void learnWhatAutogradMakesThemLearn(String network, int threads) {
    boolean rows = network.equals("ROWS");
    String declaration = rows ? ROWS : PLACES;
    int before = Threads.count();
    Threads.set(threads);
    try (PointerScope scope = new PointerScope();
        Model generated = Networks.model(declaration.replace("WAY", "GENERATED"), 3);
        Model autograd = Networks.model(declaration.replace("WAY", "AUTOGRAD"), 3)) {
      torch.manual_seed(7);
      Tensor input = rows ? torch.randn(BATCH, 300) : torch.randn(BATCH, 24, 96);
      Tensor target = rows ? torch.randn(BATCH, 20) : torch.randn(BATCH, 24, 96);
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

  private static void near(String what, Tensor wanted, Tensor seen) {
    double difference = seen.sub(wanted).abs().max().item_double();
    double largest = Math.max(wanted.abs().max().item_double(), 1e-4);
    assertTrue(difference <= 2e-4 * largest, what + " differs by " + difference + " of " + largest);
  }
}
