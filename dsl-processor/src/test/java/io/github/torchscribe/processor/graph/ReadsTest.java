package io.github.torchscribe.processor.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.torchscribe.processor.Declared;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Which values layers read: "3", or "3 + 1" where two meet. */
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
}
