package io.github.torchscribe.processor.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.processor.CompilesOnly;
import io.github.torchscribe.processor.Declared;
import io.github.torchscribe.processor.catalogue.Catalogue;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The layers of a network, and of those inside it, one after the other. */
@CompilesOnly
class ExpansionTest {
  /** What has come of a network. */
  private record Expanded(
      List<Node> nodes, int layers, boolean complete, OptionalLong indices, Incoming output) {
    List<String> paths() {
      return nodes.stream().map(Node::path).toList();
    }

    List<String> outputs() {
      return nodes.stream().map(node -> node.path() + " " + node.output()).toList();
    }
  }

  private static Declared<Expanded> expand(String net, String... others) {
    String declaration = net + " interface Net {}\n" + String.join("\n", others);
    return Declared.in(
        declaration,
        (network, report) -> {
          Expansion expansion = new Expansion(new Catalogue(), new Teaching(report), report);
          Shape input = network.network().shape("input", 0, Integer.MAX_VALUE, "", report);
          Arrival output = expansion.expand(network, "", Arrival.input(input, "the input"));
          return new Expanded(
              expansion.nodes(),
              expansion.layers().size(),
              expansion.isComplete(),
              expansion.readings().indices(Value.INPUT),
              output.incoming());
        });
  }

  private static Expanded of(String net, String... others) {
    Declared<Expanded> expanded = expand(net, others);
    assertEquals(List.of(), expanded.errors());
    return expanded.result().orElseThrow();
  }

  private static void assertErrors(List<String> expected, Declared<Expanded> expanded) {
    assertEquals(expected.size(), expanded.errors().size(), expanded.errors().toString());
    for (int i = 0; i < expected.size(); i++) {
      String error = expanded.errors().get(i);
      assertTrue(error.contains(expected.get(i)), error);
    }
  }

  @Test
  void shapesGoFromLayerToLayer() {
    Expanded net = of("@Network(input = {2, 3}) @Flatten @Linear(8) @ReLU @Linear(4)");
    assertEquals(List.of("0 (N, 6)", "1 (N, 8)", "2 (N, 8)", "3 (N, 4)"), net.outputs());
    assertEquals(Shape.of(2, 3), net.nodes().get(0).input());
    assertEquals(Shape.of(8), net.nodes().get(2).input());
    assertEquals(Shape.of(4), net.output().shape());
  }

  @Test
  void aLayerHasItsParametersAndWhatItRemembers() {
    Node norm = of("@Network(input = 6) @Linear(8) @BatchNorm1d").nodes().get(1);
    assertEquals(List.of("weight", "bias"), norm.parameters().stream().map(p -> p.name()).toList());
    assertEquals(
        List.of("running_mean", "running_var", "num_batches_tracked"),
        norm.state().stream().map(p -> p.name()).toList());
    assertEquals(Shape.of(8), norm.parameters().get(0).shape());
  }

  @Test
  void pathsAreThoseOfSequential() {
    assertEquals(
        List.of("0", "1.0", "1.1", "2.0", "2.1", "3.0.0", "3.1", "4"),
        of(
                "@Network(input = 8) @Linear(8) @Use(value = Inner.class, times = 2)"
                    + " @Use(Outer.class) @ReLU",
                "@Network(input = 8) @Linear(8) @Tanh interface Inner {}",
                "@Network(input = 8) @Use(Innermost.class) @Tanh interface Outer {}",
                "@Network(input = 8) @Linear(8) interface Innermost {}")
            .paths());
  }

  @Test
  void aResidualNetworkEndsInASum() {
    Expanded net =
        of(
            "@Network(input = 8) @Use(Inner.class)",
            "@Network(input = 8) @Residual @Linear(8) @ReLU interface Inner {}");
    assertEquals(List.of("0.0", "0.1", "0.sum"), net.paths());
  }

  @Test
  void aShortcutStandsBehindTheOtherLayers() {
    Expanded net =
        of(
            "@Network(input = 8) @Residual @Shortcut(Other.class) @Linear(4)",
            "@Network(input = 8) @Linear(4) @ReLU interface Other {}");
    assertEquals(List.of("0", "shortcut.0", "shortcut.1", "sum"), net.paths());
    assertEquals(Shape.of(8), net.nodes().get(1).input());
    assertEquals(Shape.of(4), net.output().shape());
  }

  @Test
  void layersInsideAreThoseOfTheInputThatTheirNetworkStates() {
    Declared<Expanded> net =
        expand(
            "@Network(input = 8) @Linear(5) @Use(Inner.class) @Linear(3)",
            "@Network(input = 8) @Linear({8, 4}) interface Inner {}");
    assertErrors(List.of("@Use(Inner.class) takes (N, 8), but receives (N, 5)"), net);
    assertEquals(
        List.of("0 (N, 5)", "1.0 (N, 4)", "2 (N, 3)"), net.result().orElseThrow().outputs());
  }

