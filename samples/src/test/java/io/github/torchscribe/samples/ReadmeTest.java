package io.github.torchscribe.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.samples.tools.Versions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the README tells people to paste is what this build has. */
class ReadmeTest {
  @Test
  void gradleIsToldOfThisBuildsVersions() throws IOException {
    Map<String, String> versions = Versions.ofThisBuild();
    String gradle = snippet("groovy");
    for (String module : List.of("dsl-processor", "training")) {
      assertEquals(
          versions.get("project"),
          first("io\\.github\\.torchscribe:torchscribe-" + module + ":([^']+)'", gradle));
    }
    for (String library : List.of("pytorch", "openblas", "javacpp")) {
      assertEquals(versions.get(library), first("'" + library + ":([^']+)'", gradle), library);
    }
  }

  /**
   * Without the platforms' natives, which are excluded there, the runtime still brings all that
   * users compile with.
   */
  @Test
  void whatGradleExcludesIsNativesAlone() throws IOException {
    String runtime = Files.readString(Path.of("../runtime/pom.xml"));
    String excluded =
        first("exclude group: 'org\\.bytedeco', module: '([^']+)'", snippet("groovy"));
    assertEquals("runtime", scope(excluded, runtime));
    for (String library : List.of("pytorch", "openblas", "javacpp")) {
      assertEquals("compile", scope(library, runtime), library);
    }
  }

  @Test
  void mavenIsToldOfThisBuildsVersions() throws IOException {
    Map<String, String> versions = Versions.ofThisBuild();
    String xml = snippet("xml");
    List<String> stated = all("torchscribe-[\\w-]+</artifactId>\\s*<version>([^<]+)<", xml);
    assertEquals(2, stated.size());
    stated.forEach(version -> assertEquals(versions.get("project"), version));
    String plugin = "maven-compiler-plugin</artifactId>\\s*<version>([^<]+)<";
    assertEquals(first(plugin, Files.readString(Path.of("../pom.xml"))), first(plugin, xml));
  }

  /** A file with both packages' names finds here what is ambiguous, and nothing else. */
  @Test
  void namesThatLibtorchHasTooAreListed() throws IOException {
    Set<String> both = new TreeSet<>();
    for (String module : List.of("dsl-api", "runtime")) {
      Path sources = Path.of("..", module, "src/main/java");
      List<String> exported =
          all("exports ([\\w.]+);", Files.readString(sources.resolve("module-info.java")));
      for (String name : exported) {
        try (Stream<Path> files = Files.list(sources.resolve(name.replace('.', '/')))) {
          for (Path file : files.filter(Files::isRegularFile).toList()) {
            String type = file.getFileName().toString().replace(".java", "");
            boolean isPublic = Files.readString(file).contains("\npublic ");
            if (isPublic && !name.endsWith(".generated") && isOfLibtorch(type)) {
              both.add(type);
            }
          }
        }
      }
    }
    String listed =
        first("(?s)Names that libtorch has, too\\*\\*: of ours (.*?) are also", readme());
    assertEquals(both, new TreeSet<>(all("`(\\w+)`", listed)));
  }

  private static boolean isOfLibtorch(String type) {
    try {
      Class.forName("org.bytedeco.pytorch." + type, false, ReadmeTest.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | NoClassDefFoundError e) { // the latter on case-blind disks
      return false;
    }
  }

  private static String readme() throws IOException {
    return Files.readString(Path.of("../README.md"));
  }

  private static String snippet(String language) throws IOException {
    return first("(?s)```" + language + "\n(.*?)```", Files.readString(Path.of("../README.md")));
  }

  private static String scope(String artifact, String pom) {
    String declared =
        first(
            "(?s)<artifactId>" + artifact + "</artifactId>((?:(?!</dependency>).)*)</dependency>",
            pom);
    List<String> scopes = all("<scope>(.*)</scope>", declared);
    return scopes.isEmpty() ? "compile" : scopes.get(0);
  }

  private static String first(String pattern, String text) {
    List<String> found = all(pattern, text);
    assertTrue(!found.isEmpty(), () -> pattern + " is not in " + text);
    return found.get(0);
  }

  private static List<String> all(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().map(match -> match.group(1)).toList();
  }
}
