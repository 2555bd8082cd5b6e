package io.github.torchscribe.samples.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each link within the repository leads to a file, and to a heading where it names one. */
class LinksTest {
  private static final Pattern LINK = Pattern.compile("]\\(\\s*<?([^)\\s>]+)>?(?: \"[^\"]*\")?\\)");
  private static final Map<String, Page> PAGES =
      Page.all().stream().collect(Collectors.toMap(Page::path, page -> page));

  static List<Page> pages() {
    return Page.all();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void leads(Page page) {
    assertEquals("", String.join("\n", broken(page)));
  }

  private static List<String> broken(Page page) {
    List<String> broken = new ArrayList<>();
    for (int i = 0; i < page.prose().size(); i++) {
      // What stands between backticks is shown as it is; also in a link's text.
      String line = page.prose().get(i).replaceAll("`[^`]*`", "code");
      String where = page.path() + ":" + (i + 1) + ": ";
      Matcher link = LINK.matcher(line);
      while (link.find()) {
        wrong(page, link.group(1)).ifPresent(what -> broken.add(where + what));
      }
    }
    return broken;
  }

  private static Optional<String> wrong(Page page, String link) {
    if (link.matches("[a-z]+:.*")) {
      String host = URI.create(link).getHost();
      return link.startsWith("https://") && host != null && host.contains(".")
          ? Optional.empty()
          : Optional.of(link + " is no address that begins with https");
    }
    String path = link.replaceFirst("#.*", "");
    Path folder = Optional.ofNullable(Path.of(page.path()).getParent()).orElse(Path.of(""));
    Path target = path.isEmpty() ? Path.of(page.path()) : folder.resolve(path).normalize();
    if (!Files.exists(Page.ROOT.resolve(target))) {
      return Optional.of(target + " is not there");
    }
    if (target.startsWith("..") || target.toString().contains("target/")) {
      return Optional.of(target + " is nothing that the repository has");
    }
    int anchor = link.indexOf('#');
    String there = target.toString().replace('\\', '/');
    Page other = there.equals(page.path()) ? page : PAGES.get(there);
    if (anchor < 0 || other == null) {
      return Optional.empty();
    }
    return other.anchors().contains(link.substring(anchor + 1))
        ? Optional.empty()
        : Optional.of(target + " has no " + link.substring(anchor) + ", but " + other.anchors());
  }

  @Test
  void whatIsBrokenIsFound() {
    List<String> wrong =
        List.of(
            "[a](none.md)",
            "[a](#none)",
            "[a](../README.md#none)",
            "![a](images/none.png)",
            "[`code`](none.md)",
            "[a](http://example.org)",
            "[a](../../outside)");
    for (String link : wrong) {
      Page page = Page.of("docs/graphs.md", "# Title\n\nText with a " + link);
      assertEquals(1, broken(page).size(), link);
    }
    String right = "[a](#a-title) [`a`](#a-title-1) [a](../README.md#an-example) `[a](none.md)`";
    String headings = "# A [title](../README.md)\n## A `title`\n";
    assertEquals(List.of(), broken(Page.of("docs/graphs.md", headings + right)));
  }
}
