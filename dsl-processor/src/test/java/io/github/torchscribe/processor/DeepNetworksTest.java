package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.Compilation;
import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.learner.Parameter;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import javax.tools.JavaFileObject;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * However deep a network is, javac compiles it with half of its stack, the JIT compiles each of its
 * methods, and it computes what autograd does.
 */
class DeepNetworksTest {
  /** HotSpot's HugeMethodLimit: longer ones are interpreted for ever. */
  private static final int LONGEST = 8_000;

  private static final Pattern METHOD = Pattern.compile("^  \\S.*[);{]$");

  /** javap's numbers have the digits of the locale. */
  private static final Pattern INSTRUCTION =
      Pattern.compile("^ +(\\d+): \\w+.*$", Pattern.UNICODE_CHARACTER_CLASS);

  @TempDir private Path folder;

  enum Deep {
    CHAIN(16, 4) {
      @Override
      String declaration(String gradient) {
        return network("4", gradient)
            + "@Linear(6) @SiLU ".repeat(499)
            + "@LayerNorm @Linear(3)"
            + END;
      }
    },
    TRANSFORMER(16, 4, 8) {
      @Override
      String declaration(String gradient) {
        return network("{4, 8}", gradient)
            + "@Use(value = Block.class, times = 96) @Flatten @Linear(3)"
            + END
            + """

            @Network(input = {4, 8}) @Use(Attend.class) @Use(Widen.class)
            interface Block {}

            @Network(input = {4, 8}) @Residual @LayerNorm @SelfAttention(heads = 2, causal = true)
            interface Attend {}

            @Network(input = {4, 8}) @Residual @LayerNorm @Linear(16) @GELU @Linear(8)
            interface Widen {}
            """;
      }
    },
    /** What goes past has to last over many methods. */
    LONG_RESIDUAL(16, 8) {
      @Override
      String declaration(String gradient) {
        return network("8", gradient)
            + "@Use(value = Block.class, times = 2) @Linear(3)"
            + END
            + "\n@Network(input = 8) @Residual "
            + "@LayerNorm @Linear(8) @SiLU ".repeat(70)
            + "\ninterface Block {}";
      }
    };

    private static final String END = " @CrossEntropyLoss @SGD(lr = 1e-2)\npublic interface Net {}";

    private final long[] input;

    Deep(long... input) {
      this.input = input;
    }

    abstract String declaration(String gradient);

    private static String network(String input, String gradient) {
      return "@Network(input = " + input + ", gradient = Network.Gradient." + gradient + ")\n";
    }
  }

  @ParameterizedTest
  @EnumSource
  void computeWhatAutogradDoes(Deep deep) throws Exception {
    torch.manual_seed(5);
    try (Model generated = model(deep, "GENERATED");
        Model autograd = model(deep, "AUTOGRAD");
        PointerScope scope = new PointerScope()) {
      Tensor input = torch.randn(deep.input);
      Tensor target = torch.randint(3, new long[] {deep.input[0]});
      scope.attach(input);
      assertNear("output", autograd.forward(input), generated.forward(input));
      assertEquals(autograd.backward(input, target), generated.backward(input, target), 1e-4);
      List<Parameter> expected = autograd.parameters();
      List<Parameter> actual = generated.parameters();
      double largest = expected.stream().mapToDouble(p -> largest(p.gradient())).max().orElse(0);
      for (int i = 0; i < expected.size(); i++) {
        double difference = largest(expected.get(i).gradient().sub(actual.get(i).gradient()));
        String name = expected.get(i).name();
        assertTrue(difference <= 1e-4 * largest, () -> name + " " + difference + " of " + largest);
      }
      assertEquals(autograd.step(input, target), generated.step(input, target), 1e-4);
      assertNear("output", autograd.forward(input), generated.forward(input));
    }
  }

