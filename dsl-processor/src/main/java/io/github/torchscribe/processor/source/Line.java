package io.github.torchscribe.processor.source;

import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.Text;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A statement at its place, with what is asked of it more than once. */
final class Line implements Division.Part {
  private static final int STATEMENT = 8; // a branch, an array's own making

  private final String place;
  private final Statement statement;
  private final String comment;
  private final List<Text> text;
  private final Set<String> names;
  private final int bytes;

  /**
   * A line.
   *
   * @param place the path of the layer that it is of, or nothing
   */
  Line(String place, Statement statement, String comment) {
    this.place = place;
    this.statement = statement;
    this.comment = comment;
    text = statement.text("");
    List<Expression> all = statement.expressions().stream().flatMap(Expression::all).toList();
    names =
        all.stream()
            .flatMap(e -> e instanceof Expression.Name name ? Stream.of(name.name()) : Stream.of())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    bytes = all.stream().mapToInt(Expression::bytes).sum() + STATEMENT * text.size();
  }

  @Override
  public String place() {
    return place;
  }

  /** How much bytecode it is at most. */
  @Override
  public int size() {
    return bytes;
  }

  String comment() {
    return comment;
  }

  /** Its text, a line each. */
  List<Text> text() {
    return text;
  }

  /** The same further in, where its comment has a line of its own above it. */
  List<Text> text(String indent) {
    Stream<Text> above =
        comment.isEmpty() ? Stream.of() : Stream.of(new Text(indent).add("// " + comment));
    return Stream.concat(above, statement.text(indent).stream()).toList();
  }

  /** The expressions in it. */
  List<Expression> expressions() {
    return statement.expressions();
  }

  /** The names in it, in its order: fields that are made of locals stand in the same. */
  Set<String> names() {
    return names;
  }

  /** What the line declares. */
  Optional<Local> local() {
    return statement instanceof Statement.Declare declares
        ? Optional.of(declares.local())
        : Optional.empty();
  }

  /** The same with a field in place of the local variable that it declares. */
  Line withoutLocal() {
    return statement instanceof Statement.Declare declares
        ? new Line(place, new Statement.Assign(declares.local().name(), declares.value()), comment)
        : this;
  }
}
