package io.github.torchscribe.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of errors says what the runtime says, and names all exceptions of ours. */
class ErrorsPageTest {
  private static final Path PAGE = Path.of("../docs/errors.md");
  private static final Path RUNTIME = Path.of("../runtime/src/main/java");

  /** Long texts are divided among lines. */
  private static final Pattern CONTINUED = Pattern.compile("\"\\s*\\+\\s*\"");

  private static List<String> sources() throws IOException {
    try (Stream<Path> files = Files.walk(RUNTIME)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(
              file -> {
                try {
                  return CONTINUED.matcher(Files.readString(file)).replaceAll("");
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              })
          .toList();
    }
  }

  private static List<String> firstCells(String page) {
    return Pattern.compile("(?m)^\\| `([^`]+)`")
        .matcher(page)
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  @Test
  void everyMessageIsOneOfTheRuntime() throws IOException {
    String all = String.join("\n", sources());
    List<String> invented =
        firstCells(Files.readString(PAGE)).stream()
            .filter(text -> !text.endsWith("Exception") && !all.contains(text))
            .toList();
    assertEquals(List.of(), invented);
  }

  @Test
  void everyExceptionIsThere() throws IOException {
    String page = Files.readString(PAGE);
    List<String> ours =
        sources().stream()
            .flatMap(
                source ->
                    Pattern.compile("public final class (\\w+Exception) ")
                        .matcher(source)
                        .results()
                        .map(match -> match.group(1)))
            .toList();
    assertEquals(4, ours.size(), ours::toString);
    ours.forEach(name -> assertTrue(page.contains("| `" + name + "` |"), name));
  }
}
