package io.github.torchscribe.processor.source;

import com.squareup.javapoet.CodeBlock;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.Text;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/** The statements of a method, with trailing comments that stand below each other. */
final class Lines {
  private static final int WIDEST = 84;

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

  /** Adds a call. */
  Lines add(Expression call, String comment) {
    return add(new Statement.Run(call), comment);
  }

  /** Adds a call that needs no comment. */
  Lines add(Expression call) {
    return add(call, "");
  }

  /** Adds any statement. */
  Lines add(Statement statement, String comment) {
    lines.add(new Line(place, statement, comment));
    return this;
  }

  /** Gives a variable a value. */
  Lines assign(String variable, Expression value, String comment) {
    return add(new Statement.Assign(variable, value), comment);
  }

  /** Gives a variable a value; needs no comment. */
  Lines assign(String variable, Expression value) {
    return assign(variable, value, "");
  }

  /** Adds a local variable. */
  void declare(Local local, Expression value, String comment) {
    add(new Statement.Declare(local, value), comment);
  }

  /** Adds a choice between two calls. */
  void choose(Expression condition, Expression yes, Expression no, String comment) {
    choose(condition, yes, new Lines().at(place).add(no), comment);
  }

  /** Adds a choice between a call and others. */
  void choose(Expression condition, Expression yes, Lines no, String comment) {
    add(new Statement.Choose(condition, yes, List.copyOf(no.lines)), comment);
  }

  /** What somebody adds, which then is not here. */
  Lines without(Runnable adding) {
    int begin = lines.size();
    adding.run();
    List<Line> added = lines.subList(begin, lines.size());
    Lines others = new Lines(new ArrayList<>(added));
    added.clear();
    return others;
  }

  /** Ends the method with a value. */
  Lines giveBack(Expression value) {
    return add(new Statement.Return(value), "");
  }

  /** Adds a call after the last statement in which any of some names occurs. */
  void addAfter(Collection<String> names, Expression call) {
    int at = lines.size();
    while (Collections.disjoint(lines.get(at - 1).names(), names)) {
      at--;
    }
    lines.add(at, new Line(lines.get(at - 1).place(), new Statement.Run(call), ""));
  }

  /** Adds others before all. */
  void addFirst(Lines others) {
    lines.addAll(0, others.lines);
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
            .mapToInt(line -> line.text().get(0).length())
            .filter(length -> length <= WIDEST)
            .max()
            .orElse(0);
    CodeBlock.Builder code = CodeBlock.builder();
    for (Line line : lines) {
      add(line.text().get(0), line.comment(), column, code);
      line.text().stream().skip(1).forEach(text -> add(text, "", column, code));
    }
    return code.build();
  }

  /** A comment stands behind its line, or above it, where that takes several. */
  private static void add(Text text, String comment, int column, CodeBlock.Builder code) {
    boolean isLong = text.length() > WIDEST;
    if (isLong && !comment.isEmpty()) {
      code.add("// $L\n", comment);
    }
    String gap = " ".repeat(Math.max(0, column - text.length()));
    String behind = isLong || comment.isEmpty() ? "" : gap + " // " + comment;
    for (CodeBlock line : text.lines(WIDEST)) {
      code.add(line).add("$L\n", behind);
    }
  }
}
