package io.github.torchscribe.processor.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.processor.CompilesOnly;
import io.github.torchscribe.processor.Declared;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The memory of backward. Of the layers used here {@code @ReLU} and {@code @PReLU} turn one
 * gradient into the other in place, {@code @Upsample} and {@code @Linear} write the gradient of
 * their input elsewhere, {@code @BatchNorm1d} brings it, {@code @Flatten} is a view;
 * {@code @Linear} reads the gradient of its output as a matrix, of all rows where an example has
 * one row.
 */
@CompilesOnly
class GradientsTest {
  private static final String LEARN = " @MSELoss @SGD";

  private static final String SEQUENCE = "@Network(input = {5, 8}) ";

  @Test
  void withoutALossThereAreNone() {
    Planned net = Planned.of("@Network(input = 4) @Linear(8) @ReLU @Linear(8)");
    for (PlannedLayer step : net.plan().steps()) {
      assertTrue(step.inputGradient().isEmpty() && step.outputGradient().isEmpty());
    }
    assertEquals(List.of(), net.plan().memory().backward());
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
    assertEquals(4, Stream.of("0", "1", "2", "3").map(net::place).distinct().count());
  }

  @Test
  void whatIsMultipliedAtOnceIsUsedAgain() {
    Planned net = Planned.of(SEQUENCE + "@Linear(8) @Linear(8) @Linear(8) @Linear(8)" + LEARN);
    assertTrue(net.at("2").productsComeInPieces());
    assertNotEquals(net.place("3"), net.place("2"));
    assertNotEquals(net.place("2"), net.place("1"));
    long results = 4 * 48;
    assertEquals(results + 2 * 48, net.plan().memory().training(), "by turns");
  }

  @Test
  void whatIsChangedInPlaceIsNotFreeYet() {
    Planned net = Planned.of(SEQUENCE + "@Linear(8) @Linear(8) @ReLU" + LEARN);
    assertSame(net.gradient("2"), net.inputGradient("2"));
    assertNotEquals(net.place("1"), net.place("0"));
  }

