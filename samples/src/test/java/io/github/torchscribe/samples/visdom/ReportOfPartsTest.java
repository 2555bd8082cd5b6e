package io.github.torchscribe.samples.visdom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.TensorDataset;
import io.github.torchscribe.runtime.learner.Evaluation;
import io.github.torchscribe.runtime.learner.History;
import io.github.torchscribe.runtime.learner.Learner;
import io.github.torchscribe.runtime.learner.Summary;
import io.github.torchscribe.runtime.log.TrainingLog;
import io.github.torchscribe.runtime.report.RunReport;
import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Tensors;
import io.github.torchscribe.samples.tools.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The report of a network with three losses, in a real browser. */
class ReportOfPartsTest {
  private static final int EPOCHS = 20;
  private static final int STEPS = 30;
  private static final int EXAMPLES = 300;

  @TempDir private static Path folder;
  private static Browser browser;

  @BeforeAll
  static void write() {
    browser = Browser.start();
    Tensor examples = torch.rand(EXAMPLES, 2);
    Tensor kinds = torch.tensor(LongStream.range(0, EXAMPLES).map(i -> i % 3).toArray());
    Tensor tones = torch.tensor(LongStream.range(0, EXAMPLES).map(i -> i % 2).toArray());
    try (Dataset data =
        new TensorDataset(
            Tensors.of(examples),
            Tensors.of("kind", kinds).and("tone", tones).and("price", torch.rand(EXAMPLES, 1)))) {
      TrainingLog.Run run =
          new TrainingLog.Run(
              new Three(),
              data,
              data,
              EPOCHS,
              EXAMPLES / STEPS,
              true,
              false,
              EXAMPLES,
              List.of(),
              List.of(
                  new TrainingLog.Measured("kind F1", Optional.of(true)),
                  new TrainingLog.Measured("price MAE", Optional.of(false)),
                  new TrainingLog.Measured(
                      "<b>own</b>, with a long name of its own", Optional.empty())),
              Map.of("clip grad norm", "1.0"),
              0);
      RunReport log = RunReport.in(folder);
      log.began(run);
      Random random = new Random(3);
      for (int epoch = 0; epoch < EPOCHS; epoch++) {
        for (int i = 0; i < STEPS; i++) {
          double fall = Math.exp(-(epoch + i / (double) STEPS) / 6);
          double noise = 1 + 0.1 * random.nextGaussian();
          float kind = (float) (1.1 * fall * noise);
          float price = (float) (80 * fall * fall * noise);
          Map<String, Float> losses = named(kind, 0.7f * (float) fall, price);
          float sum = kind + 0.5f * losses.get("tone") + 0.01f * price;
          log.step(new TrainingLog.Step(run, epoch, i, run.batchSize(), sum, 0.1, losses));
        }
        log.epoch(epoch(epoch, Math.exp(-epoch / 6.0)));
      }
      log.ended(Optional.empty());
    }
  }

  private static History.Epoch epoch(int number, double fall) {
    Evaluation all =
        Evaluation.ofParts(
            named(
                Evaluation.ofBatch(0.2 + fall, (long) (250 - 140 * fall), EXAMPLES, EXAMPLES),
                Evaluation.ofBatch(0.7 * fall, (long) (290 - 100 * fall), EXAMPLES, EXAMPLES),
                Evaluation.ofBatch(10 + 70 * fall, 0, 0, EXAMPLES)),
            named(1d, 0.5, 0.01));
    Map<String, Double> train = named(fall, 0.65 * fall, 75 * fall);
    double sum = fall * (1 + 0.5 * 0.65 + 0.01 * 75);
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("kind F1", number == 7 ? 0.987654 : 0.9 - fall / 2);
    metrics.put("price MAE", number == 0 ? Double.NaN : 1e-5 * fall);
    metrics.put("<b>own</b>, with a long name of its own", 1234567.0 * number);
    return new History.Epoch(number, sum, all, Duration.ofMillis(900), metrics, train);
  }

