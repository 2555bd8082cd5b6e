package io.github.torchscribe.samples.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
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

/** The site of {@code scripts/site.sh}, from a disk: nothing of it is fetched. */
@InProcesses
class SiteTest {
  private static final List<String> SHOWN =
      List.of("index.html", "docs/annotations.html", "docs/graphs.html"); // the last has drawings

  private static final String DARK =
      "getComputedStyle(document.body).backgroundColor.match(/\\d+/g)[0] < 99";

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

  /** All in one browser, which takes longer to start than a page. */
  @Test
  void isReadOnAnyScreenAndSearched() {
    try (Browser browser = Browser.start()) {
      for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
        for (int width : List.of(1280, 390)) {
          looksRight(browser.page(width, 844, scheme), scheme);
        }
      }
      isSearched(browser.page(1280, 844, ColorScheme.LIGHT));
      assertEquals(List.of(), browser.complaints());
      assertEquals(
          List.of(),
          browser.requests().stream().filter(one -> !one.matches("(?:file|blob):.*")).toList());
    }
  }

  private static void looksRight(Page page, ColorScheme scheme) {
    for (String shown : SHOWN) {
      page.navigate(address(shown));
      assertEquals(false, page.evaluate(TOO_WIDE), shown);
      assertEquals(scheme == ColorScheme.DARK, page.evaluate(DARK), shown);
    }
    page.waitForFunction("document.querySelectorAll('div.mermaid').length > 3");
  }

  private static void isSearched(Page page) {
    page.navigate(address("index.html"));
    for (int i = 0; i < 100 && page.evaluate(SEARCHES).equals(false); i++) {
      page.keyboard().press("/"); // heard as soon as the page's scripts are there
      page.waitForTimeout(100);
    }
    page.keyboard().type("exploding gradients");
    page.locator("a:has-text('exploding')").first().click();
    page.waitForURL("**/docs/debugging.html**");
    assertTrue(page.title().contains("Debugging"), page::title);
  }
}
