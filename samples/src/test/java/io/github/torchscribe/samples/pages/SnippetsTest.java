package io.github.torchscribe.samples.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.torchscribe.samples.tools.Java;
import io.github.torchscribe.samples.tools.Versions;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * What the pages show that is no Java: whole, with this build's versions, and as it is in files.
 */
class SnippetsTest {
  /** Each that a page may name, in Maven's and in Gradle's way. */
  private static final Pattern MAVEN =
      Pattern.compile(
          "<groupId>([^<]+)</groupId>\\s*<artifactId>([^<]+)</artifactId>\\s*<version>([^<$]+)<");

  private static final Pattern GRADLE =
      Pattern.compile("\\b((?:io|org|com)\\.[a-z.]+):([\\w.-]+):(\\d[\\w.-]*)");

  static List<Page> pages() {
    return Page.all();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void isInTheFileThatItIsFrom(Page page) {
    for (Page.Fence fence : page.fences()) {
      String from = fence.said().get("from");
      if (from != null) {
        String rest = dense(Page.text(from));
        for (String part : fence.text().split("(?m)^ *(?:…|<!-- … -->|// …)\n")) {
          int at = rest.indexOf(dense(part));
          assertTrue(at >= 0, () -> fence.where() + ": " + from + " has no\n" + part);
          rest = rest.substring(at + dense(part).length());
        }
      }
    }
  }

  /** How lines are divided is each one's own. */
  private static String dense(String text) {
    return text.replaceAll("\\s+", "");
  }

  @ParameterizedTest
  @MethodSource("pages")
  void isWhole(Page page) throws IOException, ParserConfigurationException {
    for (Page.Fence fence : page.fences()) {
      try {
        if (fence.kind().equals("xml")) {
          String all = "<all>" + fence.text().replaceFirst("<\\?xml.*?\\?>", "") + "</all>";
          var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
          builder.setErrorHandler(null);
          builder.parse(new InputSource(new StringReader(all)));
        } else if (fence.kind().equals("json")) {
          new ObjectMapper().readTree(fence.text());
        }
      } catch (SAXException | com.fasterxml.jackson.core.JsonProcessingException e) {
        throw new AssertionError(fence.where() + ": " + e.getMessage(), e);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void hasThisBuildsVersions(Page page) throws IOException {
    Map<String, String> versions = versions();
    List<String> others = new ArrayList<>();
    String[] lines = Page.text(page.path()).split("\n", -1);
    for (Pattern pattern : List.of(MAVEN, GRADLE)) {
      Matcher named = pattern.matcher(String.join("\n", lines));
      while (named.find()) {
        String version = versions.get(named.group(1));
        if (named.group(1).equals("org.bytedeco")) {
          version = versions.get(named.group(2).replaceAll("-platform.*", ""));
        }
        if (version != null && !version.equals(named.group(3))) {
          others.add(named.group() + ", but this build has " + version);
        }
      }
    }
    assertEquals(List.of(), others, page::path);
  }

  /** Of our own by the group, of libtorch's by the artifact. */
  private static Map<String, String> versions() throws IOException {
    Map<String, String> found = Versions.ofThisBuild();
    found.put("io.github.torchscribe", found.get("project"));
    found.put("com.microsoft.onnxruntime", found.get("onnxruntime"));
    return found;
  }

  /** Python's own reader says; without Python nobody does. */
  @ParameterizedTest
  @MethodSource("pages")
  void pythonIsPython(Page page, @TempDir Path folder) throws Exception {
    StringBuilder lines = new StringBuilder("import ast\n");
    for (Page.Fence fence : page.fences()) {
      if (fence.kind().equals("python")) {
        Path file = folder.resolve(fence.line() + ".py");
        Files.writeString(file, "\n".repeat(fence.line() - 1) + fence.text());
        lines.append("f = r'").append(file).append("'\n");
        lines.append("ast.parse(open(f, encoding='utf-8').read(), '").append(page.path());
        lines.append("')\n");
      }
    }
    Path program = folder.resolve("check.py");
    Files.writeString(program, lines, StandardCharsets.UTF_8);
    if (lines.indexOf("ast.parse") > 0 && Java.works("python3", "--version")) {
      Java.said(new ProcessBuilder("python3", program.toString()), folder.resolve("output"));
    }
  }
}
