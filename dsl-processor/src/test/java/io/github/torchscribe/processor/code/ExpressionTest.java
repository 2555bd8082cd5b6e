package io.github.torchscribe.processor.code;

import static io.github.torchscribe.processor.code.Expressions.N;
import static io.github.torchscribe.processor.code.Expressions.NULL;
import static io.github.torchscribe.processor.code.Expressions.TOTAL;
import static io.github.torchscribe.processor.code.Expressions.call;
import static io.github.torchscribe.processor.code.Expressions.choice;
import static io.github.torchscribe.processor.code.Expressions.create;
import static io.github.torchscribe.processor.code.Expressions.equal;
import static io.github.torchscribe.processor.code.Expressions.grouped;
import static io.github.torchscribe.processor.code.Expressions.lambda;
import static io.github.torchscribe.processor.code.Expressions.longs;
import static io.github.torchscribe.processor.code.Expressions.name;
import static io.github.torchscribe.processor.code.Expressions.number;
import static io.github.torchscribe.processor.code.Expressions.oneOverSqrt;
import static io.github.torchscribe.processor.code.Expressions.toDouble;
import static io.github.torchscribe.processor.code.Expressions.wide;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An expression is written as Java has it, and knows what it is made of. */
class ExpressionTest {
  private static final Expression X = name("x");

  private static String text(Expression expression) {
    return new Text("").add(expression).toString();
  }

  @Test
  void operandsAreWhatTheyAreGivenAs() {
    assertEquals(
        "f(x, 1, 0.5, true, \"a, \\\"b\\\"\", 3, 28, 28, 4, 5)",
        text(call("f", X, 1, 0.5, true, "a, \"b\"", Shape.of(3, 28, 28), List.of(4L, List.of(5)))));
    assertEquals("f()", text(call("f")));
    assertEquals("x.view(-1, 8).t()", text(X.call("view", -1, 8).call("t")));
    assertThrows(IllegalArgumentException.class, () -> call("f", 'c'));
  }

  @Test
  void typesAreNamedToJavaPoet() {
    assertEquals("new org.bytedeco.pytorch.Scalar(2)", text(create(Types.SCALAR, 2)));
    assertEquals("1 / java.lang.Math.sqrt(32)", text(oneOverSqrt(32)));
    assertEquals(Types.SCALAR, create(Types.SCALAR, 2).type());
    assertEquals(Types.TENSOR, call("f").type());
  }

  @Test
  void whatDoesNotFitInto32BitsIsALong() {
    assertEquals("2147483647", text(number(Integer.MAX_VALUE)));
    assertEquals("2147483648L", text(number(1L << 31)));
    assertEquals("-2147483648", text(number(Integer.MIN_VALUE)));
    assertEquals("-2147483649L", text(number(Integer.MIN_VALUE - 1L)));
    assertEquals("4_900_000_000L", text(grouped(4_900_000_000L)));
    assertEquals("156_800", text(grouped(156_800)));
    assertEquals("7L", text(wide(7)));
    assertEquals("rows(4900000000L)", text(call("rows", Shape.of(4_900_000_000L))));
  }

  @Test
  void operationsKeepTheirMeaning() {
    assertEquals("1.0 / (total * 16)", text(number(1.0).over(TOTAL.times(16))));
    assertEquals("x * 2 / total", text(X.times(2).over(TOTAL)));
    assertEquals("(x * 2).f()", text(X.times(2).call("f")));
    assertEquals("(double) (total * 3) / n", text(toDouble(TOTAL.times(3)).over(N)));
    assertEquals("((double) n).f()", text(toDouble(N).call("f")));
    assertEquals("n == 1 ? x : null", text(choice(equal(N, 1), X, NULL)));
    assertEquals("2 * (n == 1 ? x : null)", text(number(2).times(choice(equal(N, 1), X, NULL))));
    assertEquals("new long[] {n, 1, 28}", text(longs(N, Shape.of(1, 28))));
    assertEquals("f(y -> y.g(x))", text(call("f", lambda("y", name("y").call("g", X)))));
  }

  /** Each Java expression compiles to that many bytes at most; javap is asked in another test. */
  @Test
  void itKnowsAllThatIsInIt() {
    Expression expression = call("f", X.call("g", create(Types.SCALAR, N)), lambda("y", TOTAL));
    assertEquals(
        List.of("x", "n", "total"),
        expression
            .all()
            .filter(one -> one instanceof Expression.Name)
            .map(one -> ((Expression.Name) one).name())
            .toList());
    // Two calls, three names, an object, a function.
    assertEquals(2 * 4 + 3 * 7 + 8 + 8, expression.all().mapToInt(Expression::bytes).sum());
  }
}
