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
  void theFirstMessageIsTheWholeWindowThenOnlyWhatIsNew() {
    assertFalse(curves.isPending());
    curves.add(0, 0, 5);
    curves.add(1, 0, 6);
    List<Message> first = curves.take("main", true);
    assertEquals("events", first.get(0).endpoint());
    assertEquals(1, first.size());
    assertFalse(curves.isPending());

    curves.add(1, 1, 7);
    List<Message> second = curves.take("main", true);
    assertEquals(1, second.size());
    assertEquals("update", second.get(0).endpoint());
    assertEquals("b", second.get(0).content().get("name"));
    assertEquals(List.of(7.0), trace(second.get(0), 0).get("y"));
    assertEquals("b", trace(second.get(0), 0).get("name"));
  }

  @Test
  void aWindowThatIsGoneIsSentAsAWhole() {
    curves.add(0, 0, 5);
    curves.take("main", false);
    curves.add(0, 1, 6);
    assertEquals(List.of(5.0, 6.0), trace(curves.take("main", false).get(0), 0).get("y"));
  }

  @Test
  void afterAFailureTheWindowIsSentAsAWhole() {
    curves.add(0, 0, 5);
    curves.take("main", false);
    curves.forget();
    assertTrue(curves.isPending());
    Message message = curves.take("main", true).get(0);
    assertEquals("events", message.endpoint());
    assertEquals(List.of(5.0), trace(message, 0).get("y"));
  }

  @Test
  void manyPointsAreThinned() {
    for (int i = 0; i < 100_000; i++) {
      curves.add(0, i, 2 * i);
    }
    List<?> x = (List<?>) trace(curves.take("main", true).get(0), 0).get("x");
    assertTrue(x.size() <= Series.MOST_POINTS, "" + x.size());
    assertTrue(x.size() > Series.MOST_POINTS / 3, "" + x.size());
    double stride = (double) x.get(1);
    for (int i = 0; i < x.size(); i++) {
      assertEquals(i * stride, x.get(i));
    }
  }

  private static Map<?, ?> trace(Message message, int index) {
    return (Map<?, ?>) ((List<?>) message.content().get("data")).get(index);
  }
}
