package io.github.torchscribe.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is published is in the BOM, and nothing else of ours is. */
class PublishedTest {
  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
  private static final Pattern NAMED =
      Pattern.compile("</parent>\\s*<artifactId>(torchscribe-[\\w-]+)</artifactId>");

  @Test
  void theBomHasWhatIsPublished() throws IOException {
    Set<String> published = new TreeSet<>();
    Matcher module = MODULE.matcher(Files.readString(Path.of("../pom.xml")));
    while (module.find()) {
      String pom = Files.readString(Path.of("..", module.group(1), "pom.xml"));
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
    String pom = Files.readString(Path.of("../pom.xml"));
    Map<String, String> versions =
        Pattern.compile("<(\\w+)\\.version>([^<]+)<")
            .matcher(pom)
            .results()
            .collect(Collectors.toMap(match -> match.group(1), match -> match.group(2)));
    Matcher managed =
        Pattern.compile(
                "<groupId>org.bytedeco</groupId>\\s*<artifactId>(\\w+)[\\w-]*</artifactId>"
                    + "\\s*<version>([^<]+)<")
            .matcher(Files.readString(Path.of("../bom/pom.xml")));
    int count = 0;
    for (; managed.find(); count++) {
      String stated = versions.get(managed.group(1));
      assertEquals(stated.replace("${javacpp.version}", versions.get("javacpp")), managed.group(2));
    }
    assertEquals(5, count);
  }
}
