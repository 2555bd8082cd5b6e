package io.github.torchscribe.runtime.learner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a summary shows of networks whose values branch and meet. */
class SummaryTest {
  private static final String SHAPE = "(N, 8)";

  private static Summary of(Summary.Layer... layers) {
    return new Summary("Net", SHAPE, List.of(layers), "", "", 0, 0);
  }

  /** What is frozen has neither gradients nor a state. */
  @Test
  void saysWhatEachProcessNeeds() {
    List<Summary.Layer> layers = List.of(new Summary.Layer("0", "@Linear", SHAPE, 5_000_000, 0));
    Summary summary = new Summary("Net", List.of(), layers, "", "@AdamW", 0, 0, 1_000_000, 3, "");
    assertEquals(
        "each of 4 processes: parameters 20 MB, gradients 16 MB, the optimizer's state 48 MB, or 12"
            + " MB with shardOptimizer",
        summary.memory(4));
    assertEquals(
        "each of 1 process: parameters 20 MB, gradients 16 MB, the optimizer's state 48 MB",
        summary.memory(1));
    Summary forgetful = new Summary("Net", List.of(), layers, "", "@SGD", 0, 0, 0, 0, "");
    assertEquals("each of 2 processes: parameters 20 MB, gradients 20 MB", forgetful.memory(2));
  }

  /** Parameters, what learns of them once more as gradients and thrice as state, and examples. */
  @Test
  void saysWhatAStepTakes() {
    List<Summary.Layer> layers = List.of(new Summary.Layer("0", "@Linear", SHAPE, 5_000_000, 0));
    Summary summary =
        new Summary("Net", List.of(), layers, "", "@AdamW", 10, 3_000, 1_000_000, 3, "");
    assertEquals(20_000_000 + 16_000_000 + 48_000_000 + 600_000, summary.stepBytes(200));
  }

  private static Summary.Layer layer(String path, String text, String... reads) {
    return new Summary.Layer(path, text, List.of(reads), SHAPE, 0, 0);
  }

  /** Its edges, where layers are called by their paths. */
  private static String edges(Summary summary) {
    return summary
        .mermaid()
        .lines()
        .filter(line -> line.contains("-->"))
        .map(
            line -> {
              String[] ends = line.strip().split(" --> ");
              return name(ends[0], summary) + " > " + name(ends[1], summary);
            })
        .collect(Collectors.joining("; "));
  }

  private static String name(String id, Summary summary) {
    return id.startsWith("layer")
        ? summary.layers().get(Integer.parseInt(id.substring("layer".length()))).path()
        : id;
  }

  private static final Summary DIAMOND =
      of(
          layer("top", "@Linear(8)"),
          layer("left", "@Linear(8)"),
          layer("right.0", "@Linear(8)", "top"),
          layer("right.1", "@ReLU"),
          layer("bottom.sum", "@Add", "left", "right.1", "top"),
          layer("bottom", "@Linear(8)"));

  @Test
  void aDiamondIsDrawnAsOne() {
    assertEquals(
        "input > top; top > left; top > right.0; right.0 > right.1;"
            + " left > bottom.sum; right.1 > bottom.sum; top > bottom.sum; bottom.sum > bottom",
        edges(DIAMOND));
  }

  @Test
  void branchesBeginWhereTheyAreReadAndMayBeEmpty() {
    assertEquals(
        "input > 0.0.0; input > 0.1.0; 0.1.0 > 0.1.1; 0.0.0 > 1; 0.1.1 > 1; input > 1; 1 > 2",
        edges(
            of(
                layer("0.0.0", "@Linear(8)"),
                layer("0.1.0", "@Linear(8)", "input"),
                layer("0.1.1", "@ReLU"),
                layer("1", "@Concat", "0.0.0", "0.1.1", "input"),
                layer("2", "@Linear(8)"))));
  }

