package io.github.torchscribe.runtime.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a process has but once is loaded, set and ended in this package, and nowhere else. */
class OneOwnerTest {
  private static final Path SOURCES = Path.of("src/main/java");
  private static final Path OWNER = SOURCES.resolve("io/github/torchscribe/runtime/process");

  private static final Map<String, Pattern> ITS_OWN =
      Map.of(
          "loading",
          Pattern.compile("\\bLoader\\s*\\.|\\bSystem\\s*\\.\\s*load(Library)?\\s*\\("),
          "OpenBLAS",
          Pattern.compile("openblas"),
          "libtorch's pools",
          Pattern.compile("[gs]et_num_(interop_)?threads"),
          "memory of the C library",
          Pattern.compile("\\bPointer\\s*\\.\\s*([mc]alloc|realloc|free)\\b"),
          "JavaCPP's settings and thread",
          Pattern.compile("org\\.bytedeco\\.javacpp\\.\\w+\"|[dD]eallocat\\w+(Thread|References)"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "loading",
        "OpenBLAS",
        "libtorch's pools",
        "memory of the C library",
        "JavaCPP's settings and thread"
      })
  void hasOneOwner(String what) throws IOException {
    Pattern pattern = ITS_OWN.get(what);
    try (Stream<Path> files = Files.walk(SOURCES)) {
      Map<Boolean, List<String>> found =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> !file.endsWith("module-info.java"))
              .flatMap(file -> lines(file, pattern))
              .collect(Collectors.partitioningBy(line -> line.startsWith(OWNER.toString())));
      assertEquals(List.of(), found.get(false));
      assertFalse(found.get(true).isEmpty(), "it would find nothing anywhere");
    }
  }

  private static Stream<String> lines(Path file, Pattern pattern) {
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> pattern.matcher(line).find())
          .map(line -> file + ": " + line.strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
