package io.github.torchscribe.runtime.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.github.torchscribe.runtime.Runs;
import io.github.torchscribe.runtime.Warnings;
import io.github.torchscribe.runtime.log.Series;
import io.github.torchscribe.runtime.log.TrainingLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunReportTest {
  private static final TrainingLog.Run RUN = Runs.of(2, 10, 30);

  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Warnings warnings = new Warnings();

  @AfterEach
  void hearNoMore() {
    warnings.close();
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void everyStepAndEveryEpochIsInTheTable() throws IOException {
    RunReport report = report(folder);
    train(report, RUN);
    List<String> lines = Files.readAllLines(only().resolve("metrics.csv"));
    assertEquals(
        List.of(
            "epoch,step,train_loss,learning_rate,test_loss,test_accuracy,train_seconds",
            "1,0,1.0,0.1,,,",
            "1,1,0.5,0.1,,,",
            "1,2,0.33333334,0.1,,,",
            "1,2,1.0,,0.5,0.3333333333333333,1.5",
            "2,3,0.25,0.1,,,"),
        lines.subList(0, 6));
    assertEquals(1 + 6 + 2, lines.size());
    assertEquals(List.of(), warnings.texts());
    assertEquals("Report: " + only().resolve("report.html") + System.lineSeparator(), out());
  }

  @Test
  void thePageHasTheWholeRun() throws IOException {
    train(report(folder), RUN);
    JsonNode content = content();
    assertEquals("finished", content.get("status").asText());
    assertEquals("Guess", content.get("network").get("name").asText());
    assertEquals(111, content.get("parameters").asInt());
    assertEquals("[0.0,1.0,2.0,3.0,4.0,5.0]", content.get("loss").get("x").toString());
    assertEquals("[1.0,2.0]", content.get("testLoss").get("x").toString());
    assertEquals(10, content.get("result").get("correct").asInt());
    assertEquals("[[0,10,0],[0,10,0],[0,10,0]]", content.get("confusion").toString());
    assertEquals(20, content.get("mistakes").get("count").asInt());
    assertEquals(20, content.get("mistakes").get("images").size());
    assertEquals(
        "data:image/png;base64,",
        content.get("mistakes").get("images").get(0).get("source").asText().substring(0, 22));
    assertTrue(content.get("settings").toString().contains("\"seed\",\"value\":\"7\""));
    assertFalse(content.get("machine").toString().contains("${"), content.get("machine")::toString);
    assertEquals(0, content.get("learningRate").get("x").size(), "it does not change");
  }

  @Test
  void eachOfSeveralLossesHasItsOwn() throws IOException {
    TrainingLog.Run run = Runs.ofParts(2, 10, 30);
    RunReport report = report(folder);
    report.began(run);
    for (int epoch = 0; epoch < 2; epoch++) {
      for (int i = 0; i < 3; i++) {
        report.step(Runs.stepOfParts(run, epoch, i, 0.5f));
      }
      report.epoch(Runs.epochOfParts(epoch, 0.5, 10, 30));
    }
    report.ended(Optional.empty());
    List<String> lines = Files.readAllLines(only().resolve("metrics.csv"));
    assertEquals(
        List.of(
            "epoch,step,train_loss,learning_rate,test_loss,test_accuracy,train_seconds"
                + ",train_loss_kind,test_loss_kind,test_accuracy_kind"
                + ",train_loss_tone,test_loss_tone,test_accuracy_tone"
                + ",train_loss_price,test_loss_price,test_accuracy_price",
            "1,0,1.125,0.1,,,,0.5,,,0.25,,,50.0,,"),
        lines.subList(0, 2));
    assertEquals(
        "1,2,2.25,,1.125,0.5,1.5,1.0,0.5,0.3333333333333333,0.5,0.25,0.6666666666666666"
            + ",100.0,50.0,",
        lines.get(4));
    JsonNode content = content();
    assertEquals("[1.125,1.125]", content.get("testLoss").get("y").toString());
    assertEquals("[]", content.get("testAccuracy").get("y").toString());
    assertTrue(content.get("confusion").isNull());
    JsonNode kind = content.get("parts").get(0);
    assertEquals("kind", kind.get("name").asText());
    assertEquals("[0.5,0.5,0.5,0.5,0.5,0.5]", kind.get("loss").get("y").toString());
    assertEquals("[0.33333334,0.33333334]", kind.get("testAccuracy").get("y").toString());
    assertEquals("[[0,10,0],[0,10,0],[0,10,0]]", kind.get("confusion").toString());
    assertEquals(20, kind.get("mistakes").get("images").size());
    assertEquals("[[0,15],[0,15]]", content.get("parts").get(1).get("confusion").toString());
    JsonNode price = content.get("parts").get(2);
    assertEquals("[50.0,50.0]", price.get("testLoss").get("y").toString());
    assertEquals("[]", price.get("testAccuracy").get("y").toString());
    assertTrue(price.get("confusion").isNull() && price.get("mistakes").isNull());
    assertEquals(List.of(), warnings.texts());
  }

  @Test
  void eachMetricHasAColumnAndACurve() throws IOException {
    List<TrainingLog.Measured> metrics =
        List.of(
            new TrainingLog.Measured("F1", Optional.of(true)),
            new TrainingLog.Measured("MAE", Optional.of(false)),
            new TrainingLog.Measured("error, \"mean\"", Optional.empty()));
    TrainingLog.Run run = Runs.measured(RUN, metrics, Map.of("clip grad norm", "1.0"));
    RunReport report = report(folder);
    report.began(run);
    for (int epoch = 0; epoch < 2; epoch++) {
      steps(report, 3 * epoch, 3 * epoch + 3);
      Map<String, Double> values = new LinkedHashMap<>();
      values.put("F1", 0.5 + epoch);
      values.put("MAE", epoch == 0 ? Double.NaN : 1e-9);
      values.put("error, \"mean\"", 7.0);
      report.epoch(Runs.measured(Runs.epoch(epoch, 0.5, 10, 30), values));
    }
    report.ended(Optional.empty());
    List<NamedCsvRecord> rows;
    try (CsvReader<NamedCsvRecord> csv =
        CsvReader.builder().ofNamedCsvRecord(only().resolve("metrics.csv"))) {
      rows = csv.stream().toList();
    }
    assertEquals(2 * 3 + 2, rows.size());
    assertEquals("", rows.get(0).getField("metric_F1"));
    assertEquals("0.5", rows.get(3).getField("metric_F1"));
    assertEquals("NaN", rows.get(3).getField("metric_MAE"));
    assertEquals("1.5", rows.get(7).getField("metric_F1"));
    assertEquals("1.0E-9", rows.get(7).getField("metric_MAE"));
    assertEquals("7.0", rows.get(7).getField("metric_error, \"mean\""));
    assertEquals("1.5", rows.get(7).getField("train_seconds"));
    JsonNode content = content();
    assertEquals(3, content.get("metrics").size());
    JsonNode f1 = content.get("metrics").get(0);
    assertEquals("F1", f1.get("name").asText());
    assertTrue(f1.get("higherIsBetter").asBoolean());
    assertEquals("[0.5,1.5]", f1.get("values").get("y").toString());
    JsonNode mae = content.get("metrics").get(1);
    assertFalse(mae.get("higherIsBetter").asBoolean(true));
    assertEquals("[null,1.0E-9]", mae.get("values").get("y").toString());
    assertTrue(content.get("metrics").get(2).get("higherIsBetter").isNull());
    assertTrue(content.get("settings").toString().contains("\"clip grad norm\",\"value\":\"1.0\""));
    assertEquals(List.of(), warnings.texts());
  }

  @Test
  void aRunThatGoesOnStandsWhereItBelongs() throws IOException {
    TrainingLog.Run run = RUN.from(4); // in the middle of the second epoch
    RunReport report = report(folder);
    report.began(run);
    for (int i = 1; i < 3; i++) {
      report.step(new TrainingLog.Step(run, 1, i, 10, 0.5f, 0.1));
    }
    report.epoch(Runs.epoch(1, 0.5, 10, 30));
    report.ended(Optional.empty());
    List<String> lines = Files.readAllLines(only().resolve("metrics.csv"));
    assertEquals(
        List.of("2,4,0.5,0.1,,,", "2,5,0.5,0.1,,,", "2,5,1.0,,0.5,0.3333333333333333,1.5"),
        lines.subList(1, 4));
    assertEquals("[4.0,5.0]", content().get("loss").get("x").toString());
    assertTrue(
        content().get("settings").toString().contains("\"learning rate\",\"value\":\"0.1\""));
  }

  @Test
  void itIsThereAfterTheFirstEpoch() throws IOException {
    RunReport report = report(folder);
    report.began(RUN);
    steps(report, 0, 3);
    report.epoch(Runs.epoch(0, 0.5, 10, 30));
    assertEquals("running", content().get("status").asText());
    assertEquals(1 + 3 + 1, Files.readAllLines(only().resolve("metrics.csv")).size());
  }

  @Test
  void aRunThatFailedSaysWhy() throws IOException {
    RunReport report = report(folder);
    report.began(RUN);
    report.step(new TrainingLog.Step(RUN, 0, 0, 10, Float.NaN, 0.1));
    report.ended(Optional.of(new IllegalStateException("the loss became NaN")));
    JsonNode content = content();
    assertEquals("stopped", content.get("status").asText());
    assertEquals("the loss became NaN", content.get("message").asText());
    assertEquals("[null]", content.get("loss").get("y").toString());
    assertTrue(content.get("confusion").isNull());
  }

  @Test
  void anInterruptedThreadLosesNothing() throws IOException {
    RunReport report = report(folder);
    report.began(RUN);
    Thread.currentThread().interrupt();
    for (int epoch = 0; epoch < 2; epoch++) {
      steps(report, 3 * epoch, 3 * epoch + 3);
      report.epoch(Runs.epoch(epoch, 0.5, 10, 30));
    }
    report.ended(Optional.empty());
    assertTrue(Thread.interrupted(), "and is still interrupted");
    assertEquals(1 + 6 + 2, Files.readAllLines(only().resolve("metrics.csv")).size());
    assertEquals("finished", content().get("status").asText());
    JsonNode record = new ObjectMapper().readTree(only().resolve("run.json").toFile());
    assertEquals("finished", record.get("status").asText());
    assertEquals(List.of(), warnings.texts());
  }

  @Test
  void noTextBecomesMarkup() throws IOException {
    RunReport report = report(folder);
    report.began(RUN);
    report.ended(Optional.of(new IllegalStateException("</script><script>alert(1)</script>")));
    String page = Files.readString(only().resolve("report.html"));
    assertFalse(page.contains("<script>alert"), "a script got in");
    assertEquals(
        "</script><script>alert(1)</script>", content().get("message").asText(), "and is shown");
  }

  @Test
  void manyPointsAreThinned() throws IOException {
    TrainingLog.Run run = Runs.of(1, 1, 100_000);
    RunReport report = report(folder);
    report.began(run);
    for (int i = 0; i < 100_000; i++) {
      report.step(new TrainingLog.Step(run, 0, i, 1, i, 0.1));
    }
    report.ended(Optional.of(new IllegalStateException("no need of predictions")));
    int points = content().get("loss").get("x").size();
    assertTrue(points > Series.MOST_POINTS / 3 && points < Series.MOST_POINTS, "" + points);
    assertTrue(Files.size(only().resolve("report.html")) < 600_000);
    assertEquals(100_001, Files.readAllLines(only().resolve("metrics.csv")).size());
  }

  @Test
  void twoRunsOfOneSecondHaveFoldersOfTheirOwn() throws IOException {
    train(report(folder), RUN);
    train(report(folder), RUN);
    try (Stream<Path> runs = Files.list(folder)) {
      assertEquals(2, runs.count());
    }
  }

  @Test
  void aFolderThatCannotBeMadeCostsOneWarning() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    train(report(file), RUN);
    assertEquals(
        List.of(
            "WARNING Training goes on without a report: "
                + file
                + " is no folder. Choose another folder with -Dtorchscribe.runs=FOLDER, or none with"
                + " -Dtorchscribe.runs="),
        warnings.texts());
    assertEquals("", out());
  }

  @Test
  void aFolderThatIsReadOnlyCostsOneWarning() {
    Path system = Path.of("/sys/kernel");
    assumeTrue(Files.isDirectory(system), "a folder where nobody may write");
    train(report(system.resolve("torchscribe")), RUN);
    assertEquals(1, warnings.texts().size());
    String text = warnings.texts().get(0);
    assertTrue(text.startsWith("WARNING Training goes on without a report: /sys/kernel"), text);
  }

  @Test
  void aFullDiskCostsOneWarning() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "a device that is always full");
    RunReport report = report(folder);
    report.began(RUN);
    Files.delete(only().resolve("metrics.csv"));
    // The table's file is open already; the page is what meets the full disk.
    Files.createSymbolicLink(only().resolve("report.html.part"), full);
    steps(report, 0, 3);
    report.epoch(Runs.epoch(0, 0.5, 10, 30));
    steps(report, 3, 6);
    report.ended(Optional.empty());
    assertEquals(1, warnings.texts().size());
    String text = warnings.texts().get(0);
    assertTrue(text.contains("No space left on device"), text);
  }

  @Test
  void aRunMayFollowOneThatCouldNotBeWritten() throws IOException {
    Path runs = Files.createFile(folder.resolve("runs"));
    RunReport report = report(runs);
    train(report, RUN);
    Files.delete(runs);
    train(report, RUN);
    assertNotEquals("", out());
  }

  private RunReport report(Path runs) {
    return RunReport.in(runs, new PrintStream(out, true, StandardCharsets.UTF_8));
  }

  private static void train(RunReport report, TrainingLog.Run run) {
    report.began(run);
    for (int epoch = 0; epoch < 2; epoch++) {
      steps(report, 3 * epoch, 3 * epoch + 3);
      report.epoch(Runs.epoch(epoch, 0.5, 10, 30));
    }
    report.ended(Optional.empty());
  }

  private static void steps(RunReport report, int from, int to) {
    for (int i = from; i < to; i++) {
      report.step(new TrainingLog.Step(RUN, i / 3, i % 3, 10, 1f / (i + 1), 0.1));
    }
  }

  private Path only() throws IOException {
    List<Path> all = new ArrayList<>();
    try (Stream<Path> runs = Files.list(folder)) {
      runs.filter(Files::isDirectory).forEach(all::add);
    }
    assertEquals(1, all.size(), all::toString);
    return all.get(0);
  }

  private JsonNode content() throws IOException {
    String page = Files.readString(only().resolve("report.html"));
    Matcher json =
        Pattern.compile("(?s)<script id=\"content\" type=\"application/json\">(.*?)</script>")
            .matcher(page);
    assertTrue(json.find());
    return new ObjectMapper().readTree(json.group(1));
  }
}
