package io.github.torchscribe.runtime.distributed;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All ranks, from the first one's start to the last one's end. */
final class Attempt {
  /** In which those that see another fail find out who it was, say so and end by themselves. */
  private static final long MOMENT = TimeUnit.SECONDS.toNanos(3);

  /** For the others when one has ended after a signal: the first may have a checkpoint to write. */
  private static final long AFTER_THE_FIRST = TimeUnit.SECONDS.toNanos(60);

  /** For the system to take off what has been killed. */
  private static final long AFTER_KILLING = TimeUnit.SECONDS.toNanos(5);

  private static final long LAST_WORDS = 200;

  private final LaunchPlan plan;
  private final BlockingQueue<Runnable> events;
  private final List<RankProcess> ranks = new ArrayList<>();
  private final List<RankProcess> ended = new ArrayList<>();

  /** What comes if nothing happens until it is due; null while everything may take its time. */
  private Runnable next;

  private long due;
  private boolean givenUp;

  Attempt(LaunchPlan plan, BlockingQueue<Runnable> events) {
    this.plan = plan;
    this.events = events;
  }

  /**
   * Starts all.
   *
   * @throws IOException when one cannot be started; none is left then
   */
  void start(int number, LaunchFolder folder, boolean colored) throws IOException {
    try {
      for (int rank = 0; rank < plan.processes(); rank++) {
        ranks.add(
            new RankProcess(
                plan, rank, number, folder, colored, it -> events.add(() -> hasEnded(it))));
      }
    } catch (IOException e) {
      kill();
      throw e;
    }
  }

  /** Waits until all have ended, and sees to it that they do when one has failed. */
  void await() throws InterruptedException {
    while (ended.size() < ranks.size() && !givenUp) {
      Runnable event =
          next == null ? events.take() : events.poll(due - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (event == null) {
        event = next;
        next = null;
      }
      event.run();
    }
    long left = LAST_WORDS;
    for (RankProcess rank : ended) {
      rank.drain(left);
    }
    ended.sort(Comparator.comparingLong(RankProcess::failed));
  }

  private void hasEnded(RankProcess rank) {
    ended.add(rank);
    if (next == null && failed(rank)) {
      Screen.say(rank.fate() + (ended.size() < ranks.size() ? "; the others are ended." : "."));
      in(Math.min(MOMENT, plan.grace().toNanos()), this::tell);
    } else if (next == null && rank.wasTold()) {
      in(AFTER_THE_FIRST, this::kill);
    }
  }

  private static boolean failed(RankProcess rank) {
    return rank.exitCode() != 0 && !rank.wasTold();
  }

  private void in(long nanoseconds, Runnable what) {
    next = what;
    due = System.nanoTime() + nanoseconds;
  }

  private Stream<RankProcess> living() {
    return ranks.stream().filter(RankProcess::isAlive);
  }

  private void tell() {
    stop();
    in(plan.grace().toNanos(), this::kill);
  }

  /** All are to end after their step. */
  void stop() {
    living().filter(rank -> !rank.wasTold()).forEach(RankProcess::tell);
  }

  /** All end now. */
  void kill() {
    living().forEach(RankProcess::kill);
    in(AFTER_KILLING, () -> givenUp = true);
  }

  /** That of the first rank that failed by itself; else of the first that did not end well. */
  int exitCode() {
    return Stream.concat(ended.stream().filter(Attempt::failed), ended.stream())
        .mapToInt(RankProcess::exitCode)
        .filter(code -> code != 0)
        .findFirst()
        .orElse(givenUp ? RankProcess.KILLED : 0);
  }

  /** Whether nobody failed but those who did what they were told. */
  boolean endedAsTold() {
    return ended.stream().noneMatch(Attempt::failed);
  }

  /** Which rank ended how and when, those that failed by themselves first. */
  String story() {
    List<RankProcess> failed = ended.stream().filter(Attempt::failed).toList();
    List<RankProcess> told = ended.stream().filter(RankProcess::wasTold).toList();
    List<String> parts = new ArrayList<>();
    if (failed.isEmpty() && told.isEmpty()) {
      RankProcess last = ended.get(ended.size() - 1);
      parts.add(
          (ranks.size() == 1 ? "rank 0" : "all " + ranks.size() + " ranks")
              + " ended well, after "
              + last.lived());
    }
    if (!failed.isEmpty()) {
      parts.add(failed.stream().map(RankProcess::fate).collect(Collectors.joining(", then ")));
    }
    if (!told.isEmpty()) {
      parts.add(
          "when told to, "
              + told.stream().map(RankProcess::fate).collect(Collectors.joining(", ")));
    }
    List<RankProcess> left = ranks.stream().filter(rank -> !ended.contains(rank)).toList();
    if (!left.isEmpty()) {
      parts.add(
          "could not be killed: "
              + left.stream().map(RankProcess::name).collect(Collectors.joining(", ")));
    }
    return String.join("; ", parts) + ".";
  }
}
