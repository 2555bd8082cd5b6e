package io.github.torchscribe.runtime.learner;

import io.github.torchscribe.runtime.data.Batch;
import io.github.torchscribe.runtime.data.DataLoader;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.torch.Longs;
import io.github.torchscribe.runtime.torch.TensorSpec;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * What a learner takes examples for, and what they are. Where a network gives several outputs that
 * each decide, there are as many decisions for each example.
 *
 * @param predicted the class of each decision
 * @param right what it should be; -1 where that does not count
 * @param classes how many classes there are
 */
public record Predictions(long[] predicted, long[] right, int classes) {
  private static final int YES_AND_NO = 2;

  private static final long NOTHING = -1;

  /**
   * Goes through a dataset.
   *
   * @param learner decides
   * @param data in its own order
   * @param batchSize examples at a time
   * @return all decisions
   */
  public static Predictions of(Learner learner, Dataset data, int batchSize) {
    boolean classes = data.targets().areIndices();
    TensorSpec targets = data.targets();
    if (classes && learner.ignored().isPresent()) {
      targets = targets.ignoring(learner.ignored().getAsLong());
    }
    Decision decision = classes ? Decision.ARGMAX : Decision.LOGIT_ABOVE_ZERO;
    long[][] predicted = new long[(int) ((data.size() + batchSize - 1) / batchSize)][];
    long[][] right = new long[predicted.length][];
    int i = 0;
    try (DataLoader loader = DataLoader.sequential(data, batchSize, null, learner.device())) {
      for (Batch batch : loader) {
        predicted[i] = learner.predict(batch.inputs());
        right[i] = longs(decision, batch.targets());
        if (classes) {
          leaveOut(targets.ignored(), right[i]);
        }
        i++;
      }
    }
    return new Predictions(
        joined(predicted), joined(right), classes ? (int) targets.count() : YES_AND_NO);
  }

  private static void leaveOut(OptionalLong ignored, long... right) {
    for (int i = 0; i < right.length && ignored.isPresent(); i++) {
      if (right[i] == ignored.getAsLong()) {
        right[i] = NOTHING;
      }
    }
  }

  /**
   * How many decisions count.
   *
   * @return at most as many as there are
   */
  public int counting() {
    return (int) Arrays.stream(right).filter(some -> some != NOTHING).count();
  }

  /**
   * Which decisions are wrong.
   *
   * @return indices, ascending
   */
  public int[] wrong() {
    return IntStream.range(0, right.length).filter(this::isWrong).toArray();
  }

  /**
   * Whether a decision counts and is wrong.
   *
   * @param index from 0
   * @return true where it should be another
   */
  public boolean isWrong(int index) {
    return right[index] != NOTHING && predicted[index] != right[index];
  }

  /**
   * How often each class was taken for each.
   *
   * @return counts: a row for each right class, in it a count for each predicted one
   */
  public long[][] confusion() {
    long largest = Math.max(classes - 1L, Arrays.stream(predicted).max().orElse(0));
    long[][] counts = new long[(int) largest + 1][(int) largest + 1];
    for (int i = 0; i < right.length; i++) {
      if (right[i] != NOTHING) {
        counts[(int) right[i]][(int) predicted[i]]++;
      }
    }
    return counts;
  }

  private static long[] longs(Decision decision, Tensor targets) {
    PointerScope scope = new PointerScope();
    try {
      return Longs.of(decision.right(targets));
    } finally {
      scope.close();
    }
  }

  private static long[] joined(long[][] parts) {
    return Arrays.stream(parts).flatMapToLong(Arrays::stream).toArray();
  }
}
