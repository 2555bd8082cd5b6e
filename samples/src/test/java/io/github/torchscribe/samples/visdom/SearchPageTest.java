package io.github.torchscribe.samples.visdom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.github.torchscribe.runtime.search.Search;
import io.github.torchscribe.runtime.search.SearchResult;
import io.github.torchscribe.runtime.search.Strategy;
import io.github.torchscribe.samples.tools.Browser;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a search has tried, in a real browser. */
@Execution(ExecutionMode.CONCURRENT) // it waits for that, and computes nothing
@ResourceLock(Browser.OF_ONE_THREAD)
class SearchPageTest {
  @TempDir private static Path folder;
  private static Browser browser;
  private static SearchResult found;

  @BeforeAll
  static void search() {
    browser = Browser.start();
    PrintStream nowhere =
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    found =
        Search.in(folder.resolve("digits <b>"))
            .printTo(nowhere)
            .logUniform("learning rate", 1e-4, 1)
            .integer("width", 8, 64)
            .uniform("dropout", 0, 0.5)
            .choice("order", "shuffled", "as it is", "</script><script>alert(1)</script>")
            .maximize("accuracy")
            .seed(3)
            .run(
                Strategy.successiveHalving(27, 1, 27),
                trial -> {
                  if (trial.number("learning rate") > 0.3) {
                    throw new IllegalStateException("the loss became NaN <img src=x>");
                  }
                  double far = Math.log10(trial.number("learning rate")) + 2;
                  double order = trial.text("order").startsWith("as") ? 0.1 : 0;
                  return 0.98
                      - order
                      - 0.05 * far * far
                      - 0.2 * trial.number("dropout")
                      - 0.3 / trial.epochs();
                });
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"1280, LIGHT", "1280, DARK", "390, DARK"})
  void showsWhatWasTried(int width, ColorScheme scheme) {
    browser.requests().clear();
    Page page = browser.page(width, 900, scheme);
    page.navigate(found.page().toUri().toString());
    int sound = (int) found.outcomes().stream().filter(some -> some.value().isPresent()).count();
    int all = found.outcomes().size();
    assertTrue(sound < all && all == 27 + 9 + 3 + 1, sound + " of " + all);
    assertEquals(all, page.locator("#trials tbody tr").count());
    assertEquals(sound, page.evaluate("Chart.getChart('course').data.datasets[1].data.length"));
    for (int i = 0; i < 4; i++) {
      String sets = "Chart.getChart('setting-" + i + "').data.datasets";
      assertEquals(sound - 1, page.evaluate(sets + "[0].data.length"));
      assertEquals(found.best().value().getAsDouble(), page.evaluate(sets + "[1].data[0].y"));
    }
    // All points lie on the plot.
    for (int i = 0; i < 3; i++) {
      String chart = "Chart.getChart('setting-" + i + "')";
      assertEquals(
          true,
          page.evaluate(
              chart
                  + ".data.datasets[0].data.every(p => p.x >= "
                  + chart
                  + ".scales.x.min && p.x <= "
                  + chart
                  + ".scales.x.max)"),
          chart);
    }
    assertEquals("logarithmic", page.evaluate("Chart.getChart('setting-0').options.scales.x.type"));
    assertEquals("category", page.evaluate("Chart.getChart('setting-3').options.scales.x.type"));
    assertEquals(1L, page.locator("#trials tbody .best").count(), "one of them is the best");
    page.locator("#trials thead button:has-text('accuracy')").click();
    assertEquals(1, page.locator("#trials tbody tr:first-child .best").count());
    String text = page.locator("main").innerText();
    for (String some :
        List.of(
            "digits <b>",
            (all - sound) + " failed",
            "the loss became NaN <img src=x>",
            "learning rate of the best",
            "log-uniform from 1.0E-4 to 1.0")) {
      assertTrue(text.contains(some), () -> some + " is not in " + text);
    }
    assertEquals(
        width, page.evaluate("document.documentElement.scrollWidth"), "nothing sticks out");
    assertEquals(List.of(found.page().toUri().toString()), browser.requests());
    assertEquals(List.of(), browser.complaints());
    Browser.keep(page, "search", width, scheme);
    page.close();
  }
}
