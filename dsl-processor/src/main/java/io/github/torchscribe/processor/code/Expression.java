package io.github.torchscribe.processor.code;

import com.squareup.javapoet.ClassName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Java expression of the generated class, as a value: it knows its operands, so that nobody reads
 * its text again to find out which names it uses, what it makes, or where its line may end. {@link
 * Expressions} makes them.
 */
public sealed interface Expression
    permits Expression.Name,
        Expression.Literal,
        Expression.Call,
        Expression.Creation,
        Choice,
        Constant,
        Home,
        Lambda,
        NewArray,
        Operation,
        ToDouble {
  /**
   * What it is made of.
   *
   * @return in the order in which it is written; nothing for a name or a literal
   */
  default List<Expression> operands() {
    return List.of();
  }

  /**
   * How much bytecode javac makes of it at most, operands not counted.
   *
   * @return in bytes
   */
  int bytes();

  /**
   * Writes it.
   *
   * @param text takes it
   */
  void write(Text text);

  /**
   * The class of what it gives.
   *
   * @return a tensor, unless it makes an object of another class
   */
  default ClassName type() {
    return Types.TENSOR;
  }

  /**
   * The whole tree.
   *
   * @return the expression, its operands, theirs, and so on
   */
  default Stream<Expression> all() {
    return Stream.concat(Stream.of(this), operands().stream().flatMap(Expression::all));
  }

  /**
   * A call of a method of what this is.
   *
   * @param method its name
   * @param operands as {@link Expressions#call} takes them
   * @return the call
   */
  default Call call(String method, Object... operands) {
    return new Call(Optional.of(this), method, Expressions.operands(operands));
  }

  /**
   * A product.
   *
   * @param factor as {@link Expressions#call} takes operands
   * @return this times the factor
   */
  default Expression times(Object factor) {
    return new Operation(this, "*", Expressions.operand(factor));
  }

  /**
   * A quotient.
   *
   * @param divisor as {@link Expressions#call} takes operands
   * @return this over the divisor
   */
  default Expression over(Object divisor) {
    return new Operation(this, "/", Expressions.operand(divisor));
  }

  /**
   * A field, a constant, a parameter or a local variable.
   *
   * @param name as it is declared
   */
  record Name(String name) implements Expression {
    @Override
    public int bytes() {
      return 7; // aload_0, getfield this$0, getfield
    }

    @Override
    public void write(Text text) {
      text.add(name);
    }
  }

  /**
   * A number, a truth value, a text or null.
   *
   * @param text as Java has it
   */
  record Literal(String text) implements Expression {
    @Override
    public int bytes() {
      return 8; // one of several numbers in an array: dup, its index, its value, lastore
    }

    @Override
    public void write(Text to) {
      to.add(text);
    }
  }

  /**
   * A call.
   *
   * @param receiver whose method it is; empty for one of the class itself or a static import
   * @param method its name
   * @param arguments what it is given
   */
  record Call(Optional<Expression> receiver, String method, List<Expression> arguments)
      implements Expression {
    @Override
    public List<Expression> operands() {
      return Stream.concat(receiver.stream(), arguments.stream()).toList();
    }

    @Override
    public int bytes() {
      return 4; // and what it gives is dropped
    }

    @Override
    public void write(Text text) {
      receiver.ifPresent(text::receiver);
      text.add(method + "(").list(arguments).add(")");
    }
  }

  /**
   * A new object.
   *
   * @param type its class
   * @param operands what its constructor is given
   */
  record Creation(ClassName type, List<Expression> operands) implements Expression {
    @Override
    public int bytes() {
      return 8; // new, dup, invokespecial
    }

    @Override
    public void write(Text text) {
      text.add("new ").add(type).add("(").list(operands).add(")");
    }
  }
}
