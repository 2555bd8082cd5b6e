package io.github.torchscribe.samples.pages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A page of the documentation: its blocks, its prose, and where one can link to.
 *
 * <p>A comment that a reader does not see may say something of the block below it, {@code <!--
 * given: Model model, Path file -->}; CONTRIBUTING lists what there is to say.
 *
 * @param path from the repository's root
 * @param prose the lines, those of blocks and of comments empty
 */
record Page(String path, List<Fence> fences, List<String> prose) {
  static final Path ROOT = Path.of("..");

  private static final Pattern OPENS = Pattern.compile("( *)```([\\w-]*)");
  private static final Pattern SAYS = Pattern.compile("(?s)\\s*([a-z]+)(?::\\s*(.*?)|)\\s*");
  private static final Set<String> WORDS =
      Set.of("imports", "given", "with", "in", "from", "varies", "file", "copy", "long");

  /**
   * What stands between two lines of three backticks.
   *
   * @param page its path
   * @param line of its first line, counted from 1
   * @param section the heading of second rank that it is below
   * @param kind what the upper backticks are followed by
   * @param said what comments above it say, by their first word
   */
  record Fence(
      String page, int line, String section, String kind, String text, Map<String, String> said) {
    /** Where it is, as tools can open it. */
    String where() {
      return page + ":" + line;
    }

    @Override
    public String toString() {
      return where();
    }
  }

  /** All pages that this repository has. */
  static List<Page> all() {
    List<String> paths = new ArrayList<>(List.of("README.md", "ARCHITECTURE.md"));
    paths.addAll(List.of("CONTRIBUTING.md", "benchmarks/gpu/README.md"));
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      docs.map(path -> ROOT.relativize(path).toString().replace('\\', '/'))
          .filter(path -> path.endsWith(".md"))
          .sorted()
          .forEach(paths::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return paths.stream().map(Page::read).toList();
  }

  static Page read(String path) {
    return of(path, text(path));
  }

  static Page of(String path, String text) {
    return new Reader(path).read(text);
  }

  /** What is in a file of the repository. */
  static String text(String path) {
    try {
      return Files.readString(ROOT.resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a link may have behind its {@code #}, as GitHub makes it of headings. */
  Set<String> anchors() {
    Set<String> anchors = new TreeSet<>();
    Map<String, Integer> before = new HashMap<>();
    for (String line : prose) {
      Matcher heading = Pattern.compile("#{1,6} +(.*?)[ #]*").matcher(line);
      if (heading.matches()) {
        String shown = heading.group(1).replaceAll("!?\\[([^]]*)]\\([^)]*\\)", "$1");
        String anchor =
            shown.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
        int times = before.merge(anchor, 1, Integer::sum);
        anchors.add(times == 1 ? anchor : anchor + "-" + (times - 1));
      }
      Pattern.compile("<a (?:id|name)=\"([^\"]+)\"")
          .matcher(line)
          .results()
          .forEach(match -> anchors.add(match.group(1)));
    }
    return anchors;
  }

  @Override
  public String toString() {
    return path;
  }

  /** Goes through the lines. */
  private static final class Reader {
    private final String path;
    private final List<Fence> fences = new ArrayList<>();
    private final List<String> prose = new ArrayList<>();
    private final Map<String, String> said = new HashMap<>();
    private String section = "";

    Reader(String path) {
      this.path = path;
    }

    Page read(String text) {
      String[] lines = text.split("\r?\n", -1);
      for (int i = 0; i < lines.length; i++) {
        Matcher opens = OPENS.matcher(lines[i]);
        if (opens.matches()) {
          i = fence(lines, i, opens.group(1), opens.group(2));
        } else if (lines[i].startsWith("<!--")) {
          i = comment(lines, i);
        } else {
          if (lines[i].startsWith("## ")) {
            section = lines[i].substring(3);
          }
          if (!lines[i].isBlank()) {
            said.keySet().retainAll(Set.of("imports")); // which are for all that follows
          }
          prose.add(lines[i]);
        }
      }
      return new Page(path, List.copyOf(fences), List.copyOf(prose));
    }

    private int fence(String[] lines, int opened, String indent, String kind) {
      List<String> inside = new ArrayList<>();
      int i = opened + 1;
      for (; !lines[i].equals(indent + "```"); i++) {
        if (i + 1 == lines.length) {
          throw new AssertionError(path + ":" + (opened + 1) + ": this block does not end");
        }
        inside.add(lines[i].startsWith(indent) ? lines[i].substring(indent.length()) : lines[i]);
      }
      String text = inside.stream().map(line -> line + "\n").collect(Collectors.joining());
      fences.add(new Fence(path, opened + 2, section, kind, text, Map.copyOf(said)));
      said.clear();
      silence(i - opened + 1);
      return i;
    }

    private int comment(String[] lines, int opened) {
      int i = opened;
      StringBuilder comment = new StringBuilder(lines[i].substring("<!--".length()));
      while (!lines[i].endsWith("-->")) {
        i++;
        comment.append('\n').append(lines[i]);
      }
      comment.setLength(comment.length() - "-->".length());
      Matcher says = SAYS.matcher(comment);
      if (says.matches() && WORDS.contains(says.group(1))) {
        String what = says.group(2) == null ? "" : says.group(2);
        said.merge(says.group(1), what, (one, other) -> one + "\n" + other);
      }
      silence(i - opened + 1);
      return i;
    }

    private void silence(int count) {
      for (int i = 0; i < count; i++) {
        prose.add("");
      }
    }
  }
}
