package io.github.torchscribe.runtime.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.torchscribe.runtime.Runs;
import io.github.torchscribe.runtime.log.TrainingLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchscribeReportTest {
  private static final List<TrainingLog.Measured> METRICS =
      List.of(new TrainingLog.Measured("F1", Optional.of(true)));

  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void runsLieBesideEachOther() throws IOException {
    run("0.1", 0.5, Optional.empty());
    run("0.2", 0.25, Optional.of(new IllegalStateException("the loss became NaN")));
    assertEquals(0, report("runs", "--out", "all/page.html"));
    assertEquals("2 runs: " + folder.resolve("all/page.html") + System.lineSeparator(), text(out));
    assertEquals("", text(err));
    JsonNode content = content("all/page.html");
    assertEquals(2, content.get("runs").size());
    JsonNode first = content.get("runs").get(0);
    assertEquals("finished", first.get("status").asText());
    assertEquals("stopped", content.get("runs").get(1).get("status").asText());
    assertEquals("the loss became NaN", content.get("runs").get(1).get("message").asText());
    assertEquals("[0.5,0.25]", values(first, "test loss").toString());
    assertEquals("[0.9,0.8]", values(first, "F1").toString());
    assertEquals("[1.0,2.0]", measure(first, "F1").get("x").toString());
    assertTrue(measure(first, "F1").get("higherIsBetter").asBoolean());
    assertEquals(3 * 2, values(first, "training loss of each step").size());
    assertEquals("0.1", setting(first, "dropout").orElseThrow());
    assertEquals("1.0", setting(first, "clip grad norm").orElseThrow());
    assertEquals("@Flatten @Linear(3)", setting(first, "layers").orElseThrow());
    Path linked = folder.resolve("all").resolve(first.get("report").asText());
    assertTrue(Files.isRegularFile(linked), linked::toString);
    assertEquals(0, content.get("problems").size());
  }

  @Test
  void whatIsBrokenIsNamedAndTheOthersGoOn() throws IOException {
    Path whole = run("0.1", 0.5, Optional.empty());
    byte[] record = Files.readAllBytes(whole.resolve("run.json"));
    broken("cut", Arrays.copyOf(record, record.length / 2));
    broken("empty", new byte[0]);
    broken("other", "{\"format\": \"something else\"}".getBytes(StandardCharsets.UTF_8));
    String text = new String(record, StandardCharsets.UTF_8);
    broken("curve", text.replaceFirst("\"y\":\\[", "\"y\":[1,").getBytes(StandardCharsets.UTF_8));
    broken(
        "word",
        text.replaceFirst("\"y\":\\[[0-9.]+", "\"y\":[\"x\"").getBytes(StandardCharsets.UTF_8));
    broken(
        "time",
        text.replaceFirst("\"began\":\"[^\"]+", "\"began\":\"noon")
            .getBytes(StandardCharsets.UTF_8));
    Files.createDirectories(folder.resolve("nothing"));
    assertEquals(0, report("runs", "nothing", "missing", "--out", "page.html"));
    List<String> problems = text(err).lines().toList();
    assertEquals(8, problems.size(), problems::toString);
    for (String some :
        List.of(
            "nothing: there is no run in it, which would have a file run.json",
            "missing: there is no such folder",
            "cut/run.json: it is no whole record of a run: ",
            "empty/run.json: it is no whole record of a run: there is nothing in it",
            "other/run.json: it is no whole record of a run: its format is 'something else' and not",
            "curve/run.json: it is no whole record of a run: a curve has 2 x and 3 y",
            "time/run.json: it is no whole record of a run: it began at 'noon', which is no time",
            "word/run.json: it is no whole record of a run: where a list of numbers 'y' must be there is x")) {
      assertTrue(problems.stream().anyMatch(line -> line.contains(some)), () -> some + problems);
    }
    assertEquals(1, content("page.html").get("runs").size());
    assertEquals(8, content("page.html").get("problems").size());
  }

  /** Whatever they are called: of one second, and where clocks were put back between them. */
  @Test
  void runsAreInTheOrderInWhichTheyBegan() throws IOException {
    String text =
        Files.readString(run("0.1", 0.5, Optional.empty()).resolve("run.json"))
            .replaceFirst("\"began\":\"[^\"]+", "\"began\":\"TIME");
    Map<String, String> times =
        Map.of(
            "A", "2026-11-27T20:44:16.523001+00:00",
            "Diabetes-20261127-204416", "2026-11-27T20:44:16.400000+00:00",
            "Diabetes-20261127-204416-10", "2026-11-27T20:44:16.522999+00:00",
            "Diabetes-20261127-204416-2", "2026-11-27T20:44:16.409999+00:00",
            "autumn", "2026-10-25T02:59:00.000000+02:00",
            "back", "2026-10-25T02:01:00.000000+01:00");
    for (Map.Entry<String, String> entry : times.entrySet()) {
      Files.writeString(
          Files.createDirectories(folder.resolve("others").resolve(entry.getKey()))
              .resolve("run.json"),
          text.replace("TIME", entry.getValue()));
    }
    assertEquals(0, report("others", "--out", "page.html"));
    List<String> names = new ArrayList<>();
    content("page.html").get("runs").forEach(run -> names.add(run.get("name").asText()));
    assertEquals(
        List.of(
            "autumn",
            "back",
            "Diabetes-20261127-204416",
            "Diabetes-20261127-204416-2",
            "Diabetes-20261127-204416-10",
            "A"),
        names);
  }

  @Test
  void aRunWhoseProcessHasGoneIsCutOff() throws IOException {
    RunReport log = RunReport.in(folder.resolve("runs"), stream(out));
    log.began(Runs.of(2, 10, 30));
    assertEquals(0, report("runs", "--out", "page.html"));
    JsonNode run = content("page.html").get("runs").get(0);
    assertEquals("running", run.get("status").asText());
    assertEquals(0, run.get("epochs").asInt());
    Path file = only().resolve("run.json");
    String record = Files.readString(file);
    String self = run.get("process").asText();
    assertEquals(3, self.split(" ", -1).length, self);
    if (self.startsWith(" ")) {
      return; // the system does not say which machine it is
    }
    Files.writeString(file, record.replace(self, self.replaceFirst(" \\S+$", " 1")));
    report("runs", "--out", "page.html");
    assertEquals("cut off", content("page.html").get("runs").get(0).get("status").asText());
    Files.writeString(file, record.replace(self, "elsewhere 1 1"));
    report("runs", "--out", "page.html");
    assertEquals("running", content("page.html").get("runs").get(0).get("status").asText());
  }

  @Test
  void whatMakesNoSenseIsSaid() throws IOException {
    assertEquals(1, report("runs"));
    assertTrue(text(err).endsWith("There is no run to show." + System.lineSeparator()), text(err));
    assertEquals(2, TorchscribeReport.run(stream(out), stream(err), "--wide"));
    assertEquals(2, TorchscribeReport.run(stream(out), stream(err), "--out"));
    assertEquals(0, TorchscribeReport.run(stream(out), stream(err), "--help"));
    run("0.1", 0.5, Optional.empty());
    err.reset();
    assertEquals(1, report("runs", "--out", "runs"));
    assertTrue(text(err).contains("it is a folder; give the name of a file with --out"), text(err));
    assertFalse(Files.exists(folder.resolve("runs.part")));
  }

  private Path run(String dropout, double loss, Optional<Throwable> failure) throws IOException {
    TrainingLog.Run run =
        Runs.measured(Runs.of(2, 10, 30), METRICS, Map.of("clip grad norm", "1.0"));
    RunReport log =
        RunReport.in(folder.resolve("runs"), stream(new ByteArrayOutputStream()))
            .setting("dropout", dropout);
    log.began(run);
    for (int epoch = 0; epoch < 2; epoch++) {
      for (int i = 0; i < 3; i++) {
        log.step(new TrainingLog.Step(run, epoch, i, 10, 1f, 0.1));
      }
      log.epoch(
          Runs.measured(
              Runs.epoch(epoch, loss / (1 + epoch), 10, 30), Map.of("F1", 0.9 - 0.1 * epoch)));
    }
    log.ended(failure);
    try (Stream<Path> all = Files.list(folder.resolve("runs"))) {
      return all.sorted().reduce((a, b) -> b).orElseThrow();
    }
  }

  private void broken(String name, byte[] content) throws IOException {
    Path place = Files.createDirectories(folder.resolve("runs").resolve(name));
    Files.write(place.resolve("run.json"), content);
  }

  private int report(String... args) {
    List<String> inFolder = new ArrayList<>();
    for (String arg : args) {
      inFolder.add(arg.startsWith("--") ? arg : folder.resolve(arg).toString());
    }
    return TorchscribeReport.run(stream(out), stream(err), inFolder.toArray(String[]::new));
  }

  private static PrintStream stream(ByteArrayOutputStream into) {
    return new PrintStream(into, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream of) {
    return of.toString(StandardCharsets.UTF_8);
  }

  private Path only() throws IOException {
    try (Stream<Path> all = Files.list(folder.resolve("runs"))) {
      return all.findFirst().orElseThrow();
    }
  }

  private static JsonNode values(JsonNode run, String name) {
    return measure(run, name).get("y");
  }

  private static JsonNode measure(JsonNode run, String name) {
    for (JsonNode measure : run.get("measures")) {
      if (measure.get("name").asText().equals(name)) {
        return measure;
      }
    }
    throw new AssertionError(name + " is not in " + run);
  }

  private static Optional<String> setting(JsonNode run, String name) {
    for (JsonNode fact : run.get("settings")) {
      if (fact.get("name").asText().equals(name)) {
        return Optional.of(fact.get("value").asText());
      }
    }
    return Optional.empty();
  }

  private JsonNode content(String page) throws IOException {
    Matcher json =
        Pattern.compile("(?s)<script id=\"content\" type=\"application/json\">(.*?)</script>")
            .matcher(Files.readString(folder.resolve(page)));
    assertTrue(json.find());
    return new ObjectMapper().readTree(json.group(1));
  }
}
