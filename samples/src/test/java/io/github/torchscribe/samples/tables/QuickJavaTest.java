package io.github.torchscribe.samples.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.torchscribe.samples.tools.InProcesses;
import io.github.torchscribe.samples.tools.Java;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code scripts/quick-java}: a program says what it says without, and nothing else. */
@InProcesses
class QuickJavaTest {
  private static final Path SCRIPT = Path.of("..", "scripts", "quick-java");

  @TempDir private Path folder;

  /** What is started. */
  static final class Victim {
    private Victim() {}

    /**
     * Says what it was given.
     *
     * @param args words
     */
    public static void main(String[] args) {
      System.out.println("started with " + String.join(", ", args));
    }
  }

  @BeforeEach
  void needsBash() {
    assumeTrue(Java.works("bash", "-c", "command -v cksum stat readlink"));
  }

  private Path jar(String more) throws IOException {
    Path jar = folder.resolve("program.jar");
    String name = Victim.class.getName().replace('.', '/') + ".class";
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        InputStream in = Victim.class.getClassLoader().getResourceAsStream(name)) {
      out.putNextEntry(new JarEntry(name));
      in.transferTo(out);
      out.putNextEntry(new JarEntry("more"));
      out.write(more.getBytes(StandardCharsets.UTF_8));
    }
    return jar;
  }

  private String run(Path cache, String path, String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of("bash", SCRIPT.toString()));
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", path, Victim.class.getName(), "a b", "-cp", "*"));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("TORCHSCRIBE_CACHE", cache.toString());
    return Java.said(builder, folder.resolve("output"));
  }

  private static List<Path> archives(Path cache) throws IOException {
    try (Stream<Path> all = Files.list(cache.resolve("classes"))) {
      return all.toList();
    }
  }

  private boolean isFromArchive(Path cache, Path jar) throws Exception {
    Path log = folder.resolve("loaded");
    Files.deleteIfExists(log);
    assertEquals(SAYS, run(cache, jar.toString(), "-Xlog:class+load:file=" + log));
    return Files.readAllLines(log).stream()
        .anyMatch(
            line -> line.contains(Victim.class.getName() + " source: shared objects file (top)"));
  }

  private static final String SAYS = "started with a b, -cp, *\n";

  @Test
  void startsFromAnArchiveThatIsRightWhateverBecomesOfTheJars() throws Exception {
    Path cache = folder.resolve("cache");
    Path jar = jar("");
    assertEquals(SAYS, run(cache, jar.toString()));
    List<Path> first = archives(cache);
    assertEquals(1, first.size());
    assertTrue(isFromArchive(cache, jar));
    assertEquals(first, archives(cache));

    jar("changed");
    assertEquals(SAYS, run(cache, jar.toString()));
    List<Path> second = archives(cache);
    assertEquals(1, second.size(), "the old one is of no use");
    assertTrue(!first.equals(second), "it is another");
    assertTrue(isFromArchive(cache, jar));

    Files.delete(second.get(0)); // the JVM has it read-only
    Files.writeString(second.get(0), "rubbish");
    assertEquals(SAYS, run(cache, jar.toString()));
  }

  @Test
  void whereThereCanBeNoArchiveTheProgramJustRuns() throws Exception {
    Path jar = jar("");
    Path cache = folder.resolve("cache");
    Files.createDirectories(folder.resolve("classes/inside"));
    assertEquals(SAYS, run(cache, jar + ":" + folder.resolve("classes")));
    assertTrue(Files.notExists(cache.resolve("classes")));
    Path file = Files.createFile(folder.resolve("file"));
    assertEquals(SAYS, run(file, jar.toString()));
  }
}
