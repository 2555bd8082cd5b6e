package io.github.torchscribe.runtime.metric;

import java.util.Arrays;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/**
 * What a model made of a batch.
 *
 * @param output (N, output…), 32-bit floats
 * @param target what they should have been, as the loss takes them, also what it ignores
 * @param predicted the class of each decision that counts; empty where outputs are numbers
 * @param right what each of those should have been; empty where outputs are numbers
 * @param ignored the target that stands for what does not count; empty where all targets count
 */
public record Outcome(
    Tensor output, Tensor target, long[] predicted, long[] right, OptionalLong ignored) {
  /**
   * A batch of which everything counts.
   *
   * @param output (N, output…), 32-bit floats
   * @param target what they should have been
   * @param predicted the class of each decision
   * @param right what each should have been
   */
  public Outcome(Tensor output, Tensor target, long[] predicted, long[] right) {
    this(output, target, predicted, right, OptionalLong.empty());
  }

  /**
   * A batch of which some may not count.
   *
   * @param output (N, output…), 32-bit floats
   * @param target what they should have been
   * @param predicted the class of each decision, also of those that do not count
   * @param right what each should have been
   * @param ignored what stands there for what does not count
   * @return an outcome whose decisions are those that count
   */
  public static Outcome of(
      Tensor output, Tensor target, long[] predicted, long[] right, OptionalLong ignored) {
    if (ignored.isEmpty() || Arrays.stream(right).noneMatch(some -> some == ignored.getAsLong())) {
      return new Outcome(output, target, predicted, right, ignored);
    }
    int[] counting =
        IntStream.range(0, right.length).filter(i -> right[i] != ignored.getAsLong()).toArray();
    return new Outcome(
        output,
        target,
        Arrays.stream(counting).mapToLong(i -> predicted[i]).toArray(),
        Arrays.stream(counting).mapToLong(i -> right[i]).toArray(),
        ignored);
  }
}
