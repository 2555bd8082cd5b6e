package io.github.torchscribe.processor.code;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Makes expressions, so that the code of a layer reads like the line that it writes: {@code
 * call("addmm_out", code.outputRows(), code.parameter("bias"), code.inputRows(), …)}.
 */
public final class Expressions {
  /** The number of rows at hand. */
  public static final Expression N = name("n");

  /** The number of rows of the whole batch. */
  public static final Expression TOTAL = name("total");

  /** Of a text's positions at hand the first, counted from 0. */
  public static final Expression FIRST = name("first");

  /** How many positions of a text there are, those at hand among them. */
  public static final Expression REACHED = name("reached");

  /** In place of an optional tensor. */
  public static final Expression NONE = name("NONE");

  /** In place of a tensor that is not there. */
  public static final Expression NO_TENSOR = create(Types.TENSOR);

  /** The object whose code it is. */
  public static final Expression THIS = name("this");

  /** No object. */
  public static final Expression NULL = new Expression.Literal("null");

  private Expressions() {}

  /**
   * A call of a method of the generated class, of what it inherits, or of libtorch's operations.
   *
   * @param method its name
   * @param operands expressions; numbers, truth values and texts, which become literals; shapes and
   *     lists, of which each element is an operand
   * @return the call
   */
  public static Expression.Call call(String method, Object... operands) {
    return new Expression.Call(Optional.empty(), method, operands(operands));
  }

  /**
   * A call of a static method.
   *
   * @param home whose method it is
   * @param method its name
   * @param operands as {@link #call(String, Object...)} takes them
   * @return the call
   */
  public static Expression.Call call(ClassName home, String method, Object... operands) {
    return new Home(home).call(method, operands);
  }

  /**
   * A new object.
   *
   * @param type its class
   * @param operands as {@link #call(String, Object...)} takes them
   * @return the expression that makes it
   */
  public static Expression create(ClassName type, Object... operands) {
    return new Expression.Creation(type, operands(operands));
  }

  /**
   * A new array of whole numbers.
   *
   * @param elements as {@link #call(String, Object...)} takes operands
   * @return the expression that makes it
   */
  public static Expression longs(Object... elements) {
    return array("long", List.of(elements));
  }

  /**
   * A new array.
   *
   * @param of the type of its elements, in full
   * @param elements as {@link #call(String, Object...)} takes operands
   * @return the expression that makes it
   */
  public static Expression array(String of, List<?> elements) {
    return new NewArray(of, operands(elements.toArray()));
  }

  /**
   * A field, a constant, a parameter or a local variable.
   *
   * @param name as it is declared
   * @return its value
   */
  public static Expression.Name name(String name) {
    return new Expression.Name(name);
  }

  /**
   * A constant of a class.
   *
   * @param home the class
   * @param name as it is declared there
   * @return its value
   */
  public static Expression constant(ClassName home, String name) {
    return new Constant(home, name);
  }

  /**
   * A function without parameters.
   *
   * @param body what it gives
   * @return the function
   */
  public static Expression supplier(Expression body) {
    return new Lambda("()", body);
  }

  /**
   * A function.
   *
   * @param parameter the name of what it is given
   * @param body what it gives
   * @return the function
   */
  public static Expression lambda(String parameter, Expression body) {
    return new Lambda(parameter, body);
  }

  /**
   * A number. What does not fit into 32 bits is a long.
   *
   * @param value the number
   * @return the literal
   */
  public static Expression number(long value) {
    return new Expression.Literal(value + suffix(value));
  }

  /**
   * A number.
   *
   * @param value the number
   * @return the literal
   */
  public static Expression number(double value) {
    return new Expression.Literal(String.valueOf(value));
  }

  /**
   * A number with a fraction, as Java reads it, be it infinite or none.
   *
   * @param value the number
   * @return the literal
   */
  public static Expression any(double value) {
    return Double.isFinite(value) ? number(value) : quotient(value, ".0");
  }

  /**
   * A number with a fraction, in 32 bits.
   *
   * @param value the number
   * @return the literal, or a quotient where it is infinite or none
   */
  public static Expression single(float value) {
    return Float.isFinite(value) ? new Expression.Literal(value + "f") : quotient(value, "f");
  }

  /** What is infinite or no number, as Java computes it. */
  private static Expression quotient(double value, String suffix) {
    String dividend = Double.isNaN(value) ? "0" : value > 0 ? "1" : "-1";
    return new Operation(
        new Expression.Literal(dividend + suffix), "/", new Expression.Literal("0" + suffix));
  }

  /**
   * A number that is a long also where it would fit into 32 bits.
   *
   * @param value the number
   * @return the literal
   */
  public static Expression wide(long value) {
    return new Expression.Literal(value + "L");
  }

  /**
   * A number as people read it: {@code 156_800}.
   *
   * @param value the number
   * @return the literal
   */
  public static Expression grouped(long value) {
    String digits = String.format(Locale.ROOT, "%,d", value).replace(',', '_');
    return new Expression.Literal(digits + suffix(value));
  }

  private static String suffix(long value) {
    return value == (int) value ? "" : "L";
  }

  /**
   * A whole number as one with a fraction, so that a quotient is not rounded.
   *
   * @param number a whole number
   * @return the same
   */
  public static Expression toDouble(Expression number) {
    return new ToDouble(number);
  }

  /**
   * 1/√x.
   *
   * @param x a number
   * @return computed in the generated code, where it can be read
   */
  public static Expression oneOverSqrt(long x) {
    return number(1).over(call(Types.MATH, "sqrt", x));
  }

  /**
   * Whether two numbers are the same.
   *
   * @param one any
   * @param other as {@link #call(String, Object...)} takes operands
   * @return the comparison
   */
  public static Expression equal(Expression one, Object other) {
    return new Operation(one, "==", operand(other));
  }

  /**
   * One of two values.
   *
   * @param condition decides
   * @param yes where it holds
   * @param no where it does not
   * @return the choice
   */
  public static Expression choice(Expression condition, Expression yes, Expression no) {
    return new Choice(condition, yes, no);
  }

  /** Operands, as calls take them. */
  static List<Expression> operands(Object... given) {
    List<Expression> operands = new ArrayList<>();
    for (Object one : given) {
      if (one instanceof Shape shape) {
        operands.addAll(operands(shape.sizes()));
      } else if (one instanceof List<?> several) {
        operands.addAll(operands(several.toArray()));
      } else {
        operands.add(operand(one));
      }
    }
    return operands;
  }

  /**
   * An operand, as calls take them.
   *
   * @param given an expression, or a number, a truth value or a text
   * @return the expression, or a literal
   */
  public static Expression operand(Object given) {
    if (given instanceof Expression expression) {
      return expression;
    }
    if (given instanceof Long || given instanceof Integer) {
      return number(((Number) given).longValue());
    }
    if (given instanceof Double number) {
      return number(number.doubleValue());
    }
    if (given instanceof Boolean) {
      return new Expression.Literal(given.toString());
    }
    if (given instanceof String text) {
      return new Expression.Literal(CodeBlock.of("$S", text).toString());
    }
    throw new IllegalArgumentException(given + " is no operand");
  }
}
