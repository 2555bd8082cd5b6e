package io.github.torchscribe.processor.source;

import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.Text;
import java.util.List;

/** A statement of a method. */
sealed interface Statement {
  /** The expressions in it. */
  List<Expression> expressions();

  /** Its text, a line each, which may be long. */
  List<Text> text();

  /** A call whose result nobody wants. */
  record Run(Expression call) implements Statement {
    @Override
    public List<Expression> expressions() {
      return List.of(call);
    }

    @Override
    public List<Text> text() {
      return List.of(new Text("").add(call).add(";"));
    }
  }

  /** A variable gets a value. */
  record Assign(String variable, Expression value) implements Statement {
    @Override
    public List<Expression> expressions() {
      return List.of(new Expression.Name(variable), value);
    }

    @Override
    public List<Text> text() {
      return List.of(new Text("").add(variable + " = ").add(value).add(";"));
    }
  }

  /** A local variable. */
  record Declare(Local local, Expression value) implements Statement {
    @Override
    public List<Expression> expressions() {
      return List.of(new Expression.Name(local.name()), value);
    }

    @Override
    public List<Text> text() {
      Text text = new Text("");
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
    public List<Text> text() {
      return List.of(new Text("").add("return ").add(value).add(";"));
    }
  }

  /** Ends a method that gives nothing back, unless something holds. */
  record Unless(Expression condition) implements Statement {
    @Override
    public List<Expression> expressions() {
      return List.of(condition);
    }

    @Override
    public List<Text> text() {
      return List.of(
          new Text("").add("if (!").add(condition).add(") {"),
          new Text("  ").add("return;"),
          new Text("").add("}"));
    }
  }

  /** One of two calls. */
  record Choose(Expression condition, Expression yes, Expression no) implements Statement {
    private static final String INSIDE = "  ";

    @Override
    public List<Expression> expressions() {
      return List.of(condition, yes, no);
    }

    @Override
    public List<Text> text() {
      return List.of(
          new Text("").add("if (").add(condition).add(") {"),
          new Text(INSIDE).add(yes).add(";"),
          new Text("").add("} else {"),
          new Text(INSIDE).add(no).add(";"),
          new Text("").add("}"));
    }
  }
}
