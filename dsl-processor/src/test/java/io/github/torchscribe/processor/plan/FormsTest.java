package io.github.torchscribe.processor.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.processor.CompilesOnly;
import io.github.torchscribe.processor.Declared;
import io.github.torchscribe.processor.graph.Node;
import io.github.torchscribe.processor.layer.MemoryUse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where values go over into another form: {@code .in} stands before a layer, {@code .out} last. */
@CompilesOnly
class FormsTest {
  private static final String CONV = " @Conv2d(value = 2, kernelSize = 3, padding = 1) ";
  private static final String OTHER =
      "@Network(input = {2, 4, 4}) @LayerNorm @Linear(4) interface Other {}";

  private static List<Node> arranged(boolean mixed, String net, String... others) {
    String declaration = net + " interface Net {}\n" + String.join("\n", others);
    return Declared.withGraph(
        declaration, graph -> Forms.arranged(graph.segments().get(0), mixed).nodes());
  }

  private static List<String> paths(boolean mixed, String net, String... others) {
    return arranged(mixed, net, others).stream().map(Node::path).toList();
  }

  @Test
  void whatWantsNothingSpecialStaysAsItIs() {
    assertEquals(
        List.of("0", "1", "2"), paths(false, "@Network(input = 6) @Linear(8) @ReLU @Linear(3)"));
  }

  @Test
  void imagesLieChannelsLastFromTheFirstConvolutionToWhoCannotReadThat() {
    assertEquals(
        List.of("0.in", "0", "1", "2", "3", "4.in", "4", "5"),
        paths(
            false,
            "@Network(input = {2, 4, 4})" + CONV + "@BatchNorm2d @ReLU" + CONV + "@Flatten @Tanh"));
  }

  @Test
  void theNetworkGivesPlainNumbersWhateverItsLastLayerGives() {
    assertEquals(List.of("0.in", "0", "0.out"), paths(false, "@Network(input = {2, 4, 4})" + CONV));
  }

  @Test
  void layersThatDoNotMindReadWhatArrives() {
    assertEquals(
        List.of("0", "1.in", "1", "2", "2.out"),
        paths(false, "@Network(input = {2, 4, 4}) @ReLU" + CONV + "@ReLU"));
  }

  /** Of one channel both formats are the same. */
  @Test
  void aChangeThatMovesNothingIsAView() {
    String conv = "@Conv2d(value = 2, kernelSize = 3)";
    Node one = arranged(false, "@Network(input = {1, 4, 4}) " + conv).get(0);
    Node two = arranged(false, "@Network(input = {2, 4, 4}) " + conv).get(0);
    assertEquals(MemoryUse.VIEW, one.layer().memory());
    assertEquals(MemoryUse.SEPARATE, two.layer().memory());
  }

  @Test
  void productsAreOfLoweredNumbersWhereTrainingIsMixed() {
    String net = "@Network(input = 6) @Linear(8) @ReLU @Linear(3) @LayerNorm";
    assertEquals(List.of("0.in", "0", "1", "2", "3.in", "3"), paths(true, net));
    assertEquals(List.of("0", "1", "2", "3"), paths(false, net));
  }

  @Test
  void oneChangeDoesForFormatAndPrecision() {
    List<Node> nodes = arranged(true, "@Network(input = {2, 4, 4})" + CONV);
    assertEquals(List.of("0.in", "0", "0.out"), nodes.stream().map(Node::path).toList());
    Relayout first = (Relayout) nodes.get(0).layer();
    assertTrue(first.format().isPresent() && first.precision().isPresent());
    assertEquals(MemoryUse.SEPARATE, first.memory());
  }

  /** Else it would be changed a second time, where both meet. */
  @Test
  void whatGoesPastLayersTakesTheFormThatTheyWant() {
    assertEquals(
        List.of("0.0.in", "0.0", "0.sum", "0.sum.out"),
        paths(
            false,
            "@Network(input = {2, 4, 4}) @Use(Inner.class)",
            "@Network(input = {2, 4, 4}) @Residual" + CONV + "interface Inner {}"));
  }

  @Test
  void alsoPastSeveral() {
    assertEquals(
        List.of("0.0.0.in", "0.0.0", "0.0.sum", "0.sum", "0.sum.out"),
        paths(
            false,
            "@Network(input = {2, 4, 4}) @Use(Outer.class)",
            "@Network(input = {2, 4, 4}) @Residual @Use(Inner.class) interface Outer {}",
            "@Network(input = {2, 4, 4}) @Residual" + CONV + "interface Inner {}"));
  }

  @Test
  void bothThatMeetAreInTheFormOfWhatWentPast() {
    assertEquals(
        List.of("0.0.in", "0.0", "0.1.in", "0.1", "0.sum.in", "0.sum", "0.sum.out"),
        paths(
            false,
            "@Network(input = {2, 4, 4}) @Use(Inner.class)",
            "@Network(input = {2, 4, 4}) @Residual" + CONV + "@Linear(4) interface Inner {}"));
  }

  @Test
  void whatWantsTheFormThatThereWasReadsThat() {
    assertEquals(
        List.of("0.0.in", "0.0", "0.shortcut.0", "0.shortcut.1", "0.sum.in", "0.sum"),
        paths(
            false,
            "@Network(input = {2, 4, 4}) @Use(Inner.class)",
            "@Network(input = {2, 4, 4}) @Residual @Shortcut(Other.class)"
                + CONV
                + "interface Inner {}",
            OTHER));
  }

  /** The layers beside it end contiguous; the shortcut sees what was forked, which is not. */
  @Test
  void aShortcutDoesNotSeeTheFormOfTheLayersBesideIt() {
    List<String> paths =
        paths(
            false,
            "@Network(input = {2, 4, 4})" + CONV + "@Use(Inner.class)",
            "@Network(input = {2, 4, 4}) @Residual @Shortcut(Next.class)"
                + CONV
                + "@Linear(4) interface Inner {}",
            "@Network(input = {2, 4, 4})" + CONV + "interface Next {}");
    assertTrue(paths.contains("1.1.in"), paths.toString());
    assertFalse(paths.contains("1.shortcut.0.in"), paths.toString());
    assertTrue(paths.contains("1.sum.in"), paths.toString());
  }
}
