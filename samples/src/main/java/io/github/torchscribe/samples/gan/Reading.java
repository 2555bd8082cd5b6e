package io.github.torchscribe.samples.gan;

import io.github.torchscribe.runtime.Model;
import java.util.Arrays;
import java.util.Locale;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * What a network that reads digits says of pictures.
 *
 * @param recognised the share of pictures of which it is more than 90 % sure
 * @param digits how often each digit is among them
 * @param score exp of the mean of KL(p(digit | picture) ‖ p(digit)), the inception score with this
 *     network in Inception's place: 1 where all pictures say the same or nothing, 10 where each is
 *     certainly some digit, and all digits are there alike
 */
record Reading(double recognised, long[] digits, double score) {
  private static final int DIGITS = 10;
  private static final double SURE = 0.9;

  /**
   * Reads pictures.
   *
   * @param reader takes pixels as {@code Mnist} has them
   * @param normalized (N, 1, 28, 28)
   */
  static Reading of(Model reader, Tensor normalized) {
    int n = (int) normalized.size(0);
    float[] all = new float[n * DIGITS];
    try (PointerScope scope = new PointerScope()) {
      Tensor sure = torch.softmax(reader.forward(normalized), 1).cpu();
      scope.attach(sure);
      sure.contiguous().data_ptr_float().get(all);
    }
    return of(n, all);
  }

  /**
   * Reads what a network has said.
   *
   * @param n how many pictures
   * @param all the probabilities of the ten digits, for each of them
   */
  static Reading of(int n, float... all) {
    double[] mean = new double[DIGITS];
    long[] digits = new long[DIGITS];
    for (int i = 0; i < n; i++) {
      for (int digit = 0; digit < DIGITS; digit++) {
        double p = all[i * DIGITS + digit];
        mean[digit] += p / n;
        digits[digit] += p > SURE ? 1 : 0;
      }
    }
    double divergence = 0;
    for (int i = 0; i < all.length; i++) {
      divergence += all[i] > 0 ? all[i] * Math.log(all[i] / mean[i % DIGITS]) / n : 0;
    }
    return new Reading((double) Arrays.stream(digits).sum() / n, digits, Math.exp(divergence));
  }

  /** How often the rarest digit is there. */
  long rarest() {
    return Arrays.stream(digits).min().orElseThrow();
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%.1f %% recognised, digits %s, score %.2f of 10",
        100 * recognised,
        Arrays.toString(digits),
        score);
  }
}
