package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.Compilation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The generated sources, to the letter. After a change that is meant, {@code mvn verify
 * -Dgolden.update=true} writes them anew; read the difference before committing it.
 */
@CompilesOnly
class GeneratedSourceTest {
  private static final Path GOLDEN = Path.of("src/test/golden");

  static final Map<String, String> NETWORKS =
      Map.of(
          "Mlp",
          """
          @Network(input = {1, 28, 28})
          @Init(Init.Scheme.KAIMING_NORMAL)
          @Flatten
          @Linear({784, 200}) @ReLU
          @Linear({200, 200}) @ReLU
          @Linear({200, 10})
          @CrossEntropyLoss
          @SGD(lr = 1e-2)
          @Training(epochs = 10, batchSize = 200, seed = 1)
          public interface Mlp {}
          """,
          "Half",
          """
          @Network(input = {3, 8, 8})
          @Conv2d(value = 16, kernelSize = 3)
          @ReLU
          @Flatten(startDim = 2)
          @SelfAttention(heads = 2, causal = true)
          @Flatten
          @Linear(10)
          @CrossEntropyLoss
          @SGD(lr = 1e-2)
          @Training(batchSize = 64, precision = Precision.BF16)
          interface Half {}
          """,
          "Everything",
          """
          @Network(input = {2, 3, 4})
          @LeakyReLU(negativeSlope = 0.2)
          @Linear(value = {4, 6}, bias = false) @Sigmoid
          @Flatten(endDim = 2)
          @Linear(5) @Softplus(beta = 2) @LeakyReLU @Tanh
          @Flatten
          @Linear(4) @SELU
          @Linear(3)
          @CrossEntropyLoss
          @SGD(lr = 0.05, momentum = 0.9, nesterov = true)
          interface Everything {}
          """,
          "Cnn",
          """
          @Network(input = {1, 28, 28})
          @Conv2d(value = 32, kernelSize = 3, bias = false)
          @BatchNorm2d
          @ReLU
          @MaxPool2d(2)
          @Conv2d(value = 64, kernelSize = 3)
          @ReLU
          @Dropout2d(0.25)
          @AdaptiveAvgPool2d(2)
          @Flatten
          @Linear(10)
          @CrossEntropyLoss
          @SGD(lr = 0.1, momentum = 0.9)
          public interface Cnn {}
          """,
          "Logistic",
          """
          @Network(input = {1, 28, 28})
          @Flatten
          @Linear(1)
          @BCEWithLogitsLoss
          @SGD
          public interface Logistic {}
          """,
          "Gpt",
          """
          @Network(input = 16, generates = true)
          @Embedding({65, 32}) @PositionalEmbedding
          @Use(Attend.class)
          @LayerNorm
          @Linear(65)
          @CrossEntropyLoss(dim = -1)
          @AdamW(lr = 1e-3)
          public interface Gpt {}

          @Network(input = {16, 32})
          @Residual @LayerNorm @SelfAttention(heads = 4, causal = true)
          interface Attend {}
          """,
          "Recurrent",
          """
          @Network(input = {28, 28})
          @LSTM(64)
          @Linear(10)
          @CrossEntropyLoss
          @SGD
          interface Recurrent {}
          """,
          "Siamese",
          """
          @Network(input = {2, 28, 28}, output = 1)
          @BCEWithLogitsLoss
          @Adam
          public interface Siamese {
            @Flatten @Linear(32) @ReLU
            Tensor encode(@Input({28, 28}) Tensor image);

            @Linear({32, 1})
            Tensor compare(Tensor distance);

            default Tensor forward(Tensor pair) {
              return compare(encode(pair.select(1, 0)).sub(encode(pair.select(1, 1))).abs());
            }
          }
          """,
          "UNet",
          """
          @Network
          @Adam
          @Training(batchSize = 16)
          public interface UNet {
            @Conv2d(value = {1, 8}, kernelSize = 3, padding = Conv2d.SAME) @ReLU
            Tensor fine(@Input({1, 16, 16}) Tensor image);

            @MaxPool2d(2) @Conv2d(value = {8, 16}, kernelSize = 3, padding = Conv2d.SAME) @ReLU
            Tensor coarse(Tensor fine);

            @Upsample(scaleFactor = 2) @Conv2d(value = {16, 8}, kernelSize = 1)
            Tensor up(Tensor coarse);

            @Concat @Conv2d(value = {16, 8}, kernelSize = 3, padding = Conv2d.SAME) @ReLU
            Tensor both(Tensor up, Tensor fine);

            @Conv2d(value = {8, 2}, kernelSize = 1) @CrossEntropyLoss
            Tensor mask(Tensor both);
          }
          """,
          "Twin",
          """
          @Network(input = 4, gradient = Network.Gradient.AUTOGRAD)
          @Linear({4, 8}) @LeakyReLU
          @Linear(value = {8, 3}, bias = false)
          @CrossEntropyLoss
          @SGD
          interface Twin {}
          """);

  static Set<String> names() {
    return NETWORKS.keySet();
  }

