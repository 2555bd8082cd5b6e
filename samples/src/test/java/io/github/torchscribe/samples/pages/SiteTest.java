package io.github.torchscribe.samples.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.options.ColorScheme;
import io.github.torchscribe.samples.tools.Browser;
import io.github.torchscribe.samples.tools.InProcesses;
import io.github.torchscribe.samples.tools.Java;
import io.github.torchscribe.samples.tools.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The site of {@code scripts/site.sh}, from a disk: nothing of it is fetched. */
@InProcesses
class SiteTest {
  private static final List<String> SHOWN =
      List.of("index.html", "docs/index.html", "docs/graphs.html", "docs/annotations.html");

  private static final String TOO_WIDE = "document.documentElement.scrollWidth > innerWidth";
  private static final String SEARCHES =
      "[...document.querySelectorAll('*')].some(e => e.shadowRoot && e.shadowRoot.activeElement)";

  @TempDir private static Path folder;

  @BeforeAll
  static void make() throws IOException, InterruptedException {
    Tools.require(
        Files.exists(Tools.home("TORCHSCRIBE_SITE", "site").resolve("version")),
        "no Zensical; scripts/site.sh --install-only brings it");
    ProcessBuilder script =
        new ProcessBuilder("../scripts/site.sh", folder.resolve("site").toString(), "--no-javadoc");
    Java.said(script, folder.resolve("output"));
  }

  private static String address(String page) {
    return folder.resolve("site").resolve(page).toUri().toString();
  }

  @ParameterizedTest
  @CsvSource({"1280, LIGHT", "1280, DARK", "390, LIGHT", "390, DARK"})
  void isReadOnAnyScreen(int width, ColorScheme scheme) {
    try (Browser browser = Browser.start()) {
      var page = browser.page(width, 844, scheme);
      for (String shown : SHOWN) {
        page.navigate(address(shown));
        assertEquals(false, page.evaluate(TOO_WIDE), shown);
        String background =
            "getComputedStyle(document.body).backgroundColor.match(/\\d+/g)[0] < 99";
        assertEquals(scheme == ColorScheme.DARK, page.evaluate(background), shown);
      }
      page.navigate(address("docs/graphs.html"));
      page.waitForFunction("document.querySelectorAll('div.mermaid').length > 3");
      assertEquals(List.of(), browser.complaints());
      assertEquals(List.of(), outside(browser));
    }
  }

  private static List<String> outside(Browser browser) {
    return browser.requests().stream()
        .filter(request -> !request.matches("(?:file|blob):.*"))
        .toList();
  }

  @Test
  void isSearched() {
    try (Browser browser = Browser.start()) {
      var page = browser.page(1280, 844, ColorScheme.LIGHT);
      page.navigate(address("index.html"));
      for (int i = 0; i < 100 && page.evaluate(SEARCHES).equals(false); i++) {
        page.keyboard().press("/"); // heard as soon as the page's scripts are there
        page.waitForTimeout(100);
      }
      page.keyboard().type("exploding gradients");
      page.locator("a:has-text('exploding')").first().click();
      page.waitForURL("**/docs/debugging.html**");
      assertTrue(page.title().contains("Debugging"), page::title);
      assertEquals(List.of(), browser.complaints());
      assertEquals(List.of(), outside(browser));
    }
  }
}
