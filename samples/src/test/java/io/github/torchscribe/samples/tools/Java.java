package io.github.torchscribe.samples.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs of the tests that run in a process of their own, because something befalls it. */
public final class Java {
  private Java() {}

  /**
   * The command that runs a class of the tests, in the language that they run in, and with the
   * JVM's compilers that they have; where that is the first alone, with what makes it start fast.
   *
   * @param main has the method
   * @param arguments for it
   * @return to be started
   */
  public static List<String> command(Class<?> main, String... arguments) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = new ArrayList<>(List.of(java));
    for (String property : List.of("user.language", "user.country")) {
      command.add("-D" + property + "=" + System.getProperty(property, ""));
    }
    command.add("--enable-native-access=ALL-UNNAMED");
    List<String> first =
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(option -> option.startsWith("-XX:TieredStopAtLevel"))
            .toList();
    if (first.isEmpty()) {
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    } else {
      List<String> quick = new ArrayList<>(first);
      quick.add("-XX:+UseSerialGC"); // has no threads to begin
      command.addAll(quick);
      command.addAll(Archive.options(java, quick));
    }
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return command;
  }

  /**
   * Runs a program to its end, which it has to come to by itself.
   *
   * @param builder has the command
   * @param output where it prints to
   * @return what it has printed
   */
  public static String said(ProcessBuilder builder, Path output)
      throws IOException, InterruptedException {
    Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    try {
      assertTrue(process.waitFor(120, TimeUnit.SECONDS), "it hangs");
    } finally {
      process.destroyForcibly();
    }
    String said = Files.readString(output, StandardCharsets.UTF_8);
    assertEquals(0, process.exitValue(), said);
    return said;
  }

  /**
   * A line of what a program has printed.
   *
   * @param output all of it
   * @param begin what the line begins with
   * @return the first of these, whole
   */
  public static String line(String output, String begin) {
    return output
        .lines()
        .filter(line -> line.startsWith(begin))
        .findFirst()
        .orElseThrow(() -> new AssertionError(output));
  }

  /**
   * Whether a command of the system works here.
   *
   * @param command does nothing that lasts
   * @return true when it is there and ends well
   */
  public static boolean works(String... command) {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
