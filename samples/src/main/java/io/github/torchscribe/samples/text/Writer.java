package io.github.torchscribe.samples.text;

import io.github.torchscribe.runtime.Model;
import java.util.Arrays;
import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Writes on, a character at a time, each drawn from the probabilities that a network gives. */
final class Writer {
  private final Model model;
  private final double temperature;
  private final Random random;

  /**
   * A writer.
   *
   * @param temperature divides the scores: near 0 the likeliest is taken, above 1 all may be
   */
  Writer(Model model, double temperature, long seed) {
    this.model = model;
    this.temperature = temperature;
    this.random = new Random(seed);
  }

  /** What comes after a beginning. */
  String write(String beginning, int count) {
    long[] window = new long[Gpt.LENGTH]; // ends of lines before the beginning
    StringBuilder text = new StringBuilder();
    for (long index : Characters.indices(beginning)) {
      push(window, index);
    }
    for (int i = 0; i < count; i++) {
      long next = draw(window);
      push(window, next);
      text.append(Characters.character(next));
    }
    return text.toString();
  }

  private static void push(long[] window, long index) {
    System.arraycopy(window, 1, window, 0, window.length - 1);
    window[window.length - 1] = index;
  }

  private long draw(long... window) {
    float[] probabilities = new float[Characters.COUNT];
    try (PointerScope scope = new PointerScope()) {
      Tensor input = model.device().copy(torch.tensor(Arrays.copyOf(window, window.length)));
      scope.attach(input);
      Tensor scores = model.forward(input.unsqueeze(0)).select(1, Gpt.LENGTH - 1).flatten();
      Tensor likely = torch.softmax(scores.div(new Scalar(temperature)), 0).cpu();
      likely.data_ptr_float().get(probabilities);
    }
    double left = random.nextDouble();
    for (int i = 0; i < probabilities.length; i++) {
      left -= probabilities[i];
      if (left < 0) {
        return i;
      }
    }
    return 0;
  }
}
