package io.github.torchscribe.processor.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The memory of backward. Of the layers used here {@code @ReLU} and {@code @PReLU} turn one
 * gradient into the other in place, {@code @Upsample} and {@code @Linear} write the gradient of
 * their input elsewhere, {@code @BatchNorm1d} brings it, {@code @Flatten} is a view;
 * {@code @Linear} reads the gradient of its output as a matrix, of all rows where an example has
 * one row.
 */
class GradientsTest {
  private static final String LEARN = " @MSELoss @SGD";

  private static final String SEQUENCE = "@Network(input = {5, 8}) ";

  @Test
  void withoutALossThereAreNone() {
    Planned net = Planned.of("@Network(input = 4) @Linear(8) @ReLU @Linear(8)");
    for (PlannedLayer step : net.plan().steps()) {
      assertTrue(step.inputGradient().isEmpty() && step.outputGradient().isEmpty());
    }
    assertEquals(0, net.plan().gradients().size());
  }

  @Test
  void nobodyNeedsThoseBeforeTheFirstLayerThatLearns() {
    Planned net = Planned.of("@Network(input = 4) @GELU @Linear(8) @ReLU @Linear(8)" + LEARN);
    assertTrue(net.at("0").outputGradient().isEmpty());
    assertTrue(net.at("1").inputGradient().isEmpty());
    assertTrue(net.at("1").outputGradient().isPresent());
  }

  @Test
  void aLayerReadsWhatTheOneBehindItWrites() {
    Planned net = Planned.of("@Network(input = 4) @Linear(8) @Linear(7) @Linear(6)" + LEARN);
    assertSame(net.inputGradient("2"), net.gradient("1"));
    assertSame(net.inputGradient("1"), net.gradient("0"));
    assertEquals(6, net.gradient("2").size());
    assertEquals(7, net.gradient("1").size());
    assertEquals(8, net.gradient("0").size());
  }

  @Test
  void elementByElementOneTakesThePlaceOfTheOther() {
    Planned net =
        Planned.of("@Network(input = 4) @Linear(8) @ReLU @PReLU @Dropout @Linear(8)" + LEARN);
    assertSame(net.gradient("3"), net.gradient("2"));
    assertSame(net.gradient("2"), net.gradient("1"));
    assertSame(net.gradient("1"), net.gradient("0"));
    assertNotSame(net.gradient("4"), net.gradient("3"));
    assertEquals("linear0", net.at("3").outputGradient().orElseThrow().name());
  }

  @Test
  void ofAViewItIsAView() {
    Planned net = Planned.of(SEQUENCE + "@Linear(8) @Flatten @Linear(8)" + LEARN);
    assertSame(net.gradient("1"), net.gradient("0"));
    assertEquals(1, net.at("1").outputGradient().orElseThrow().shape().rank());
    assertEquals(2, net.at("0").outputGradient().orElseThrow().shape().rank());
  }

  /** The products of all rows come after all layers. */
  @Test
  void whatIsMultipliedAtTheEndIsKeptUntilThen() {
    Planned net =
        Planned.of("@Network(input = 8) @Linear(8) @Linear(8) @Linear(8) @Linear(8)" + LEARN);
    List<Span> all = List.of("0", "1", "2", "3").stream().map(net::gradient).toList();
    assertEquals(4, all.stream().distinct().count());
    assertEquals(4 * 16, net.plan().gradients().size());
  }

  @Test
  void whatIsMultipliedAtOnceIsUsedAgain() {
    Planned net = Planned.of(SEQUENCE + "@Linear(8) @Linear(8) @Linear(8) @Linear(8)" + LEARN);
    assertTrue(net.at("2").productsComeInPieces());
    assertNotSame(net.gradient("3"), net.gradient("2"));
    assertSame(net.gradient("3"), net.gradient("1"));
    assertSame(net.gradient("2"), net.gradient("0"));
  }

  @Test
  void whatIsChangedInPlaceIsNotFreeYet() {
    Planned net = Planned.of(SEQUENCE + "@Linear(8) @Linear(8) @ReLU" + LEARN);
    assertSame(net.gradient("2"), net.inputGradient("2"));
    assertNotSame(net.inputGradient("2"), net.inputGradient("1"));
  }

  @Test
  void inMixedPrecisionAllProductsComeAtTheEnd() {
    Planned net =
        Planned.of(
            SEQUENCE
                + "@Linear(8) @Linear(8) @Linear(8) @Linear(8)"
                + LEARN
                + " @Training(precision = Precision.BF16)");
    assertEquals(4, List.of("0", "1", "2", "3").stream().map(net::gradient).distinct().count());
  }

  @Test
  void whatAnOperationBringsHasNoPlace() {
    Planned net = Planned.of(SEQUENCE + "@GRU(8) @BatchNorm1d @Linear(8)" + LEARN);
    assertTrue(net.at("1").inputGradient().orElseThrow().span().isEmpty());
    assertTrue(net.at("0").outputGradient().orElseThrow().span().isEmpty());
  }

