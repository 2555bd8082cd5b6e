package io.github.torchscribe.samples.tensorboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.github.torchscribe.samples.mnist.MnistSample;
import io.github.torchscribe.samples.tools.Browser;
import io.github.torchscribe.samples.tools.Java;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

/**
 * {@code mnist --tensorboard}, as somebody sees it who looks at the real page. It waits above all,
 * beside the others: what it looks at is computed, served and drawn by processes of their own.
 */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(Browser.OF_ONE_THREAD)
@Timeout(180)
class TensorBoardPageTest {
  private static final int EPOCHS = 2;
  private static final int WIDTH = 1240;
  private static final int HEIGHT = 900;

  /** The last step of all, as the page writes it. */
  private static final String LAST_STEP = "599";

  @TempDir private static Path folder;
  private static Browser browser;
  private static RealTensorBoard tensorBoard;

  /** What is looked at. */
  static final class Runs {
    private Runs() {}

    /**
     * Trains twice.
     *
     * @param args where runs go
     */
    public static void main(String[] args) {
      for (String lr : List.of("0.01", "0.1")) {
        String run = Path.of(args[0], "lr-" + lr).toString();
        int ended =
            new CommandLine(new MnistSample())
                .execute("--epochs", "" + EPOCHS, "--lr", lr, "--no-report", "--tensorboard", run);
        assertEquals(0, ended);
      }
    }
  }

  @BeforeAll
  static void train() throws Exception {
    RealTensorBoard.require();
    browser = Browser.start();
    Path runs = folder.resolve("runs");
    Java.said(
        new ProcessBuilder(Java.command(Runs.class, runs.toString())), folder.resolve("said"));
    tensorBoard = RealTensorBoard.start(runs, folder.resolve("tensorboard.log"));
  }

  @AfterAll
  static void stop() {
    if (tensorBoard != null) {
      tensorBoard.close();
    }
    if (browser != null) {
      browser.close();
    }
  }

  private static Page page(String tab, ColorScheme scheme) {
    Page page = browser.page(WIDTH, HEIGHT, scheme);
    page.navigate(tensorBoard.address() + "#" + tab);
    return page;
  }

  private static void keep(Page page, String name) {
    page.waitForTimeout(1_000); // what is drawn slides into its place
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(Path.of("target/screenshots", "tensorboard-" + name + ".png")));
    page.close();
  }

  private static Locator has(Locator some, String text) {
    return some.filter(new Locator.FilterOptions().setHasText(text));
  }

  @ParameterizedTest
  @EnumSource(names = {"LIGHT", "DARK"})
  void curves(ColorScheme scheme) {
    Page page = page("timeseries", scheme);
    page.locator("input[placeholder^='Filter tags']").fill("Loss|Accuracy|images");
    page.keyboard().press("Escape"); // the names that fit
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Settings"))
        .first()
        .click();
    for (String tag : List.of("Loss\\s*/train", "Loss\\s*/test", "Accuracy\\s*/test")) {
      Locator card =
          page.locator("card-view")
              .filter(new Locator.FilterOptions().setHasText(Pattern.compile(tag)))
              .first();
      card.locator("line-chart").waitFor();
      for (String run : List.of("lr-0.01", "lr-0.1", LAST_STEP)) {
        card.getByText(run).first().waitFor();
      }
    }
    page.locator("card-view img").first().waitFor();
    page.setViewportSize(WIDTH + 1, HEIGHT); // charts are as wide as there is room now
    keep(page, "curves-" + scheme.name().toLowerCase(Locale.ROOT));
  }

  @Test
  void histograms() {
    Page page = page("histograms", ColorScheme.LIGHT);
    Locator weight = has(page.locator("tf-histogram-loader"), "Gradients/5.weight").first();
    weight.scrollIntoViewIfNeeded();
    weight.locator("svg .histogram").first().waitFor();
    assertEquals(EPOCHS, weight.locator("svg .histogram").count());
    keep(page, "histograms");
  }

  @Test
  void images() {
    Page page = page("images", ColorScheme.LIGHT);
    Locator digits = page.locator("tf-image-loader img").first();
    digits.waitFor();
    assertEquals(
        true, digits.evaluate("image => image.decode().then(() => image.naturalWidth == 340)"));
    keep(page, "images");
  }

  @ParameterizedTest
  @EnumSource(names = {"LIGHT", "DARK"})
  void graph(ColorScheme scheme) {
    Page page = page("graphs", scheme);
    Locator network = has(page.locator("tf-graph-scene g.node"), "Mlp").first();
    network.waitFor();
    network.locator("> .nodeshape").first().dblclick();
    for (String layer : List.of("Flatten[0]", "Linear[1]", "ReLU[2]", "Linear[5]")) {
      has(page.locator("tf-graph-scene text.nodelabel"), layer).first().waitFor();
    }
    keep(page, "graph-" + scheme.name().toLowerCase(Locale.ROOT));
  }

  @Test
  void hyperparameters() {
    Page page = page("hparams", ColorScheme.LIGHT);
    Locator table = page.locator("tf-hparams-table-view");
    table.getByText("lr-0.01").waitFor();
    for (String some : List.of("lr-0.1", "batch size", "0.010000", "0.10000", "200.00")) {
      table.getByText(some).first().waitFor();
    }
    keep(page, "hparams");
  }

  @Test
  void text() {
    Page page = page("text", ColorScheme.LIGHT);
    Locator matrix = has(page.locator("tf-text-loader"), "Confusion matrix").first();
    matrix.locator("td").first().waitFor();
    Locator counts =
        matrix
            .locator("td")
            .filter(new Locator.FilterOptions().setHasText(Pattern.compile("^\\s*[0-9]+\\s*$")));
    assertEquals(110, counts.count());
    Locator network = has(page.locator("tf-text-loader"), "Network").first();
    network.scrollIntoViewIfNeeded();
    String table = network.locator("pre").first().innerText();
    assertTrue(table.contains("@Linear({784, 200})"), table);
    keep(page, "text");
  }
}
