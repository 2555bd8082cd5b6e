package io.github.torchscribe.runtime.distributed;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** One rank: a process, and what becomes of it. */
final class RankProcess {
  private static final boolean POSIX = File.separatorChar == '/';

  /** The exit code of what has been. */
  static final int KILLED = 137;

  private static final int SIGNAL = 128;
  private static final Map<Integer, String> SIGNALS =
      Map.of(
          1, "HUP", 2, "INT", 3, "QUIT", 4, "ILL", 6, "ABRT", 7, "BUS", 8, "FPE", 9, "KILL", 11,
          "SEGV", 15, "TERM");

  private final int rank;
  private final Process process;
  private final long begin = System.nanoTime();
  private final List<RankOutput> outputs;
  private final Path errors;
  private final long beginOnClock = System.currentTimeMillis();
  private volatile long end;
  private boolean told;

  /**
   * Starts it.
   *
   * @param plan what to start
   * @param rank which one it is
   * @param attempt 0 for the first
   * @param folder where ranks meet
   * @param colored whether marks have colours
   * @param whenEnded is called by a thread of its own
   * @throws IOException when there can be no such process
   */
  RankProcess(
      LaunchPlan plan,
      int rank,
      int attempt,
      LaunchFolder folder,
      boolean colored,
      Consumer<RankProcess> whenEnded)
      throws IOException {
    this.rank = rank;
    errors = folder.errors(attempt, rank);
    ProcessBuilder builder = new ProcessBuilder(command(plan.command()));
    builder.redirectInput(new File(POSIX ? "/dev/null" : "NUL"));
    if (!plan.marks()) {
      builder.redirectOutput(ProcessBuilder.Redirect.INHERIT);
      builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    }
    setEnvironment(builder.environment(), plan, attempt, folder);
    process = builder.start();
    outputs =
        plan.marks()
            ? List.of(
                new RankOutput(process.getInputStream(), Screen.OUT, mark(colored)),
                new RankOutput(process.getErrorStream(), Screen.ERR, mark(false)))
            : List.of();
    outputs.forEach(RankOutput::start);
    process
        .onExit()
        .thenRun(
            () -> {
              end = System.nanoTime();
              whenEnded.accept(this);
            });
  }

  /**
   * A terminal sends what its keys mean to all that run in it. Ranks are told by us alone, or they
   * would hear it twice, and a second signal ends them at once.
   */
  private static List<String> command(List<String> command) {
    if (!POSIX) {
      return command;
    }
    List<String> deaf = new ArrayList<>();
    deaf.addAll(List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "torchscribe-run"));
    deaf.addAll(command);
    return deaf;
  }

  private void setEnvironment(
      Map<String, String> environment, LaunchPlan plan, int attempt, LaunchFolder folder) {
    environment.keySet().removeIf(RankProcess::isOfAnotherLauncher);
    String one = String.valueOf(rank);
    String all = String.valueOf(plan.processes());
    environment.putAll(Map.of("RANK", one, "LOCAL_RANK", one, "ROLE_RANK", one, "GROUP_RANK", "0"));
    environment.putAll(Map.of("WORLD_SIZE", all, "LOCAL_WORLD_SIZE", all, "ROLE_WORLD_SIZE", all));
    environment.put("GROUP_WORLD_SIZE", "1");
    environment.put("ROLE_NAME", "default");
    environment.put("TORCHELASTIC_RUN_ID", folder.name());
    environment.put("TORCHELASTIC_RESTART_COUNT", String.valueOf(attempt));
    environment.put("TORCHELASTIC_MAX_RESTARTS", String.valueOf(plan.restarts()));
    environment.put("TORCHSCRIBE_STORE", folder.store(attempt).toString());
    environment.put(LauncherWatch.LAUNCHER, folder.launcher().toString());
    environment.put(ErrorFile.NAME, errors.toString());
    plan.timeout()
        .ifPresent(
            limit -> environment.put("TORCHSCRIBE_TIMEOUT", String.valueOf(limit.toSeconds())));
  }

  private static boolean isOfAnotherLauncher(String name) {
    return name.startsWith("TORCHELASTIC_")
        || name.startsWith("PET_")
        || name.equals("MASTER_ADDR")
        || name.equals("MASTER_PORT");
  }

  private String mark(boolean colored) {
    // The six colours that can be read on black and on white.
    return colored ? "\u001b[3" + (1 + rank % 6) + "m[" + rank + "]\u001b[0m " : "[" + rank + "] ";
  }

  boolean isAlive() {
    return process.isAlive();
  }

  int exitCode() {
    return process.exitValue();
  }

  /** Whether it ended because it was told to, as far as can be seen from outside. */
  boolean wasTold() {
    return told;
  }

  /** Ends after its step, or as it likes. */
  void tell() {
    told = true;
    withDescendants().forEach(ProcessHandle::destroy);
  }

  /** Ends at once. */
  void kill() {
    told = true;
    withDescendants().forEach(ProcessHandle::destroyForcibly);
  }

  /** The command may be a script, which does not hand signals on. */
  private List<ProcessHandle> withDescendants() {
    return isAlive()
        ? Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList()
        : List.of();
  }

  /**
   * Has what it has written last be read to the end.
   *
   * @param milliseconds to wait at most: something that it has started may go on writing
   */
  void drain(long milliseconds) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(milliseconds);
    for (RankOutput output : outputs) {
      output.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime())));
    }
  }

  /** As in {@code rank 1 ended with 137 (KILL) after 3.2 s}. */
  String fate() {
    int code = exitCode();
    String signal = code > SIGNAL ? SIGNALS.get(code - SIGNAL) : null;
    return "rank "
        + rank
        + " ended with "
        + code
        + (signal == null ? "" : " (" + signal + ")")
        + " after "
        + lived();
  }

  /** How long it was there, as in {@code 3.2 s}. */
  String lived() {
    long tenths = TimeUnit.NANOSECONDS.toMillis(end - begin) / 100;
    return tenths / 10 + "." + tenths % 10 + " s";
  }

  /** For somebody who looks for it himself. */
  String name() {
    return "rank " + rank + " (process " + process.pid() + ")";
  }

  /**
   * When it failed: what takes others with it says when that was, as it may be the last to go.
   *
   * @return nanoseconds, of the same clock for all ranks
   */
  long failed() {
    try {
      long after = Files.getLastModifiedTime(errors).toMillis() - beginOnClock;
      return Math.min(end, begin + TimeUnit.MILLISECONDS.toNanos(after));
    } catch (IOException e) {
      return end; // it has not said so
    }
  }
}