  @Test
  void whatIsReadAsAMatrixHasAPlaceEvenSo() {
    Planned net = Planned.of("@Network(input = 8) @Linear(8) @BatchNorm1d @Linear(8)" + LEARN);
    assertTrue(net.at("1").inputGradient().orElseThrow().span().isPresent());
  }

  @Test
  void soHasWhatIsReadInAnotherShape() {
    Planned net =
        Planned.of(SEQUENCE + "@PositionalEmbedding @Flatten @BatchNorm1d @Linear(8)" + LEARN);
    assertTrue(net.at("2").inputGradient().orElseThrow().span().isPresent());
  }

  @Test
  void alsoWhereItIsChangedInPlaceBefore() {
    Planned net = Planned.of("@Network(input = 8) @Linear(8) @ReLU @BatchNorm1d" + LEARN);
    assertTrue(net.at("2").inputGradient().orElseThrow().span().isPresent());
    Planned other = Planned.of("@Network(input = 8) @BatchNorm1d @ReLU @BatchNorm1d" + LEARN);
    assertTrue(other.at("2").inputGradient().orElseThrow().span().isEmpty());
  }

  @Test
  void alsoWhereItWasForkedBefore() {
    Planned net =
        Planned.of(
            "@Network(input = 8) @Linear(8) @Use(Inner.class)" + LEARN,
            "@Network(input = 8) @Residual @BatchNorm1d @Linear(8) interface Inner {}");
    assertTrue(net.at("1.0").inputGradient().orElseThrow().span().isPresent());
  }

  @Test
  void alsoWhereOneSideOfAShortcutReadsItSo() {
    Planned net =
        Planned.of(
            "@Network(input = 8) @Use(Inner.class) @BatchNorm1d" + LEARN,
            "@Network(input = 8) @Residual @Shortcut(Other.class) @Linear(8) interface Inner {}",
            "@Network(input = 8) @BatchNorm1d interface Other {}");
    assertTrue(net.at("1").inputGradient().orElseThrow().span().isPresent());
    Planned other =
        Planned.of(
            "@Network(input = 8) @Use(Inner.class) @BatchNorm1d" + LEARN,
            "@Network(input = 8) @Residual @Shortcut(Other.class) @BatchNorm1d interface Inner {}",
            "@Network(input = 8) @BatchNorm1d interface Other {}");
    assertTrue(other.at("1").inputGradient().orElseThrow().span().isEmpty());
  }

  @Test
  void whereLayersOnlyReadItBothSidesOfAJoinShareOne() {
    Planned net =
        Planned.of(
            "@Network(input = 8) @Linear(8) @Use(Inner.class) @Linear(8)" + LEARN,
            "@Network(input = 8) @Residual @Linear(8) interface Inner {}");
    assertSame(net.gradient("1.sum"), net.gradient("1.0"));
    assertSame(net.gradient("1.sum"), skipped(net, "1.fork"));
    assertNotSame(net.gradient("1.sum"), net.gradient("1.fork"));
    assertSame(net.gradient("1.fork"), net.gradient("0"), "the other is added to it");
  }

  @Test
  void whereALayerChangesItInPlaceItIsCopied() {
    for (String last : List.of("@ReLU", "@Flatten", "@Use(Innermost.class)")) {
      Planned net =
          Planned.of(
              "@Network(input = 8) @Linear(8) @Use(Inner.class) @Linear(8)" + LEARN,
              "@Network(input = 8) @Residual @Linear(8) " + last + " interface Inner {}",
              "@Network(input = 8) @Residual @Linear(8) interface Innermost {}");
      assertNotSame(net.gradient("1.sum"), net.inputGradient("1.sum"), last);
      assertSame(net.gradient("1.sum"), skipped(net, "1.fork"), last);
    }
  }

  /** Inside two places are enough, by turns; the third is what goes past. */
  @Test
  void whatGoesPastIsNotUsedAgainUntilItHasBeenAdded() {
    Planned net =
        Planned.of(
            SEQUENCE + "@Linear(8) @Use(Inner.class) @Linear(8)" + LEARN,
            SEQUENCE + "@Residual @Linear(8) @Linear(8) @Linear(8) @Linear(8) interface Inner {}");
    Span past = skipped(net, "1.fork");
    for (String inside : List.of("1.2", "1.1", "1.0", "1.fork")) {
      assertNotSame(past, net.gradient(inside), inside);
    }
    assertSame(net.gradient("2"), net.gradient("1.2"), "which was free");
  }

