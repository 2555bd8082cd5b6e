package io.github.torchscribe.samples.distributed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.samples.tools.InProcesses;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nobody waits longer than the time-out, whatever befalls a rank, and all say what it was. */
@InProcesses
@Timeout(120)
class FaultsTest {
  @TempDir private Path folder;

  private static final String DIFFERS =
      "GroupException: the ranks of a group must do the same, but rank 1 (+) differs from rank 0"
          + " (-):|  ";

  private static final String ERROR = "java.io.IOException: part-7.bin: Input/output error";

  /** What is said in each scene, by rank 0 and by rank 1: how it begins, or what is in it. */
  private static final Map<String, List<String>> SAID =
      Map.ofEntries(
          Map.entry("network", both(DIFFERS + "- network Hardy, input Float (N, 2)|")),
          Map.entry("seed", both("|  - seed 1|  + network HardyOtherwise")),
          Map.entry("batch size", both("|  - batch size of a rank 20|  + batch size 20|")),
          Map.entry(
              "examples", both(DIFFERS + "- training examples 400|  + training examples 200|")),
          Map.entry("world size", both(DIFFERS + "- a group of 2|  + a group of 3|")),
          Map.entry("shorter", both("COMPLETE")),
          Map.entry(
              "empty",
              List.of(
                  "GroupException: rank 1 has failed: the training data have no example",
                  "IllegalArgumentException: the training data have no example")),
          Map.entry(
              "leaves",
              List.of(
                  "GroupException: rank 1 left the group while others waited: its program came to"
                      + " an end there",
                  "IllegalArgumentException: there are no inputs")),
          Map.entry(
              "unreadable",
              List.of(
                  "GroupException: rank 1 has failed: " + ERROR, "UncheckedIOException: " + ERROR)),
          Map.entry(
              "first unreadable",
              List.of(
                  "UncheckedIOException: " + ERROR, "GroupException: rank 0 has failed: " + ERROR)),
          Map.entry("no number", both("Rank 1: Example 119 of the training data")),
          Map.entry("log of rank 0", both("COMPLETE")),
          Map.entry("log of every rank", both("COMPLETE")),
          Map.entry(
              "never comes",
              List.of("GroupException: rank 1 has been missing for 2 s, the time-out: ")));

  private static List<String> both(String said) {
    return List.of(said, said);
  }

  @Test
  void ranksThatDoNotFitTogetherSaySo() throws Exception {
    try (Victims victims = new Victims(folder, Map.of())) {
      List<Victims.Victim> all = new ArrayList<>();
      for (int rank = 0; rank < 2; rank++) {
        all.add(victims.start(Map.of(), Scenes.class, folder.toString(), "" + rank));
      }
      for (Victims.Victim rank : all) {
        assertEquals(0, rank.exitCode(), rank.output());
      }
      victims.requireSound();
      for (Map.Entry<String, List<String>> scene : SAID.entrySet()) {
        for (int rank = 0; rank < scene.getValue().size(); rank++) {
          String line = all.get(rank).line(scene.getKey() + ": ");
          String[] parts = line.split(": ", 3);
          assertTrue(parts[2].contains(scene.getValue().get(rank)), line);
          double limit = Scenes.TIMEOUT + 2;
          assertTrue(Double.parseDouble(parts[1].split(" ")[0]) < limit, line);
        }
      }
    }
  }
}
