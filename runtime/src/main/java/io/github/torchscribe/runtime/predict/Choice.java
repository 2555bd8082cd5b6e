package io.github.torchscribe.runtime.predict;

import java.util.Arrays;
import java.util.Random;

/**
 * Chooses what comes next by its scores: divided by a temperature, then the k highest, then the
 * fewest likeliest that are p together, then one by its probability.
 */
public final class Choice {
  /** How many are put in order at first where nobody knows how many are needed. */
  private static final int FIRST_SORTED = 64;

  private Random random = new Random();
  private double temperature = 1;
  private int topK = Integer.MAX_VALUE;
  private double topP = 1;
  private double[] weights = {};
  private long[] ranks = {};

  /** Begins the random stream anew. */
  public void seed(long seed) {
    random = new Random(seed); // whose numbers Java fixes for all times
  }

  /** At least 0, which takes the highest score. */
  public void temperature(double value) {
    temperature = value;
  }

  /** At least 1. */
  public void topK(int value) {
    topK = value;
  }

  /** Above 0 and at most 1. */
  public void topP(double value) {
    topP = value;
  }

  /**
   * Chooses.
   *
   * @param scores any but NaN
   * @return the number of one
   */
  public int of(float... scores) {
    int best = best(scores);
    if (temperature == 0 || scores[best] == Float.POSITIVE_INFINITY) {
      return best;
    }
    if (topK >= scores.length && topP == 1) {
      return draw(weigh(scores, scores[best], Float.NEGATIVE_INFINITY));
    }
    rank(scores);
    float least = Float.NEGATIVE_INFINITY;
    if (topK < scores.length) {
      select(0, ranks.length, topK);
      least = scores[token(ranks[topK - 1])]; // all that are as high stay, too
    }
    double sum = weigh(scores, scores[best], least);
    return topP == 1 ? draw(sum) : drawLikeliest(sum * topP);
  }

  private static int best(float... scores) {
    int best = 0;
    for (int i = 0; i < scores.length; i++) {
      if (Float.isNaN(scores[i])) {
        throw new IllegalStateException(
            "the score of token " + i + " is NaN: has training diverged?");
      }
      best = scores[i] > scores[best] ? i : best;
    }
    if (scores[best] == Float.NEGATIVE_INFINITY) {
      throw new IllegalStateException("the scores of all tokens are −∞: none can be chosen");
    }
    return best;
  }

  /** Weighs each, 1 for the highest, 0 below the least, and says how much all are together. */
  private double weigh(float[] scores, float highest, float least) {
    if (weights.length != scores.length) {
      weights = new double[scores.length];
    }
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      weights[i] = scores[i] < least ? 0 : Math.exp((scores[i] - highest) / temperature);
      sum += weights[i];
    }
    return sum;
  }

  /** One of all by its weight. */
  private int draw(double sum) {
    double left = random.nextDouble() * sum;
    int last = 0;
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] > 0) {
        last = i;
        left -= weights[i];
        if (left < 0) {
          break;
        }
      }
    }
    return last;
  }

  /** One of the likeliest: each before which there is less than some weight. */
  private int drawLikeliest(double enough) {
    double sum = 0;
    int kept = 0;
    int sorted = 0;
    for (int size = FIRST_SORTED; sum < enough && kept < ranks.length; size *= 4) {
      int end = Math.min(ranks.length, sorted + size);
      select(sorted, ranks.length, end - sorted);
      Arrays.sort(ranks, sorted, end);
      sorted = end;
      while (kept < sorted && sum < enough) {
        sum += weights[token(ranks[kept++])];
      }
    }
    while (weights[token(ranks[kept - 1])] == 0) {
      kept--; // what rounding let in
    }
    double left = random.nextDouble() * sum;
    for (int i = 0; i < kept - 1; i++) {
      left -= weights[token(ranks[i])];
      if (left < 0) {
        return token(ranks[i]);
      }
    }
    return token(ranks[kept - 1]);
  }

  /**
   * A number for each token, which is the lower the higher its score is. Of equal scores the last
   * token's is the lowest: it comes last where PyTorch puts the lowest score first.
   */
  private void rank(float... scores) {
    if (ranks.length != scores.length) {
      ranks = new long[scores.length];
    }
    for (int i = 0; i < scores.length; i++) {
      int bits = Float.floatToIntBits(scores[i] + 0f); // −0 is 0
      int ordered = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
      ranks[i] = ((long) ~ordered << 32) | (Integer.MAX_VALUE - i);
    }
  }

  private static int token(long rank) {
    return Integer.MAX_VALUE - (int) rank;
  }

  /** Brings the so many lowest ranks of a range to its beginning: the highest of them last. */
  private void select(int from, int to, int count) {
    int low = from;
    int high = to - 1;
    int wanted = from + count - 1;
    while (low < high) {
      long pivot = ranks[(low + high) >>> 1];
      int i = low;
      int j = high;
      while (i <= j) {
        while (ranks[i] < pivot) {
          i++;
        }
        while (ranks[j] > pivot) {
          j--;
        }
        if (i <= j) {
          long swapped = ranks[i];
          ranks[i++] = ranks[j];
          ranks[j--] = swapped;
        }
      }
      if (wanted <= j) {
        high = j;
      } else if (wanted >= i) {
        low = i;
      } else {
        return;
      }
    }
  }
}
