package io.github.torchscribe.samples.distributed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.torchscribe.samples.tools.Java;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Processes that tests start as the ranks of a group, and what becomes of them. */
final class Victims implements AutoCloseable {
  private static final int ABORTED = 134;
  private static final long LIMIT = 60;

  private final Path folder;
  private final Map<String, String> environment;
  private final List<Victim> all = new ArrayList<>();

  /**
   * None yet.
   *
   * @param folder of the test; ranks meet there unless the environment says otherwise
   * @param timeout in seconds
   */
  Victims(Path folder, int timeout) {
    this(
        folder,
        Map.of(
            "TORCHSCRIBE_STORE",
            folder.resolve("store").toString(),
            "TORCHSCRIBE_TIMEOUT",
            "" + timeout));
  }

  Victims(Path folder, Map<String, String> environment) {
    this.folder = folder;
    this.environment = environment;
  }

  /** Starts one that trains. */
  Victim start(int rank, int size, String... settings) throws IOException {
    return start(Map.of("RANK", "" + rank, "WORLD_SIZE", "" + size), Member.class, settings);
  }

  /** Starts one program of ours. */
  Victim start(Map<String, String> own, Class<?> main, String... arguments) throws IOException {
    return startBy(own, List.of(), main, arguments);
  }

  /** Starts one by another program, which is told the command. */
  Victim startBy(Map<String, String> own, List<String> by, Class<?> main, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(by);
    command.addAll(Java.command(main, arguments));
    return start(own, command);
  }

