package io.github.torchscribe.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.samples.tools.Versions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is published is in the BOM, and nothing else of ours is. */
class PublishedTest {
  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
  private static final Pattern NAMED =
      Pattern.compile("</parent>\\s*<artifactId>(torchscribe-[\\w-]+)</artifactId>");

  private static final Pattern PROPERTY = Pattern.compile("\"torchscribe\\.(\\w+)\"");

  @Test
  void theBomHasWhatIsPublished() throws IOException {
    Set<String> published = new TreeSet<>();
    Matcher module = MODULE.matcher(Files.readString(Path.of("../pom.xml")));
    while (module.find()) {
      String pom = Files.readString(Path.of("..", module.group(1), "pom.xml"));
      if (pom.contains("<groupId>example</groupId>")) {
        continue; // what readers copy
      }
      Matcher named = NAMED.matcher(pom);
      assertTrue(named.find(), module.group(1));
      if (!pom.contains("<maven.deploy.skip>true")) {
        assertTrue(pom.contains("<name>") && pom.contains("<description>"), module.group(1));
        published.add(named.group(1));
      }
    }
    published.remove("torchscribe-bom");
    String bom = Files.readString(Path.of("../bom/pom.xml"));
    Set<String> listed =
        Pattern.compile("<artifactId>(torchscribe-[\\w-]+)</artifactId>\\s*<version>\\$")
            .matcher(bom)
            .results()
            .map(match -> match.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(published, listed, "a new module is in bom/pom.xml, or has maven.deploy.skip");
  }

  @Test
  void theBomHasTheLibtorchThatThisIsBuiltWith() throws IOException {
    Map<String, String> versions = Versions.ofThisBuild();
    Matcher managed =
        Pattern.compile(
                "<groupId>org.bytedeco</groupId>\\s*<artifactId>(\\w+)[\\w-]*</artifactId>"
                    + "\\s*<version>([^<]+)<")
            .matcher(Files.readString(Path.of("../bom/pom.xml")));
    int count = 0;
    for (; managed.find(); count++) {
      assertEquals(versions.get(managed.group(1)), managed.group(2));
    }
    assertEquals(5, count);
  }

  /** The build writes the root's over whatever a module has, so that it has to say all. */
  @Test
  void oneNoticeSaysWhatIsOfOthers() throws IOException {
    String notice = Files.readString(Path.of("../NOTICE"));
    for (Path module : modules()) {
      for (String file : List.of("LICENSE", "NOTICE")) {
        assertFalse(Files.exists(module.resolve("src/main/resources/META-INF").resolve(file)));
      }
      if (Files.exists(module.resolve("src/main/protobuf"))) {
        String definition = Files.readString(module.resolve("src/main/protobuf/onnx.proto"));
        Matcher holder = Pattern.compile("// (Copyright .*)").matcher(definition);
        assertTrue(holder.find() && notice.contains(holder.group(1)), module::toString);
      }
    }
  }

  /** A file that reads system properties names none of ours but those that users may set. */
  @Test
  void thePropertiesAreThoseThatStandAsPublic() throws IOException {
    Set<String> read = new TreeSet<>();
    for (Path module : modules()) {
      for (Path file : sources(module.resolve("src/main/java"))) {
        String source = Files.readString(file);
        if (source.contains("System.getProperty(") || source.contains("Boolean.getBoolean(")) {
          PROPERTY.matcher(source).results().forEach(match -> read.add(match.group(1)));
        }
      }
    }
    Matcher row =
        Pattern.compile("\\| properties \\|(.*)\\|")
            .matcher(Files.readString(Path.of("../docs/releases.md")));
    assertTrue(row.find());
    Set<String> stated =
        Pattern.compile("`(?:-Dtorchscribe\\.)?(\\w+)`")
            .matcher(row.group(1))
            .results()
            .map(match -> match.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(read, stated);
  }

  private static List<Path> modules() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(".."))) {
      return files.filter(file -> Files.exists(file.resolve("pom.xml"))).toList();
    }
  }

  private static List<Path> sources(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }
}
