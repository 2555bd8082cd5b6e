package io.github.torchscribe.processor;

import static com.google.testing.compile.CompilationSubject.assertThat;
import static com.google.testing.compile.Compiler.javac;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.Compilation;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.StandardLocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network that is used from another module, of which only class files are there. */
class FromJarTest {
  private static final String BLOCK =
      """
      package other;
      import io.github.torchscribe.dsl.*;
      import io.github.torchscribe.dsl.nn.*;
      @Network(input = 8)
      @Residual
      @Linear(6) @Tanh @Linear(4) @ReLU @Linear(value = 8, bias = false)
      public interface Block {}
      """;

  private static final String USER =
      """
      @Network(input = 8)
      @Use(other.Block.class) @Linear(3)
      public interface Net {}
      """;

  @Test
  void repeatedAnnotationsKeepTheirOrder(@TempDir Path folder) throws IOException {
    compileInto(folder, BLOCK);
    String generated = Networks.generated(compileAgainst(folder, USER), "NetModel");
    assertEquals(
        List.of("@Linear(6)", "@Tanh", "@Linear(4)", "@ReLU", "@Linear(value = 8, bias = false)"),
        Stream.of(generated.split("\n"))
            .filter(line -> line.contains(".layer(\"0."))
            .filter(line -> !line.contains("sum"))
            .map(line -> line.replaceAll(".*\", \"(.*)\", \\d+\\).*", "$1"))
            .toList());
  }

  private static final String GATED =
      """
      package other;
      import io.github.torchscribe.dsl.*;
      import io.github.torchscribe.dsl.nn.*;
      import org.bytedeco.pytorch.Tensor;
      @Block
      public interface Gated {
        @Multiply @Linear({Size.A, 4}) @ReLU @Linear(4) Tensor out(Tensor gate, Tensor wide);
        @Linear({4, Size.A}) @Sigmoid Tensor gate(Tensor input);
        @Add Tensor wide(Tensor early, @From("late") Tensor other);
        @Linear({4, Size.A}) @Tanh @Linear(Size.A) Tensor late(Tensor input);
        @Linear({4, Size.A}) @ReLU @Linear(Size.A) Tensor early(Tensor input);
      }
      """;

  private static final String USER_OF_GATED =
      """
      @Network(input = 4)
      @Named("gated") @Use(value = other.Gated.class, sizes = 6, times = 2) @Linear(3)
      public interface Net {}
      """;

  /** What parameters are called, and the order of a method's annotations and of methods. */
  @Test
  void wiredMethodsOfABlockAreAsInItsSource(@TempDir Path folder) throws IOException {
    compileInto(folder, GATED);
    String fromJar = Networks.generated(compileAgainst(folder, USER_OF_GATED), "NetModel");
    String fromSource =
        Networks.generated(
            Networks.compile(List.of(), Networks.IMPORTS + USER_OF_GATED, GATED), "NetModel");
    assertEquals(fromSource, fromJar);
  }

  @Test
  void withoutItsOrderABlockCannotBeRead(@TempDir Path folder) throws IOException {
    compileInto(folder, GATED);
    Files.delete(folder.resolve("other/GatedOrder.class"));
    Compilation compilation = compileAgainst(folder, USER_OF_GATED);
    assertThat(compilation)
        .hadErrorContaining(
            "TS088 methods of Gated take values by the names of their parameters, which its class"
                + " file does not keep, and GatedOrder, which does, is missing; compile Gated again")
        .inFile(compilation.sourceFiles().get(0))
        .onLine(8);
    assertThat(compilation).hadErrorCount(1);
  }

  /** A network's model says it of its methods, too; what was changed since is another's. */
  @Test
  void aWiredNetworkOfAJarIsAPart(@TempDir Path folder) throws IOException {
    String network =
        GATED
            .replace("@Block", "@Network(input = 4) @MSELoss")
            .replace("Size.A", "6")
            .replace("Gated", "Block");
    compileInto(folder, network);
    String user = USER.replace("8", "4");
    String fromJar = Networks.generated(compileAgainst(folder, user), "NetModel");
    String fromSource =
        Networks.generated(
            Networks.compile(List.of(), Networks.IMPORTS + user, network), "NetModel");
    assertEquals(fromSource, fromJar);
    replace(folder, network.replace("Tensor other)", "Tensor other, Tensor gate)"), "Block");
    assertThat(compileAgainst(folder, user))
        .hadErrorContaining("and BlockModel is of another Block; compile Block again");
  }

  /** Layers and a loss of somebody's own, and a block that has one several times. */
  private static final String OWN =
      """
      package other;
      import io.github.torchscribe.dsl.*;
      import io.github.torchscribe.dsl.nn.*;
      @Block
      @Linear(4) @Own.Scale(by = 3, plus = 0.5) @Tanh @Own.Scale(by = Size.A) @Own.Scale
      public interface Twice {}
      """;

