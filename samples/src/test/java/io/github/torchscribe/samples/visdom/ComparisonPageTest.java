package io.github.torchscribe.samples.visdom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.Mnist;
import io.github.torchscribe.runtime.log.TrainingLog;
import io.github.torchscribe.runtime.metric.Metrics;
import io.github.torchscribe.runtime.report.RunReport;
import io.github.torchscribe.runtime.report.TorchscribeReport;
import io.github.torchscribe.samples.mnist.MlpModel;
import io.github.torchscribe.samples.tables.DiabetesModel;
import io.github.torchscribe.samples.tables.RegressionSample;
import io.github.torchscribe.samples.tools.Browser;
import io.github.torchscribe.samples.tools.Java;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs of two networks, some of which failed, beside each other in a real browser. */
@Execution(ExecutionMode.CONCURRENT) // it waits for that, and for processes of its own
@ResourceLock(Browser.OF_ONE_THREAD)
class ComparisonPageTest {
  private static final int RUNS = 28;
  private static final int EPOCHS = 6;

  @TempDir private static Path folder;
  private static Browser browser;

  /** What is looked at. */
  static final class Runs {
    private Runs() {}

    /**
     * Trains both networks.
     *
     * @param args where runs go
     * @throws IOException when the patients cannot be read
     */
    public static void main(String[] args) throws IOException {
      Path runs = Path.of(args[0]);
      try (Dataset patients = RegressionSample.bundled().numbers("progression")) {
        for (int i = 0; i < RUNS; i++) {
          try (Model model = DiabetesModel.create(1)) {
            Trainer.of(model)
                .epochs(EPOCHS)
                .learningRate(0.002 * (1 + i))
                .metric(Metrics.rSquared())
                .log(RunReport.in(runs).setting("note <b></b>", i % 3 == 0 ? "a, b" : "c"))
                .run(patients, 0.25);
          }
        }
      }
      try (Model model = MlpModel.create();
          Dataset digits = Mnist.test()) {
        RunReport log = RunReport.in(runs);
        log.began(new TrainingLog.Run(model, digits, digits, 3, 100, true));
        log.ended(Optional.of(new IllegalStateException("</script><script>alert(1)</script>")));
      }
    }
  }

  @BeforeAll
  static void train() throws Exception {
    browser = Browser.start();
    Path runs = folder.resolve("runs");
    Java.said(
        new ProcessBuilder(Java.command(Runs.class, runs.toString())), folder.resolve("said"));
    Files.createDirectories(runs.resolve("broken"));
    Files.writeString(runs.resolve("broken/run.json"), "{\"format\": \"torchscr");
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"1280, LIGHT", "1280, DARK", "390, LIGHT"})
  void showsAllRuns(int width, ColorScheme scheme) throws Exception {
    Page page = open("all.html", width, scheme, folder.resolve("runs"));
    assertEquals(RUNS + 1, page.locator("#runs tbody tr").count());
    int r = (int) page.evaluate("ids.get('R²').split('-')[1] * 1");
    assertEquals(RUNS, page.evaluate("charts[" + r + "].data.datasets.length"));
    assertEquals(EPOCHS, page.evaluate("charts[" + r + "].data.datasets[0].data.length"));

    String text = page.locator("main").innerText();
    for (String some :
        List.of("29 runs", "One could not be read:", "note <b></b>", "broken/run.json")) {
      assertTrue(text.contains(some), () -> some + " is not in " + text);
    }
    List<String> heads = page.locator("#runs thead th").allInnerTexts();
    assertTrue(heads.contains("learning rate") && heads.contains("R², best"), heads::toString);

    // The best value is sorted to the top, and is marked as such.
    int column = heads.indexOf("R², best");
    page.locator("#runs thead button").nth(column).click();
    List<Double> sorted = new ArrayList<>();
    for (String cell :
        page.locator("#runs tbody tr td:nth-child(" + (column + 1) + ")").allInnerTexts()) {
      sorted.add(cell.equals("–") ? Double.NEGATIVE_INFINITY : Double.parseDouble(cell));
    }
    List<Double> expected = new ArrayList<>(sorted);
    expected.sort(Collections.reverseOrder());
    assertEquals(expected, sorted);
    assertEquals(
        1,
        page.locator("#runs tbody tr:first-child td:nth-child(" + (column + 1) + ").best").count());

    // What is not to be seen is not drawn.
    page.locator("#run-0 input").uncheck();
    assertEquals(true, page.evaluate("charts[" + r + "].data.datasets[0].hidden"));
    page.locator("input[value=seconds]").check();
    double seconds =
        ((Number) page.evaluate("charts[" + r + "].data.datasets[1].data[5].x")).doubleValue();
    double trained =
        ((Number) page.evaluate("runs[1].epochSeconds.y.reduce((a, b) => a + b, 0)")).doubleValue();
    assertEquals(trained, seconds, 1e-9);
    page.locator("#log-scale").check();
    assertEquals("logarithmic", page.evaluate("charts[0].options.scales.y.type"));
    page.locator("#log-scale").uncheck();
    page.locator("#run-0 input").check();
    page.locator("input[value=epochs]").check();

    assertEquals(
        width, page.evaluate("document.documentElement.scrollWidth"), "nothing sticks out");
    Browser.keep(page, "comparison", width, scheme);
    // A run's name leads to its own report.
    page.locator("#run-3 a").click();
    assertTrue(page.title().startsWith("Diabetes, "), page.title());
    assertEquals(List.of(), browser.complaints());
    assertTrue(
        browser.requests().stream().allMatch(some -> some.startsWith("file:")),
        browser.requests()::toString);
    page.close();
  }

  @Test
  void oneRunIsShownToo() throws Exception {
    Path some;
    try (Stream<Path> all = Files.list(folder.resolve("runs"))) {
      some =
          all.filter(run -> run.getFileName().toString().startsWith("Diabetes"))
              .sorted()
              .findFirst()
              .orElseThrow();
    }
    Page page = open("one.html", 1280, ColorScheme.LIGHT, some);
    assertEquals(1, page.locator("#runs tbody tr").count());
    assertEquals(some.getFileName().toString(), page.locator("h1").innerText());
    assertEquals(0, page.locator(".best").count(), "among one nothing is best");
    assertTrue(page.locator("main").innerText().contains("batch size"));
    assertEquals(List.of(), browser.complaints());
    page.close();
  }

  private static Page open(String name, int width, ColorScheme scheme, Path runs) throws Exception {
    Path file = folder.resolve(name);
    Java.said(
        new ProcessBuilder(
            Java.command(TorchscribeReport.class, runs.toString(), "--out", file.toString())),
        folder.resolve("said"));
    browser.requests().clear();
    Page page = browser.page(width, 900, scheme);
    page.navigate(file.toUri().toString());
    return page;
  }
}
