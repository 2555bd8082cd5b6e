package io.github.torchscribe.samples.distributed;

import io.github.torchscribe.runtime.distributed.Group;
import io.github.torchscribe.runtime.distributed.Meeting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Ranks that do not fit together, in one group after the other: a process' start is dear. */
final class Scenes {
  /** For one that never comes; the others are never waited for. */
  static final int TIMEOUT = 2;

  private static final int LONG = 30;

  /** Settings of Member; {@code odd1.size} is what rank 1 believes. */
  private static final List<Map.Entry<String, String>> ALL =
      List.of(
          Map.entry("network", "odd1.network=wide"),
          Map.entry("seed", "odd1.network=otherwise"),
          Map.entry("batch size", "odd1.batch=10"),
          Map.entry("examples", "odd1.part=200"),
          Map.entry("world size", "odd1.size=3"),
          Map.entry("shorter", "own=yes odd1.part=50"),
          Map.entry("empty", "own=yes odd1.trouble=missing"),
          Map.entry("leaves", "odd1.examples=0"),
          Map.entry("unreadable", "odd1.trouble=unreadable"),
          Map.entry("first unreadable", "odd0.trouble=unreadable"),
          Map.entry("no number", "odd1.trouble=nan"),
          Map.entry("log of rank 0", "odd0.grumbles=first"),
          Map.entry("log of every rank", "odd1.grumbles=every"),
          Map.entry("never comes", "odd1.size=0"));

  private Scenes() {}

  /**
   * Plays them, and says what came of each.
   *
   * @param args folder, rank
   */
  public static void main(String[] args) {
    Path folder = Path.of(args[0]);
    int rank = Integer.parseInt(args[1]);
    for (Map.Entry<String, String> scene : ALL) {
      String name = scene.getKey();
      List<String> settings =
          Stream.concat(Stream.of("examples=400"), Stream.of(scene.getValue().split(" "))).toList();
      if (rank == 1 && settings.contains("odd1.size=0")) {
        continue;
      }
      int timeout = settings.contains("odd1.size=0") ? TIMEOUT : LONG;
      int size = rank == 1 && settings.contains("odd1.size=3") ? 3 : 2;
      long begin = System.nanoTime();
      String end;
      Path store = folder.resolve("store " + name);
      try (Group group = Meeting.in(store, rank, size, Duration.ofSeconds(timeout))) {
        begin = System.nanoTime();
        end = "" + Member.train(group, settings.toArray(String[]::new));
      } catch (RuntimeException e) {
        end = e.getClass().getSimpleName() + ": " + String.join("|", e.getMessage().split("\n"));
      }
      double seconds = (System.nanoTime() - begin) / 1e9;
      System.out.printf(Locale.ROOT, "%s: %.1f s: %s%n", name, seconds, end);
    }
  }
}
