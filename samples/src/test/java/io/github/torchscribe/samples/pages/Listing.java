package io.github.torchscribe.samples.pages;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A block of Java, as javac can read it.
 *
 * @param home the package: those of a page share one that say the same one; of the others those of
 *     a section, until a type is declared anew
 * @param type the file's
 * @param source of which the first line is what the block does not say, the second the block's
 *     first
 */
record Listing(Page.Fence fence, String home, String type, String source) {
  private static final Pattern TYPE =
      Pattern.compile(
          "(?m)^(?:(?:public|final|abstract|sealed|non-sealed) )*"
              + "(?:@?interface|class|record|enum) (\\w+)");

  private static final Pattern OWN_HOME = Pattern.compile("package ([\\w.]+);");
  private static final Pattern IMPORTS_ALONE = Pattern.compile("(?:import [\\w.* ]+;\\s*)+");

  /** A class that is in the file beside others; its full name. */
  String named(String other) {
    return home + "." + other;
  }

  /** The class that has a {@code main}, by its full name. */
  String program() {
    String before = source.substring(0, Math.max(0, source.indexOf("static void main(")));
    List<String> types =
        Pattern.compile("\\b(?:interface|class|record|enum) (\\w+)")
            .matcher(before)
            .results()
            .map(match -> match.group(1))
            .toList();
    if (types.isEmpty()) {
      throw new AssertionError(fence.where() + ": what is below is printed by no main");
    }
    return named(types.get(types.size() - 1));
  }

  /** The generated model of the last network in the block, by its full name. */
  String model() {
    return named(source.replaceAll("(?s).*@Network.*?interface (\\w+).*", "$1") + "Model");
  }

  /** Where a line of the source is. */
  String where(long line) {
    return fence.page() + ":" + (fence.line() + Math.max(0, line - 2));
  }

  /** Those of a page. */
  static List<Listing> of(Page page) {
    return new Lister(page).list();
  }

  private static final class Lister {
    private final Page page;
    private final String name;
    private final List<Listing> listings = new ArrayList<>();
    private final Set<String> types = new HashSet<>();
    private String imports = "";
    private int homes;

    Lister(Page page) {
      this.page = page;
      this.name = page.path().replaceAll(".*/|\\.md", "").replaceAll("\\W", "_");
    }

    List<Listing> list() {
      String section = "";
      for (Page.Fence fence : page.fences()) {
        imports += fence.said().getOrDefault("imports", "");
        if (!fence.section().equals(section)) {
          section = fence.section();
          moveOut();
        }
        if (!fence.kind().equals("java") || fence.said().containsKey("from")) {
          continue;
        }
        if (IMPORTS_ALONE.matcher(fence.text()).matches()) {
          imports += fence.text();
        } else {
          listings.add(listing(fence));
        }
      }
      return listings;
    }

    private void moveOut() {
      homes++;
      types.clear();
    }

    private Listing listing(Page.Fence fence) {
      String beside = fence.said().getOrDefault("with", "");
      String code = withoutOmissions(fence.text());
      String[] around = {"", ""};
      if (fence.said().containsKey("given")) {
        around = method(fence);
      } else if (fence.said().containsKey("in")) {
        around = (" " + fence.said().get("in") + " ").split("…", 2);
      }
      Matcher own = OWN_HOME.matcher(code);
      boolean isAtHome = own.lookingAt();
      String all = isAtHome ? own.replaceFirst("") : code;
      all = around[0].strip() + "\n" + all + around[1].strip() + "\n" + beside;
      List<String> declared =
          TYPE.matcher(all).results().map(match -> match.group(1)).distinct().toList();
      if (declared.isEmpty()) {
        throw new AssertionError(
            fence.where() + ": no type; statements need a comment above, <!-- given: … -->");
      }
      String home = "pages." + name + ".";
      if (isAtHome) {
        home += own.group(1);
      } else {
        if (declared.stream().anyMatch(types::contains)) {
          moveOut();
        }
        types.addAll(declared);
        home += "n" + homes;
      }
      String head = "package " + home + "; " + imports.replace("\n", " ");
      return new Listing(fence, home, file(all, declared), head + all);
    }

    /** A program, if it is given nothing. */
    private static String[] method(Page.Fence fence) {
      String given = fence.said().get("given").replace("\n", " ");
      String type = "Block" + fence.line();
      String head =
          given.isBlank() ? "public static void main(String[] args)" : "void run(" + given + ")";
      return new String[] {"class " + type + " { " + head + " throws Exception {", "}}"};
    }

    private static String file(String all, List<String> declared) {
      return Pattern.compile("(?m)^public [\\w@ ]*?(?:interface|class|record|enum) (\\w+)")
          .matcher(all)
          .results()
          .map(match -> match.group(1))
          .findFirst()
          .orElse(declared.get(0));
    }

    /** "…" in place of code is what a reader can think of. */
    private static String withoutOmissions(String text) {
      return text.lines()
          .map(line -> line.isBlank() || line.strip().equals("…") ? "" : line)
          .map(line -> line.replace("{ … }", "{ }"))
          .collect(Collectors.joining("\n", "", "\n"));
    }
  }
}
