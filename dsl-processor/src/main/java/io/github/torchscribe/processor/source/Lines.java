package io.github.torchscribe.processor.source;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The statements of a method, with trailing comments that stand below each other. */
final class Lines {
  private static final int WIDEST = 84;
  private static final String CONTINUED = "    ";

  private final List<Line> lines;
  private String place = "";

  Lines() {
    this(new ArrayList<>());
  }

  private Lines(List<Line> lines) {
    this.lines = lines;
  }

  /** Some of another's lines. */
  static Lines of(List<Line> lines) {
    return new Lines(lines);
  }

  /** Where what is added from now on belongs: the path of a layer, or nothing. */
  Lines at(String path) {
    place = path;
    return this;
  }

  /** Adds a statement, without its semicolon. */
  Lines add(String statement, String comment) {
    return put(statement + ";", comment);
  }

  /** Adds a statement that needs no comment. */
  Lines add(String statement) {
    return add(statement, "");
  }

  /** Adds a call of a chain of calls, which is no statement. */
  void addCall(CodeBlock call) {
    put(call.toString(), "");
  }

  /** Adds a local variable. */
  void declare(Local local, String value, String comment) {
    String code = local.written() + " " + local.name() + " = " + value + ";";
    lines.add(new Line(place, code, comment, local));
  }

  /** Adds a choice between two statements. */
  Lines choose(String condition, String yes, String no, String comment) {
    return put("if (" + condition + ") {", comment)
        .put("  " + yes + ";", "")
        .put("} else {", "")
        .put("  " + no + ";", "")
        .put("}", "");
  }

  private Lines put(String code, String comment) {
    lines.add(new Line(place, code, comment, null));
    return this;
  }

  /** Adds a statement after the last one in which any of some names occurs. */
  void addAfter(Collection<String> names, String statement) {
    int at = lines.size();
    while (names.stream().noneMatch(lines.get(at - 1).words()::contains)) {
      at--;
    }
    lines.add(at, new Line(lines.get(at - 1).place(), statement + ";", "", null));
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  List<Line> all() {
    return lines;
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

  /**
   * A local variable.
   *
   * @param type of the field that it becomes where a method is divided
   * @param written what stands for the type as long as it does not
   */
  record Local(ClassName type, String written, String name) {}
}
