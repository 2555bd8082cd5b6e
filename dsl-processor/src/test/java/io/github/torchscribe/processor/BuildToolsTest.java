package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every network of the golden sources and of the samples comes out the same, to the byte, whatever
 * stands around the processor.
 */
@CompilesOnly
@ResourceLock(EcjTest.COMPILER)
class BuildToolsTest {
  private static final Path SAMPLES = Path.of("../samples/src/main/java");

  /** Files that have networks' sizes. */
  private static final List<Path> CONSTANTS =
      List.of(Path.of("text/Characters.java"), Path.of("games/CartPole.java"));

  private static final String SWAPPED =
      "@Network(input = 4)\n@Linear(4) @Tanh @Linear(4) @ReLU\npublic interface Net {}";
  private static final String LONGER =
      "@Network(input = 4)\n@Linear(4) @ReLU @Linear(4) @Tanh @Linear(2)\npublic interface Net {}";
  private static final String NET =
      "@Network(input = 4)\n@Linear(4) @ReLU @Linear(4) @Tanh\npublic interface Net {}";

  @TempDir private static Path folder;
  private static Map<String, String> byJavac;

  @BeforeAll
  static void compileByJavac() throws IOException {
    BuildTool.Result result = all(BuildTool.JAVAC);
    assertEquals(List.of(), result.errors());
    byJavac = result.sources();
  }

  @Test
  void allNetworksAreThere() throws IOException {
    assertTrue(
        byJavac.keySet().size() >= GeneratedSourceTest.NETWORKS.size() + 8, byJavac::toString);
    for (String name : GeneratedSourceTest.names()) {
      assertEquals(
          Files.readString(Path.of("src/test/golden", name + "Model.java")),
          byJavac.get("test/" + name + "Model.java"));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"GRADLE", "INTELLIJ", "PROXY", "TWICE", "ECLIPSE"})
  void comeOutTheSame(BuildTool tool) throws IOException {
    assumeTrue(tool != BuildTool.GRADLE || BuildTool.Gradle.isThere());
    BuildTool.Result result = all(tool);
    assertEquals(List.of(), result.errors());
    assertEquals(byJavac.keySet(), result.sources().keySet());
    byJavac.forEach((name, source) -> assertEquals(source, result.sources().get(name), name));
  }

  @Test
  void gradleStillKnowsWhichFileCameFromWhich() throws IOException {
    assumeTrue(BuildTool.Gradle.isThere());
    Object result = BuildTool.Gradle.result();
    Processor processor = BuildTool.Gradle.isolating(new NetworkProcessor(), result);
    com.google.testing.compile.Compiler.javac()
        .withProcessors(processor)
        .compile(Networks.file(Networks.IMPORTS + NET));
    assertEquals(Map.of("test.Net", Set.of("test.NetModel")), BuildTool.Gradle.origins(result));

    Object other = BuildTool.Gradle.result();
    com.google.testing.compile.Compiler.javac()
        .withProcessors(BuildTool.Gradle.isolating(new NetworkProcessor(), other))
        .compile(Networks.file(Networks.IMPORTS + OWN));
    assertEquals(
        Map.of("test.Net", Set.of("test.NetModel"), "test.Mine", Set.of("test.MineOrder")),
        BuildTool.Gradle.origins(other));
  }

  @Test
  void anUnknownCompilerIsToldOfWhereOrderMatters() throws IOException {
    BuildTool.Result result = one(BuildTool.UNKNOWN, NET, List.of());
    assertEquals(1, result.errors().size(), result.errors()::toString);
    assertTrue(
        result.errors().get(0).contains("TS011 @Linear is repeated"), result.errors()::toString);
    assertTrue(result.errors().get(0).contains("compile this module with javac"));
  }

  @Test
  void anUnknownCompilerGivesTheSameWhereNothingIsRepeated() throws IOException {
    String net =
        "@Network(input = {2, 3})\n@Flatten @Tanh @Linear({6, 3}) @Softplus\ninterface Net {}";
    assertEquals(
        one(BuildTool.JAVAC, net, List.of()).source(),
        one(BuildTool.UNKNOWN, net, List.of()).source());
  }

