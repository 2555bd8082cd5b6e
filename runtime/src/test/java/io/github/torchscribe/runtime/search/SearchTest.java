package io.github.torchscribe.runtime.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class SearchTest {
  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final List<String> tried = new ArrayList<>();

  private Search search(String name) {
    return Search.in(folder.resolve(name))
        .printTo(new PrintStream(out, true, StandardCharsets.UTF_8))
        .logUniform("lr", 1e-4, 1)
        .choice("kind", "plain", "wide")
        .integer("width", 1, 9)
        .seed(4);
  }

  /** Best at a learning rate of 0.01; more epochs come nearer. */
  private double loss(Trial trial) {
    tried.add(trial.id() + " for " + trial.epochs());
    return Math.abs(Math.log10(trial.number("lr")) + 2) + 1.0 / trial.epochs();
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void findsTheBest() {
    SearchResult found = search("a").run(Strategy.random(30, 2), this::loss);
    assertTrue(found.isComplete());
    assertEquals(30, found.outcomes().size());
    assertEquals(0.01, (double) found.best().settings().get("lr"), 0.005);
    double least =
        found.outcomes().stream().mapToDouble(some -> some.value().getAsDouble()).min().orElse(0);
    assertEquals(least, found.best().value().getAsDouble());
    assertTrue(Files.exists(found.page()));
    assertTrue(printed().contains("[1 of 30] lr "), printed());
    assertTrue(printed().contains("30 trials, of which these are the best 10"), printed());
    assertTrue(
        found
            .table()
            .lines()
            .findFirst()
            .orElseThrow()
            .matches("trial +lr +kind +width +epochs +test loss +time"),
        found::table);
  }

  /** Between which there is no other number. */
  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void ofANarrowRangeThereAreFewToTry() {
    for (boolean isLog : new boolean[] {false, true}) {
      Search search =
          Search.in(folder.resolve("" + isLog))
              .printTo(new PrintStream(out, true, StandardCharsets.UTF_8))
              .choice("kind", "plain", "wide");
      double next = Math.nextUp(1.0);
      SearchResult found =
          (isLog ? search.logUniform("a", 1, next) : search.uniform("a", 1, next))
              .run(Strategy.random(9, 1), trial -> trial.number("a"));
      assertTrue(found.isComplete());
      Set<Object> all = new HashSet<>();
      found.outcomes().forEach(some -> all.add(some.settings()));
      assertEquals(4, all.size());
      assertEquals(4, found.outcomes().size());
    }
  }

  @Test
  void theHighestIsTheBestWhereThatIsSaid() {
    SearchResult found =
        Search.in(folder)
            .printTo(new PrintStream(out, true, StandardCharsets.UTF_8))
            .choice("x", 1, 5, 3)
            .choice("sign", true, false)
            .maximize("R²")
            .run(Strategy.grid(1), trial -> trial.flag("sign") ? trial.integer("x") : -1);
    assertEquals(6, found.outcomes().size());
    assertEquals(5, found.best().settings().get("x"));
    assertEquals(
        List.of(1, 1, 5, 5, 3, 3),
        found.outcomes().stream().map(some -> some.settings().get("x")).toList());
  }

  @Test
  void ofEachRoundTheBestGoOn() {
    SearchResult found = search("a").run(Strategy.successiveHalving(9, 1, 9), this::loss);
    assertEquals(9 + 3 + 1, tried.size());
    List<Integer> bestThree =
        found.outcomes().subList(0, 9).stream()
            .sorted((a, b) -> Double.compare(a.value().getAsDouble(), b.value().getAsDouble()))
            .limit(3)
            .map(TrialOutcome::trial)
            .sorted()
            .toList();
    assertEquals(
        bestThree, found.outcomes().subList(9, 12).stream().map(TrialOutcome::trial).toList());
    TrialOutcome last = found.outcomes().get(12);
    assertEquals(9, last.epochs());
    assertEquals(last, found.best());
    assertEquals(
        found.outcomes().get(last.trial() - 1).seed(), last.seed(), "settings keep their seed");
  }

  @Test
  void whatFailsDoesNotEndTheSearch() {
    SearchResult found =
        search("a")
            .run(
                Strategy.successiveHalving(9, 1, 9),
                trial ->
                    switch (trial.id()) {
                      case 2 -> throw new IOException("no such file");
                      case 3 -> Double.NaN;
                      case 4 -> throw new OutOfMemoryError("of a GPU");
                      case 5 -> throw new NullPointerException();
                      case 6 -> Double.NEGATIVE_INFINITY;
                      default -> loss(trial);
                    });
    assertEquals("no such file", found.outcomes().get(1).message());
    assertEquals("test loss is NaN", found.outcomes().get(2).message());
    assertEquals("of a GPU", found.outcomes().get(3).message());
    assertEquals("test loss is -Infinity", found.outcomes().get(5).message());
    assertTrue(found.outcomes().stream().skip(9).allMatch(some -> some.value().isPresent()));
    assertTrue(printed().contains("13 trials") && printed().contains("5 failed"), printed());
    SearchResult none =
        search("b")
            .run(
                Strategy.random(2, 1),
                trial -> {
                  throw new IOException("no data");
                });
    assertEquals(
        "all 2 trials failed, the first with: no data",
        assertThrows(IllegalStateException.class, none::best).getMessage());
  }

  @Test
  void goesOnAsIfItHadNotBeenInterrupted() throws IOException {
    SearchResult whole = search("whole").run(Strategy.hyperband(9), this::loss);
    List<String> all = List.copyOf(tried);
    tried.clear();
    for (int stop : new int[] {0, 5, 11, 12}) {
      SearchResult part =
          search("parts")
              .run(
                  Strategy.hyperband(9),
                  trial -> {
                    if (tried.size() == stop) {
                      throw new CancellationException("enough");
                    }
                    return loss(trial);
                  });
      assertFalse(part.isComplete());
      assertEquals(tried.size(), part.outcomes().size());
      // What a kill in the middle of writing leaves.
      Files.writeString(folder.resolve("parts/search.json.part"), "{\"format\"");
    }
    SearchResult rest = search("parts").run(Strategy.hyperband(9), this::loss);
    assertEquals(all, tried, "nothing twice, all in the same order");
    assertEquals(timeless(whole), timeless(rest));
    assertEquals(record("whole"), record("parts"), "and so are the files, but for the time");
    tried.clear();
    assertEquals(timeless(whole), timeless(search("parts").run(Strategy.hyperband(9), this::loss)));
    assertEquals(List.of(), tried, "all is known");
  }

  @Test
  void anInterruptedTrialEndsTheSearch() {
    SearchResult part =
        search("a")
            .run(
                Strategy.random(4, 1),
                trial -> {
                  if (trial.id() == 2) {
                    throw new InterruptedException();
                  }
                  return loss(trial);
                });
    assertTrue(Thread.interrupted(), "who interrupted it is told");
    assertFalse(part.isComplete());
    assertEquals(1, part.outcomes().size());
    assertTrue(Files.exists(part.page()));
    assertTrue(printed().contains("Stopped; run again it goes on."), printed());
    assertTrue(search("a").run(Strategy.random(4, 1), this::loss).isComplete());
    assertEquals(List.of("1 for 1", "2 for 1", "3 for 1", "4 for 1"), tried);
  }

  @Test
  void whatATrialCameToIsKeptWhereTheThreadWasInterrupted() {
    SearchResult part = search("a").run(Strategy.random(4, 1), this::interruptedAtTwo);
    assertTrue(Thread.interrupted());
    assertFalse(part.isComplete());
    assertEquals(2, part.outcomes().size());
    assertTrue(search("a").run(Strategy.random(4, 1), this::interruptedAtTwo).isComplete());
    assertFalse(Thread.interrupted());
    assertEquals(List.of("1 for 1", "2 for 1", "3 for 1", "4 for 1"), tried);
    // Where nothing was left to do there is nothing that it ended.
    assertTrue(search("b").run(Strategy.random(2, 1), this::interruptedAtTwo).isComplete());
    assertTrue(Thread.interrupted());
  }

  private double interruptedAtTwo(Trial trial) {
    if (trial.id() == 2) {
      Thread.currentThread().interrupt();
    }
    return loss(trial);
  }

  private String record(String name) throws IOException {
    return Files.readString(folder.resolve(name).resolve("search.json"))
        .replaceAll("\"seconds\":[0-9.E-]+", "");
  }

  private static List<Object> timeless(SearchResult result) {
    List<Object> all = new ArrayList<>();
    for (TrialOutcome some : result.outcomes()) {
      all.add(
          List.of(
              some.trial(),
              some.seed(),
              some.epochs(),
              some.settings(),
              some.value(),
              some.message()));
    }
    return all;
  }

  @Test
  void moreByChanceGoOnFromWhatThereIs() {
    search("a").run(Strategy.random(4, 1), this::loss);
    tried.clear();
    SearchResult more = search("a").run(Strategy.random(6, 1), this::loss);
    assertEquals(List.of("5 for 1", "6 for 1"), tried);
    assertEquals(6, more.outcomes().size());
  }

  @Test
  void anotherSearchDoesNotGoOn() {
    search("a").run(Strategy.random(2, 1), this::loss);
    String said =
        assertThrows(
                IllegalStateException.class,
                () ->
                    search("a")
                        .seed(5)
                        .uniform("dropout", 0, 0.5)
                        .run(Strategy.random(2, 1), this::loss))
            .getMessage();
    assertEquals(
        folder.resolve("a")
            + " has another search; what has changed since:\n"
            + "  - seed 4\n"
            + "  + seed 5\n"
            + "  + dropout: uniform from 0.0 to 0.5\n"
            + "Restore that, or choose another folder",
        said);
  }

  @Test
  void oneSearchAtATimeHasTheFolder() {
    search("a")
        .run(
            Strategy.random(1, 1),
            trial -> {
              IllegalStateException refused =
                  assertThrows(
                      IllegalStateException.class,
                      () -> search("a").run(Strategy.random(1, 1), this::loss));
              assertEquals(
                  "another search works in " + folder.resolve("a") + "; give each its own folder",
                  refused.getMessage());
              return 1;
            });
  }

  @Test
  void aBrokenRecordIsNoNewBeginning() throws IOException {
    search("a").run(Strategy.random(1, 1), this::loss);
    Path file = folder.resolve("a/search.json");
    Files.writeString(file, Files.readString(file).substring(0, 50));
    String said =
        assertThrows(
                IllegalStateException.class,
                () -> search("a").run(Strategy.random(1, 1), this::loss))
            .getMessage();
    assertTrue(said.startsWith(file + " is no whole record of a search: "), said);
    Files.delete(file);
    said =
        assertThrows(
                IllegalStateException.class,
                () -> search("a").run(Strategy.random(1, 1), this::loss))
            .getMessage();
    assertTrue(said.contains("has trials of a search whose search.json is gone"), said);
  }

  @Test
  void settingsAreAskedForByTheirNames() {
    search("a")
        .run(
            Strategy.random(1, 1),
            trial -> {
              assertEquals(
                  "there is no setting 'rate'; there are lr, kind, width",
                  assertThrows(IllegalArgumentException.class, () -> trial.number("rate"))
                      .getMessage());
              assertTrue(
                  assertThrows(IllegalArgumentException.class, () -> trial.number("kind"))
                      .getMessage()
                      .startsWith("the setting 'kind' is not a number: "));
              assertTrue(
                  assertThrows(IllegalArgumentException.class, () -> trial.integer("lr"))
                      .getMessage()
                      .startsWith("the setting 'lr' is no whole number: "));
              assertTrue(Files.isDirectory(trial.folder()));
              return 1;
            });
    assertFalse(printed().contains("failed"), printed());
  }

  @Test
  void whatCannotBeChosenIsRefused() {
    for (Runnable wrong :
        List.<Runnable>of(
            () -> search("a").choice("lr", 1, 2),
            () -> search("a").choice("x"),
            () -> search("a").choice("x", 1, 1),
            () -> search("a").choice("x", 1, "1"),
            () -> search("a").choice("x", new Object()),
            () -> search("a").logUniform("x", 0, 1),
            () -> search("a").uniform("x", 0, Double.POSITIVE_INFINITY),
            () -> search("a").uniform("x", Double.NaN, 1),
            () -> search("a").integer("x", 2, 1),
            () -> Search.in(folder).run(Strategy.grid(1), this::loss))) {
      assertThrows(IllegalArgumentException.class, wrong::run);
    }
  }
}
