package io.github.torchscribe.samples.distributed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.samples.tools.InProcesses;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Processes that train together learn what one does with the whole batch. Longer, with three and
 * four of them: {@code -Dlong.tests=true}.
 */
@InProcesses
class TogetherTest {
  private static final Pattern NUMBER = Pattern.compile("-?\\d+\\.\\d+(E-?\\d+)?");

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "momentum, 1e-6, accumulate=3, true",
    "adam, 1e-4, clip=1, false",
  })
  void ranksAreOneProcessWithTheWholeBatch(
      String network, double limit, String setting, boolean shareMemory) throws Exception {
    compare(network, 2, limit, 1200, setting, shareMemory);
  }

  /**
   * A hundred steps; after some more AdamW's weights are far apart, as of one process with one
   * worker.
   */
  @ParameterizedTest
  @EnabledIfSystemProperty(named = "long.tests", matches = "true")
  @CsvSource({
    "plain, 2, 1e-6, epochs=1",
    "plain, 3, 1e-6, epochs=1",
    "plain, 4, 1e-6, epochs=1",
    "momentum, 2, 1e-6, clip=0.5",
    "momentum, 3, 1e-6, accumulate=2",
    "adam, 2, 1e-4, clip=1 epochs=1",
    "adam, 3, 1e-4, clip=1 epochs=1",
    "adam, 4, 1e-4, clip=1 epochs=1",
    "weighted, 2, 1e-6, epochs=1",
    "recorded, 3, 1e-6, epochs=1",
  })
  void ranksAreOneProcessForLonger(String network, int size, double limit, String setting)
      throws Exception {
    compare(network, size, limit, 24_000, setting, true);
  }

  private void compare(
      String network, int size, double limit, int examples, String setting, boolean shareMemory)
      throws Exception {
    String[] all = with(setting.split(" "), "network=" + network, "examples=" + examples);
    Ranks alone = Ranks.in(folder, "alone", 1).run(with(all, "batch=240"));
    Ranks some = Ranks.in(folder, "together", size);
    Ranks together = shareMemory ? some : some.byGloo();
    together.run(with(all, "batch=" + 240 / size));
    double apart = apart(network, alone, together);
    assertTrue(apart <= limit, () -> apart + " of " + size + " ranks");
    List<String> expected = alone.losses(0);
    List<String> actual = together.losses(0);
    assertEquals(expected.size(), actual.size());
    for (int i = 0; i < expected.size(); i++) {
      double[] wanted = numbers(expected.get(i));
      double[] there = numbers(actual.get(i));
      assertEquals(wanted.length, there.length);
      for (int k = 0; k < wanted.length; k++) { // losses, and what evaluations came to
        assertEquals(wanted[k], there[k], Math.max(limit, 1e-6) * Math.max(1, wanted[k]));
      }
    }
  }

  /** The largest difference of two weights. */
  private static double apart(String network, Ranks one, Ranks other) {
    try (Model first = Program.model(network);
        Model second = Program.model(network)) {
      first.load(one.weights(0));
      second.load(other.weights(0));
      double apart = 0;
      for (int i = 0; i < first.parameters().size(); i++) {
        apart =
            Math.max(
                apart,
                first
                    .parameters()
                    .get(i)
                    .value()
                    .sub(second.parameters().get(i).value())
                    .abs()
                    .max()
                    .item_double());
      }
      return apart;
    }
  }

  private static double[] numbers(String line) {
    List<Double> all = new ArrayList<>();
    Matcher matcher = NUMBER.matcher(line);
    while (matcher.find()) {
      all.add(Double.valueOf(matcher.group()));
    }
    return all.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** With masks that differ, batches that are collected, and an average, in the middle of all. */
  @Test
  void whoGoesOnLearnsAsIfNothingHadHappened() throws Exception {
    String[] settings = {
      "network=drops", "examples=1200", "batch=40", "accumulate=2", "every=4", "ema=0.9"
    };
    Ranks whole = Ranks.in(folder, "whole", 2).byGloo(); // of two the sums are the same
    whole.run(with(settings, "checkpoints=" + folder.resolve("kept")));
    Ranks broken = Ranks.in(folder, "broken", 2);
    String[] there = with(settings, "checkpoints=" + folder.resolve("found"));
    List<Integer> codes = broken.ends(with(there, "dying=1", "dies=23"));
    assertEquals(List.of(1, 9), codes, broken::log);
    assertTrue(broken.log().contains("rank 1 has gone"), broken::log);
    broken.run(there);
    assertArrayEquals(Files.readAllBytes(whole.weights(0)), Files.readAllBytes(broken.weights(0)));
    List<String> steps = whole.losses(0);
    List<String> rest = broken.losses(0);
    assertEquals(
        steps.stream().filter(line -> !line.contains(" ")).toList().subList(20, 31),
        rest.stream().filter(line -> !line.contains(" ")).toList());
  }

  @Test
  @EnabledIfSystemProperty(named = "long.tests", matches = "true")
  void anotherNumberOfRanksGoesOn() throws Exception {
    String[] settings = {"network=momentum", "examples=1200", "every=4"};
    Ranks whole = Ranks.in(folder, "whole", 1);
    whole.run(with(settings, "batch=120"));
    String[] there = with(settings, "checkpoints=" + folder.resolve("found"));
    Ranks three = Ranks.in(folder, "three", 3);
    three.ends(with(there, "batch=40", "dying=2", "dies=6"));
    Ranks two = Ranks.in(folder, "two", 2);
    two.ends(with(there, "batch=60", "dying=1", "dies=5"));
    Ranks one = Ranks.in(folder, "one", 1);
    one.run(with(there, "batch=120"));
    assertTrue(apart("momentum", whole, one) <= 1e-6);
    assertTrue(one.losses(0).size() < whole.losses(0).size(), one::log);
  }

  /** Also where checkpoints in the middle of an update make losses known, and one is slower. */
  @Test
  void allEndWhereAnExampleIsNoNumber() throws Exception {
    Ranks ranks = Ranks.in(folder, "broken", 2);
    List<Integer> codes =
        ranks.ends(
            "network=plain",
            "examples=1200",
            "batch=30",
            "accumulate=4",
            "every=3",
            "checkpoints=" + folder.resolve("kept"),
            "slow=0",
            "broken=");
    assertEquals(List.of(1, 1), codes, ranks::log);
    assertEquals(2, ranks.log().split("DivergedException: ", -1).length - 1, ranks::log);
    assertTrue(ranks.log().contains("Rank 1: Example 600"), ranks::log);
  }

  @Test
  @EnabledIfSystemProperty(named = "long.tests", matches = "true")
  void optimizersThatRememberDifferentThingsAreRefused() throws Exception {
    Ranks ranks = Ranks.in(folder, "warm", 2);
    List<Integer> codes = ranks.ends("network=momentum", "examples=1200", "warms=0");
    assertEquals(List.of(1, 1), codes, ranks::log);
    assertTrue(ranks.log().contains("what the optimizer remembers"), ranks::log);
  }

  @Test
  void allStopWhereOneWantsTo() throws Exception {
    Ranks ranks = Ranks.in(folder, "stopped", 2);
    ranks.run("network=plain", "examples=1200", "batch=60", "stopping=1", "stops=3", "sent=true");
    List<String> losses = ranks.losses(0);
    assertEquals("STOPPED", losses.get(losses.size() - 1));
    assertEquals(4 + 2, losses.size(), losses::toString); // the wish goes with the next message
  }

  private static String[] with(String[] some, String... others) {
    List<String> all = new ArrayList<>(Arrays.asList(some));
    all.addAll(List.of(others));
    return all.toArray(String[]::new);
  }
}
