package io.github.torchscribe.samples.tools;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The versions that the root's POM states. */
public final class Versions {
  private static final Pattern PROPERTY = Pattern.compile("<([\\w-]+)\\.version>([^<]+)</\\1\\.");
  private static final Pattern OWN = Pattern.compile("<version>([^<]+)</version>");

  private Versions() {}

  /**
   * What this is built with, put together.
   *
   * @return by the names of the properties, without {@code .version}; {@code project} is our own
   */
  public static Map<String, String> ofThisBuild() throws IOException {
    String pom = Files.readString(Path.of("../pom.xml"));
    Map<String, String> found = new HashMap<>();
    Matcher property = PROPERTY.matcher(pom);
    while (property.find()) {
      String before = found.put(property.group(1), property.group(2));
      assertTrue(before == null, () -> property.group(1) + " is stated twice");
    }
    found.replaceAll(
        (name, version) -> version.replace("${javacpp.version}", found.get("javacpp")));
    Matcher own = OWN.matcher(pom);
    assertTrue(own.find());
    found.put("project", own.group(1));
    return found;
  }
}
