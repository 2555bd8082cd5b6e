package io.github.torchscribe.processor.code;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import java.util.ArrayList;
import java.util.List;

/**
 * The text of a statement, which may end its line between the operands of calls and between calls
 * of a chain. Types are named to JavaPoet, which imports them.
 */
public final class Text {
  private static final String CONTINUED = "    ";

  /** What stands on one line in any case. */
  private static final class Stretch {
    private final List<Object> pieces = new ArrayList<>(); // strings and types
    private final int depth; // inside how many calls a line that ends before it does
    private final String blank; // what comes before it, where no line ends
    private int length;

    private Stretch(int depth, String blank) {
      this.depth = depth;
      this.blank = blank;
    }

    private void add(Object piece, int itsLength) {
      pieces.add(piece);
      length += itsLength;
    }
  }

  private final List<Stretch> stretches = new ArrayList<>();
  private final String indent;
  private int depth;

  /**
   * An empty text.
   *
   * @param indent what each of its lines begins with
   */
  public Text(String indent) {
    this.indent = indent;
    mayEnd(0, "");
  }

  private void mayEnd(int at, String blank) {
    stretches.add(new Stretch(at, blank));
  }

  /**
   * Adds words.
   *
   * @param words in which no line may end
   * @return this
   */
  public Text add(String words) {
    stretches.get(stretches.size() - 1).add(words, words.length());
    return this;
  }

  /**
   * Adds a type.
   *
   * @param type by its simple name, where that can be
   * @return this
   */
  public Text add(ClassName type) {
    stretches.get(stretches.size() - 1).add(type, type.simpleName().length());
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
    depth++;
    boolean isFirst = true;
    for (Expression operand : Expressions.operands(given)) {
      if (!isFirst) {
        add(",");
        mayEnd(depth, " ");
      }
      add(operand);
      isFirst = false;
    }
    depth--;
    return this;
  }

  /**
   * Adds what a method is called of, and the dot; between two calls of the statement's own chain
   * the line may end.
   */
  Text receiver(Expression receiver) {
    grouped(receiver);
    if (receiver instanceof Expression.Call && depth == 0) {
      mayEnd(depth, "");
    }
    return add(".");
  }

  /** Adds an expression, in parentheses where others would take a part of it for theirs. */
  Text grouped(Expression expression) {
    boolean isLoose =
        expression instanceof Operation
            || expression instanceof ToDouble
            || expression instanceof Choice
            || expression instanceof Lambda;
    return isLoose ? add("(").add(expression).add(")") : add(expression);
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
    int length = 0;
    for (int i = from; i < to; i++) {
      Stretch stretch = stretches.get(i);
      length += stretch.length + (i == from ? 0 : stretch.blank.length());
    }
    return length;
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
   * @param widest how long a line may be, a comma at its end not counted
   * @return without their ends
   */
  public List<CodeBlock> lines(int widest) {
    List<CodeBlock> lines = new ArrayList<>();
    String begin = indent;
    String next = indent + CONTINUED;
    int from = 0;
    while (begin.length() + length(from, stretches.size()) > widest) {
      int to = end(from, widest + 1 - begin.length(), widest - next.length());
      if (to == stretches.size()) {
        break; // nowhere to end
      }
      lines.add(line(begin, from, to));
      from = to;
      begin = next;
    }
    lines.add(line(begin, from, stretches.size()));
    return lines;
  }

  /**
   * Where a line ends: as late as can be, or as far outside the calls as can be, if what is left
   * then fits on one more line.
   */
  private int end(int from, int room, int roomOfNext) {
    int latest = from + 1;
    int outermost = latest;
    while (latest + 1 < stretches.size() && length(from, latest + 1) <= room) {
      latest++;
      if (stretches.get(latest).depth <= stretches.get(outermost).depth) {
        outermost = latest;
      }
    }
    return length(outermost, stretches.size()) <= roomOfNext ? outermost : latest;
  }

  private CodeBlock line(String begin, int from, int to) {
    CodeBlock.Builder line = CodeBlock.builder();
    StringBuilder words = new StringBuilder(begin);
    for (int i = from; i < to; i++) {
      words.append(i == from ? "" : stretches.get(i).blank);
      for (Object piece : stretches.get(i).pieces) {
        if (piece instanceof ClassName) {
          line.add("$L$T", words, piece);
          words = new StringBuilder();
        } else {
          words.append(piece);
        }
      }
    }
    return line.add("$L", words).build();
  }

  @Override
  public String toString() {
    return line().toString();
  }
}
