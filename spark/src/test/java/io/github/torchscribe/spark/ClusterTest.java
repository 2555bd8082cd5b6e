package io.github.torchscribe.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * On a real cluster, a master and two workers of one core each, with libraries beside the
 * application as the documentation says it. One application does all, as its start takes longest.
 */
class ClusterTest {
  private static final Path FOLDER = Path.of("target/cluster").toAbsolutePath();
  private static final String LONG = "long.tests";

  private static Cluster cluster;
  private static Properties results;
  private static List<String> stages;

  @BeforeAll
  static void submit() throws IOException, InterruptedException {
    empty(FOLDER);
    cluster = Cluster.start(FOLDER);
    List<String> what =
        new ArrayList<>(
            List.of("prepare", "learn", "killed", "thrown", "slots", "uneven", "cancelled"));
    if (Boolean.getBoolean(LONG)) {
      what.add("reading");
    }
    List<String> options =
        new ArrayList<>(List.of("--total-executor-cores", "2", "--executor-cores", "1"));
    options.addAll(List.of("--executor-memory", "800m", "--driver-memory", "700m"));
    options.addAll(List.of("--conf", "spark.scheduler.maxRegisteredResourcesWaitingTime=3s"));
    if (!Boolean.getBoolean(LONG)) { // what the second compiler gains it does not cost
      options.addAll(List.of("--driver-java-options", "-XX:TieredStopAtLevel=1"));
      options.addAll(List.of("--conf", "spark.executor.extraJavaOptions=-XX:TieredStopAtLevel=1"));
    }
    results = submit("cluster", options, what);
    stages = Files.readAllLines(FOLDER.resolve("cluster.stages"));
    System.out.println(String.join("\n", stages));
  }

  private static Properties submit(String name, List<String> options, List<String> what)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of(FOLDER.toString(), name));
    arguments.addAll(what);
    cluster.submit(name, options, ClusterJob.class, arguments.toArray(String[]::new));
    Properties all = new Properties();
    try (Reader in = Files.newBufferedReader(FOLDER.resolve(name + ".properties"))) {
      all.load(in);
    }
    all.stringPropertyNames().stream()
        .sorted()
        .forEach(key -> System.out.println(key + " = " + all.getProperty(key)));
    return all;
  }

  private static void empty(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    Files.createDirectories(folder);
  }

  @AfterAll
  static void stop() throws IOException, InterruptedException {
    if (cluster != null) {
      cluster.stop();
    }
  }

  private static String text(Properties from, String key) {
    String value = from.getProperty(key);
    assertTrue(value != null, () -> key + " is missing in " + from);
    return value;
  }

  private static double number(String key) {
    return Double.parseDouble(text(results, key));
  }

  /** How often a stage of training has been tried, the last time with success. */
  private static long failedAttempts() {
    return stages.stream().filter(stage -> stage.contains("finished unsuccessfully")).count();
  }

  @Test
  void digitsAreLearnedInTenEpochs() {
    assertEquals(10, number("learn.epochs"));
    assertEquals(10_000, number("learn.evaluated"), "each test row counts once");
    assertTrue(number("learn.right") >= 9_500, text(results, "learn.right"));
  }

  @Test
  void weightsComeBackToTheDriver() {
    assertEquals(number("learn.right"), number("learn.driver"));
  }

  @Test
  void predictionsOnTheClusterAreThoseOnTheDriver() {
    assertEquals(10_000, number("learn.same"));
    assertEquals(number("learn.right"), number("learn.right.transformed"));
  }

  @Test
  void whoseExecutorIsKilledGoesOnFromTheCheckpoint() {
    assertEquals(0, number("killed.began.0"));
    assertEquals(1_600, number("killed.began.1"), "the last checkpoint before step 1650");
    assertEquals(10, number("killed.epochs"));
    assertEquals(number("learn.right"), number("killed.right"), 30);
    assertTrue(number("killed.right") >= 9_500, text(results, "killed.right"));
  }

  @Test
  void whoThrowsIsTriedAgainAndNobodyWaitsForHim() {
    assertEquals(1, number("thrown.epochs"));
    assertEquals(10_000, number("thrown.evaluated"));
    assertTrue(number("thrown.seconds") < 120, "less than the time-out");
    assertTrue(failedAttempts() >= 2, () -> String.join("\n", stages));
  }

  @Test
  void tooFewSlotsAreSaidAtOnce() {
    assertEquals(
        "java.lang.IllegalStateException: 3 processes train at the same time, but 2 executors have 2"
            + " slots together after 3 s; ask for fewer, processes(2), or submit with"
            + " --total-executor-cores 3, and workers that have so many cores and the memory",
        text(results, "slots.failure"));
  }

  @Test
  void unevenAndEmptyPartitionsAreEvenedOut() {
    assertEquals(1, number("uneven.epochs"));
    assertEquals(5, number("uneven.evaluated"));
    assertEquals(
        "there are 1 rows to learn from for 2 processes, and each needs one at least: they have",
        text(results, "uneven.few").replaceAll(" \\[[01], [01]]$", ""));
  }

  @Test
  void aJobThatIsGivenUpFreesItsSlots() {
    assertTrue(text(results, "cancelled.by").contains("cancelled"));
    assertEquals(10_000, number("cancelled.rows"));
  }

  @Test
  void processesInOneJvmDoNotWaitForEachOther() throws IOException, InterruptedException {
    Properties all =
        submit(
            "local", List.of("--master", "local[2]", "--driver-memory", "1g"), List.of("together"));
    assertEquals("2", text(all, "together.epochs"));
    assertEquals("10000", text(all, "together.evaluated"));
  }

  @Test
  @EnabledIfSystemProperty(named = LONG, matches = "true")
  void internalRowsAreReadFaster() {
    for (String kind : List.of("floats", "doubles", "vectors")) {
      assertTrue(
          number("reading." + kind + ".internal") > number("reading." + kind + ".public"), kind);
    }
  }
}