  /**
   * A class file of yesterday's must not say how today's layers stand. (Eclipse's batch compiler
   * lets no processor write what is on the class path already.)
   */
  @ParameterizedTest
  @EnumSource
  void aStaleModelOnTheClassPathSaysNothing(BuildTool tool) throws IOException {
    assumeTrue(tool != BuildTool.GRADLE || BuildTool.Gradle.isThere());
    Path stale = compiled(NET);
    for (String now : List.of(SWAPPED, LONGER)) {
      BuildTool.Result result = one(tool, now, List.of(stale));
      Map<BuildTool, String> refused =
          Map.of(BuildTool.UNKNOWN, "TS011", BuildTool.ECLIPSE, "TS010");
      if (refused.containsKey(tool)) {
        assertTrue(result.errors().get(0).contains(refused.get(tool)), result.errors()::toString);
      } else {
        assertEquals(one(BuildTool.JAVAC, now, List.of()).source(), result.source());
      }
    }
  }

  @Test
  void errorsOfRepeatedLayersStandAtTheirLines() throws IOException {
    String net =
        "@Network(input = 4)\n@Linear(4)\n@ReLU\n@Linear({5, 4})\n@ReLU\n@Linear({6, 4})\ninterface Net {}";
    for (BuildTool tool : List.of(BuildTool.JAVAC, BuildTool.PROXY, BuildTool.ECLIPSE)) {
      List<Long> lines =
          one(tool, net, List.of()).messages().stream()
              .filter(message -> message.getMessage(null).contains("TS012"))
              .map(message -> message.getLineNumber())
              .toList();
      assertEquals(List.of(10L, 12L), lines, tool::name);
    }
  }

  /** What parameters are called, and which block is wrong, is said by each compiler. */
  @ParameterizedTest
  @EnumSource(names = {"JAVAC", "GRADLE", "PROXY", "ECLIPSE"})
  void errorsOfWiresAndBlocksStandAtTheirLines(BuildTool tool) throws IOException {
    assumeTrue(tool != BuildTool.GRADLE || BuildTool.Gradle.isThere());
    String net =
        """
        @Network
        interface Net {
          @Linear({4, 3}) @ReLU
          Tensor fine(@Input(4) Tensor x);
          @Concat @Use(value = Wide.class, sizes = 6)
          Tensor both(Tensor x, Tensor fin);
          @Use(value = Wide.class, sizes = 6) @Use(value = Wide.class, sizes = 6)
          Tensor end(Tensor both);
        }
        @Block
        @Linear({Size.A, 2})
        @ReLU
        @Linear({5, 6})
        interface Wide {}
        """;
    List<String> said =
        one(tool, net, List.of()).messages().stream()
            .map(message -> message.getMessage(Locale.ROOT) + " " + message.getLineNumber())
            .filter(message -> message.startsWith("TS"))
            .map(message -> message.substring(0, 5) + message.substring(message.lastIndexOf(' ')))
            .toList();
    assertEquals(List.of("TS076 12", "TS012 19"), said);
  }

  /** A block's class for its order is written by each compiler, and the same. */
  @ParameterizedTest
  @EnumSource(names = {"GRADLE", "INTELLIJ", "PROXY", "ECLIPSE"})
  void aBlocksOrderIsTheSame(BuildTool tool) throws IOException {
    assumeTrue(tool != BuildTool.GRADLE || BuildTool.Gradle.isThere());
    String block =
        """
        @Block
        public interface Net {
          @Multiply @Linear(4) @ReLU @Linear(4) Tensor out(Tensor gate, @From("input") Tensor x);
          @Linear(4) @Sigmoid Tensor gate(Tensor input);
        }
        """;
    String order = one(BuildTool.JAVAC, block, List.of()).source();
    assertTrue(
        order.contains("name = \"out\", parameters = {\"gate\", \"x\"}, value = {\"Multiply\","),
        order);
    assertEquals(order, one(tool, block, List.of()).source());
  }