  @Test
  void onceAddedWhatWentPastIsUsedAgain() {
    Planned net =
        Planned.of(
            SEQUENCE + "@Linear(8) @Use(value = Inner.class, times = 3) @Linear(8)" + LEARN,
            SEQUENCE + "@Residual @Linear(8) @Linear(8) interface Inner {}");
    assertEquals(3 * 48, net.plan().gradients().size());
  }

  @Test
  void insideEachOtherEachForkAddsItsOwn() {
    Planned net =
        Planned.of(
            "@Network(input = 8) @Linear(8) @Use(Outer.class) @Linear(8)" + LEARN,
            "@Network(input = 8) @Residual @Linear(8) @Use(Inner.class) @Linear(8)"
                + " interface Outer {}",
            "@Network(input = 8) @Residual @Linear(8) interface Inner {}");
    assertSame(net.gradient("1.sum"), skipped(net, "1.fork"));
    assertSame(net.gradient("1.1.sum"), skipped(net, "1.1.fork"));
    assertNotSame(skipped(net, "1.fork"), skipped(net, "1.1.fork"));
  }

  @Test
  void bothSidesOfAShortcutGetTheGradientOfTheSum() {
    Planned net =
        Planned.of(
            "@Network(input = 8) @Linear(8) @Use(Inner.class) @Linear(8)" + LEARN,
            "@Network(input = 8) @Residual @Shortcut(Other.class) @Linear(8) interface Inner {}",
            "@Network(input = 8) @Linear(8) interface Other {}");
    assertSame(net.gradient("1.sum"), net.gradient("1.0"));
    assertSame(net.gradient("1.sum"), net.gradient("1.shortcut.0"));
    assertSame(net.inputGradient("1.shortcut.0"), skipped(net, "1.fork"));
    assertSame(net.inputGradient("1.0"), net.gradient("1.fork"));
    assertNotSame(skipped(net, "1.fork"), net.gradient("1.fork"));
  }

  @Test
  void aSideThatChangesItInPlaceGetsACopy() {
    Planned main =
        Planned.of(
            "@Network(input = 8) @Linear(8) @Use(Inner.class) @Linear(8)" + LEARN,
            "@Network(input = 8) @Residual @Shortcut(Other.class) @Linear(8) @ReLU"
                + " interface Inner {}",
            "@Network(input = 8) @Linear(8) interface Other {}");
    assertNotSame(main.gradient("1.sum"), main.gradient("1.1"));
    assertSame(main.gradient("1.1"), skipped(main, "1.sum"));
    assertSame(main.gradient("1.sum"), main.gradient("1.shortcut.0"));
    Planned shortcut =
        Planned.of(
            "@Network(input = 8) @Linear(8) @Use(Inner.class) @Linear(8)" + LEARN,
            "@Network(input = 8) @Residual @Shortcut(Other.class) @Linear(8) interface Inner {}",
            "@Network(input = 8) @Linear(8) @ReLU interface Other {}");
    assertSame(shortcut.gradient("1.sum"), shortcut.gradient("1.0"));
    assertNotSame(shortcut.gradient("1.sum"), shortcut.gradient("1.shortcut.1"));
  }

  /** The layers beside a shortcut come last, backward. */
  @Test
  void whatTheMainSideGetsIsNotUsedAgainByTheShortcut() {
    for (String last : List.of("", "@ReLU")) {
      Planned net =
          Planned.of(
              SEQUENCE + "@Linear(8) @Use(Inner.class) @Linear(8)" + LEARN,
              SEQUENCE
                  + "@Residual @Shortcut(Other.class) @Linear(8) "
                  + last
                  + " interface Inner {}",
              SEQUENCE + "@Linear(8) @Linear(8) @Linear(8) @Linear(8) interface Other {}");
      Span main = net.gradient("1.0");
      for (String beside : List.of("2", "1", "0")) {
        assertNotSame(main, net.gradient("1.shortcut." + beside), beside);
        assertNotSame(main, net.inputGradient("1.shortcut." + beside), beside);
      }
    }
  }

  @Test
  void shortcutsInsideEachOtherKeepTheirSidesApart() {
    Planned net =
        Planned.of(
            "@Network(input = 8) @Linear(8) @Use(Outer.class) @Linear(8)" + LEARN,
            "@Network(input = 8) @Residual @Shortcut(Inner.class) @Linear(8) @ReLU"
                + " interface Outer {}",
            "@Network(input = 8) @Residual @Shortcut(Other.class) @Linear(8) interface Inner {}",
            "@Network(input = 8) @Linear(8) interface Other {}");
    assertSame(net.gradient("1.1"), skipped(net, "1.sum"));
    assertNotSame(net.gradient("1.sum"), net.gradient("1.1"), "ReLU ends the main side");
    assertSame(net.gradient("1.shortcut.sum"), net.gradient("1.shortcut.0"));
  }

  private static Span skipped(Planned net, String path) {
    return net.at(path).skippedGradient().orElseThrow().span().orElseThrow();
  }
}
