package io.github.torchscribe.samples.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/**
 * Commands that the pages name have the scripts, samples, tests, profiles and options they name.
 */
class CommandsTest {
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Set<String> OTHER_FOLDERS = Set.of("scripts", "parity", "docs");
  private static final Pattern FILE =
      Pattern.compile(
          "(?<![\\w/.$~-])((?:" + String.join("|", folders()) + ")/[\\w./-]*\\w)(?![*{\\w])");

  private static final Pattern SAMPLE = Pattern.compile("-Dsample=([a-z][\\w-]*)");
  private static final Pattern ARGUMENTS = Pattern.compile("-Dexec\\.args=\"([^\"]*)\"");
  private static final Pattern OPTION = Pattern.compile("(?<!\\S)(--[a-z][a-z-]*)");
  private static final Pattern TESTS = Pattern.compile("-Dtest='?([\\w,*/!]+)'?");
  private static final Pattern PROFILES = Pattern.compile("(?<![\\w-])-P([a-z][a-z,-]*)");
  private static final Pattern MODULES = Pattern.compile("-pl ([a-z][a-z,-]*)");
  private static final Pattern PROPERTY = Pattern.compile("(?<![\\w-])-D([\\w.-]+)");

  /** The JDK's, Maven's and libraries'. */
  private static final Set<String> OTHERS =
      Set.of(
          "test",
          "exec.args",
          "skipTests",
          "includeScope",
          "invoker.skip",
          "surefire.failIfNoSpecifiedTests",
          "user.language",
          "user.country",
          "user.extensions",
          "java.io.tmpdir",
          "excludeGroupIds",
          "gpg.keyname",
          "skipPublishing",
          "https.proxyHost",
          "javacpp.platform",
          "javacpp.platform.host",
          "maven.repo.local");

  private static final Pattern LIBRARIES = Pattern.compile("(?:org\\.bytedeco|org\\.apache)\\..*");

  private static final Set<String> CLASSES = new HashSet<>();
  private static final String SOURCES = sources();

  /** The classes of samples, by their names. */
  private static final Map<String, String> SAMPLES = samples();

  static List<Page> pages() {
    return Page.all();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void areThere(Page page) {
    assertEquals("", String.join("\n", wrong(page)));
  }

  private static List<String> wrong(Page page) {
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < page.prose().size(); i++) {
      int line = i + 1;
      CODE.matcher(page.prose().get(i))
          .results()
          .forEach(code -> wrong.addAll(wrong(page.path() + ":" + line, code.group(1))));
    }
    for (Page.Fence fence : page.fences()) {
      if (fence.kind().equals("sh") || fence.kind().isEmpty()) {
        String[] lines = fence.text().replace("\\\n", " ").split("\n");
        for (int i = 0; i < lines.length; i++) {
          wrong.addAll(wrong(page.path() + ":" + (fence.line() + i), lines[i]));
        }
      }
    }
    return wrong;
  }

  private static List<String> wrong(String where, String command) {
    List<String> wrong = new ArrayList<>();
    for (String file : found(FILE, command)) {
      if (!file.contains("target/")
          && !Files.exists(Page.ROOT.resolve(file))
          && !Files.exists(Page.ROOT.resolve("dsl-processor/src/test/resources").resolve(file))) {
        wrong.add("no file " + file);
      }
    }
    String sample = found(SAMPLE, command).stream().findFirst().orElse("mnist");
    if (!SAMPLES.containsKey(sample)) {
      wrong.add("no sample " + sample);
    } else if (command.contains("exec:java")) {
      Set<String> options = options(SAMPLES.get(sample));
      for (String arguments : found(ARGUMENTS, command)) {
        found(OPTION, arguments).stream()
            .filter(option -> !options.contains(option))
            .forEach(option -> wrong.add("the sample " + sample + " has no " + option));
      }
    }
    for (String tests : found(TESTS, command)) {
      for (String test : tests.split(",")) {
        String name = test.replaceAll(".*/|!", "");
        if (CLASSES.stream().noneMatch(one -> one.matches(name.replace("*", "\\w*")))) {
          wrong.add("no test " + name);
        }
      }
    }
    for (String profiles : found(PROFILES, command)) {
      for (String profile : profiles.split(",")) {
        if (!SOURCES.contains("<id>" + profile + "</id>")) {
          wrong.add("no profile " + profile);
        }
      }
    }
    for (String modules : found(MODULES, command)) {
      for (String module : modules.split(",")) {
        if (!Files.exists(Page.ROOT.resolve(module + "/pom.xml"))) {
          wrong.add("no module " + module);
        }
      }
    }
    for (String property : found(PROPERTY, command)) {
      boolean isOurs = !OTHERS.contains(property) && !LIBRARIES.matcher(property).matches();
      if (isOurs
          && !SOURCES.contains('"' + property + '"')
          && !SOURCES.contains("${" + property + "}")
          && !SOURCES.contains('<' + property + '>')
          && !SOURCES.contains('<' + property + "/>")) {
        wrong.add("nobody reads " + property);
      }
    }
    return wrong.stream().map(one -> where + ": " + one + " (" + command.strip() + ")").toList();
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(match -> match.group(1)).toList();
  }

