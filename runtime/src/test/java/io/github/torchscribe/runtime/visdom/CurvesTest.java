package io.github.torchscribe.runtime.visdom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.log.Series;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CurvesTest {
  private final Curves curves = new Curves("w", Options.title("t"), "a", "b");

  @Test
  void theWholeWindowIsSentWheneverItHasChanged() {
    assertTrue(curves.isEmpty());
    assertFalse(curves.isPending());
    curves.add(0, 0, 5);
    curves.add(1, 0, 6);
    PlotMessage first = curves.take("main");
    assertEquals("events", first.endpoint());
    assertFalse(curves.isPending());

    curves.add(1, 1, 7);
    assertTrue(curves.isPending());
    PlotMessage second = curves.take("main");
    assertEquals("events", second.endpoint());
    assertEquals(List.of(5.0), trace(second, 0).get("y"));
    assertEquals(List.of(6.0, 7.0), trace(second, 1).get("y"));
    assertEquals("b", trace(second, 1).get("name"));
  }

  @Test
  void afterAFailureItIsSentAgain() {
    curves.forget();
    assertFalse(curves.isPending(), "nothing to show");
    curves.add(0, 0, 5);
    curves.take("main");
    curves.forget();
    assertTrue(curves.isPending());
  }

  @Test
  void manyPointsAreThinned() {
    for (int i = 0; i < 100_000; i++) {
      curves.add(0, i, 2 * i);
    }
    List<?> x = (List<?>) trace(curves.take("main"), 0).get("x");
    assertTrue(x.size() <= Series.MOST_POINTS, "" + x.size());
    assertTrue(x.size() > Series.MOST_POINTS / 3, "" + x.size());
    double stride = (double) x.get(1);
    for (int i = 0; i < x.size(); i++) {
      assertEquals(i * stride, x.get(i));
    }
  }

  private static Map<?, ?> trace(PlotMessage message, int index) {
    return (Map<?, ?>) ((List<?>) message.content().get("data")).get(index);
  }
}
