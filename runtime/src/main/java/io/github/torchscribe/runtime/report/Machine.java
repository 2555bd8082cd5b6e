package io.github.torchscribe.runtime.report;

import io.github.torchscribe.runtime.process.Versions;
import io.github.torchscribe.runtime.report.RunPage.Fact;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a run ran on. */
final class Machine {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  private Machine() {}

  static List<Fact> facts() {
    return List.of(
        new Fact("processor", processor()),
        new Fact("cores", "" + Runtime.getRuntime().availableProcessors()),
        new Fact("system", System.getProperty("os.name") + " " + System.getProperty("os.version")),
        new Fact(
            "Java", System.getProperty("java.version") + ", " + System.getProperty("java.vendor")),
        new Fact("libtorch (JavaCPP)", Versions.of("pytorch")),
        new Fact("Torchscribe", Versions.of("torchscribe")));
  }

  /** The model, where the system tells, and the architecture. */
  private static String processor() {
    String architecture = System.getProperty("os.arch");
    try (Stream<String> lines = Files.lines(PROCESSORS)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.replaceFirst("^[^:]*: *", "") + ", " + architecture)
          .findFirst()
          .orElse(architecture);
    } catch (IOException | UncheckedIOException e) {
      return architecture;
    }
  }
}