  /** What the repository has in its root: modules, and what else is no build's output. */
  private static List<String> folders() {
    try (Stream<Path> files = Files.list(Page.ROOT)) {
      return files
          .filter(
              file -> Files.exists(file.resolve("pom.xml")) || OTHER_FOLDERS.contains(name(file)))
          .map(CommandsTest::name)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  /** All sources and build files. */
  private static String sources() {
    try (Stream<Path> files = Files.walk(Page.ROOT, 1)) {
      List<Path> modules =
          files.filter(file -> Files.exists(file.resolve("pom.xml"))).collect(Collectors.toList());
      StringBuilder all = new StringBuilder(Page.text("pom.xml"));
      for (Path module : modules) {
        if (!Files.isSameFile(module, Page.ROOT)) {
          all.append(Files.readString(module.resolve("pom.xml")));
          append(all, module.resolve("src"));
        }
      }
      return all.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void append(StringBuilder all, Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(one -> one.toString().endsWith(".java")).toList()) {
          CLASSES.add(file.getFileName().toString().replace(".java", ""));
          all.append(Files.readString(file));
        }
      }
    }
  }

  private static Map<String, String> samples() {
    String text = Page.text("samples/src/main/java/io/github/torchscribe/samples/Samples.java");
    Map<String, String> samples = new HashMap<>(Map.of("list", ""));
    Matcher entry =
        Pattern.compile("Map\\.entry\\(\\s*\"([\\w-]+)\", (\\w+)\\.class").matcher(text);
    while (entry.find()) {
      Matcher type = Pattern.compile("import ([\\w.]+\\." + entry.group(2) + ");").matcher(text);
      assertTrue(type.find(), entry.group());
      samples.put(entry.group(1), type.group(1));
    }
    return samples;
  }

  private static Set<String> options(String sample) {
    if (sample.isEmpty()) {
      return Set.of();
    }
    try {
      CommandLine.Model.CommandSpec spec = new CommandLine(Class.forName(sample)).getCommandSpec();
      Set<String> options =
          spec.options().stream()
              .flatMap(option -> Stream.of(option.names()))
              .collect(Collectors.toSet());
      spec.options().stream()
          .filter(option -> option.negatable())
          .forEach(option -> options.add(option.longestName().replace("--", "--no-")));
      return options;
    } catch (ClassNotFoundException e) {
      throw new AssertionError(sample, e);
    }
  }

  @Test
  void whatIsNotThereIsFound() {
    List<String> wrong =
        List.of(
            "scripts/none.sh",
            "onnx/none.txt",
            "training/none.txt",
            "mvn -q compile exec:java -Dsample=none",
            "mvn -q compile exec:java -Dexec.args=\"--none\"",
            "mvn test -Dtest=NoneTest",
            "mvn test -Pnone",
            "mvn test -pl none",
            "java -Dtorchscribe.none=1");
    for (String command : wrong) {
      String text = "# Title\n\n```sh\n" + command + "\n```\n";
      assertEquals(1, wrong(Page.of("docs/page.md", text)).size(), command);
      assertEquals(1, wrong(Page.of("docs/page.md", "so `" + command + "` does")).size(), command);
    }
  }
}