  @Test
  void residualNetworksInsideEachOtherHaveAnEdgePastEach() {
    assertEquals(
        "input > 0; 0 > 1.0; 1.0 > 1.1.0; 1.1.0 > 1.1.sum; 1.0 > 1.1.sum;"
            + " 0 > 1.shortcut.0; 1.1.sum > 1.sum; 1.shortcut.0 > 1.sum; 1.sum > 2",
        edges(
            of(
                layer("0", "@Linear(8)"),
                layer("1.0", "@Linear(8)"),
                layer("1.1.0", "@ReLU"),
                layer("1.1.sum", "@Residual", "1.1.0", "1.0"),
                layer("1.shortcut.0", "@Linear(8)", "0"),
                layer("1.sum", "@Residual", "1.1.sum", "1.shortcut.0"),
                layer("2", "@Linear(8)"))));
  }

  @Test
  void aBoxSaysWhereTheLayerStands() {
    assertEquals(
        "  layer4[\"bottom.sum<br/>@Add<br/>(N, 8)\"]",
        DIAMOND
            .mermaid()
            .lines()
            .filter(line -> line.contains("layer4["))
            .findFirst()
            .orElseThrow());
  }

  @Test
  void theTableSaysWhatIsReadWhereThatIsNotTheLayerAbove() {
    assertEquals(
        """
        Net
          path        layer                       output  parameters  multiply-adds
          input                                   (N, 8)
          top         @Linear(8)                  (N, 8)
          left        @Linear(8)                  (N, 8)
          right.0     @Linear(8)                  (N, 8)
                        reads top
          right.1     @ReLU                       (N, 8)
          bottom.sum  @Add                        (N, 8)
                        reads left, right.1, top
          bottom      @Linear(8)                  (N, 8)
        0 parameters (0 B)""",
        text(DIAMOND));
  }

  private static String text(Summary summary) {
    return summary.toString().replace(System.lineSeparator(), "\n");
  }

  @Test
  void longTextsGoOnInTheNextLineWhereATerminalEnds() {
    String shape = "(N, 256, 56, 56)";
    Summary summary =
        new Summary(
            "Net",
            "(N, 64, 56, 56)",
            List.of(
                new Summary.Layer(
                    "layer1.0.conv3",
                    "@Conv2d(value = {64, 256}, kernelSize = 1, bias = false)",
                    List.of(),
                    shape,
                    16_384,
                    51_380_224),
                new Summary.Layer(
                    "layer1.0.downsample.0",
                    "@Conv2d(value = {64, 256}, kernelSize = 1, bias = false)",
                    List.of("input"),
                    shape,
                    16_384,
                    51_380_224),
                new Summary.Layer(
                    "layer1.0.sum",
                    "@Residual",
                    List.of("layer1.0.conv3", "layer1.0.downsample.0"),
                    shape,
                    0,
                    0)),
            "",
            "",
            0,
            0);
    assertEquals(
        """
        Net
          path                   layer                            output            parameters  multiply-adds
          input                                                   (N, 64, 56, 56)
          layer1.0.conv3         @Conv2d(value = {64, 256},       (N, 256, 56, 56)      16,384     51,380,224
                                   kernelSize = 1, bias = false)
          layer1.0.downsample.0  @Conv2d(value = {64, 256},       (N, 256, 56, 56)      16,384     51,380,224
                                   kernelSize = 1, bias = false)
                                   reads input
          layer1.0.sum           @Residual                        (N, 256, 56, 56)
                                   reads layer1.0.conv3,
                                     layer1.0.downsample.0
        32,768 parameters (131 kB)
        each example: 102,760,448 multiply-adds""",
        text(summary));
  }

  @Test
  void whatIsReadStandsBefore() {
    assertEquals(
        "layer 0 reads [1], not all of which stand before it",
        assertThrows(
                IllegalArgumentException.class,
                () -> of(layer("0", "@ReLU", "1"), layer("1", "@ReLU")))
            .getMessage());
  }
}