  private static final String OWN =
      """
      @Network(input = 4)
      @Linear(4) @Mine(by = 2) @Linear(4) @Tanh @Mine @Squared
      public interface Net {
        final class Of {
          static Tensor forward(Tensor input, Tensor w, int by) { return input.mul(w); }
          static Tensor loss(Tensor output, Tensor target) { return output.mean(); }
        }
      }
      @Layer(value = Net.Of.class, learned = @Layer.Learned(name = "w"))
      @java.lang.annotation.Repeatable(Several.class)
      @interface Mine { int by() default 1; }
      @interface Several { Mine[] value(); }
      @Loss(Net.Of.class)
      @interface Squared {}
      """;

  /** Pieces of the user's own: their order, what they say, and what their methods take. */
  @ParameterizedTest
  @EnumSource(names = {"GRADLE", "INTELLIJ", "PROXY", "ECLIPSE"})
  void piecesOfTheUsersOwnAreTheSame(BuildTool tool) throws IOException {
    assumeTrue(tool != BuildTool.GRADLE || BuildTool.Gradle.isThere());
    BuildTool.Result byJavac = one(BuildTool.JAVAC, OWN, List.of());
    assertEquals(List.of(), byJavac.errors());
    assertEquals(Set.of("test/MineOrder.java", "test/NetModel.java"), byJavac.sources().keySet());
    assertEquals(byJavac.sources(), one(tool, OWN, List.of()).sources());
  }

  /** A module that does not ask for java.compiler has no such annotation. */
  @ParameterizedTest
  @EnumSource(names = {"JAVAC", "ECLIPSE"})
  void aModuleNeedNotReadJavaCompiler(BuildTool tool) throws IOException {
    for (String requires : List.of("", "requires java.compiler;")) {
      Path own = Files.createTempDirectory(folder, tool.name());
      Path module = own.resolve("module-info.java");
      Files.writeString(module, "module app { requires java.desktop; " + requires + " }");
      Path file = Files.createDirectories(own.resolve("test")).resolve("Net.java");
      Files.writeString(file, Networks.IMPORTS + NET);
      BuildTool.Result result =
          tool.run(
              List.of(module, file),
              own.resolve("out"),
              List.of(),
              "--add-reads",
              "app=ALL-UNNAMED");
      String source = result.source(); // without errors; Eclipse's compiler sees the type always
      assertEquals(
          !requires.isEmpty() || tool == BuildTool.ECLIPSE,
          source.contains("@Generated("),
          tool::name);
    }
  }

  private static BuildTool.Result all(BuildTool tool) throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> samples = Files.walk(SAMPLES)) {
      for (Path file : samples.filter(path -> path.toString().endsWith(".java")).toList()) {
        String text = Files.readString(file);
        if (text.contains("\n@Network(") || CONSTANTS.stream().anyMatch(file::endsWith)) {
          files.add(file);
        }
      }
    }
    Path sources = Files.createDirectories(folder.resolve("golden"));
    for (Map.Entry<String, String> network : GeneratedSourceTest.NETWORKS.entrySet()) {
      Path file = sources.resolve(network.getKey() + ".java");
      files.add(Files.writeString(file, Networks.IMPORTS + network.getValue()));
    }
    return tool.run(files, folder.resolve(tool.name()), List.of(), "-proc:only");
  }

  private BuildTool.Result one(BuildTool tool, String network, List<Path> classPath)
      throws IOException {
    Path own = Files.createTempDirectory(folder, tool.name());
    Path file = own.resolve("Net.java");
    Files.writeString(file, Networks.IMPORTS + network);
    return tool.run(List.of(file), own.resolve("out"), classPath, "-proc:only");
  }

  /** Class files of a network and its model. */
  private Path compiled(String network) throws IOException {
    Path own = Files.createTempDirectory(folder, "compiled");
    Path file = own.resolve("Net.java");
    Files.writeString(file, Networks.IMPORTS + network);
    assertEquals(List.of(), BuildTool.JAVAC.run(List.of(file), own, List.of()).errors());
    assertTrue(Files.exists(own.resolve("test/NetModel.class")));
    return own;
  }
}