  /** Layers on a method are divided, too. */
  @Test
  void stacksMayBeDeep() throws Exception {
    String layers = "@Linear(6) @SiLU ".repeat(300) + "@Linear(3)";
    String end = "@CrossEntropyLoss @SGD(lr = 1e-2) public interface Net {";
    String head = "@Network(input = 4, gradient = Network.Gradient.AUTOGRAD) ";
    try (Model stack =
            model(
                "a stack",
                "@Network(input = 4, output = 3) "
                    + end
                    + layers
                    + " Tensor body(Tensor x);"
                    + " default Tensor forward(Tensor x) { return body(x); } }");
        Model chain = model("a chain", head + layers + end + "}");
        PointerScope scope = new PointerScope()) {
      Tensor input = torch.randn(8, 4);
      scope.attach(input);
      assertNear("output", chain.forward(input), stack.forward(input));
    }
  }

  private Model model(Deep deep, String gradient) throws Exception {
    return model(deep + ", " + gradient, deep.declaration(gradient));
  }

  /** Compiled on half of the stack that javac has by default; no method is too long. */
  private Model model(String name, String declaration) throws Exception {
    String source = Networks.IMPORTS + declaration;
    long began = System.nanoTime();
    Compilation compilation =
        onSmallStack(() -> Networks.compile(List.of("-Xlint:all", "-Werror"), source));
    double seconds = (System.nanoTime() - began) / 1e9;
    assertEquals(Compilation.Status.SUCCESS, compilation.status(), compilation.errors()::toString);
    Map<String, Integer> lengths = lengths(compilation);
    assertTrue(lengths.size() > 10, lengths::toString);
    Map.Entry<String, Integer> longest =
        lengths.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
    System.out.printf(
        Locale.ROOT,
        "%s: javac took %.1f s, the longest of %d methods has %d bytes: %s%n",
        name,
        seconds,
        lengths.size(),
        longest.getValue(),
        longest.getKey());
    assertTrue(longest.getValue() < LONGEST, longest::toString);
    return (Model)
        Networks.load(compilation, "test.NetModel")
            .getMethod("create", long.class)
            .invoke(null, 3L);
  }

  private static void assertNear(String what, Tensor expected, Tensor actual) {
    double difference = largest(expected.sub(actual));
    double scale = largest(expected);
    assertTrue(difference <= 1e-4 * scale, () -> what + " " + difference + " of " + scale);
  }

  private static double largest(Tensor tensor) {
    return tensor.abs().max().item_double();
  }

  private static <T> T onSmallStack(Supplier<T> work) throws Exception {
    CompletableFuture<T> result = new CompletableFuture<>();
    Runnable run =
        () -> {
          try {
            result.complete(work.get());
          } catch (Throwable e) {
            result.completeExceptionally(e);
          }
        };
    new Thread(null, run, "compiler", 512 << 10).start();
    return result.get();
  }

  /** How many bytes each method has. */
  private Map<String, Integer> lengths(Compilation compilation) throws IOException {
    List<String> files = new ArrayList<>(List.of("-c", "-p"));
    for (JavaFileObject file : compilation.generatedFiles()) {
      if (file.getKind() == JavaFileObject.Kind.CLASS) {
        Path path = folder.resolve(file.getName().replace('/', '_'));
        try (InputStream in = file.openInputStream()) {
          Files.write(path, in.readAllBytes());
        }
        files.add(path.toString());
      }
    }
    StringWriter text = new StringWriter();
    ToolProvider javap = ToolProvider.findFirst("javap").orElseThrow();
    javap.run(new PrintWriter(text), new PrintWriter(text), files.toArray(String[]::new));
    Map<String, Integer> lengths = new LinkedHashMap<>();
    String method = "";
    for (String line : text.toString().split("\n")) {
      Matcher instruction = INSTRUCTION.matcher(line);
      if (instruction.matches()) {
        lengths.merge(method, Integer.parseInt(instruction.group(1)) + 1, Math::max);
      } else if (METHOD.matcher(line).matches()) {
        method = line.strip();
      }
    }
    return lengths;
  }
}
