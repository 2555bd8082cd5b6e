package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The rooms of a module and the ways between them are those of the picture in ARCHITECTURE.md: who
 * lives in one knows those below it alone.
 */
@CompilesOnly
class RoomsTest {
  private static final String BASE = "io.github.torchscribe.";

  @ParameterizedTest
  @ValueSource(strings = {"runtime", "processor"})
  void theWaysBetweenRoomsAreThoseOfThePicture(String module) throws IOException {
    Map<String, Set<String>> drawn = drawn(module);
    Map<String, Set<String>> walked = walked(module);
    assertEquals(walked.keySet(), drawn.keySet(), "the rooms of " + module);

    Set<String> notDrawn = new TreeSet<>();
    walked.forEach(
        (room, others) -> {
          others.stream()
              .filter(other -> !below(room, drawn).contains(other))
              .forEach(other -> notDrawn.add(room + " --> " + other));
        });
    assertEquals(Set.of(), notDrawn, "ways that the picture of " + module + " does not have");

    Set<String> notWalked = new TreeSet<>();
    drawn.forEach(
        (room, others) ->
            others.stream()
                .filter(other -> !walked.get(room).contains(other))
                .forEach(other -> notWalked.add(room + " --> " + other)));
    assertEquals(Set.of(), notWalked, "ways of the picture of " + module + " that nobody goes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"runtime", "processor"})
  void noWayLeadsBack(String module) throws IOException {
    Map<String, Set<String>> drawn = drawn(module);
    for (String room : drawn.keySet()) {
      assertTrue(!below(room, drawn).contains(room), () -> "a circle goes through " + room);
    }
  }

  /** The picture would be of little use if a test that reads it read nothing. */
  @Test
  void thePicturesAreRead() throws IOException {
    assertTrue(drawn("runtime").get("train").contains("engine"));
    assertTrue(below("runtime", drawn("runtime")).contains("process"));
    assertTrue(drawn("processor").get("plan").contains("graph"));
  }

  /** The arrows of the first picture that has the module. */
  private static Map<String, Set<String>> drawn(String module) throws IOException {
    String text = Files.readString(Path.of("../ARCHITECTURE.md"));
    Matcher pictures =
        Pattern.compile("(?s)```mermaid\\s+flowchart[^\n]*\n(\\s*" + module + " -->.*?)```")
            .matcher(text);
    assertTrue(pictures.find(), "ARCHITECTURE.md has no picture of " + module);
    String picture = pictures.group(1).strip();
    // Mermaid has words of its own: such a room is called otherwise, and has its name in brackets.
    Matcher renamed = Pattern.compile("\\b(\\w+)\\[([\\w.]+)]").matcher(picture);
    while (renamed.find()) {
      picture =
          picture
              .replace(renamed.group(), renamed.group(2))
              .replaceAll("\\b" + renamed.group(1) + "\\b", renamed.group(2));
    }
    Map<String, Set<String>> drawn = new TreeMap<>();
    for (String line : picture.split("\n")) {
      String[] ends = line.strip().split(" --> ");
      for (String from : ends[0].split(" & ")) {
        for (String to : ends[1].split(" & ")) {
          drawn.computeIfAbsent(from, any -> new TreeSet<>()).add(to);
          drawn.computeIfAbsent(to, any -> new TreeSet<>());
        }
      }
    }
    return drawn;
  }

  /** Which packages use which, as the module's classes say. */
  private static Map<String, Set<String>> walked(String module) {
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(BASE + module);
    Map<String, Set<String>> walked = new TreeMap<>();
    for (JavaClass type : classes) {
      Set<String> others = walked.computeIfAbsent(room(type, module), any -> new TreeSet<>());
      type.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass().getBaseComponentType())
          .filter(other -> other.getPackageName().startsWith(BASE + module))
          .map(other -> room(other, module))
          .filter(other -> !other.equals(room(type, module)))
          .forEach(others::add);
    }
    return walked;
  }

  private static String room(JavaClass type, String module) {
    String name = type.getPackageName();
    return name.equals(BASE + module) ? module : name.substring((BASE + module + ".").length());
  }

  /** All rooms that a way down leads to. */
  private static Set<String> below(String room, Map<String, Set<String>> drawn) {
    Set<String> found = new TreeSet<>();
    Deque<String> left = new ArrayDeque<>(drawn.get(room));
    while (!left.isEmpty()) {
      String next = left.pop();
      if (found.add(next)) {
        left.addAll(drawn.get(next));
      }
    }
    return found;
  }
}
