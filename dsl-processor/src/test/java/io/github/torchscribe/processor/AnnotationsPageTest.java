package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.processor.catalogue.Catalogue;
import io.github.torchscribe.processor.declaration.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * docs/annotations.md lists all that a network can be made of, from the catalogue, the annotations'
 * Javadoc and the parity table. {@code -Dgolden.update=true} writes it anew.
 */
class AnnotationsPageTest {
  private static final Path SOURCES = Path.of("../dsl-api/src/main/java");

  @Test
  void listsEveryAnnotation() throws IOException {
    Vocabulary known = new Catalogue().vocabulary();
    StringBuilder page = new StringBuilder();
    page.append("# What a network can be made of\n\n");
    page.append(
        "Names, defaults and meanings are PyTorch's; `*` stands for any more dimensions.\n");
    page.append("The last column counts the rows of the [parity table]");
    page.append(
        "(../dsl-processor/src/test/resources/parity/table.txt) in which an annotation is\n");
    page.append(
        "compared with autograd and PyTorch (schedules: of the table beside it), and the\n");
    page.append("[graphs](../dsl-processor/src/test/resources/parity/graphs).\n");
    appendLanguage(page);
    append(page, "Layers", "On the network, or on a method.", known.layers());
    append(
        page,
        "How values meet",
        "First on a method with several parameters, or right behind `@Branches`.",
        CatalogueTest.meetings(known));
    append(
        page,
        "Losses",
        "On the network, of the value that nobody takes; or on a method, of its value, and then there"
            + " may be\n[several](graphs.md#several-inputs-outputs-and-losses). One that reads two"
            + " or three values stands on a method without layers,\nwhose parameters they are.",
        known.losses());
    append(page, "Optimizers", "On the network.", known.optimizers());
    append(page, "Schedules", "On the network; several multiply.", known.schedules());
    new GeneratedPage("annotations.md").requireToBe(page.toString());
  }

  /** What says how a network is put together. */
  private static void appendLanguage(StringBuilder page) throws IOException {
    page.append("\n## How a network is put together\n\n");
    page.append("[From a drawing to a declaration](graphs.md) shows how.\n\n");
    page.append("| annotation | stands on | members | what it is |\n|---|---|---|---|\n");
    try (Stream<Path> files = Files.list(SOURCES.resolve("io/github/torchscribe/dsl"))) {
      for (Path file : files.sorted().toList()) {
        String source = file.toString().endsWith(".java") ? Files.readString(file) : "";
        String doc = source.contains("/**") ? firstSentence(doc(source)) : "";
        boolean isWritten = source.contains("public @interface") && !doc.contains("never written");
        if (isWritten) {
          String name = file.getFileName().toString().replace(".java", "");
          page.append("| `@").append(name).append("` | ").append(places(source)).append(" | ");
          page.append(members(source)).append(" | ").append(text(doc)).append(" |\n");
        }
      }
    }
  }

  /** Where an annotation may stand. */
  private static String places(String source) {
    String target = source.substring(source.indexOf("@Target"), source.indexOf("@interface"));
    return Pattern.compile("ElementType\\.(\\w+)")
        .matcher(target)
        .results()
        .map(place -> place.group(1).toLowerCase(Locale.ROOT))
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static String doc(String source) {
    return source.substring(source.indexOf("/**"), source.indexOf("*/"));
  }

  private static void append(
      StringBuilder page, String title, String where, Collection<String> types) throws IOException {
    page.append("\n## ").append(title).append("\n\n").append(where).append("\n\n");
    page.append("| annotation | members | what it is | shape | rows |\n|---|---|---|---|---:|\n");
    List<String> sorted =
        types.stream()
            .sorted((a, b) -> simple(a).compareToIgnoreCase(simple(b)))
            .collect(Collectors.toList());
    for (String type : sorted) {
      String source = Files.readString(SOURCES.resolve(type.replace('.', '/') + ".java"));
      String doc = doc(source);
      page.append("| `@").append(simple(type)).append("` | ").append(members(source));
      page.append(" | ").append(text(firstSentence(doc)));
      page.append(" | ").append(text(section(doc, "Shape")));
      page.append(" | ").append(rows(simple(type))).append(" |\n");
    }
  }

  private static String simple(String type) {
    return type.substring(type.lastIndexOf('.') + 1);
  }

  /** Each member with its default, as it is written. */
  private static String members(String source) {
    Matcher member =
        Pattern.compile("(?m)^  ([\\w\\[\\]<>?]+) (\\w+)\\(\\)(?: default ([^;]+))?;")
            .matcher(source);
    return member
        .results()
        .map(m -> "`" + m.group(2) + (m.group(3) == null ? "" : " = " + m.group(3)) + "`")
        .collect(Collectors.joining(", "));
  }

  private static String firstSentence(String doc) {
    String flat = plain(doc);
    Matcher end = Pattern.compile("(\\.|:)(?= [A-Z({<]|$)").matcher(flat);
    return end.find() ? flat.substring(0, end.start()) : flat;
  }

  private static String section(String doc, String title) {
    String heading = "<h2>" + title + "</h2>";
    assertTrue(doc.contains(heading), () -> "no " + heading + " in " + doc);
    String after = doc.substring(doc.indexOf(heading) + heading.length());
    int next = after.indexOf("<h2>");
    return plain(next < 0 ? after : after.substring(0, next));
  }

  private static String plain(String doc) {
    return Arrays.stream(doc.replace("/**", "").split("\n"))
        .map(line -> line.replaceFirst("^ *\\* ?", ""))
        .collect(Collectors.joining(" "))
        .replaceAll("\\s+", " ")
        .strip();
  }

  /** Javadoc as Markdown in a table's cell. */
  private static String text(String doc) {
    return doc.replaceAll("\\{@code ([^}]*)\\}", "`$1`")
        .replaceAll("\\{@link #(\\w+)[^}]*\\}", "`$1`")
        .replaceAll("\\{@link ([^}]*)\\}", "`@$1`")
        .replaceAll("</?[a-z]+[^>]*>", "")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("|", "\\|");
  }

  private static long rows(String name) throws IOException {
    Pattern used = Pattern.compile("@" + name + "\\b");
    List<String> lines = Files.readAllLines(ParityTable.FOLDER.resolve("table.txt"));
    List<String> schedules = Files.readAllLines(ParityTable.FOLDER.resolve("schedules.txt"));
    Stream<String> rows =
        Stream.concat(lines.stream(), schedules.stream()).filter(line -> !line.startsWith("#"));
    return Stream.concat(rows, ParityGraphs.all().map(ParityGraphs.Graph::source))
        .filter(row -> used.matcher(row).find())
        .count();
  }
}
