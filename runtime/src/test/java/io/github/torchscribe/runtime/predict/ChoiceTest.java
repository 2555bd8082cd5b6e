package io.github.torchscribe.runtime.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Of many tokens the same is chosen as by putting all of them in order. */
class ChoiceTest {
  private static final int COUNT = 1_000;

  private static float[] scores(Random random) {
    float[] scores = new float[COUNT];
    for (int i = 0; i < COUNT; i++) {
      scores[i] = (float) random.nextGaussian();
    }
    return scores;
  }

  /** The likeliest first; each stays before which there is less than p of the k highest. */
  private static int expected(float[] scores, double temperature, int k, double p, double drawn) {
    List<Integer> order =
        IntStream.range(0, COUNT)
            .boxed()
            .sorted(Comparator.comparing(i -> -scores[i]))
            .limit(k)
            .collect(Collectors.toList());
    double all = order.stream().mapToDouble(i -> weight(scores[i], temperature)).sum();
    int kept = 0;
    double sum = 0;
    while (kept < order.size() && sum < p * all) {
      sum += weight(scores[order.get(kept++)], temperature);
    }
    order = order.subList(0, kept);
    if (p == 1) {
      order.sort(Comparator.naturalOrder()); // then nobody puts them in order
    }
    double left = drawn * sum;
    for (int token : order) {
      left -= weight(scores[token], temperature);
      if (left < 0) {
        return token;
      }
    }
    return order.get(kept - 1);
  }

  private static double weight(float score, double temperature) {
    return Math.exp(score / temperature);
  }

  @Test
  void choosesOfManyAsOfAllInOrder() {
    Random random = new Random(4);
    int[] ks = {COUNT, 300, 70, 1};
    double[] ps = {1, 0.99, 0.7, 0.001};
    int different = 0;
    for (int i = 0; i < 400; i++) {
      float[] scores = scores(random);
      double temperature = 0.3 + random.nextDouble();
      int k = ks[i % ks.length];
      double p = ps[i / ks.length % ps.length];
      Choice choice = new Choice();
      choice.temperature(temperature);
      choice.topK(k);
      choice.topP(p);
      choice.seed(i);
      int expected = expected(scores, temperature, k, p, new Random(i).nextDouble());
      assertEquals(expected, choice.of(scores), "k " + k + ", p " + p);
      choice.temperature(0);
      different += choice.of(scores) == expected ? 0 : 1;
    }
    assertTrue(different > 100, "most are not simply the highest");
  }

  @Test
  void whatCannotBeIsNeverChosen() {
    float[] scores = new float[COUNT];
    Arrays.fill(scores, Float.NEGATIVE_INFINITY);
    scores[7] = -3e38f;
    for (double p : new double[] {1, 0.5, Math.nextDown(1.0)}) {
      Choice choice = new Choice();
      choice.topP(p);
      assertEquals(7, choice.of(scores));
    }
  }

  @Test
  void somethingHasToBePossible() {
    float[] scores = new float[COUNT];
    Arrays.fill(scores, Float.NEGATIVE_INFINITY);
    for (double p : new double[] {1, 0.5}) {
      Choice choice = new Choice();
      choice.topP(p);
      assertThrows(IllegalStateException.class, () -> choice.of(scores));
      float[] forced = scores.clone();
      forced[3] = Float.POSITIVE_INFINITY;
      assertEquals(3, choice.of(forced));
    }
  }
}