  private static final String PIECES =
      """
      package other;
      import io.github.torchscribe.dsl.nn.*;
      import org.bytedeco.pytorch.*;
      public final class Own {
        @Layer(value = Own.class, learned = @Layer.Learned(name = "shift"))
        @java.lang.annotation.Repeatable(Scales.class)
        public @interface Scale { int by() default 1; double plus() default 0; }

        public @interface Scales { Scale[] value(); }

        @Loss(Own.class)
        public @interface Power { double plus() default 2; }

        public static Tensor forward(Tensor input, double plus, Tensor shift, int by) {
          return input.mul(new Scalar(by)).add(new Scalar(plus)).add(shift);
        }

        public static Tensor loss(Tensor output, Tensor target, double plus) {
          return output.sub(target).abs().pow(new Scalar(plus)).mean();
        }
      }
      """;

  private static final String USER_OF_OWN =
      """
      @Network(input = 4)
      @Use(value = other.Twice.class, sizes = 7) @other.Own.Scale(by = 2) @SGD(lr = 0.1)
      @other.Own.Power(plus = 3)
      public interface Net {}
      """;

  @Test
  void piecesOfAnothersOwnAreAsInTheirSources(@TempDir Path folder) throws IOException {
    compileInto(folder, OWN, PIECES);
    String fromJar = Networks.generated(compileAgainst(folder, USER_OF_OWN), "NetModel");
    String fromSource =
        Networks.generated(
            Networks.compile(List.of(), Networks.IMPORTS + USER_OF_OWN, OWN, PIECES), "NetModel");
    assertEquals(fromSource, fromJar);
    for (String call :
        List.of(
            "Own.forward(x.get(0), 0.5, x.get(1), 3)",
            "Own.forward(x.get(0), 0.0, x.get(1), 7)",
            "Own.loss(x.get(0), target, 3.0)")) {
      assertTrue(fromJar.contains(call), fromJar);
    }
  }

  @Test
  void withoutTheNamesOfItsParametersAPieceCannotBeCalled(@TempDir Path folder) throws IOException {
    compileInto(folder, OWN, PIECES);
    Files.delete(folder.resolve("other/Own_PowerOrder.class"));
    Compilation compilation = compileAgainst(folder, USER_OF_OWN);
    assertThat(compilation)
        .hadErrorContaining(
            "TS163 loss of Own is told what is what by the names of its parameters, which its class"
                + " file does not keep; compile it with -parameters, or @Power again, with this"
                + " processor")
        .inFile(compilation.sourceFiles().get(0))
        .onLine(9);
    assertThat(compilation).hadErrorCount(1);
  }

  @Test
  void withoutItsModelTheOrderIsUnknown(@TempDir Path folder) throws IOException {
    compileInto(folder, BLOCK);
    Files.delete(folder.resolve("other/BlockModel.class"));
    assertThat(compileAgainst(folder, USER))
        .hadErrorContaining(
            "TS060 @Linear is repeated on Block, whose class file does not keep how its annotations"
                + " stand among each other, and BlockModel, which does, is missing; compile Block"
                + " again, with this processor");
  }

  /** Of a block that was changed without its model. */
  @Test
  void aModelOfAnotherBlockSaysNothing(@TempDir Path folder) throws IOException {
    compileInto(folder, BLOCK);
    for (String changed :
        List.of(BLOCK.replace("@Tanh ", ""), BLOCK.replace("@Tanh", "@Tanh @SiLU"))) {
      replace(folder, changed, "Block");
      assertThat(compileAgainst(folder, USER))
          .hadErrorContaining("and BlockModel is of another Block; compile Block again");
    }
  }

  /** The class file of an interface that was changed since. */
  private static void replace(Path folder, String changed, String name) throws IOException {
    try (InputStream in =
        javac()
            .compile(Networks.file(changed))
            .generatedFile(StandardLocation.CLASS_OUTPUT, "other/" + name + ".class")
            .orElseThrow()
            .openInputStream()) {
      Files.write(folder.resolve("other/" + name + ".class"), in.readAllBytes());
    }
  }

  private static void compileInto(Path folder, String... sources) throws IOException {
    Compilation compilation = Networks.compile(Networks.strict(sources), sources);
    assertThat(compilation).succeeded();
    for (JavaFileObject file : compilation.generatedFiles()) {
      if (file.getKind() == JavaFileObject.Kind.CLASS) {
        Path path = folder.resolve(file.getName().replaceAll("^/?CLASS_OUTPUT/", ""));
        Files.createDirectories(path.getParent());
        try (InputStream in = file.openInputStream()) {
          Files.copy(in, path);
        }
      }
    }
  }

  private static Compilation compileAgainst(Path folder, String user) {
    List<File> classPath = new ArrayList<>(List.of(folder.toFile()));
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      classPath.add(new File(entry));
    }
    return javac()
        .withProcessors(new NetworkProcessor(), new LocalTypeProcessor())
        .withClasspath(classPath)
        .compile(Networks.file(Networks.IMPORTS + user));
  }
}
