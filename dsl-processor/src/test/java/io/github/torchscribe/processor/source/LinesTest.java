package io.github.torchscribe.processor.source;

import static io.github.torchscribe.processor.code.Expressions.call;
import static io.github.torchscribe.processor.code.Expressions.name;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Statements know what they name, and are set as people would. */
class LinesTest {
  private static final Expression X = name("x");

  /** A set without an order has another one in each run of Java. */
  @Test
  void namesAreInTheOrderOfTheStatement() {
    List<String> names = IntStream.range(0, 40).mapToObj(i -> "n" + 7 * i % 40).toList();
    Lines lines = new Lines().add(call("f", names.stream().map(n -> name(n)).toList()));
    assertEquals(names, new ArrayList<>(lines.all().get(0).names()));
  }

  @Test
  void aTemporaryIsFreedAfterItsLastUse() {
    Lines lines = new Lines();
    lines.declare(Local.var(Types.THREE_TENSORS, "all"), call("f", X), "");
    lines.declare(Local.tensor("part"), name("all").call("get0"), "");
    lines.add(call("g", X.call("h", name("part"))));
    lines.add(call("g", "all, as a text"));
    lines.addAfter(List.of("all", "part"), name("all").call("close"));
    assertEquals(
        """
        var all = f(x);
        org.bytedeco.pytorch.Tensor part = all.get0();
        g(x.h(part));
        all.close();
        g("all, as a text");
        """,
        lines.toCode().toString());
  }

  @Test
  void commentsStandBelowEachOther() {
    Lines lines = new Lines().add(call("f", X), "short").add(call("longer", X, X), "also");
    lines.choose(call("isTraining"), call("f", X), call("g", X), "either");
    lines.add(call("f", "a".repeat(78), X, X), "above");
    assertEquals(
        """
        f(x);               // short
        longer(x, x);       // also
        if (isTraining()) { // either
          f(x);
        } else {
          g(x);
        }
        // above
        f("%s",
            x, x);
        """
            .replace("%s", "a".repeat(78)),
        lines.toCode().toString());
  }

  @Test
  void aLocalBecomesAField() {
    Lines lines = new Lines();
    lines.declare(Local.tensor("part"), call("f", X), "kept");
    Line line = lines.all().get(0);
    assertEquals("part", line.local().orElseThrow().name());
    Line field = line.withoutLocal();
    assertTrue(field.local().isEmpty());
    assertEquals("part = f(x); // kept\n", Lines.of(List.of(field)).toCode().toString());
  }
}
