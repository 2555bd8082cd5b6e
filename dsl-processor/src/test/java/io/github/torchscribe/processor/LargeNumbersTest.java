package io.github.torchscribe.processor;

import static io.github.torchscribe.processor.NamedNetworks.compile;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.Compilation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What does not fit into an int is a long in what is generated. */
@CompilesOnly
class LargeNumbersTest {
  /** Sizes fit into an int, what is made of them does not. */
  @Test
  void numbersAboveTwoBillion() {
    String[] layers = {
      "input = {70_000, 70_000} @ReLU @Flatten @Unflatten({35_000, 140_000}) @Flatten @Linear(2)",
      "input = {1, 70_000, 70_000} @Conv2d(value = 2, kernelSize = 60_000) @BatchNorm2d",
      "input = {1, 70_000, 70_000} @PReLU @GroupNorm(1) @LayerNorm({70_000, 70_000}) @RMSNorm",
      "input = 5 @Embedding({2_000_000_000, 2}) @Flatten @Linear(2_000_000_000)",
    };
    List<String> networks = new ArrayList<>();
    for (String layer : layers) {
      for (String gradient : List.of("GENERATED", "AUTOGRAD")) {
        networks.add(
            "@Network("
                + layer.replaceFirst(" @", ", gradient = Network.Gradient." + gradient + ") @")
                + " @MSELoss @SGD public interface Large"
                + networks.size()
                + " {}");
      }
    }
    String first = networks.remove(0);
    Compilation compilation = compile("test", first, networks.toArray(String[]::new));
    String source = Networks.generated(compilation, "Large0Model");
    assertTrue(source.contains("4900000000L"), source);
    assertTrue(source.contains("{@code @Flatten}</td><td>(N, 4900000000)</td>"), source);
  }
}
