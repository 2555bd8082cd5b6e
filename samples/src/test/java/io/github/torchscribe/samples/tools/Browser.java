package io.github.torchscribe.samples.tools;

import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The Chromium of this machine, without a window, and all that its pages complain of. */
public final class Browser implements AutoCloseable {
  /** Held by a class whose tests run beside others: Playwright is of the thread that began it. */
  public static final String OF_ONE_THREAD = "a browser";

  private final Playwright playwright;
  private final com.microsoft.playwright.Browser chromium;
  private final List<String> complaints = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();

  private Browser(Path driver, Path program) {
    System.setProperty("playwright.cli.dir", driver.toString());
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    chromium =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(program)
                    .setArgs(List.of("--no-sandbox", "--no-proxy-server")));
  }

  /** Starts it; where it is not installed the test is skipped, or fails if it must be there. */
  public static Browser start() {
    Path driver = Tools.home("TORCHSCRIBE_PLAYWRIGHT", "playwright");
    Optional<Path> program = Tools.program("chromium", "chromium-browser", "google-chrome");
    Tools.require(
        program.isPresent() && Files.exists(driver.resolve("package/cli.js")),
        "no Chromium with Playwright's driver; scripts/browser.sh brings them");
    return new Browser(driver, program.orElseThrow());
  }

  /** An empty page. */
  public Page page(int width, int height, ColorScheme scheme) {
    Page page =
        withPlainLetters(
            () ->
                chromium.newPage(
                    new com.microsoft.playwright.Browser.NewPageOptions()
                        .setViewportSize(width, height)
                        .setColorScheme(scheme)));
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") || message.type().equals("warning")) {
            complaints.add(message.text());
          }
        });
    page.onPageError(complaints::add);
    page.onRequest(
        request -> {
          if (!request.url().startsWith("data:")) {
            requests.add(request.url());
          }
        });
    return page;
  }

  /** Keeps a picture of the whole page, named after the window and the scheme that it has. */
  public static void keep(Page page, String name, int width, ColorScheme scheme) {
    String file = name + "-" + width + "-" + scheme.name().toLowerCase(Locale.ROOT) + ".png";
    page.screenshot(
        new Page.ScreenshotOptions()
            .setFullPage(true)
            .setPath(Path.of("target/screenshots", file)));
  }

  /** Shows a page as it is printed. */
  public void print(Page page) {
    withPlainLetters(
        () -> {
          page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
          return page;
        });
  }

  /**
   * Playwright makes LIGHT and PRINT small as the locale has it; in Turkish the driver does not
   * know what comes of that. Who changes the locale of all holds its class meanwhile.
   */
  private static <T> T withPlainLetters(Supplier<T> call) {
    synchronized (Locale.class) {
      Locale locale = Locale.getDefault();
      Locale.setDefault(Locale.ROOT);
      try {
        return call.get();
      } finally {
        Locale.setDefault(locale);
      }
    }
  }

  /** Errors and warnings of all pages. */
  public List<String> complaints() {
    return complaints;
  }

  /** What all pages asked for. */
  public List<String> requests() {
    return requests;
  }

  @Override
  public void close() {
    chromium.close();
    playwright.close();
  }
}
