package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.Compilation;
import io.github.torchscribe.processor.message.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import org.junit.jupiter.api.Test;

/** All errors of a network are reported in one compile, and each has a test. */
@CompilesOnly
class AllErrorsTest {
  @Test
  void reportsAllErrorsOfANetworkAtOnce() {
    Compilation compilation =
        Networks.compile(
            List.of(),
            Networks.IMPORTS
                + """
                @Network(input = 4)
                @Linear({5, 8})
                @Linear({9, 0})
                @Linear({7, 3})
                @Linear({4, 1})
                @CrossEntropyLoss
                @SGD(lr = -1)
                @Training(epochs = 0)
                interface Net {}
                """);
    List<String> ids =
        compilation.errors().stream().map(e -> e.getMessage(Locale.ROOT).substring(0, 5)).toList();
    assertEquals(
        List.of("TS012", "TS013", "TS012", "TS012", "TS018", "TS020", "TS020"),
        ids,
        () -> ids.toString());
  }

  /** One error of reading, one of a stack, one of shapes, one of values, all at once. */
  @Test
  void noStageHidesTheNext() {
    assertEquals(
        Set.of("TS076", "TS012", "TS083", "TS020"),
        ids(
            "@Network @SGD(lr = -1) interface Net { @Linear({5, 3}) Tensor a(@Input(4) Tensor x);"
                + " @Add Tensor a(Tensor x, Tensor y); }"));
    assertEquals(
        Set.of("TS034", "TS012", "TS020"),
        ids("@Network(input = 4) @Use(String.class) @Linear(5) @Linear({6, 3}) @SGD(lr = -1)"));
    assertEquals(
        Set.of("TS020", "TS012"),
        ids("@Network(input = 4) @Use(value = In.class, times = 0) @Linear({4, 3})")); // In gives 2
    assertEquals(Set.of("TS001", "TS012"), ids("@Network(input = 4) @Linear({5, 3}) class Net {}"));
    assertEquals(
        Set.of("TS076", "TS012", "TS051"),
        ids(
            "@Network(input = 4) interface Net { @Linear({5, 2}) @Linear({3, 2}) Tensor a(Tensor x);"
                + " default Tensor b(@Input(3) Tensor x) { return x; } }"));
    assertEquals(
        Set.of("TS040", "TS012"),
        ids(
            "@Network(input = 4) interface Net { @Linear(5) @Linear({6, 3}) Tensor a(int x);"
                + " default Tensor forward(Tensor x) { return x; } }"));
    assertEquals(
        Set.of("TS042", "TS012"),
        ids(
            "@Network(input = 4) @Linear({5, 3}) interface Net { @Linear(5) Tensor a(Tensor x);"
                + " default Tensor forward(Tensor x) { return x; } }"));
    assertEquals(Set.of("TS039", "TS020"), ids("@Network(input = 4) @ReLU @MSELoss @SGD(lr = -1)"));
    assertEquals(
        Set.of("TS022", "TS012"),
        ids(
            "@Network(input = {1, 28, 28}) @Conv2d(value = {3, 8}, kernelSize = 3) @Flatten"
                + " @Linear({999, 10})"));
    assertEquals(
        Set.of("TS035", "TS012"), ids("@Network(input = 5) @Use(In.class) @Linear({7, 3})"));
    assertEquals(
        Set.of("TS036", "TS012"),
        ids("@Network(input = 4) @Use(Adds.class) @Linear(5) @Linear({6, 3})"));
  }

