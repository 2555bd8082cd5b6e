package io.github.torchscribe.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What CONTRIBUTING says of how something is added names what there is. */
class RecipesTest {
  private static final Path ROOT = Path.of("..");

  /** Not ours: of the JDK, and what an annotation has inside. */
  private static final Set<String> OTHERS =
      Set.of("UncheckedIOException", "Locale", "System", "Repeated");

  private static String recipes() throws IOException {
    String all = Files.readString(ROOT.resolve("CONTRIBUTING.md"));
    return all.substring(all.indexOf("## How to add"), all.indexOf("## Style"));
  }

  private static List<String> found(String pattern, Function<MatchResult, String> what)
      throws IOException {
    return Pattern.compile(pattern).matcher(recipes()).results().map(what).distinct().toList();
  }

  private static Set<String> classes() throws IOException {
    try (Stream<Path> modules =
        Stream.of("dsl-api", "dsl-processor", "runtime", "samples").map(ROOT::resolve)) {
      return modules
          .flatMap(RecipesTest::files)
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".java"))
          .map(name -> name.replace(".java", ""))
          .collect(Collectors.toSet());
    }
  }

  private static Stream<Path> files(Path module) {
    try (Stream<Path> files = Files.walk(module.resolve("src"))) {
      return files.toList().stream();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void eachClassIsThere() throws IOException {
    Set<String> classes = classes();
    List<String> named = found("`@?([A-Z][a-z]\\w+)(?:\\.[^`]*)?`", match -> match.group(1));
    assertTrue(named.contains("FlatOptimizer") && named.contains("Conv2d"), named::toString);
    assertEquals(
        List.of(),
        named.stream().filter(name -> !classes.contains(name) && !OTHERS.contains(name)).toList());
  }

  @Test
  void eachFileIsThere() throws IOException {
    List<String> named =
        found("(?:`|python )([a-z][\\w./-]*/[\\w-]+\\.(?:md|py|txt))", match -> match.group(1));
    assertTrue(named.contains("parity/networks.py"), named::toString);
    assertEquals(
        List.of(), named.stream().filter(name -> !Files.exists(ROOT.resolve(name))).toList());
  }

  @Test
  void eachHasFiveLines() throws IOException {
    List<String> recipes = List.of(recipes().split("(?m)^\\*\\*"));
    assertEquals(10, recipes.size(), "nine, and what is said before");
    for (String recipe : recipes.subList(1, recipes.size())) {
      List<String> lines =
          recipe
              .lines()
              .filter(line -> line.matches("\\d\\. .*"))
              .map(line -> line.substring(0, 1))
              .toList();
      assertEquals(List.of("1", "2", "3", "4", "5"), lines, recipe);
    }
  }
}
