package io.github.torchscribe.runtime.report;

import io.github.torchscribe.runtime.report.Page.Fact;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/** What a run ran on. */
final class Machine {
  /** Written by the build. */
  private static final Properties VERSIONS = versions();

  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  private Machine() {}

  static List<Fact> facts() {
    return List.of(
        new Fact("processor", processor()),
        new Fact("cores", "" + Runtime.getRuntime().availableProcessors()),
        new Fact("system", System.getProperty("os.name") + " " + System.getProperty("os.version")),
        new Fact(
            "Java", System.getProperty("java.version") + ", " + System.getProperty("java.vendor")),
        new Fact("libtorch (JavaCPP)", version("pytorch")),
        new Fact("Torchscribe", version("torchscribe")));
  }

  /** The version of what this was built with. */
  static String version(String of) {
    return VERSIONS.getProperty(of);
  }

  private static Properties versions() {
    Properties versions = new Properties();
    try (InputStream in = Machine.class.getResourceAsStream("versions.properties")) {
      versions.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return versions;
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
