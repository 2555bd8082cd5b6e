package io.github.torchscribe.samples.visdom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.Mnist;
import io.github.torchscribe.runtime.data.TensorDataset;
import io.github.torchscribe.runtime.learner.Evaluation;
import io.github.torchscribe.runtime.learner.History;
import io.github.torchscribe.runtime.learner.Learner;
import io.github.torchscribe.runtime.learner.Summary;
import io.github.torchscribe.runtime.log.TrainingLog;
import io.github.torchscribe.runtime.report.RunReport;
import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.samples.mnist.MlpModel;
import io.github.torchscribe.samples.mnist.MnistSample;
import io.github.torchscribe.samples.tools.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The report of the main job, in a real browser. */
class ReportPageTest {
  private static final int EPOCHS = 2;

  /** The brightness of the page's background, from 0 to 255. */
  private static final String BRIGHTNESS =
      "Math.max(...getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number))";

  @TempDir private static Path folder;
  private static Browser browser;
  private static Path report;

  @BeforeAll
  static void train() throws IOException {
    browser = Browser.start();
    Path runs = folder.resolve("main");
    assertEquals(
        0,
        new CommandLine(new MnistSample()).execute("--epochs", "" + EPOCHS, "--runs", "" + runs));
    report = only(runs);
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"1280, LIGHT", "1280, DARK", "390, LIGHT", "390, DARK"})
  void showsTheRun(int width, ColorScheme scheme) throws IOException {
    browser.requests().clear();
    Page page = browser.page(width, 900, scheme);
    page.navigate(report.toUri().toString());

    assertEquals(
        300 * EPOCHS, page.evaluate("Chart.getChart('loss').data.datasets[2].data.length"));
    assertEquals(EPOCHS, page.evaluate("Chart.getChart('loss').data.datasets[0].data.length"));
    assertEquals(EPOCHS, page.evaluate("Chart.getChart('accuracy').data.datasets[0].data.length"));
    assertEquals(100, page.locator("#confusion td").count());
    assertEquals(
        10_000,
        page.evaluate(
            "[...document.querySelectorAll('#confusion td')]"
                + ".reduce((sum, cell) => sum + Number(cell.textContent.replace(',', '')), 0)"));
    assertEquals(60, page.locator("figure img").count());
    assertEquals(
        true,
        page.evaluate(
            "[...document.querySelectorAll('figure img')].every(image => image.naturalWidth === 28)"));
    assertTrue(page.locator("main").innerText().contains("@Linear({784, 200})"));
    assertTrue(page.title().startsWith("Mlp, 20"), page.title());

    int brightness = (int) page.evaluate(BRIGHTNESS);
    assertTrue(scheme == ColorScheme.DARK ? brightness < 60 : brightness > 230, "" + brightness);
    assertEquals(
        width, page.evaluate("document.documentElement.scrollWidth"), "nothing sticks out");

    assertEquals(List.of(report.toUri().toString()), browser.requests());
    assertEquals(List.of(), browser.complaints());
    Browser.keep(page, "report", width, scheme);
    page.close();
  }

  @Test
  void printsLightWhateverTheScreenIs() {
    Page page = browser.page(1280, 900, ColorScheme.DARK);
    page.navigate(report.toUri().toString());
    browser.print(page);
    assertTrue((int) page.evaluate(BRIGHTNESS) > 230);
    page.waitForFunction(
        "Chart.getChart('accuracy').data.datasets[0].borderColor"
            + " === getComputedStyle(document.documentElement).getPropertyValue('--test').trim()");
    page.close();
  }

  @Test
  void manyPointsAndStrangeTextsStayUsable() throws IOException {
    Path runs = folder.resolve("strange");
    try (MlpModel model = MlpModel.create();
        Mnist data = Mnist.test()) {
      TrainingLog.Run run = new TrainingLog.Run(model, data, data, 1, 1, true);
      RunReport log = RunReport.in(runs);
      log.began(run);
      for (int i = 0; i < 100_000; i++) {
        float loss = i % 1000 == 0 ? Float.NaN : (float) Math.exp(-i / 1e5);
        log.step(new TrainingLog.Step(run, 0, i, 1, loss, 0.1 / (1 + i)));
      }
      String script = "</script><script>document.title = 'taken over'</script><img src=x>";
      log.ended(Optional.of(new IllegalStateException(script)));

      Page page = browser.page(1280, 900, ColorScheme.LIGHT);
      long began = System.nanoTime();
      page.navigate(only(runs).toUri().toString());
      int points = (int) page.evaluate("Chart.getChart('loss').data.datasets[2].data.length");
      assertTrue(points > 1_000 && points < 4_000, "" + points);
      assertTrue(System.nanoTime() - began < 20e9, "it takes ages");
      assertEquals(
          points, page.evaluate("Chart.getChart('learning-rate').data.datasets[0].data.length"));
      assertTrue(page.title().startsWith("Mlp, 20"), page.title());
      assertEquals("Stopped before its time: " + script, page.locator(".banner").innerText());
      assertEquals(0, page.locator("#confusion").count());
      assertEquals(List.of(), browser.complaints());
      page.close();
    }
  }

  @Test
  void aRunWithoutClassesShowsNoAccuracy() throws IOException {
    Path runs = folder.resolve("numbers");
    try (Dataset data = new TensorDataset(torch.rand(10, 2), torch.rand(10, 1))) {
      TrainingLog.Run run = new TrainingLog.Run(new Numbers(), data, data, 1, 5, true);
      RunReport log = RunReport.in(runs);
      log.began(run);
      for (int i = 0; i < 2; i++) {
        log.step(new TrainingLog.Step(run, 0, i, 5, 0.5f, 0.1));
      }
      Evaluation evaluation = Evaluation.ofBatch(0.25, 0, 0, 10);
      log.epoch(new History.Epoch(0, 0.5, evaluation, Duration.ofSeconds(1), Map.of()));
      log.ended(Optional.empty());
    }
    Page page = browser.page(1280, 900, ColorScheme.LIGHT);
    page.navigate(only(runs).toUri().toString());
    assertEquals(2, page.evaluate("Chart.getChart('loss').data.datasets[2].data.length"));
    assertEquals(0, page.locator("#accuracy").count());
    assertEquals(0, page.locator("#confusion").count());
    String text = page.locator("main").innerText();
    assertTrue(text.contains("0.2500") && !text.contains("accuracy"), text);
    assertEquals(
        List.of("", "@MSELoss", "", "", ""),
        cells(page, 5),
        "the loss stands in the column of the layers");
    assertEquals(List.of("sum", "@Add", "left, input", "(N, 2)", ""), cells(page, 4));
    assertEquals(List.of("left", "@Linear(2)", "", "(N, 2)", "6"), cells(page, 2));
    assertEquals(List.of(), browser.complaints());
    page.close();
  }

  /** A row of the table of layers. */
  private static List<String> cells(Page page, int row) {
    return page.locator("table:has-text('reads') tr").nth(row).locator("td, th").allInnerTexts();
  }

  /** Gives numbers, not classes; its values branch. */
  private record Numbers() implements Learner {
    @Override
    public Summary summary() {
      List<Summary.Layer> layers =
          List.of(
              new Summary.Layer("left", "@Linear(2)", "(N, 2)", 6, 4),
              new Summary.Layer("right", "@ReLU", List.of("input"), "(N, 2)", 0, 0),
              new Summary.Layer("sum", "@Add", List.of("left", "input"), "(N, 2)", 0, 0));
      return new Summary("Numbers", "(N, 2)", layers, "@MSELoss", "@SGD", 0, 0);
    }

    @Override
    public long seed() {
      return 1;
    }

    @Override
    public Device device() {
      return Device.cpu();
    }

    @Override
    public boolean decides() {
      return false;
    }

    @Override
    public long[] predict(Tensor input) {
      throw new IllegalStateException("numbers are no classes");
    }
  }

  private static Path only(Path runs) throws IOException {
    try (Stream<Path> all = Files.list(runs)) {
      return all.findFirst().orElseThrow().resolve("report.html");
    }
  }
}
