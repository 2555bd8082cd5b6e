package io.github.torchscribe.runtime.distributed;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A {@code torchscribe-run} that tests have started, with nothing but the runtime's own classes.
 */
final class Launched implements AutoCloseable {
  private static final long LIMIT = 30;

  private final Process process;
  private final Path out;
  private final Path err;
  private final long begin = System.nanoTime();

  private Launched(Path folder, ProcessBuilder builder) throws IOException {
    out = Files.createTempFile(folder, "out", "");
    err = Files.createTempFile(folder, "err", "");
    process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
  }

  static Launched start(Path folder, String... arguments) throws IOException {
    return new Launched(folder, new ProcessBuilder(command(folder, arguments)));
  }

  /** In a group of its own, as a terminal gives it to what is typed there. */
  static Launched startInOwnGroup(Path folder, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("setsid"));
    command.addAll(command(folder, arguments));
    return new Launched(folder, new ProcessBuilder(command));
  }

  /** For a shell, which has it run under other circumstances. */
  static Launched startBy(String script, Path folder, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("sh", "-c", script, "sh"));
    command.addAll(command(folder, arguments));
    return new Launched(folder, new ProcessBuilder(command));
  }

  private static List<String> command(Path folder, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(java());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Djava.io.tmpdir=" + folder, "-cp"));
    command.add(home(TorchscribeRun.class));
    command.add(TorchscribeRun.class.getName());
    command.addAll(List.of(arguments));
    return command;
  }

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Where a class has been compiled to. */
  static String home(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** Sends a signal to the launcher alone, or with {@code -} before the number to its group. */
  void signal(String name, boolean group) throws Exception {
    send(name, (group ? "-" : "") + process.pid());
  }

  static void send(String name, String process) throws Exception {
    int code = new ProcessBuilder("sh", "-c", "kill -" + name + " " + process).start().waitFor();
    if (code != 0) {
      throw new AssertionError("kill says " + code);
    }
  }

  int exitCode() throws Exception {
    if (!process.waitFor(LIMIT, TimeUnit.SECONDS)) {
      throw new AssertionError("still there: " + output() + errors());
    }
    return process.exitValue();
  }

  double seconds() {
    return (System.nanoTime() - begin) / 1e9;
  }

  byte[] bytes() throws IOException {
    return Files.readAllBytes(out);
  }

  String output() throws IOException {
    return Files.readString(out, StandardCharsets.ISO_8859_1);
  }

  String errors() throws IOException {
    return Files.readString(err);
  }

  String lastError() throws IOException {
    List<String> lines = errors().lines().toList();
    return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
  }

  /** Waits until ranks have written this so often. */
  void awaitOutput(String text, int times) throws Exception {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT);
    while (output().split(text, -1).length <= times) {
      if (System.nanoTime() > until) {
        throw new AssertionError("no '" + text + "' in " + output() + errors());
      }
      Thread.sleep(5);
    }
  }

  /** The number behind a word of the output, as in {@code pid 123}. */
  List<Long> numbers(String word) throws IOException {
    return output()
        .lines()
        .filter(line -> line.contains(word + " "))
        .map(line -> Long.valueOf(line.substring(line.indexOf(word) + word.length() + 1)))
        .toList();
  }

  /** Which of these processes are there after a moment. */
  static List<Long> living(List<Long> pids, long milliseconds) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(milliseconds);
    while (true) {
      List<Long> living = pids.stream().filter(Launched::isAlive).toList();
      if (living.isEmpty() || System.nanoTime() > until) {
        return living;
      }
      Thread.sleep(10);
    }
  }

  /** For Java a process is there as long as nobody has asked how it ended. */
  private static boolean isAlive(long pid) {
    if (!ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)) {
      return false;
    }
    try {
      String stat =
          Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
      return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
    } catch (IOException e) {
      return !Files.exists(Path.of("/proc/self/stat"));
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
