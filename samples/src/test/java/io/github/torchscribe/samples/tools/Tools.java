package io.github.torchscribe.samples.tools;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** What some tests need beyond a JDK and Maven. */
public final class Tools {
  private Tools() {}

  /** Skips the test where something is missing, or fails it where nothing may be. */
  public static void require(boolean there, String missing) {
    if (there) {
      return;
    }
    if (Boolean.getBoolean("tools.required")) {
      fail(missing);
    }
    System.out.println("Skipped: " + missing);
    assumeTrue(false, missing);
  }

  /** Where a script of ours installs something. */
  public static Path home(String variable, String name) {
    String set = System.getenv(variable);
    if (set != null) {
      return Path.of(set);
    }
    String xdg = System.getenv("XDG_CACHE_HOME");
    Path cache =
        xdg != null && !xdg.isEmpty()
            ? Path.of(xdg)
            : Path.of(System.getProperty("user.home"), ".cache");
    return cache.resolve("torchscribe").resolve(name);
  }

  /** The first of some programs that this machine has. */
  public static Optional<Path> program(String... names) {
    String[] folders = System.getenv("PATH").split(File.pathSeparator);
    return Stream.of(names)
        .flatMap(name -> Arrays.stream(folders).map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * One of some programs; where there is none the test is skipped, or fails if it must be there.
   */
  public static Path requireProgram(String lack, String... names) {
    Optional<Path> program = program(names);
    require(program.isPresent(), lack);
    return program.orElseThrow();
  }
}