  /** What is not known of a shape, or of a wire, fits everything. */
  @Test
  void noErrorBringsOthers() {
    assertEquals(
        Set.of("TS076"),
        ids(
            "@Network @MSELoss interface Net { @Linear(3) Tensor a(@Input(4) Tensor x);"
                + " @Concat @Linear({9, 2}) Tensor b(Tensor x, Tensor aa);"
                + " @Flatten @Embedding({9, 2}) Tensor c(Tensor bb); }"));
    assertEquals(
        Set.of("TS092"),
        ids(
            "@Network interface Net { @Linear(3) Tensor a(@Input({2, 4}) Tensor x);"
                + " @Concat @Linear({9, 2}) Tensor b(Tensor a, Tensor x); }"));
    assertEquals(
        Set.of("TS077"),
        ids(
            "@Network interface Net { @Add @Linear(3) Tensor a(@Input(4) Tensor x, Tensor b);"
                + " @Linear({3, 4}) Tensor b(Tensor a); @Linear({4, 1}) Tensor c(Tensor b); }"));
    assertEquals(
        Set.of("TS067"),
        ids(
            "@Network(input = 4) @Use(Sized.class) @Linear({9, 2}) interface Net {}"
                + " @Block @Linear({Size.A, Size.B}) interface Sized {}"));
    assertEquals(
        Set.of("TS074"),
        ids("@Network(input = 4) @Branches({In.class, In.class}) @Linear({9, 2})"));
    assertEquals(
        Set.of("TS029"),
        ids("@Network(input = 4) @Unflatten({2, 3}) @Linear({3, 4}) @Use(Two.class)"));
    assertEquals(
        Set.of("TS016"),
        ids("@Network(input = {2, 3}) @Flatten(startDim = 0) @Linear({3, 4}) @Use(Two.class)"));
    assertEquals(Set.of("TS036"), ids("@Network(input = 4) @Use(Adds.class) @Linear({4, 2})"));
    assertEquals(Set.of("TS035"), ids("@Network(input = 5) @Use(In.class) @Linear({2, 3})"));
    assertEquals(Set.of("TS034"), ids("@Network(input = 5) @Use(String.class) @Use(In.class)"));
    assertEquals(
        Set.of("TS040"),
        ids(
            "@Network(input = 4) interface Net { @Linear({5, 3}) Tensor a(int x);"
                + " default Tensor forward(Tensor x) { return x; } }"));
    assertEquals(
        Set.of("TS001"),
        ids("@Network(input = 4) abstract class Net { @Linear(3) abstract Tensor a(Tensor x); }"));
  }

  /** The ids of what is said of a network, beside others that it may use. */
  private static Set<String> ids(String network) {
    String adds = "\n@Network(input = 4) @Residual @Linear(3) interface Adds {}";
    String type = network.matches("(?s).*(interface|class) Net .*") ? "" : " interface Net {}";
    Compilation compilation =
        Networks.compile(
            List.of(),
            Networks.IMPORTS
                + network
                + type
                + "\n@Network(input = 4) @Linear(2) interface In {}"
                + (network.contains("Adds") ? adds : "")
                + "\n@Network(input = {2, 4}) @Linear(2) interface Two {}");
    return compilation.errors().stream()
        .map(error -> error.getMessage(Locale.ROOT).substring(0, 5))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void everyErrorHasATestAndEveryIdIsGivenOnce() {
    Set<Message> tested =
        Stream.of(
                LayerErrorsTest.bad(),
                StackErrorsTest.bad(),
                WireErrorsTest.bad(),
                PortErrorsTest.bad(),
                FineTuningErrorsTest.bad(),
                BlockErrorsTest.bad(),
                PartErrorsTest.bad(),
                MeetingErrorsTest.bad(),
                TrainingErrorsTest.bad(),
                DeclarationErrorsTest.bad(),
                OwnErrorsTest.bad())
            .flatMap(bad -> bad.map(BadNetwork::message))
            .collect(Collectors.toCollection(TreeSet::new));
    tested.add(Message.NAME_TAKEN); // DeclarationErrorsTest
    tested.add(Message.UNKNOWN_ANNOTATION); // DeclarationErrorsTest
    tested.add(Message.ORDER_HIDDEN); // BuildToolsTest
    tested.add(Message.ORDER_LOST); // FromJarTest
    tested.add(Message.NAMES_LOST); // FromJarTest
    tested.add(Message.OWN_HIDDEN); // OwnErrorsTest
    tested.add(Message.OWN_NAMES_LOST); // FromJarTest
    tested.add(Message.MIXED_NEEDS_GENERATED); // MixedPrecisionTest
    List<String> ids = new ArrayList<>();
    for (Message message : Message.values()) {
      ids.add(message.id());
      if (message.kind() == Diagnostic.Kind.ERROR) {
        assertTrue(tested.contains(message), message + " has no test");
      }
    }
    assertEquals(ids.stream().distinct().toList(), ids);
  }
}