  /** Waits until a rank has come to the file in which all meet. */
  void awaitAtStore(int rank) throws IOException, InterruptedException {
    Path file = folder.resolve("store");
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT);
    while (!Files.exists(file)
        || !Files.readString(file, StandardCharsets.ISO_8859_1).contains("/here/" + rank)) {
      assertTrue(System.nanoTime() < until, () -> "rank " + rank + " does not come");
      Thread.sleep(10);
    }
  }

  /** Starts any program. */
  Victim start(List<String> command) throws IOException {
    return start(Map.of(), command);
  }

  private Victim start(Map<String, String> own, List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().putAll(environment);
    builder.environment().putAll(own);
    builder.environment().put("LOCAL_WORLD_SIZE", "2");
    Path output = Files.createTempFile(folder, "output", ".txt");
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    Victim started = new Victim(builder.start(), output);
    all.add(started);
    return started;
  }

  /**
   * The beginning of a command that has torchrun start two ranks; skips the test where there is
   * none. Its store listens on all interfaces: it has none but loopback.
   */
  static List<String> torchrun(String restarts) {
    String torchrun = System.getenv("TORCHRUN");
    boolean may = torchrun != null && Java.works("unshare", "-rn", "ip", "link", "set", "lo", "up");
    System.out.print(may ? "" : "Skipped: TORCHRUN is not set, or no network may be made here\n");
    assumeTrue(may);
    List<String> command =
        new ArrayList<>(
            List.of("unshare", "-rn", "sh", "-c", "ip link set lo up && exec \"$@\"", "sh"));
    command.addAll(
        List.of(torchrun, "--standalone", "--local-addr", "127.0.0.1", "--nproc-per-node", "2"));
    command.addAll(List.of("--max-restarts", restarts, "--no-python"));
    return command;
  }

  /** None of the JVMs aborted, and none prints where libtorch's sources lay. */
  void requireSound() throws IOException {
    for (Victim rank : all) {
      assertFalse(rank.output().contains("frame #0"), rank::output);
      // libtorch's own warnings do
      assertTrue(
          rank.output().lines().noneMatch(line -> line.contains(".cpp:") && !line.contains("[W")),
          rank::output);
      assertNotEquals(ABORTED, rank.process.exitValue(), rank::output);
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(
          List.of(), files.filter(f -> f.getFileName().toString().startsWith("hs_err")).toList());
    }
  }

  @Override
  public void close() {
    for (Victim rank : all) {
      rank.process.descendants().forEach(ProcessHandle::destroyForcibly);
      rank.process.destroyForcibly();
    }
  }

  /** One of them. */
  static final class Victim {
    private final Process process;
    private final Path output;
    private volatile long ended;

    private Victim(Process process, Path output) {
      this.process = process;
      this.output = output;
      process.onExit().thenRun(() -> ended = System.nanoTime());
    }

    /** All that it has written so far. */
    String output() {
      try {
        return Files.readString(output, StandardCharsets.UTF_8);
      } catch (IOException e) {
        return e.toString();
      }
    }

    /** The last number behind a word, as in {@code pid 123}. */
    long number(String word) {
      String seen = output();
      return Long.parseLong(
          seen.substring(seen.lastIndexOf(word + " ") + word.length() + 1)
              .lines()
              .findFirst()
              .orElseThrow());
    }

    /** Waits for some text behind the last place of another. */
    void awaitAfter(String last, String text) throws InterruptedException {
      long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT);
      while (true) {
        String seen = output();
        if (seen.indexOf(text, seen.lastIndexOf(last)) >= 0) {
          return;
        }
        assertTrue(process.isAlive() && System.nanoTime() < until, () -> "no " + text + seen);
        Thread.sleep(5);
      }
    }

    /** The processes of two ranks that say that an attempt has begun. */
    List<Long> pids(String begun) throws InterruptedException {
      long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT);
      Pattern pair = Pattern.compile(begun + " pid (\\d+)\\n");
      while (true) {
        List<Long> pids =
            pair.matcher(output()).results().map(found -> Long.valueOf(found.group(1))).toList();
        if (pids.size() == 2) {
          return pids;
        }
        assertTrue(process.isAlive() && System.nanoTime() < until, () -> begun + output());
        Thread.sleep(5);
      }
    }

    /** Prints what it says, and how long after something befell another. */
    void tell(String fault, long since) throws InterruptedException {
      int code = exitCode();
      String said =
          output()
              .lines()
              .filter(line -> line.contains("Exception in thread"))
              .findFirst()
              .orElse("nothing")
              .replaceFirst(".*?(\\w+Exception)", "$1");
      System.out.printf(
          Locale.ROOT, "%s: after %.1f s, exit code %d: %s%n", fault, seconds(since), code, said);
    }

    /** The line that begins so. */
    String line(String begin) {
      return output()
          .lines()
          .filter(line -> line.startsWith(begin))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no '" + begin + "' in " + output()));
    }

    /** The first line with some text; waits for it. */
    String await(String text) throws InterruptedException {
      long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT);
      while (true) {
        boolean isOver = !process.isAlive() || System.nanoTime() > until;
        String seen = output();
        // Whole lines alone.
        for (String line : seen.substring(0, seen.lastIndexOf('\n') + 1).lines().toList()) {
          if (line.contains(text)) {
            return line;
          }
        }
        assertTrue(!isOver, () -> "no '" + text + "' in " + seen);
        Thread.sleep(5);
      }
    }

    long pid() {
      return process.pid();
    }

    void signal(String name) throws Exception {
      signal(name, process.pid());
    }

    static void signal(String name, long pid) throws Exception {
      Process kill = new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid).start();
      assertEquals(0, kill.waitFor());
    }

    /** Whether a process that nobody has waited for has not ended. */
    static boolean isThere(long pid) throws IOException {
      Path stat = Path.of("/proc/" + pid + "/stat");
      if (!Files.exists(Path.of("/proc/self/stat"))) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
      }
      try {
        String text = Files.readString(stat, StandardCharsets.ISO_8859_1);
        return text.charAt(text.lastIndexOf(')') + 2) != 'Z';
      } catch (NoSuchFileException e) {
        return false;
      }
    }

    /** Waits until it has ended. */
    int exitCode() throws InterruptedException {
      return exitCode(LIMIT);
    }

    int exitCode(long limit) throws InterruptedException {
      assertTrue(process.waitFor(limit, TimeUnit.SECONDS), this::output);
      return process.exitValue();
    }

    /**
     * Waits until it has ended.
     *
     * @param since when something befell it, by {@code System.nanoTime()}
     * @return how many seconds it lasted after that
     */
    double seconds(long since) throws InterruptedException {
      exitCode();
      while (ended == 0) {
        Thread.onSpinWait();
      }
      return (ended - since) / 1e9;
    }
  }
}
