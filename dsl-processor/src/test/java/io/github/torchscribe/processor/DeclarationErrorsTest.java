package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.Compilation;
import io.github.torchscribe.processor.message.Message;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each bad network, and each that does not fit into another: the right message at the right place.
 */
@CompilesOnly
class DeclarationErrorsTest {
  private static final String GOOD = "@Network(input = 4) @Linear({4, 3})";

  static Stream<BadNetwork> bad() {
    return Stream.of(
        new BadNetwork(
            Message.READ_TWICE,
            "the network's input would be indices for @Embedding and numbers for @Linear",
            "@Network(input = 5) @Use(Block.class) interface Net {}\n"
                + "@Network(input = 5) @Residual @Shortcut(Past.class) @Embedding({7, 4})"
                + " @Flatten @Linear(4) interface Block {}\n"
                + "@Network(input = 5) ▶@Linear(4) interface Past {}"),
        new BadNetwork(
            Message.NOT_A_PART,
            "Inner has stacks on methods and its own forward",
            "@Network(input = 5) @Use(Inner▶.class) interface Net {}\n"
                + "@Network(input = 5) interface Inner { @Linear(3) Tensor head(Tensor x);\n"
                + "default Tensor forward(Tensor x) { return head(x); } }"),
        new BadNetwork(
            Message.NO_NETWORK,
            "@Linear is on head, which is no network",
            "interface Net { ▶@Linear(3) Tensor head(Tensor x); }"),
        new BadNetwork(Message.NOT_AN_INTERFACE, "Net is a class", GOOD + "\npublic ▶class Net {}"),
        new BadNetwork(Message.NOT_AN_INTERFACE, "Net is an enum", GOOD + "\n▶enum Net {}"),
        new BadNetwork(Message.NOT_AN_INTERFACE, "Net is a record", GOOD + "\n▶record Net() {}"),
        new BadNetwork(
            Message.GENERIC_TYPE, "Net has type parameters", GOOD + "\ninterface Net<▶T> {}"),
        new BadNetwork(
            Message.PRIVATE_TYPE,
            "Net is private, so Outer_NetModel could not refer to it",
            "class Outer {\n  " + GOOD + "\n  private ▶interface Net {}\n}"),
        new BadNetwork(
            Message.LOCAL_TYPE,
            "Net is declared inside a method",
            "class Outer {\n  void run() {\n    " + GOOD + "\n    ▶interface Net {}\n  }\n}"),
        new BadNetwork(
            Message.LOCAL_TYPE,
            "Net is declared inside a method",
            "class Outer {\n  void run() {\n    @Block @Linear(3)\n    ▶interface Net {}\n  }\n}"),
        new BadNetwork(
            Message.NO_NETWORK,
            "@Linear is on Net, which is no network; add @Network",
            "▶@Linear(3) @ReLU\ninterface Net {}"),
        new BadNetwork(Message.NO_NETWORK, "@SGD is on Net", "▶@SGD class Net {}"),
        new BadNetwork(
            Message.NO_NETWORK, "@Linear is on Net", "▶@Linear(3) @Linear(2)\ninterface Net {}"),
        new BadNetwork(
            Message.NO_INPUT,
            "@Network(input = {1, 28, 28})",
            "▶@Network @Linear(3) interface Net {}"),
        new BadNetwork(
            Message.NO_LAYER, "Net has no layer", "▶@Network(input = 4) interface Net {}"),
        new BadNetwork(
            Message.SIZE_NOT_POSITIVE,
            "a size must be at least 1 but is 0",
            "@Network(input = {4, ▶0}) @Linear(3) interface Net {}"),
        new BadNetwork(
            Message.USES_ITSELF,
            "Net would contain itself",
            "@Network(input = 4) @Use(Net▶.class) interface Net {}"),
        new BadNetwork(
            Message.NOT_A_NETWORK,
            "@Use names String, which is no network",
            "@Network(input = 4) @Use(value = String▶.class) interface Net {}"),
        new BadNetwork(
            Message.OTHER_INPUT,
            "@Use(Inner.class) takes (N, 5), but receives (N, 4) from the network's input",
            "@Network(input = 4) @Use(Inner▶.class) interface Net {}\n"
                + "@Network(input = 5) @Linear(3) interface Inner {}"),
        new BadNetwork(
            Message.RESIDUAL_DIFFERS,
            "@Residual adds (N, 4) to (N, 3), which differ",
            "@Network(input = 4) ▶@Residual @Linear(3) interface Net {}"),
        new BadNetwork(
            Message.OUT_OF_RANGE,
            "times of @Use must be at least 1 but is 0",
            "@Network(input = 4) @Use(value = Inner.class, times = ▶0) interface Net {}\n"
                + "@Network(input = 4) @Linear(4) interface Inner {}"));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void isReportedAtItsPlace(BadNetwork bad) {
    bad.isReportedAtItsPlace();
  }

  @Test
  void saysWhichOfOurAnnotationsItDoesNotKnow() {
    Compilation compilation =
        Networks.compile(
            List.of(),
            Networks.IMPORTS + "@Network(input = 4) @Linear(3) @Fold(2) interface Net {}",
            "package io.github.torchscribe.dsl.nn; public @interface Fold { int value(); }");
    String text = compilation.errors().get(0).getMessage(Locale.ROOT);
    assertTrue(
        text.startsWith(
            "TS052 this processor does not know @Fold, and would leave it out of Net; let"
                + " torchscribe-dsl-api and torchscribe-dsl-processor have the same version"),
        text);
  }

  @Test
  void otherNetworksOfTheCompilationAreReadOn() {
    Compilation compilation =
        Networks.compile(
            List.of(),
            Networks.IMPORTS + "@Network(input = 4) @Linear({5, 3}) interface First {}",
            Networks.IMPORTS + "@Network(input = 4) @Linear({6, 3}) interface Second {}");
    assertEquals(2, compilation.errors().size(), compilation.errors().toString());
  }

  @Test
  void doesNotOverwriteAClassOfTheUser() {
    Compilation compilation =
        Networks.compile(
            List.of(),
            Networks.IMPORTS + GOOD + " interface Net {}",
            "package test; class NetModel {}");
    String text = compilation.errors().get(0).getMessage(Locale.ROOT);
    assertTrue(text.startsWith("TS010 NetModel cannot be generated for Net"), text);
  }

  @Test
  void leavesConstantsThatDoNotCompileToTheCompiler() {
    Compilation compilation =
        Networks.compile(
            List.of(),
            Networks.IMPORTS + "@Network(input = 4) @Linear({Nowhere.K, 3}) interface Net {}");
    assertTrue(
        compilation.errors().stream().anyMatch(e -> e.getMessage(Locale.ROOT).contains("Nowhere")));
  }
}