  @ParameterizedTest
  @MethodSource("names")
  void isAsCommitted(String name) throws IOException {
    String generated = generate(name);
    Path golden = GOLDEN.resolve(name + "Model.java");
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(GOLDEN);
      Files.writeString(golden, generated);
    }
    assertEquals(Files.readString(golden), generated);
  }

  @ParameterizedTest
  @MethodSource("names")
  void isTheSameEachTime(String name) {
    assertEquals(generate(name), generate(name));
  }

  @Test
  void aNetworkWithoutLossHasNoBackward() {
    String source =
        Networks.generated(
            Networks.compile(
                List.of("-Xlint:all", "-Werror"),
                Networks.IMPORTS + "@Network(input = 4) @Linear(3) @ReLU interface Net {}"),
            "NetModel");
    assertFalse(source.contains("backward"), source);
    assertFalse(source.contains("Grad"), source);
  }

  /** Formulas have signs that are markup to Javadoc. */
  @ParameterizedTest
  @ValueSource(strings = {"@SmoothL1Loss", "@HuberLoss(delta = 2)"})
  void formulasAreReadByJavadoc(String loss) {
    Compilation compilation =
        Networks.compile(
            List.of("-Xlint:all", "-Werror", "-Xdoclint:all,-missing"),
            Networks.IMPORTS
                + """
                class Outer {
                  @Network @SGD(lr = 0.1)
                  interface Net {
                    @Linear(4) Tensor trunk(@Input(4) Tensor x);
                    @Linear(2) LOSS Tensor first(Tensor trunk);
                    @Linear(2) @MSELoss Tensor second(Tensor trunk);
                  }
                }
                """
                    .replace("LOSS", loss));
    assertEquals(List.of(), compilation.errors());
  }

  /**
   * Of a block there is what its class file would lose; nothing refers to it, so it may be private.
   */
  @Test
  void ofABlockItsOrderIsWritten() {
    Compilation compilation =
        Networks.compile(
            List.of("-Xlint:all", "-Werror", "-Xdoclint:all,-missing"),
            Networks.IMPORTS
                + """
                class Outer {
                  @Network(input = 4) @Use(value = Inner.class, sizes = 4) @MSELoss
                  interface Net {}

                  @Block @Linear(Size.A) @ReLU @Linear(Size.A) private interface Inner {}
                }
                """);
    assertEquals(
        """
        package test;

        import io.github.torchscribe.dsl.Order;
        import javax.annotation.processing.Generated;

        /** How the block Outer.Inner is written, as far as its class file does not tell. */
        @Generated("io.github.torchscribe.processor.NetworkProcessor")
        @Order({"Block", "Linear", "ReLU", "Linear"})
        final class Outer_InnerOrder {
          private Outer_InnerOrder() {
          }
        }
        """,
        Networks.generated(compilation, "Outer_InnerOrder"));
    assertEquals(List.of(), compilation.diagnostics());
  }

  @Test
  void aPackagePrivateNetworkHasAPackagePrivateModel() {
    assertTrue(generate("Twin").contains("\nfinal class TwinModel"));
    assertTrue(generate("Mlp").contains("\npublic final class MlpModel"));
  }

  @Test
  void constantsOfTheInterfaceAndNestedTypesWork() {
    Compilation compilation =
        Networks.compile(
            List.of("-Xlint:all", "-Werror"),
            Networks.IMPORTS
                + """
                class Outer {
                  @Network(input = {Net.K, 2}) @Flatten @Linear({2 * Net.K, 3}) @Linear(Net.K)
                  interface Net { int K = 5; }
                }
                """);
    assertEquals(Compilation.Status.SUCCESS, compilation.status(), compilation.errors()::toString);
    assertTrue(Networks.generated(compilation, "Outer_NetModel").contains(".output(5)"));
  }

  /** Also under the limits of a method: 64 KB of bytecode. */
  @Test
  void twoHundredLayersTakeLittleTime() {
    StringBuilder network = new StringBuilder("@Network(input = {8, 6, 6})\n");
    for (int i = 0; i < 50; i++) {
      network.append("@Conv2d(value = 8, kernelSize = 3, padding = Conv2d.SAME)\n");
      network.append("@BatchNorm2d @ReLU @Dropout2d(0.1)\n");
    }
    network.append("@Flatten @Linear(10) @CrossEntropyLoss @SGD(lr = 0.1)\ninterface Deep {}");
    Networks.compile(List.of(), Networks.IMPORTS + "@Network(input = 4) @Linear(3) interface A {}");
    long began = System.nanoTime();
    Compilation compilation = Networks.compile(List.of(), Networks.IMPORTS + network);
    double seconds = (System.nanoTime() - began) / 1e9;
    assertEquals(Compilation.Status.SUCCESS, compilation.status(), compilation.errors()::toString);
    System.err.printf(
        Locale.ROOT, "202 layers compiled in %.2f s, javac's own work included%n", seconds);
    assertTrue(seconds < 10, "" + seconds); // a bound for hangs; the figure is what counts
  }

  @Test
  void gradleIsToldThatTheProcessorsAreIsolating() throws IOException {
    String[] lines =
        new String(
                getClass()
                    .getResourceAsStream("/META-INF/gradle/incremental.annotation.processors")
                    .readAllBytes(),
                StandardCharsets.UTF_8)
            .split("\n");
    assertEquals(
        List.of(
            NetworkProcessor.class.getName() + ",isolating",
            LocalTypeProcessor.class.getName() + ",isolating"),
        List.of(lines));
  }

  private static String generate(String name) {
    Compilation compilation =
        Networks.compile(List.of("-Xlint:all", "-Werror"), Networks.IMPORTS + NETWORKS.get(name));
    return Networks.generated(compilation, name + "Model");
  }
}
