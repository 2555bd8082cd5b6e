package io.github.torchscribe.processor.source;

import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A statement of a method. */
sealed interface Statement {
  /** The expressions in it. */
  List<Expression> expressions();

  /**
   * Its text, a line each, which may be long.
   *
   * @param indent what each begins with
   */
  List<Text> text(String indent);

  /** A call whose result nobody wants. */
  record Run(Expression call) implements Statement {
    @Override
    public List<Expression> expressions() {
      return List.of(call);
    }

    @Override
    public List<Text> text(String indent) {
      return List.of(new Text(indent).add(call).add(";"));
    }
  }

  /** A variable gets a value. */
  record Assign(String variable, Expression value) implements Statement {
    @Override
    public List<Expression> expressions() {
      return List.of(new Expression.Name(variable), value);
    }

    @Override
    public List<Text> text(String indent) {
      return List.of(new Text(indent).add(variable + " = ").add(value).add(";"));
    }
  }

  /** A local variable. */
  record Declare(Local local, Expression value) implements Statement {
    @Override
    public List<Expression> expressions() {
      return List.of(new Expression.Name(local.name()), value);
    }

    @Override
    public List<Text> text(String indent) {
      Text text = new Text(indent);
      if (local.isNamed()) {
        text.add(local.type());
      } else {
        text.add("var");
      }
      return List.of(text.add(" " + local.name() + " = ").add(value).add(";"));
    }
  }

  /** The method's result. */
  record Return(Expression value) implements Statement {
    @Override
    public List<Expression> expressions() {
      return List.of(value);
    }

    @Override
    public List<Text> text(String indent) {
      return List.of(new Text(indent).add("return ").add(value).add(";"));
    }
  }

  /** Ends a method that gives nothing back, unless something holds. */
  record Unless(Expression condition) implements Statement {
    @Override
    public List<Expression> expressions() {
      return List.of(condition);
    }

    @Override
    public List<Text> text(String indent) {
      return List.of(
          new Text(indent).add("if (!").add(condition).add(") {"),
          new Text(indent + "  ").add("return;"),
          new Text(indent).add("}"));
    }
  }

  /**
   * A call, or others.
   *
   * @param no the others, and what they compute
   */
  record Choose(Expression condition, Expression yes, List<Line> no) implements Statement {
    private static final String INSIDE = "  ";

    @Override
    public List<Expression> expressions() {
      return Stream.concat(
              Stream.of(condition, yes), no.stream().flatMap(line -> line.expressions().stream()))
          .toList();
    }

    @Override
    public List<Text> text(String indent) {
      List<Text> all = new ArrayList<>();
      all.add(new Text(indent).add("if (").add(condition).add(") {"));
      all.add(new Text(indent + INSIDE).add(yes).add(";"));
      all.add(new Text(indent).add("} else {"));
      no.forEach(line -> all.addAll(line.text(indent + INSIDE)));
      all.add(new Text(indent).add("}"));
      return all;
    }
  }
}
