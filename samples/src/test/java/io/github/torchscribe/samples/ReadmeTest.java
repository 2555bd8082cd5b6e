package io.github.torchscribe.samples;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the README tells people to paste is what the project under src/it is built with. */
class ReadmeTest {
  @Test
  void theDependencySnippetIsTheOneThatIsTried() throws IOException {
    String readme = Files.readString(Path.of("../README.md"));
    Matcher snippet = Pattern.compile("(?s)```xml\n(.*?)```").matcher(readme);
    assertTrue(snippet.find());
    String tried = Files.readString(Path.of("src/it/consumer/pom.xml"));
    assertTrue(tried.contains(snippet.group(1)), "the README's snippet is not in " + tried);
  }
}
