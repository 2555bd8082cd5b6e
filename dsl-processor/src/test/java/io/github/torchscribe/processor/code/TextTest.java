package io.github.torchscribe.processor.code;

import static io.github.torchscribe.processor.code.Expressions.call;
import static io.github.torchscribe.processor.code.Expressions.create;
import static io.github.torchscribe.processor.code.Expressions.name;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.squareup.javapoet.CodeBlock;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where lines end: between operands and calls, outside rather than inside, never in a text. */
class TextTest {
  private static final Expression A = name("aaaaaaaa");
  private static final Expression B = name("bbbbbbbb");

  private static List<String> lines(int widest, Expression expression) {
    return new Text("  ")
        .add(expression).add(";").lines(widest).stream().map(CodeBlock::toString).toList();
  }

  @Test
  void whatFitsStaysOnOneLine() {
    assertEquals(List.of("  f(aaaaaaaa, bbbbbbbb);"), lines(24, call("f", A, B)));
    assertEquals(List.of("  f(aaaaaaaa,", "      bbbbbbbb);"), lines(23, call("f", A, B)));
  }

  @Test
  void aLineIsFilled() {
    assertEquals(
        List.of("  f(aaaaaaaa, bbbbbbbb,", "      aaaaaaaa, bbbbbbbb,", "      aaaaaaaa);"),
        lines(26, call("f", A, B, A, B, A)));
  }

  @Test
  void anOperandStaysWholeIfTheRestFitsThen() {
    assertEquals(
        List.of("  f(aaaaaaaa,", "      g(bbbbbbbb, 1, 2), 3);"),
        lines(30, call("f", A, call("g", B, 1, 2), 3)));
  }

  @Test
  void anOperandIsDividedWhereItIsTooLong() {
    assertEquals(
        List.of("  f(aaaaaaaa, g(bbbbbbbb,", "      aaaaaaaa, bbbbbbbb));"),
        lines(27, call("f", A, call("g", B, A, B))));
  }

  @Test
  void aChainEndsBetweenItsCalls() {
    assertEquals(
        List.of("  aaaaaaaa.view(1, 2)", "      .select(2, 0);"),
        lines(30, A.call("view", 1, 2).call("select", 2, 0)));
  }

  @Test
  void textsAndNamesAreNeverDivided() {
    assertEquals(
        List.of("  f(\"one, two, three, four\",", "      aaaaaaaa);"),
        lines(12, call("f", "one, two, three, four", A)));
    assertEquals(List.of("  f(aaaaaaaa);"), lines(5, call("f", A)));
  }

  /** Types count as they are written where nothing else is called like them. */
  @Test
  void aTypeIsAsLongAsItsSimpleName() {
    Text text = new Text("").add(create(Types.SCALAR, 1));
    assertEquals("new Scalar(1)".length(), text.length());
  }
}