  @Test
  void inMixedPrecisionAllProductsComeAtTheEnd() {
    Planned net =
        Planned.of(
            SEQUENCE
                + "@Linear(8) @Linear(8) @Linear(8) @Linear(8)"
                + LEARN
                + " @Training(precision = Precision.BF16)");
    assertEquals(4, Stream.of("0", "1", "2", "3").map(net::place).distinct().count());
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
  void whereLayersOnlyReadItAllPartsOfASumShareOne() {
    Planned net =
        Planned.of(
            "@Network(input = 8) @Linear(8) @Use(Inner.class) @Linear(8)" + LEARN,
            "@Network(input = 8) @Residual @Linear(8) interface Inner {}");
    assertSame(net.gradient("1.sum"), net.gradient("1.0"));
    assertEquals(net.at("1.sum").outputGradient(), net.inputGradient("1.sum", 1));
    assertNotSame(net.gradient("1.sum"), net.gradient("0"));
    assertEquals(List.of(), net.sums("1.sum"), "the first that gives something");
    assertEquals(List.of("linear0 + residual1_sum in linear0"), net.sums("1.0"));
  }

  @Test
  void whoWouldChangeItInPlaceWhileOthersReadItTakesAnotherPlace() {
    Planned net =
        Planned.of(
            "@Network(input = 8) @Linear(8) @Use(Inner.class) @Linear(8)" + LEARN,
            "@Network(input = 8) @Residual @Linear(8) @ReLU interface Inner {}");
    assertSame(net.gradient("1.sum"), net.gradient("1.1"));
    assertNotSame(net.gradient("1.1"), net.gradient("1.0"));
  }

  @Test
  void soDoesWhoeverChangesAViewOfIt() {
    Planned net =
        Planned.of(
            "@Network(input = {5, 8}) @Linear(8) @Use(Inner.class) @Linear(8)" + LEARN,
            "@Network(input = {5, 8}) @Residual @ReLU @Flatten @Unflatten({5, 8})"
                + " interface Inner {}");
    assertSame(net.gradient("1.sum"), net.gradient("1.0"), "past both views");
    assertNotSame(net.gradient("1.0"), net.inputGradient("1.0"));
  }

  /** PReLU cannot change in place what the views share with the sum, so that there are two. */
  @Test
  void noTwoHaveOneName() {
    Planned net =
        Planned.of(
            SEQUENCE + "@Linear(8) @Use(Inner.class) @Linear(8)" + LEARN,
            SEQUENCE
                + "@Residual @Hardswish @PReLU @Flatten @Unflatten({5, 8}) interface Inner {}");
    Map<String, Object> homes = new HashMap<>();
    for (PlannedLayer step : net.plan().steps()) {
      step.outputGradient()
          .ifPresent(
              buffer -> {
                Object home = buffer.span().isPresent() ? buffer.span().get() : buffer;
                Object other = homes.putIfAbsent(buffer.name(), home);
                assertTrue(other == null || other.equals(home), buffer.name());
              });
    }
  }

  @Test
  void whatIsKeptForProductsIsNotChanged() {
    Planned net =
        Planned.of(
            "@Network(input = 8) @Linear(8) @Use(Inner.class) @ReLU @Linear(8)" + LEARN,
            "@Network(input = 8) @Residual @Linear(8) interface Inner {}");
    assertEquals(List.of("linear0 + residual1_sum in linear0"), net.sums("1.0"));
    assertEquals(
        "end", net.gradient("1.0").training().last() > 2 * net.paths().size() ? "end" : "before");
  }

  @Test
  void whatGoesPastIsNotUsedAgainUntilItHasBeenAdded() {
    Planned net =
        Planned.of(
            SEQUENCE + "@Linear(8) @Use(Inner.class) @Linear(8)" + LEARN,
            SEQUENCE + "@Residual @Linear(8) @Linear(8) @Linear(8) @Linear(8) interface Inner {}");
    for (String inside : List.of("1.2", "1.1", "1.0", "0")) {
      assertNotEquals(net.place("1.sum"), net.place(inside), inside);
    }
  }

  @Test
  void onceAddedWhatWentPastIsUsedAgain() {
    Planned net =
        Planned.of(
            SEQUENCE + "@Linear(8) @Use(value = Inner.class, times = 3) @Linear(8)" + LEARN,
            SEQUENCE + "@Residual @Linear(8) @Linear(8) interface Inner {}");
    long results = 10 * 48;
    assertEquals(results, net.plan().memory().training());
  }

  @Test
  void insideEachOtherEachValueGetsItsOwnSum() {
    Planned net =
        Planned.of(
            "@Network(input = 8) @Linear(8) @Use(Outer.class) @Linear(8)" + LEARN,
            "@Network(input = 8) @Residual @Linear(8) @Use(Inner.class) @Linear(8)"
                + " interface Outer {}",
            "@Network(input = 8) @Residual @Linear(8) interface Inner {}");
    assertEquals(List.of("linear1_0 + residual1_1_sum in linear1_0"), net.sums("1.1.0"));
    assertEquals(List.of("linear0 + residual1_sum in linear0"), net.sums("1.0"));
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
    assertEquals(List.of("linear0 + linear0ByLinear1_shortcut_0 in linear0"), net.sums("1.0"));
  }

  @Test
  void aValueReadThreeTimesGetsTheSumOfAll() {
    Planned net =
        Planned.of(
            SEQUENCE + "@Linear(8) @Use(Outer.class) @Linear(8)" + LEARN,
            SEQUENCE + "@Residual @Shortcut(Inner.class) @Linear(8) interface Outer {}",
            SEQUENCE + "@Residual @Linear(8) interface Inner {}");
    assertEquals(
        List.of("linear0ByLinear1_shortcut_0 + residual1_sum in linear0ByLinear1_shortcut_0"),
        net.sums("1.shortcut.0"));
    assertEquals(List.of("linear0 + linear0ByLinear1_shortcut_0 in linear0"), net.sums("1.0"));
  }

  /** The layers beside a shortcut come first, backward. */
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
      for (String beside : List.of("2", "1", "0")) {
        assertNotEquals(net.place("1.sum"), net.place("1.shortcut." + beside), beside);
      }
    }
  }

  /** Each reads the two before: there are more ways back than could be gone one by one. */
  @Test
  void sumsOfSumsArePlannedInNoTime() {
    StringBuilder net = new StringBuilder("@Network @MSELoss @SGD interface Net {\n");
    net.append("@BatchNorm1d Tensor s0(@Input(8) Tensor x); @BatchNorm1d Tensor s1(Tensor s0);\n");
    for (int i = 2; i < 80; i++) {
      net.append("@BatchNorm1d Tensor f").append(i).append("(Tensor s").append(i - 1).append("); ");
      net.append("@Add Tensor s").append(i).append("(Tensor f").append(i).append(", Tensor s");
      net.append(i - 1).append(", Tensor s").append(i - 2).append(");\n");
    }
    String declaration = net.append("}").toString();
    assertTimeoutPreemptively(
        Duration.ofMinutes(1), () -> Declared.withGraph(declaration, Planner::plan));
  }

  /** A layer without parameters behind the input has nothing to hand on. */
  @Test
  void whatNoParameterLiesBeforeNeedsNone() {
    Planned net =
        Planned.of(
            "@Network(input = 8) @Use(Inner.class) @Linear(8)" + LEARN,
            "@Network(input = 8) @Residual @Linear(8) interface Inner {}");
    assertTrue(net.at("0.0").inputGradient().isEmpty());
    assertTrue(net.inputGradient("0.sum", 0).isPresent());
    assertTrue(net.inputGradient("0.sum", 1).isEmpty());
  }

  /** Nothing is computed below the lowest part that learns. */
  @Test
  void whatIsFrozenNeedsNone() {
    Planned net =
        Planned.of(
            "@Network(input = 8) @Frozen({\"0\", \"1\", \"4\"}) @Linear(8) @LayerNorm @Linear(8) @ReLU"
                + " @Linear(8) @Linear(8)"
                + LEARN);
    assertTrue(net.at("0").outputGradient().isEmpty());
    assertTrue(net.at("1").outputGradient().isEmpty());
    assertTrue(net.at("2").inputGradient().isEmpty());
    assertTrue(net.at("4").inputGradient().isPresent(), "what is below it learns");
  }
}