  @Test
  void bothThatMeetHaveOneShape() {
    assertErrors(
        List.of("@Residual adds (N, 8) to (N, 4), which differ"),
        expand("@Network(input = 8) @Residual @Linear(4)"));
    assertErrors(
        List.of("@Residual adds (N, 5) to (N, 4), which differ"),
        expand(
            "@Network(input = 8) @Residual @Shortcut(Other.class) @Linear(4)",
            "@Network(input = 8) @Linear(5) interface Other {}"));
  }

  @Test
  void behindAnErrorWhatIsKnownIsCheckedOn() {
    Declared<Expanded> net =
        expand("@Network(input = 8) @Linear({7, 4}) @Linear({5, 3}) @Linear({3, 2})");
    assertErrors(List.of("", ""), net);
    Expanded expanded = net.result().orElseThrow();
    assertFalse(expanded.complete());
    assertEquals(List.of("2"), expanded.paths(), "those with errors have no shapes");
    assertEquals(3, expanded.layers());
    assertEquals(Shape.of(2), expanded.output().shape());
  }

  @Test
  void noErrorBringsOthers() {
    Declared<Expanded> net =
        expand("@Network(input = 8) @Conv2d(value = 4, kernelSize = 3) @Flatten @Linear(3)");
    assertErrors(List.of("@Conv2d"), net);
    assertFalse(net.result().orElseThrow().complete());
  }

  @Test
  void whatNoMachineHoldsIsRefused() {
    assertErrors(
        List.of("elements of its weight"), expand("@Network(input = 2000000) @Linear(2000000)"));
    assertErrors(
        List.of("elements for one example"),
        expand("@Network(input = {2000000, 2}) @Linear(2000000)"));
  }

  @Test
  void theNetworksInputMayBeIndices() {
    assertEquals(
        OptionalLong.of(9), of("@Network(input = 6) @Embedding({9, 8}) @Linear(3)").indices());
    assertEquals(
        OptionalLong.of(9),
        of("@Network(input = {2, 3}) @Flatten @Embedding({9, 8}) @Linear(3)").indices());
    assertEquals(OptionalLong.empty(), of("@Network(input = 6) @Linear(3)").indices());
  }

  @Test
  void nothingElseIsIndices() {
    assertErrors(
        List.of("@Embedding looks vectors up by index, but receives numbers from @Linear(6)"),
        expand("@Network(input = 6) @Linear(6) @Embedding({9, 8})"));
  }

  @Test
  void theInputCannotBeBothIndicesAndNumbers() {
    assertErrors(
        List.of("would be indices for @Embedding and numbers for @Residual"),
        expand("@Network(input = 6) @Residual @Embedding({9, 8}) @Flatten @Linear(6)"));
    assertErrors(
        List.of("would be indices for @Embedding and numbers for @Linear"),
        expand(
            "@Network(input = 6) @Residual @Shortcut(Other.class) @Embedding({9, 8}) @Flatten"
                + " @Linear(6)",
            "@Network(input = 6) @Linear(6) interface Other {}"));
  }

  @Test
  void whoeverLooksUpInTheSmallerTableSaysHowManyIndicesThereAre() {
    assertEquals(
        OptionalLong.of(5),
        of(
                "@Network(input = 6) @Residual @Shortcut(Other.class) @Embedding({9, 8})",
                "@Network(input = 6) @Embedding({5, 8}) interface Other {}")
            .indices());
  }

  /** What says which places are padding goes into blocks and networks, past sums and branches. */
  @Test
  void paddingIsReadByThoseThatLeaveItOut() {
    Expanded net =
        of(
            "@Network(input = 5) @Embedding(value = {9, 4}, paddingIdx = 0, mask = true)\n"
                + "@Use(Attend.class) @Use(Inner.class)\n"
                + "@Branches({Attend.class, Gated.class}) @Concat(dim = -1)\n"
                + "@LSTM(value = 3, mask = false, output = Hidden.SEQUENCE) @GRU(3) @Linear(2)",
            "@Block @LayerNorm @SelfAttention(heads = 2) @Residual interface Attend {}",
            "@Network(input = {5, 4}) @Linear(4) @ReLU @SelfAttention(heads = 1) interface Inner {}",
            "@Block interface Gated { @Linear(4) @Sigmoid Tensor gate(@Input Tensor x);\n"
                + "@Multiply @SelfAttention(heads = 2) Tensor out(Tensor x, Tensor gate); }");
    assertEquals(
        List.of("1.1", "2.2", "3.0.1", "3.1.out", "5"),
        net.nodes().stream()
            .filter(node -> node.reads().stream().anyMatch(read -> read.path().equals("0.mask")))
            .map(Node::path)
            .toList());
    Node mask = net.nodes().get(1);
    assertEquals("0.mask (N, 5)", mask.path() + " " + mask.output());
    assertEquals(List.of(Value.input(Shape.of(5))), mask.reads());
    assertEquals("embedding0_mask", mask.variable());
  }
}
