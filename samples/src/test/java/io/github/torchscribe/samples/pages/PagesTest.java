package io.github.torchscribe.samples.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.torchscribe.samples.tools.InProcesses;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the pages show is so: their Java compiles without a warning; a block called {@code names} is
 * what the parameters of the network above are called, one called {@code error} what the compiler
 * says of the block above, one called {@code prints} what the program above prints. With {@code
 * -Dgolden.update=true} these are written anew.
 */
@InProcesses
class PagesTest {
  private static final Set<String> RESULTS = Set.of("names", "error", "prints");
  private static final Set<String> KINDS =
      Set.of(
          "java", "names", "error", "prints", "mermaid", "python", "sh", "yaml", "xml", "groovy",
          "kotlin", "json", "csv", "sql", "text", "");

  @TempDir private static Path folder;

  private static List<Page> pages;
  private static Compiled right;
  private static Compiled wrong;
  private static Map<Page.Fence, Listing> above; // of each result
  private static Map<String, String> printed;

  static List<Page> pages() {
    return pages == null ? Page.all() : pages;
  }

  /** All of them at once: javac reads libtorch's classes twice, and one process loads libtorch. */
  @BeforeAll
  static void compileAndRun() throws IOException, InterruptedException {
    pages = Page.all();
    above = new LinkedHashMap<>();
    List<Listing> all = new ArrayList<>();
    for (Page page : pages) {
      List<Listing> listings = Listing.of(page);
      all.addAll(listings);
      Map<Page.Fence, Listing> byFence =
          listings.stream().collect(Collectors.toMap(Listing::fence, listing -> listing));
      for (int i = 1; i < page.fences().size(); i++) {
        if (RESULTS.contains(page.fences().get(i).kind())) {
          boolean isStarted = page.fences().get(i - 1).kind().equals("sh"); // how, between the two
          Listing listing = byFence.get(page.fences().get(isStarted ? i - 2 : i - 1));
          assertTrue(listing != null, page.fences().get(i) + ": there is no Java above");
          above.put(page.fences().get(i), listing);
        }
      }
    }
    List<Listing> bad = of("error");
    all.removeAll(bad);
    Path classes = Files.createDirectory(folder.resolve("classes"));
    right = Compiled.of(all, classes);
    wrong = Compiled.of(bad, Files.createDirectory(folder.resolve("nothing")));
    if (right.otherComplaints().isEmpty()
        && pages.stream().allMatch(page -> right.complaints(page).isEmpty())) {
      printed = Programs.printed(programs(), classes, files());
    }
  }

  private static List<Listing> of(String kind) {
    return above.entrySet().stream()
        .filter(one -> one.getKey().kind().equals(kind))
        .map(Map.Entry::getValue)
        .toList();
  }

  private static List<String> programs() {
    return above.keySet().stream().filter(PagesTest::isRun).map(PagesTest::program).toList();
  }

  private static boolean isRun(Page.Fence result) {
    return !result.kind().equals("error")
        && (!result.said().containsKey("long") || Boolean.getBoolean("long.tests"));
  }

  private static String program(Page.Fence result) {
    Listing listing = above.get(result);
    return result.kind().equals("names") ? Programs.namesOf(listing.model()) : listing.program();
  }

  /** The working directory, with what blocks say that they are. */
  private static Path files() throws IOException {
    Path files = Files.createDirectory(folder.resolve("files"));
    for (Page page : pages) {
      for (Page.Fence fence : page.fences()) {
        for (String copied : fence.said().getOrDefault("copy", "").split("\\s+")) {
          if (!copied.isEmpty()) {
            Path source = Page.ROOT.resolve(copied);
            Path file = files.resolve(source.getFileName());
            Files.copy(source, file, StandardCopyOption.REPLACE_EXISTING);
          }
        }
        String name = fence.said().get("file");
        if (name != null) {
          Path file = files.resolve(name);
          Files.createDirectories(file.getParent());
          if (Files.exists(file) && !Files.readString(file).equals(fence.text())) {
            throw new FileAlreadyExistsException(fence.where() + ": " + name);
          }
          Files.writeString(file, fence.text());
        }
      }
    }
    return files;
  }

  @Test
  void nothingElseIsComplainedOf() {
    assertEquals("", String.join("\n", right.otherComplaints()));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void compiles(Page page) {
    assertEquals("", String.join("\n", right.complaints(page)));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void saysWhatIsWrong(Page page) {
    above.forEach(
        (result, listing) -> {
          if (result.kind().equals("error") && result.page().equals(page.path())) {
            assertEquals(result.text(), wrong.errors(listing), result::where);
          }
        });
  }

  @ParameterizedTest
  @MethodSource("pages")
  void printsWhatItShows(Page page) throws IOException {
    if (Boolean.getBoolean("golden.update")) {
      rewrite(page);
      return;
    }
    assumeTrue(printed != null, "what does not compile does not run, and others say so");
    List<String> differences = new ArrayList<>();
    for (Page.Fence result : above.keySet()) {
      if (isRun(result) && result.page().equals(page.path())) {
        new Shown(result).differs(printed.get(program(result))).ifPresent(differences::add);
      }
    }
    assertEquals("", String.join("\n", differences));
  }

  /** What differs is written anew, but for what the page leaves out; read it before you commit. */
  private static void rewrite(Page page) throws IOException {
    List<String> lines = new ArrayList<>(Page.text(page.path()).lines().toList());
    List<Page.Fence> results =
        new ArrayList<>(above.keySet().stream().filter(r -> r.page().equals(page.path())).toList());
    Collections.reverse(results); // so that lines above stay where they are
    for (Page.Fence result : results) {
      String real = result.text();
      if (result.kind().equals("error")) {
        real = wrong.errors(above.get(result));
      } else if (printed != null && isRun(result)) {
        real = printed.get(program(result));
      }
      if (!result.text().contains("…\n") && new Shown(result).differs(real).isPresent()) {
        int from = result.line() - 1;
        lines.subList(from, from + (int) result.text().lines().count()).clear();
        lines.addAll(from, real.lines().toList());
      }
    }
    Files.write(Page.ROOT.resolve(page.path()), lines);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void eachBlockIsOfAKindThatIsKnown(Page page) {
    for (Page.Fence fence : page.fences()) {
      assertTrue(KINDS.contains(fence.kind()), () -> fence.where() + ": " + fence.kind());
      assertTrue(!fence.text().isBlank(), fence::where);
    }
  }
}
