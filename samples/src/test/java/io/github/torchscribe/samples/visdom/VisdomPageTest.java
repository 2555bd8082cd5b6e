package io.github.torchscribe.samples.visdom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.github.torchscribe.samples.mnist.MnistSample;
import io.github.torchscribe.samples.tools.Browser;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code mnist --visdom}, as somebody sees it who looks at the real server's page meanwhile. */
@Timeout(180)
class VisdomPageTest {
  private static final int EPOCHS = 6;
  private static final int STEPS = 300 * EPOCHS;

  /** The names and numbers of points of a plot's lines. */
  private static final String LINES =
      "plot => plot.data.map(line => line.name + ' ' + (line.y || []).length)";

  @TempDir private Path folder;

  @Test
  void isOnThePageWhileItRunsAndAfterwards() throws Exception {
    RealVisdom server = RealVisdom.start(folder);
    try (Browser browser = Browser.start()) {
      Page page = browser.page(1480, 790, ColorScheme.LIGHT);
      page.navigate(server.address().toString());
      CompletableFuture<Integer> run =
          CompletableFuture.supplyAsync(
              () ->
                  new CommandLine(new MnistSample())
                      .execute(
                          "--epochs", "" + EPOCHS, "--no-report", "--visdom=" + server.address()));

      int meanwhile = 0;
      while (!run.isDone() && meanwhile == 0) {
        page.waitForTimeout(50); // lets the page receive
        meanwhile = window(page, "train loss").count() == 0 ? 0 : points(page);
      }
      assertTrue(meanwhile > 0 && meanwhile < STEPS, "points while it runs: " + meanwhile);

      while (!run.isDone()) {
        page.waitForTimeout(50);
      }
      assertEquals(0, run.join());
      for (int tries = 0; tries < 100 && window(page, "confusion matrix").count() == 0; tries++) {
        page.waitForTimeout(100);
      }
      assertEquals(List.of("loss " + STEPS), lines(page, "train loss"));
      assertEquals(
          List.of("loss " + EPOCHS, "accuracy " + EPOCHS), lines(page, "test loss & accuracy"));
      assertEquals(
          List.of("loss", "accuracy"),
          window(page, "test loss & accuracy").locator(".legendtext").allTextContents());
      assertEquals(
          10_000,
          plot(page, "confusion matrix")
              .evaluate("plot => plot.data[0].z.flat().reduce((sum, count) => sum + count, 0)"));
      assertEquals(
          true,
          window(page, "test images, epoch " + EPOCHS)
              .locator("img")
              .evaluate("image => image.naturalWidth > 300"));
      Locator predictions = window(page, "predictions, epoch " + EPOCHS);
      assertEquals(40, predictions.locator("td").count());
      assertEquals("7", predictions.locator("td").first().innerText());
      assertEquals(List.of("lr " + EPOCHS), lines(page, "learning rate"));
      assertFalse(server.log().contains("Traceback"), server::log);
      page.screenshot(
          new Page.ScreenshotOptions().setPath(Path.of("target/screenshots/visdom.png")));
    } finally {
      server.stop();
    }
  }

  private static int points(Page page) {
    String line = lines(page, "train loss").get(0);
    return Integer.parseInt(line.replace("loss ", ""));
  }

  @SuppressWarnings("unchecked")
  private static List<String> lines(Page page, String title) {
    return (List<String>) plot(page, title).evaluate(LINES);
  }

  private static Locator plot(Page page, String title) {
    return window(page, title).locator(".js-plotly-plot");
  }

  private static Locator window(Page page, String title) {
    return page.locator(
        ".react-grid-item",
        new Page.LocatorOptions()
            .setHas(page.locator(".bar", new Page.LocatorOptions().setHasText(title))));
  }
}
