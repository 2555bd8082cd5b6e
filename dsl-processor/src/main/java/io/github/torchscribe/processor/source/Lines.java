package io.github.torchscribe.processor.source;

import com.squareup.javapoet.CodeBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The statements of a method, with trailing comments that stand below each other. */
final class Lines {
  private static final int WIDEST = 84;
  private static final String CONTINUED = "    ";

  private record Line(String code, String comment) {}

  private final List<Line> lines = new ArrayList<>();

  /** Adds a statement, without its semicolon. */
  Lines add(String statement, String comment) {
    lines.add(new Line(statement + ";", comment));
    return this;
  }

  /** Adds a choice between two statements. */
  Lines choose(String condition, String yes, String no, String comment) {
    lines.add(new Line("if (" + condition + ") {", comment));
    lines.add(new Line("  " + yes + ";", ""));
    lines.add(new Line("} else {", ""));
    lines.add(new Line("  " + no + ";", ""));
    lines.add(new Line("}", ""));
    return this;
  }

  /** Adds a statement that needs no comment. */
  Lines add(String statement) {
    return add(statement, "");
  }

  /** Adds the lines of another. */
  Lines addAll(Lines others) {
    lines.addAll(others.lines);
    return this;
  }

  /** Adds a statement after the last one in which any of some names occurs. */
  void addAfter(List<String> names, String statement) {
    Pattern word = Pattern.compile("\\b(" + String.join("|", names) + ")\\b");
    int at = lines.size();
    while (!word.matcher(lines.get(at - 1).code()).find()) {
      at--;
    }
    lines.add(at, new Line(statement + ";", ""));
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  CodeBlock toCode() {
    int column =
        lines.stream()
            .filter(line -> !line.comment().isEmpty())
            .mapToInt(line -> line.code().length())
            .filter(length -> length <= WIDEST)
            .max()
            .orElse(0);
    CodeBlock.Builder code = CodeBlock.builder();
    for (Line line : lines) {
      if (line.code().length() > WIDEST) {
        addLong(line, code);
        continue;
      }
      String gap = " ".repeat(Math.max(0, column - line.code().length()));
      String comment = line.comment().isEmpty() ? "" : gap + " // " + line.comment();
      code.add("$L\n", line.code() + comment);
    }
    return code.build();
  }

  /** Its comment above, its arguments over as many lines as they need. */
  private static void addLong(Line line, CodeBlock.Builder code) {
    if (!line.comment().isEmpty()) {
      code.add("// $L\n", line.comment());
    }
    String rest = line.code();
    String indent = " ".repeat(rest.length() - rest.stripLeading().length());
    while (rest.length() > WIDEST) {
      int end = rest.lastIndexOf(", ", WIDEST);
      if (end <= indent.length() + CONTINUED.length()) {
        break;
      }
      code.add("$L\n", rest.substring(0, end + 1));
      rest = indent + CONTINUED + rest.substring(end + 2);
    }
    code.add("$L\n", rest);
  }
}
