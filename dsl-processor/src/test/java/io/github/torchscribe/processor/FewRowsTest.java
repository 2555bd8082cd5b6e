package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Model;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Of few examples products lie one feature after the other, of one example attention copies no
 * heads, of many neither: all get what they get alone and together.
 */
class FewRowsTest {
  private static final String INPUT = "{12, 6}";
  private static final int MANY = 200;
  private static final List<Integer> FEW = List.of(1, 2, 5, 16);

  /** Wide enough for products of few rows to be multiplied by blocks. */
  private static final String WIDE =
      """
      @Network
      public interface Few {
        @SelfAttention(heads = 4) @Residual @LayerNorm
        Tensor attended(@Input({12, 120}) Tensor words);

        @Linear(480) @GELU @Linear(value = 600, bias = false) @Tanh @Linear(120) @Residual @LayerNorm
        Tensor considered(Tensor attended);

        @SelfAttention(heads = 4, bias = false) @SelfAttention(heads = 1)
        Tensor seen(Tensor considered);
      }
      """;

  private static final List<String> WITH_ATTENTION =
      List.of(
          WIDE,
          """
          @Network
          public interface Few {
            @Residual @LayerNorm @SelfAttention(heads = 3)
            Tensor attended(@Input({12, 6}) Tensor words);

            @Residual @LayerNorm @Linear(20) @GELU @Dropout(0.1) @Linear(6)
            Tensor considered(Tensor attended);

            @SelfAttention(heads = 2, causal = true) @SelfAttention(heads = 1)
            Tensor seen(Tensor considered);
          }
          """,
          """
          @Network
          public interface Few {
            @Linear(9) Tensor left(@Input({12, 6}) Tensor words);

            @Linear(9) @Tanh Tensor right(Tensor words);

            @Attention(heads = 3) Tensor seen(Tensor left, Tensor right);

            @Add Tensor sum(Tensor seen, Tensor right);

            @Multiply @Linear(4) Tensor product(Tensor sum, Tensor left);
          }
          """);

  static Stream<String> networks() {
    return Stream.concat(
        WITH_ATTENTION.stream(),
        RandomActivations.ALL.stream()
            .map(
                activation ->
                    "@Network(input = "
                        + INPUT
                        + ") @Linear(20) "
                        + activation
                        + " @Linear(7) "
                        + activation
                        + " public interface Few {}"));
  }

  @BeforeAll
  static void prepare() {
    Networks.prepare(networks());
  }

  @ParameterizedTest
  @MethodSource("networks")
  void areAnsweredAsAmongMany(String network) {
    try (PointerScope scope = new PointerScope();
        Model model = Networks.model(network, 3)) {
      torch.manual_seed(5);
      Tensor examples = torch.randn(MANY, 12, network.equals(WIDE) ? 120 : 6);
      scope.attach(examples);
      Tensor all = model.forward(examples).clone();
      double largest = all.abs().max().item_double();
      for (int few : FEW) {
        for (int from = 0; from + few <= MANY; from += MANY / 4) {
          Tensor some = model.forward(examples.narrow(0, from, few));
          double difference = some.sub(all.narrow(0, from, few)).abs().max().item_double();
          assertTrue(
              difference <= 1e-5 * largest, few + " from " + from + " differ by " + difference);
        }
      }
    }
  }
}
