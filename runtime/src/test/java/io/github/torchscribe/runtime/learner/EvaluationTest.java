package io.github.torchscribe.runtime.learner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  private static final Map<String, Double> WEIGHTS = Map.of("kind", 1d, "price", 0.1);

  /** A batch of two losses; of the first not all targets may count. */
  private static Evaluation batch(double kind, double counting, double price, int size) {
    Map<String, Evaluation> parts = new LinkedHashMap<>();
    parts.put("kind", Evaluation.ofBatch(kind, counting, 1, (long) counting, size));
    parts.put("price", Evaluation.ofBatch(price, 0, 0, size));
    return Evaluation.ofParts(parts, WEIGHTS);
  }

  /** Each is a mean over what counts in it; the sum of those is the loss. */
  @Test
  void ofSeveralLossesIsTheWeightedSum() {
    Evaluation both = Evaluation.NONE.plus(batch(0.5, 2, 20, 4)).plus(batch(0.8, 4, 50, 8));

    assertEquals(List.of("kind", "price"), List.copyOf(both.parts().keySet()));
    assertEquals(0.7, both.parts().get("kind").loss(), 1e-12);
    assertEquals(40, both.parts().get("price").loss(), 1e-12);
    assertEquals(0.7 + 0.1 * 40, both.loss(), 1e-12);
    assertEquals(0.5 + 0.8 + 0.1 * (20 + 50), both.batchLossSum(), 1e-12);
    assertEquals(12, both.size());
    assertEquals("Evaluation[loss=4.7000 (kind=0.7000, price=40.0000), accuracy=2/6]", "" + both);
  }

  @Test
  void accuracyIsOfAllThatDecide() {
    Map<String, Evaluation> parts = new LinkedHashMap<>();
    parts.put("kind", Evaluation.ofBatch(1, 3, 4, 4));
    parts.put("price", Evaluation.ofBatch(1, 0, 0, 4));
    parts.put("tone", Evaluation.ofBatch(1, 1, 4, 4));
    Evaluation all = Evaluation.ofParts(parts, Map.of("kind", 1d, "price", 1d, "tone", 1d));

    assertEquals(4, all.correct());
    assertEquals(8, all.decisions());
    assertEquals(0.5, all.accuracy());
  }

  @Test
  void aBatchOfWhichNothingCountsInOneLossLeavesThatAsItIs() {
    Evaluation both = batch(0.5, 2, 20, 4).plus(batch(Double.NaN, 0, 30, 4));

    assertEquals(0.5, both.parts().get("kind").loss());
    assertEquals(25, both.parts().get("price").loss());
    assertEquals(0.5 + 2.5, both.loss(), 1e-12);
  }

  @Test
  void isKeptToTheLastBit() {
    Evaluation both = batch(0.1, 3, 1 / 3.0, 4).plus(batch(0.7, 3, 2 / 3.0, 4));
    double[] numbers = both.numbers();
    Evaluation again = Evaluation.of(List.of("kind", "price"), numbers, 0);

    assertEquals(Evaluation.numbers(2), numbers.length);
    assertArrayEquals(numbers, again.numbers());
    assertEquals(both.loss(), again.loss());
    assertEquals(both.toString(), again.toString());
    assertEquals(both.plus(again).loss(), again.plus(both).loss());
  }

  @Test
  void ofASingleLossHasNoParts() {
    Evaluation one = Evaluation.ofBatch(0.25, 3, 4, 4);

    assertEquals(Map.of(), one.parts());
    assertEquals(6, Evaluation.numbers(0));
    assertArrayEquals(one.numbers(), Evaluation.of(List.of(), one.numbers(), 0).numbers());
    assertThrows(IllegalArgumentException.class, () -> one.plus(batch(1, 1, 1, 1)));
  }
}
