package io.github.torchscribe.processor.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.torchscribe.processor.Declared;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which values layers read: "3", or "3 + 1" where two meet. Value 0 is the network's input. */
class WiringTest {
  private static List<String> reads(String net, String... others) {
    String declaration = net + " interface Net {}\n" + String.join("\n", others);
    return Declared.withGraph(
        declaration,
        graph -> {
          Chain chain = graph.chains().get(0);
          Wiring wiring = chain.wiring();
          List<String> reads = new ArrayList<>();
          for (Node node : chain.nodes()) {
            String past = wiring.joins(node) ? " + " + wiring.skipped(node) : "";
            reads.add(node.path() + ": " + wiring.read(node) + past);
          }
          return reads;
        });
  }

  @Test
  void inAChainEachReadsTheOneBefore() {
    List<String> reads = reads("@Network(input = 6) @Linear(8) @ReLU @Linear(3)");
    assertEquals(List.of("0: 0", "1: 1", "2: 2"), reads);
  }

  @Test
  void whereAResidualNetworkEndsItsInputIsRead() {
    assertEquals(
        List.of("0: 0", "1.fork: 1", "1.0: 2", "1.1: 3", "1.sum: 4 + 1", "2: 5"),
        reads(
            "@Network(input = 8) @Linear(8) @Use(Inner.class) @Linear(3)",
            "@Network(input = 8) @Residual @Linear(8) @ReLU interface Inner {}"));
  }

  @Test
  void aShortcutReadsTheInputAndMeetsTheOthers() {
    assertEquals(
        List.of(
            "0: 0",
            "1.fork: 1",
            "1.0: 2",
            "1.1: 3",
            "1.switch: 1",
            "1.shortcut.0: 5",
            "1.sum: 6 + 4"),
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
            "fork: 0",
            "0: 1",
            "1.fork: 2",
            "1.0: 3",
            "1.switch: 2",
            "1.shortcut.0: 5",
            "1.sum: 6 + 4",
            "2: 7",
            "switch: 0",
            "shortcut.fork: 9",
            "shortcut.0: 10",
            "shortcut.sum: 11 + 9",
            "sum: 12 + 8"),
        reads(
            "@Network(input = 8) @Residual @Shortcut(Past.class) @Linear(8) @Use(Inner.class)"
                + " @Tanh",
            "@Network(input = 8) @Residual @Shortcut(Other.class) @Linear(8) interface Inner {}",
            "@Network(input = 8) @Linear(8) interface Other {}",
            "@Network(input = 8) @Residual @Linear(8) interface Past {}"));
  }
}
