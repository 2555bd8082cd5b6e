package io.github.torchscribe.processor.code;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import java.util.ArrayList;
import java.util.List;

/**
 * The text of a statement, which may end its line between the operands of calls. Types are named to
 * JavaPoet, which imports them.
 */
public final class Text {
  private static final String CONTINUED = "    ";

  /** Strings and types, up to where the line may end. */
  private final List<List<Object>> stretches = new ArrayList<>(List.of(new ArrayList<>()));

  private final String indent;

  /**
   * An empty text.
   *
   * @param indent what each of its lines begins with
   */
  public Text(String indent) {
    this.indent = indent;
  }

  /**
   * Adds words.
   *
   * @param words in which no line may end
   * @return this
   */
  public Text add(String words) {
    last().add(words);
    return this;
  }

  /**
   * Adds a type.
   *
   * @param type by its simple name, where that can be
   * @return this
   */
  public Text add(ClassName type) {
    last().add(type);
    return this;
  }

  /**
   * Adds an expression.
   *
   * @param expression any
   * @return this
   */
  public Text add(Expression expression) {
    expression.write(this);
    return this;
  }

  /**
   * Adds operands, with commas between them.
   *
   * @param given as {@link Expressions#call} takes them
   * @return this
   */
  public Text list(List<?> given) {
    boolean isFirst = true;
    for (Expression operand : Expressions.operands(given)) {
      if (!isFirst) {
        add(",");
        stretches.add(new ArrayList<>());
      }
      add(operand);
      isFirst = false;
    }
    return this;
  }

  /** Adds an expression, in parentheses where it is an operation. */
  Text grouped(Expression expression) {
    return expression instanceof Expression.Operation
        ? add("(").add(expression).add(")")
        : add(expression);
  }

  private List<Object> last() {
    return stretches.get(stretches.size() - 1);
  }

  /**
   * How long it is on one line.
   *
   * @return in characters
   */
  public int length() {
    return indent.length() + length(0, stretches.size());
  }

  private int length(int from, int to) {
    int length = to - from - 1; // blanks between stretches
    for (List<Object> stretch : stretches.subList(from, to)) {
      for (Object piece : stretch) {
        length += piece instanceof ClassName type ? type.simpleName().length() : words(piece);
      }
    }
    return length;
  }

  private static int words(Object piece) {
    return ((String) piece).length();
  }

  /**
   * On one line.
   *
   * @return without its end
   */
  public CodeBlock line() {
    return line(indent, 0, stretches.size());
  }

  /**
   * On as many lines as it needs.
   *
   * @param widest how long a line may be
   * @return without their ends
   */
  public List<CodeBlock> lines(int widest) {
    List<CodeBlock> lines = new ArrayList<>();
    String begin = indent;
    int from = 0;
    while (begin.length() + length(from, stretches.size()) > widest) {
      int to = from + 1;
      while (to < stretches.size() - 1 && begin.length() + length(from, to + 1) <= widest + 1) {
        to++;
      }
      if (to == stretches.size()) {
        break; // nowhere to end
      }
      lines.add(line(begin, from, to));
      from = to;
      begin = indent + CONTINUED;
    }
    lines.add(line(begin, from, stretches.size()));
    return lines;
  }

  private CodeBlock line(String begin, int from, int to) {
    CodeBlock.Builder line = CodeBlock.builder().add("$L", begin);
    for (int i = from; i < to; i++) {
      for (Object piece : stretches.get(i)) {
        line.add(piece instanceof ClassName ? "$T" : "$L", piece);
      }
      line.add(i < to - 1 ? " " : "");
    }
    return line.build();
  }

  @Override
  public String toString() {
    return line().toString();
  }
}
