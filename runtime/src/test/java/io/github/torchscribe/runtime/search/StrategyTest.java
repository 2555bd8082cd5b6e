package io.github.torchscribe.runtime.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class StrategyTest {
  private static final Setting LOG = new Setting.Real("lr", 1e-4, 1, true);

  /** Table 1 of Li, Jamieson and others, 2018: n and r of each round for R = 81 and η = 3. */
  @Test
  void hyperbandIsThatOfThePaper() {
    List<String> rounds = new ArrayList<>();
    for (Strategy.Bracket bracket : Strategy.hyperband(81).brackets()) {
      rounds.add(bracket.counts(bracket.configurations()) + " for " + bracket.epochs());
    }
    assertEquals(
        List.of(
            "[81, 27, 9, 3, 1] for [1, 3, 9, 27, 81]",
            "[34, 11, 3, 1] for [3, 9, 27, 81]",
            "[15, 5, 1] for [9, 27, 81]",
            "[8, 2] for [27, 81]",
            "[5] for [81]"),
        rounds);
  }

  @Test
  void successiveHalvingEndsWithAllEpochs() {
    assertEquals("[27, 9, 3, 1] for [1, 3, 9, 27]", rounds(27, 1, 27, 3));
    assertEquals("[10, 3, 1] for [1, 3, 10]", rounds(10, 1, 10, 3));
    assertEquals("[16, 8, 4] for [5, 10, 20]", rounds(16, 5, 20, 2));
    assertEquals("[4, 1, 1] for [3, 9, 27]", rounds(4, 2, 27, 3));
    assertEquals("[2] for [7]", rounds(2, 7, 7, 3));
  }

  private static String rounds(int configurations, int min, int max, int eta) {
    Strategy.Bracket bracket =
        Strategy.successiveHalving(configurations, min, max, eta).brackets().get(0);
    return bracket.counts(bracket.configurations()) + " for " + bracket.epochs();
  }

  /** As {@code numpy.linspace} and {@code numpy.geomspace} divide ranges. */
  @Test
  void gridsDivideRanges() {
    Space space = new Space();
    space.add(new Setting.Choice("kind", List.of("a", "b")));
    space.add(LOG);
    space.add(new Setting.Whole("width", 1, 4));
    List<Map<String, Object>> grid = space.grid(3);
    assertEquals(2 * 3 * 3, grid.size());
    assertEquals(Map.of("kind", "a", "lr", 1e-4, "width", 1), grid.get(0));
    assertEquals(3, grid.get(1).get("width"));
    assertEquals(4, grid.get(2).get("width"));
    assertEquals(0.01, (double) grid.get(3).get("lr"), 1e-15);
    assertEquals(1.0, grid.get(17).get("lr"));
    assertEquals(List.of(0.0, 0.25, 0.5, 0.75, 1.0), new Setting.Real("x", 0, 1, false).spread(5));
    assertEquals(List.of(-1, 0, 1), new Setting.Whole("x", -1, 1).spread(Integer.MAX_VALUE));
  }

  @Test
  void chanceIsSpreadAsItWasSaid() {
    Space space = new Space();
    space.add(LOG);
    space.add(new Setting.Whole("width", 1, 4));
    space.add(new Setting.Choice("kind", List.of("a", "b", "c")));
    space.add(new Setting.Real("x", -1, 1, false));
    List<Configuration> all = new Configurations(space, 3).draw(4000);
    double[] rates =
        all.stream().mapToDouble(some -> (double) some.settings().get("lr")).sorted().toArray();
    // The quartiles of scipy.stats.loguniform(1e-4, 1) are 1e-3, 1e-2 and 1e-1.
    for (int quarter = 1; quarter < 4; quarter++) {
      double is = Math.log10(rates[quarter * rates.length / 4]);
      assertEquals(quarter - 4, is, 0.15);
    }
    double[] even = all.stream().mapToDouble(some -> (double) some.settings().get("x")).toArray();
    assertEquals(0, Arrays.stream(even).average().orElseThrow(), 0.04);
    for (int width = 1; width <= 4; width++) {
      int wanted = width;
      long count = all.stream().filter(some -> some.settings().get("width").equals(wanted)).count();
      assertEquals(1000, count, 100);
    }
    long b = all.stream().filter(some -> some.settings().get("kind").equals("b")).count();
    assertEquals(4000 / 3.0, b, 120);
  }

  @Test
  void whoAsksForMoreGetsTheSameFirst() {
    Space space = new Space();
    space.add(LOG);
    List<Configuration> few = new Configurations(space, 5).draw(3);
    assertEquals(few, new Configurations(space, 5).draw(10).subList(0, 3));
    assertTrue(!few.equals(new Configurations(space, 6).draw(3)));
    assertEquals(
        1000,
        new TreeSet<>(
                new Configurations(space, 5).draw(1000).stream().map(Configuration::seed).toList())
            .size());
  }

  @Test
  void nothingIsDrawnTwice() {
    Space space = new Space();
    space.add(new Setting.Choice("a", List.of(1, 2, 3)));
    space.add(new Setting.Whole("b", 0, 3));
    Configurations all = new Configurations(space, 1);
    assertEquals(10, all.draw(10).size());
    assertEquals(2, all.draw(10).size());
    assertEquals(12, Strategy.random(100, 1).planned(space));
    assertEquals(12, Strategy.grid(1).planned(space));
  }

  /** A range of one number is one value, however many are asked for. */
  @Test
  void aGridHasARangeOfOneNumberOnce() {
    Space space = new Space();
    space.add(new Setting.Real("x", 1, 1, false));
    space.add(new Setting.Real("lr", 0.5, 0.5, true));
    space.add(new Setting.Whole("n", 2, 3));
    for (Strategy grid : List.of(Strategy.grid(1), Strategy.grid(1, 5))) {
      List<Configuration> all =
          assertTimeoutPreemptively(
              Duration.ofSeconds(10),
              () -> grid.begin(grid.brackets().get(0), new Configurations(space, 1)));
      assertEquals(
          List.of(Map.of("x", 1.0, "lr", 0.5, "n", 2), Map.of("x", 1.0, "lr", 0.5, "n", 3)),
          all.stream().map(Configuration::settings).toList());
      assertEquals(2, grid.planned(space));
    }
  }

  /** What nobody can try is refused before it is made, which would take all memory. */
  @Test
  void gridsAreCountedBeforeTheyAreMade() {
    Space space = new Space();
    space.add(new Setting.Whole("n", 0, Integer.MAX_VALUE));
    List<Executable> calls =
        List.of(
            () -> Strategy.grid(1).planned(space),
            () -> space.grid(Integer.MAX_VALUE),
            () -> space.grid(1_000_001));
    for (Executable call : calls) {
      assertEquals(
          "the grid has more than 1000000 combinations: nobody can try so many",
          assertTimeoutPreemptively(
              Duration.ofSeconds(10),
              () -> assertThrows(IllegalArgumentException.class, call).getMessage()));
    }
    assertEquals(1_000_000, space.combinations(1_000_000));
  }

  /** A range's ends are reached, and nothing beyond them. */
  @Test
  void rangesKeepTheirEnds() {
    Setting.Whole wide = new Setting.Whole("n", Integer.MIN_VALUE, Integer.MAX_VALUE);
    assertEquals(Integer.MIN_VALUE, wide.at(0));
    assertEquals(Integer.MAX_VALUE, wide.at(Math.nextDown(1.0)));
    assertEquals(1e-4, (double) LOG.at(0), 1e-18);
    assertTrue((double) LOG.at(Math.nextDown(1.0)) <= 1);
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertEquals(
        "eta must be at least 2 but is 1",
        assertThrows(IllegalArgumentException.class, () -> Strategy.successiveHalving(9, 1, 9, 1))
            .getMessage());
    assertEquals(
        "the number of epochs of the last round must be at least 5 but is 2",
        assertThrows(IllegalArgumentException.class, () -> Strategy.successiveHalving(9, 5, 2))
            .getMessage());
    Space space = new Space();
    space.add(LOG);
    assertEquals(
        "lr is log-uniform from 1.0E-4 to 1.0: say of how many values a grid has it, with"
            + " grid(epochs, points), or give it as a choice",
        assertThrows(IllegalArgumentException.class, () -> Strategy.grid(1).require(space))
            .getMessage());
  }
}
