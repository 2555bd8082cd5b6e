package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.Compilation;
import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.learner.Parameter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the guides in {@code docs} show is so: their Java compiles, section by section; a block
 * called {@code names} is what the parameters of the network above are called, one called {@code
 * error} what the compiler says of the block above, one called {@code prints} what the program
 * above prints.
 */
class GuideTest {
  private static final List<String> GUIDES = List.of("graphs.md", "training.md", "distributed.md");
  private static final Pattern FENCE = Pattern.compile("(?ms)^```(\\w+)\n(.*?)^```$");

  private record Fence(String kind, String text) {}

  /**
   * A part of the guide.
   *
   * @param imports that the guide begins with
   */
  private record Section(String title, String imports, List<Fence> fences) {
    /** What is to compile. */
    List<String> sources() {
      List<String> sources = new ArrayList<>();
      for (int i = 0; i < fences.size(); i++) {
        if (fences.get(i).kind().equals("java") && !isFollowedBy("error", i)) {
          sources.add(file(fences.get(i)));
        }
      }
      return sources;
    }

    boolean isFollowedBy(String kind, int i) {
      return i + 1 < fences.size() && fences.get(i + 1).kind().equals(kind);
    }

    String file(Fence fence) {
      return imports + fence.text();
    }

    @Override
    public String toString() {
      return title;
    }
  }

  static Stream<Section> sections() throws IOException {
    List<Section> sections = new ArrayList<>();
    for (String guide : GUIDES) {
      sections(Files.readString(Path.of("../docs", guide))).forEach(sections::add);
    }
    return sections.stream();
  }

  private static Stream<Section> sections(String guide) {
    String[] parts = guide.split("(?m)^## ");
    String imports = "package guide; " + fences(parts[0]).get(0).text().replace("\n", " ") + "\n";
    return Stream.of(parts)
        .skip(1)
        .map(part -> new Section(part.lines().findFirst().orElseThrow(), imports, fences(part)));
  }

  private static List<Fence> fences(String part) {
    return FENCE.matcher(part).results().map(GuideTest::fence).toList();
  }

  private static Fence fence(MatchResult found) {
    return new Fence(found.group(1), found.group(2));
  }

  @ParameterizedTest
  @MethodSource("sections")
  void compiles(Section section) throws ReflectiveOperationException {
    String[] sources = section.sources().toArray(String[]::new);
    if (sources.length == 0) {
      return;
    }
    Compilation compilation = Networks.compile(Networks.strict(sources), sources);
    assertEquals(
        Compilation.Status.SUCCESS, compilation.status(), () -> compilation.diagnostics() + "");
    for (int i = 0; i < section.fences().size(); i++) {
      if (section.isFollowedBy("names", i)) {
        String source = section.fences().get(i).text();
        String network = source.replaceAll("(?s).*@Network.*?interface (\\w+).*", "$1");
        Class<?> type = Networks.load(compilation, "guide." + network + "Model");
        var create = type.getDeclaredMethod("create", long.class);
        create.setAccessible(true);
        try (Model model = (Model) create.invoke(null, 1L)) {
          assertEquals(
              section.fences().get(i + 1).text(),
              model.parameters().stream()
                  .map(Parameter::name)
                  .collect(Collectors.joining("\n", "", "\n")));
        }
      }
      if (section.isFollowedBy("prints", i)) {
        String program =
            section.fences().get(i).text().replaceAll("(?s).*final class (\\w+).*", "$1");
        Class<?> type = Networks.load(compilation, "guide." + program);
        assertEquals(section.fences().get(i + 1).text(), printed(type));
      }
    }
  }

  private static String printed(Class<?> program) throws ReflectiveOperationException {
    Method main = program.getDeclaredMethod("main", String[].class);
    main.setAccessible(true);
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      main.invoke(null, (Object) new String[0]);
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @MethodSource("sections")
  void saysWhatIsWrong(Section section) {
    for (int i = 0; i < section.fences().size(); i++) {
      if (section.isFollowedBy("error", i)) {
        String source = section.file(section.fences().get(i));
        Compilation wrong = Networks.compile(Networks.strict(source), source);
        assertEquals(
            section.fences().get(i + 1).text(),
            wrong.errors().stream()
                .map(
                    error ->
                        String.format(
                            Locale.ROOT,
                            "[%d,%d] %s\n",
                            error.getLineNumber() - 1,
                            error.getColumnNumber(),
                            error.getMessage(Locale.ROOT)))
                .collect(Collectors.joining()));
      }
    }
  }

  @MethodSource("sections")
  @ParameterizedTest
  void eachBlockIsOfAKindThatIsLookedAt(Section section) {
    List<String> kinds =
        List.of("java", "names", "error", "prints", "mermaid", "python", "sh", "yaml");
    for (Fence fence : section.fences()) {
      assertTrue(kinds.contains(fence.kind()), fence::kind);
      assertFalse(fence.text().isBlank(), section::title);
    }
  }
}
