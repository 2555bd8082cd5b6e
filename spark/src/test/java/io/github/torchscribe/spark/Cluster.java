package io.github.torchscribe.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.bytedeco.javacpp.Loader;

/**
 * A standalone cluster of two workers, each in a process of its own, as scripts/spark-cluster.sh
 * starts it.
 */
final class Cluster {
  private static final String SCRIPT = "../scripts/spark-cluster.sh";

  /** How the script ends where there can be no network namespace. */
  private static final int NO_NAMESPACE = 3;

  private final Path folder;

  private Cluster(Path folder) {
    this.folder = folder;
  }

  /** Starts a cluster; where it cannot be the test is skipped, or fails if one is required. */
  static Cluster start(Path folder) throws IOException, InterruptedException {
    require(
        Files.isExecutable(home().resolve("bin/python")),
        "no Spark; scripts/spark-cluster.sh --install-only brings it");
    Cluster cluster = new Cluster(folder);
    Path log = folder.resolve("start.log");
    int ended = cluster.run(log, "start", folder.resolve("cluster").toString());
    assumePossible(
        ended != NO_NAMESPACE, Files.readString(log).strip()); // no tool that one installs
    assertEquals(0, ended, () -> read(log));
    return cluster;
  }

  private static void require(boolean there, String missing) {
    if (there) {
      return;
    }
    if (Boolean.getBoolean("tools.required")) {
      fail(missing);
    }
    assumePossible(false, missing);
  }

  private static void assumePossible(boolean possible, String why) {
    if (!possible) {
      System.out.println("Skipped: " + why);
    }
    assumeTrue(possible, why);
  }

  private static Path home() {
    String set = System.getenv("TORCHSCRIBE_SPARK");
    if (set != null) {
      return Path.of(set);
    }
    String xdg = System.getenv("XDG_CACHE_HOME");
    Path cache =
        xdg != null && !xdg.isEmpty()
            ? Path.of(xdg)
            : Path.of(System.getProperty("user.home"), ".cache");
    return cache.resolve("torchscribe/spark");
  }

  /** Submits an application and waits for its end; it must end well. */
  void submit(String name, List<String> options, Class<?> application, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("submit", folder.resolve("cluster").toString()));
    command.addAll(List.of("--name", name, "--jars", String.join(",", jars())));
    command.addAll(options);
    command.addAll(List.of("--class", application.getName(), job().toString()));
    command.addAll(List.of(arguments));
    Path log = folder.resolve(name + ".log");
    assertEquals(0, run(log, command.toArray(String[]::new)), () -> tail(log));
  }

  private int run(Path log, String... command) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(SCRIPT));
    all.addAll(List.of(command));
    Process process =
        new ProcessBuilder(all).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (!process.waitFor(15, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      fail("it does not end: " + tail(log));
    }
    return process.exitValue();
  }

  /**
   * What goes beside an application, as docs/spark.md says it: neither Spark nor any Jackson, since
   * Spark has its own; natives of this platform alone.
   */
  private List<String> jars() throws IOException {
    List<String> jars = new ArrayList<>();
    for (String entry : Files.readString(Path.of("target/class-path")).split(":")) {
      assertTrue(!entry.contains("jackson") && !entry.contains("/spark/spark-"), entry);
      Path path = Path.of(entry);
      boolean isNative = entry.matches(".*-(linux|macosx|windows|android|ios)-[^/]*\\.jar");
      if (Files.isDirectory(path)) {
        String module = path.getParent().getParent().getFileName().toString();
        jars.add(zipped(module, path).toString());
      } else if (!isNative || entry.endsWith(Loader.Detector.getPlatform() + ".jar")) {
        jars.add(entry);
      }
    }
    jars.add(zipped("spark", Path.of("target/classes")).toString());
    jars.add(zipped("samples", Path.of("../samples/target/classes")).toString());
    return jars;
  }

  private Path job() throws IOException {
    return zipped("job", Path.of("target/test-classes"));
  }

  private Path zipped(String name, Path classes) throws IOException {
    Path jar = folder.resolve(name + ".jar");
    if (Files.exists(jar)) {
      return jar;
    }
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar));
        Stream<Path> all = Files.walk(classes)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        zip.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
        Files.copy(file, zip);
        zip.closeEntry();
      }
    }
    return jar;
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static String tail(Path log) {
    List<String> lines = read(log).lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
  }

  void stop() throws IOException, InterruptedException {
    run(folder.resolve("stop.log"), "stop", folder.resolve("cluster").toString());
  }
}