  private static <T> Map<String, T> named(T kind, T tone, T price) {
    Map<String, T> all = new LinkedHashMap<>();
    all.put("kind", kind);
    all.put("tone", tone);
    all.put("price", price);
    return all;
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"1280, DARK", "390, LIGHT"})
  void eachLossHasCurvesOfItsOwn(int width, ColorScheme scheme) throws IOException {
    Page page = browser.page(width, 900, scheme);
    page.navigate(only().toUri().toString());

    for (String chart : List.of("loss", "loss-kind", "loss-tone", "loss-price")) {
      String sets = "Chart.getChart('" + chart + "').data.datasets";
      assertEquals(EPOCHS, page.evaluate(sets + "[0].data.length"), chart);
      assertEquals(EPOCHS, page.evaluate(sets + "[1].data.length"), chart);
      assertEquals(EPOCHS * STEPS, page.evaluate(sets + "[2].data.length"), chart);
    }
    assertEquals(
        List.of("kind", "tone"),
        page.evaluate("Chart.getChart('accuracy').data.datasets.map(line => line.label)"));
    for (int i = 0; i < 3; i++) {
      String points = "Chart.getChart('metric-" + i + "').data.datasets[0].data";
      assertEquals(EPOCHS, page.evaluate(points + ".length"));
    }
    assertEquals(0.987654, page.evaluate("Chart.getChart('metric-0').data.datasets[0].data[7].y"));
    page.locator("#log-scale").check();
    assertEquals(
        "logarithmic", page.evaluate("Chart.getChart('loss-price').options.scales.y.type"));
    page.locator("#log-scale").uncheck();
    assertEquals(9, page.locator("#confusion-kind td").count());
    assertEquals(4, page.locator("#confusion-tone td").count());
    assertEquals(0, page.locator("#confusion-price").count());
    String text = page.locator("main").innerText();
    for (String some :
        List.of(
            "test accuracy of kind, 244 of 300",
            "test loss of price",
            "Loss of tone",
            "kind F1; best 0.9877, epoch 8",
            "higher is better",
            "price MAE; best 4.214e-7, epoch 20",
            "<b>own</b>, with a long name of its own",
            "2.346e+7",
            "clip grad norm")) {
      assertTrue(text.contains(some), text);
    }
    assertTrue(text.matches("(?s).*sizes\\s+\\(N, 2\\).*town\\s+\\(N\\).*"), text);
    assertEquals(
        width, page.evaluate("document.documentElement.scrollWidth"), "nothing sticks out");
    assertEquals(List.of(), browser.complaints());
    Browser.keep(page, "parts", width, scheme);
    page.close();
  }

  private static Path only() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.findFirst().orElseThrow().resolve("report.html");
    }
  }

  /** Takes everything for a 1. */
  private record Three() implements Learner {
    @Override
    public Summary summary() {
      List<Summary.Layer> layers =
          List.of(
              new Summary.Layer("shared", "@Linear(8)", List.of("sizes"), "(N, 8)", 24, 16),
              new Summary.Layer("kind", "@Linear(3)", List.of("shared"), "(N, 3)", 27, 24),
              new Summary.Layer("tone", "@Linear(2)", List.of("shared"), "(N, 2)", 18, 16),
              new Summary.Layer("price", "@Linear(1)", List.of("shared"), "(N, 1)", 9, 8));
      return new Summary(
          "Three",
          List.of(new Summary.Port("sizes", "(N, 2)"), new Summary.Port("town", "(N)")),
          layers,
          "kind @CrossEntropyLoss(labelSmoothing = 0.1), tone @CrossEntropyLoss · 0.5, price @MSELoss"
              + " · 0.01",
          "@SGD",
          0,
          0,
          0,
          0,
          "");
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
    public List<String> losses() {
      return List.of("kind", "tone", "price");
    }

    @Override
    public boolean decides(String output) {
      return !output.equals("price");
    }

    @Override
    public Map<String, long[]> predict(Tensors inputs) {
      long[] ones = LongStream.generate(() -> 1).limit(inputs.only().size(0)).toArray();
      return Map.of("kind", ones, "tone", ones);
    }

    @Override
    public long[] predict(Tensor input) {
      throw new IllegalStateException("there are several");
    }
  }
}
