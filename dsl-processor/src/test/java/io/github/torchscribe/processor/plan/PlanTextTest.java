package io.github.torchscribe.processor.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.torchscribe.processor.CompilesOnly;
import io.github.torchscribe.processor.Declared;
import io.github.torchscribe.processor.source.ModelWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Graphs and plans of some networks, to the letter. After a change that is meant, {@code mvn verify
 * -Dgolden.update=true} writes them anew; read the difference before committing it.
 */
@CompilesOnly
class PlanTextTest {
  private static final Path GOLDEN = Path.of("src/test/golden");

  private static final Map<String, String> NETWORKS =
      Map.of(
          "Chain",
          """
          @Network(input = {2, 3})
          @Flatten @Linear(8) @ReLU @Linear(5) @Tanh @GELU @Linear(3)
          @CrossEntropyLoss @SGD(lr = 0.1)
          interface Net {}
          """,
          "Residual",
          """
          @Network(input = 6)
          @Linear(8) @ReLU @Use(Dense.class) @Use(Past.class) @Linear(3)
          @MSELoss @SGD(lr = 0.1)
          interface Net {}

          @Network(input = 8) @Residual @Linear(8) @ReLU @Linear(8)
          interface Dense {}

          @Network(input = 8) @Residual @Shortcut(Other.class) @Linear(5) @Tanh
          interface Past {}

          @Network(input = 8) @Linear(5)
          interface Other {}
          """,
          "Nested",
          """
          @Network(input = 8)
          @Linear(8) @Use(Outer.class) @Linear(3)
          @MSELoss @SGD(lr = 0.1)
          interface Net {}

          @Network(input = 8) @Residual @Use(Inner.class) @ReLU @Use(Inner.class)
          interface Outer {}

          @Network(input = 8) @Residual @Shortcut(Other.class) @Linear(8) @Use(Innermost.class)
          interface Inner {}

          @Network(input = 8) @Residual @Sigmoid
          interface Innermost {}

          @Network(input = 8) @Linear(8) @Use(Innermost.class)
          interface Other {}
          """,
          "Images",
          """
          @Network(input = {2, 8, 8})
          @Conv2d(value = 4, kernelSize = 3) @BatchNorm2d @ReLU @MaxPool2d(2)
          @Conv2d(value = 4, kernelSize = 1) @Upsample(scaleFactor = 2)
          @Conv2d(value = 2, kernelSize = 3) @Flatten @Linear(3)
          @CrossEntropyLoss @Adam
          interface Net {}
          """,
          "Mixed",
          """
          @Network(input = {2, 8, 8})
          @Conv2d(value = 4, kernelSize = 3) @ReLU @Use(Same.class) @Flatten
          @Linear(8) @LayerNorm @ReLU @Linear(3)
          @CrossEntropyLoss @SGD(lr = 0.1)
          @Training(batchSize = 8, precision = Precision.BF16)
          interface Net {}

          @Network(input = {4, 6, 6}) @Residual
          @Conv2d(value = 4, kernelSize = 3, padding = 1) @BatchNorm2d @ReLU
          interface Same {}
          """,
          "Sequences",
          """
          @Network(input = 6)
          @Embedding({9, 8}) @PositionalEmbedding @Use(Attend.class) @Use(Think.class)
          @LayerNorm @Linear(9)
          @CrossEntropyLoss(dim = -1) @AdamW
          interface Net {}

          @Network(input = {6, 8}) @Residual @LayerNorm @SelfAttention(heads = 2, causal = true)
          interface Attend {}

          @Network(input = {6, 8}) @Residual @LayerNorm @Linear(16) @GELU @Linear(8)
          interface Think {}
          """);

  static Set<String> names() {
    return NETWORKS.keySet();
  }

  @ParameterizedTest
  @MethodSource("names")
  void isAsCommitted(String name) throws IOException {
    String declaration = NETWORKS.get(name);
    String planned =
        declaration + "\n" + Declared.withGraph(declaration, graph -> text(Planner.plan(graph)));
    Path golden = GOLDEN.resolve(name + ".txt");
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(golden, planned);
    }
    assertEquals(Files.readString(golden), planned);
  }

  /** The offsets of generated code: writing it adds what layers keep, and lays all out. */
  private static String text(Plan plan) {
    ModelWriter.write(plan, "test", "NetModel", Optional.empty(), name -> false);
    return PlanText.of(plan);
  }
}
