package io.github.torchscribe.processor.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.torchscribe.processor.CompilesOnly;
import io.github.torchscribe.processor.Declared;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Which values layers read: "3", or "3 + 1" where two meet. */
@CompilesOnly
class ReadsTest {
  private static List<String> reads(String net, String... others) {
    String declaration = net + " interface Net {}\n" + String.join("\n", others);
    return Declared.withGraph(
        declaration,
        graph -> {
          List<String> reads = new ArrayList<>();
          for (Node node : graph.nodes()) {
            reads.add(
                node.path()
                    + ": "
                    + node.reads().stream().map(Value::name).collect(Collectors.joining(" + ")));
          }
          return reads;
        });
  }

  @Test
  void inAChainEachReadsTheOneBefore() {
    List<String> reads = reads("@Network(input = 6) @Linear(8) @ReLU @Linear(3)");
    assertEquals(List.of("0: input", "1: 0", "2: 1"), reads);
  }

  @Test
  void whereAResidualNetworkEndsItsInputIsRead() {
    assertEquals(
        List.of("0: input", "1.0: 0", "1.1: 1.0", "1.sum: 1.1 + 0", "2: 1.sum"),
        reads(
            "@Network(input = 8) @Linear(8) @Use(Inner.class) @Linear(3)",
            "@Network(input = 8) @Residual @Linear(8) @ReLU interface Inner {}"));
  }

  @Test
  void aShortcutReadsTheInputAndMeetsTheOthers() {
    assertEquals(
        List.of("0: input", "1.0: 0", "1.1: 1.0", "1.shortcut.0: 0", "1.sum: 1.1 + 1.shortcut.0"),
        reads(
            "@Network(input = 8) @Linear(8) @Use(Inner.class)",
            "@Network(input = 8) @Residual @Shortcut(Other.class) @Linear(4) @ReLU"
                + " interface Inner {}",
            "@Network(input = 8) @Linear(4) interface Other {}"));
  }

  @Test
  void insideEachOtherEachMeetsItsOwn() {
    assertEquals(
        List.of(
            "0: input",
            "1.0: 0",
            "1.shortcut.0: 0",
            "1.sum: 1.0 + 1.shortcut.0",
            "2: 1.sum",
            "shortcut.0: input",
            "shortcut.sum: shortcut.0 + input",
            "sum: 2 + shortcut.sum"),
        reads(
            "@Network(input = 8) @Residual @Shortcut(Past.class) @Linear(8) @Use(Inner.class)"
                + " @Tanh",
            "@Network(input = 8) @Residual @Shortcut(Other.class) @Linear(8) interface Inner {}",
            "@Network(input = 8) @Linear(8) interface Other {}",
            "@Network(input = 8) @Residual @Linear(8) interface Past {}"));
  }

  /** Whatever the order of methods; where it is free, that of the source. */
  @Test
  void wiredMethodsAreComputedBehindWhatTheyTake() {
    assertEquals(
        List.of(
            "0.left.0: input",
            "0.left.1: 0.left.0",
            "0.top: input",
            "0.right: 0.top",
            "0.end.add: 0.left.1 + 0.right + 0.top",
            "0.end: 0.end.add"),
        reads(
            "@Network(input = 4) @Use(Wired.class)",
            "@Block interface Wired {",
            "@Add @ReLU Tensor end(Tensor left, @From(\"right\") Tensor r, Tensor top);",
            "@Linear({4, 3}) @Tanh Tensor left(@Input Tensor x);",
            "@Linear({3, 3}) Tensor right(Tensor top);",
            "@Linear({4, 3}) Tensor top(Tensor x); }"));
  }

  /** A method without layers is what it meets by. */
  @Test
  void aMethodMayOnlyMeet() {
    assertEquals(
        List.of("0.a: input", "0.b: 0.a + input", "0.c: 0.b"),
        reads(
            "@Network(input = 4) @Use(Wired.class)",
            "@Block interface Wired {",
            "@Linear(4) Tensor a(Tensor input); @Multiply Tensor b(Tensor a, Tensor input);",
            "@Linear(3) Tensor c(Tensor b); }"));
  }

  @Test
  void branchesReadTheSameAndMeet() {
    assertEquals(
        List.of(
            "0: input",
            "1.0.0: 0",
            "1.1.0: 0",
            "1.1.1: 1.1.0",
            "1.2.0: 0",
            "1: 1.0.0 + 1.1.1 + 1.2.0",
            "2: 1"),
        reads(
            "@Network(input = 8) @Linear(8)"
                + " @Branches({One.class, Two.class, One.class}) @Concat @Linear(3)",
            "@Block @Linear(4) interface One {}",
            "@Block @Linear(5) @ReLU interface Two {}"));
  }

  /** What is above is what is added to; x is what the block, or the method, takes. */
  @Test
  void aSumStandsWhereItIsWritten() {
    assertEquals(
        List.of(
            "0: input",
            "1.0: 0",
            "1.down.0: 0",
            "1.sum: 1.0 + 1.down.0",
            "1.1: 1.sum",
            "2.y.0: 1.1",
            "2.y.sum: 2.y.0 + 1.1",
            "2.y.1: 2.y.sum"),
        reads(
            "@Network(input = 8) @Linear(8) @Use(Chained.class) @Use(Wired.class)",
            "@Block @Linear(4) @Residual @ReLU @Named(\"down\") @Shortcut(Other.class)",
            "interface Chained {}",
            "@Block interface Wired { @Linear(4) @Residual @ReLU Tensor y(Tensor input); }",
            "@Block @Linear(4) interface Other {}"));
  }

  /** Several values have met before what stands on their method adds to them. */
  @Test
  void aSumOnAMethodOfSeveralAddsToWhatTheyMeetAs() {
    assertEquals(
        List.of(
            "0.a: input",
            "0.b.multiply: 0.a + input",
            "0.b: 0.b.multiply",
            "0.b.sum: 0.b + 0.b.multiply"),
        reads(
            "@Network(input = 4) @Use(Wired.class)",
            "@Block interface Wired { @Linear(4) Tensor a(Tensor input);",
            "@Multiply @Residual @Linear(4) Tensor b(Tensor a, Tensor input); }"));
  }

  @Test
  void namesTakeThePlaceOfPositions() {
    assertEquals(
        List.of(
            "conv1: input",
            "layer1.0.0: conv1",
            "layer1.1.0: layer1.0.0",
            "3: layer1.1.0",
            "layer2.0: 3",
            "mix.0.0: layer2.0",
            "mix.1.0: layer2.0",
            "mix: mix.0.0 + mix.1.0",
            "6: mix"),
        reads(
            "@Network(input = 8) @Named(\"conv1\") @Linear(8)"
                + " @Named(\"layer1\") @Use(value = In.class, times = 2) @ReLU"
                + " @Named(\"layer2\") @Use(In.class)"
                + " @Named(\"mix\") @Branches({In.class, In.class}) @Add @Linear(3)",
            "@Block @Linear(8) interface In {}"));
  }
}
