package io.github.torchscribe.samples.pages;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.samples.tools.Java;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs programs of the pages, one after the other in one process, whose working directory has the
 * files that the pages show.
 */
final class Programs {
  private static final String NAMES = "names of ";

  private Programs() {}

  /** The argument that has a model's parameters told by their names. */
  static String namesOf(String model) {
    return NAMES + model;
  }

  /**
   * What each has printed.
   *
   * @param programs classes by their names, or {@link #namesOf}
   * @param classes the folder of their class files
   * @param files the working directory
   */
  static Map<String, String> printed(List<String> programs, Path classes, Path files)
      throws IOException, InterruptedException {
    Path output = classes.resolveSibling("output");
    Files.createDirectories(output);
    List<String> arguments = new ArrayList<>(List.of(output.toAbsolutePath().toString()));
    arguments.addAll(programs);
    List<String> command =
        new ArrayList<>(Java.command(Programs.class, arguments.toArray(String[]::new)));
    int at = command.indexOf("-cp") + 1;
    command.set(at, classes.toAbsolutePath() + File.pathSeparator + command.get(at));
    command.add(1, "-Dstdout.encoding=UTF-8");
    Java.said(new ProcessBuilder(command).directory(files.toFile()), classes.resolveSibling("log"));
    Map<String, String> printed = new java.util.HashMap<>();
    for (int i = 0; i < programs.size(); i++) {
      printed.put(programs.get(i), Files.readString(output.resolve(i + ".txt")));
    }
    return printed;
  }

  /**
   * Runs them.
   *
   * @param args a folder for what they print, then which
   */
  public static void main(String[] args) throws Exception {
    PrintStream before = System.out;
    for (int i = 1; i < args.length; i++) {
      long start = System.nanoTime();
      Path file = Path.of(args[0], (i - 1) + ".txt");
      try (PrintStream out = new PrintStream(file.toFile(), StandardCharsets.UTF_8)) {
        System.setOut(out);
        run(args[i]);
      } finally {
        System.setOut(before);
      }
      before.println(args[i] + ": " + (System.nanoTime() - start) / 1_000_000 + " ms");
    }
  }

  private static void run(String program) throws ReflectiveOperationException {
    try {
      if (program.startsWith(NAMES)) {
        tellNames(Class.forName(program.substring(NAMES.length())));
      } else {
        Method main = Class.forName(program).getDeclaredMethod("main", String[].class);
        main.setAccessible(true);
        main.invoke(null, (Object) new String[0]);
      }
    } catch (InvocationTargetException e) {
      e.getCause().printStackTrace(System.out);
    }
  }

  private static void tellNames(Class<?> type) throws ReflectiveOperationException {
    Method create = type.getDeclaredMethod("create", long.class);
    create.setAccessible(true);
    try (Model model = (Model) create.invoke(null, 1L)) {
      model.parameters().forEach(parameter -> System.out.println(parameter.name()));
    }
  }
}
