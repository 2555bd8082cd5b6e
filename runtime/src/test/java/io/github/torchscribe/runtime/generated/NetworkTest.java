package io.github.torchscribe.runtime.generated;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.torchscribe.runtime.learner.Summary;
import io.github.torchscribe.runtime.torch.TensorSpec;
import io.github.torchscribe.runtime.torch.Workload;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a blueprint's statements say of each layer. */
class NetworkTest {
  private static Blueprint blueprint(String... joined) {
    return Blueprint.of("Net", Workload.MATRIX_PRODUCTS)
        .input(TensorSpec.numbers(8))
        .output(8)
        .layer("left", "@Linear(8)", 8)
        .multiplyAdds(64)
        .layer("right", "@BatchNorm1d", 8)
        .reads("input")
        .fewestExamples(2)
        .layer("sum", "@Subtract", 8)
        .reads(joined)
        .parameter("left.weight", 0, 8, 8)
        .parameter("left.bias", 64, 8)
        .parameter("right.weight", 72, 8)
        .parameter("right.bias", 80, 8);
  }

  @Test
  void aLayerReadsWhatIsSaidAndElseTheLayerAbove() {
    List<Summary.Layer> layers = blueprint("left", "right").network().summary().layers();
    assertEquals(
        List.of(List.of(), List.of("input"), List.of("left", "right")),
        layers.stream().map(Summary.Layer::reads).toList());
    assertEquals(64, layers.get(0).multiplyAdds());
    assertEquals(List.of(72L, 16L, 0L), layers.stream().map(Summary.Layer::parameters).toList());
  }

  @Test
  void whatIsSaidOfALayerBesidesStays() {
    assertEquals(
        "layer right @BatchNorm1d of Net learns only from batches of at least 2 examples",
        blueprint("left", "right").network().lackOfExamples(1, path -> false).orElseThrow());
  }

  /** So that no checkpoint is gone on with after values have changed their places. */
  @Test
  void aNetworkOfOtherWiresIsAnother() {
    List<String> lines = blueprint("left", "right").network().identity();
    assertEquals("left @Linear(8)", lines.get(1));
    assertEquals("sum @Subtract reads left, right", lines.get(3));
    assertEquals(
        "sum @Subtract reads right, left", blueprint("right", "left").network().identity().get(3));
  }

  @Test
  void aNameInFrontOfAnotherLayersCountsItsOwnParametersAlone() {
    Summary summary =
        Blueprint.of("Net", Workload.MATRIX_PRODUCTS)
            .input(TensorSpec.numbers(8))
            .output(2)
            .layer("head", "@Linear(4)", 4)
            .layer("head.last", "@Linear(2)", 2)
            .parameter("head.weight", 0, 4, 8)
            .parameter("head.last.weight", 32, 2, 4)
            .network()
            .summary();
    assertEquals(
        List.of(32L, 8L), summary.layers().stream().map(Summary.Layer::parameters).toList());
    assertEquals(40, summary.parameters());
  }
}
