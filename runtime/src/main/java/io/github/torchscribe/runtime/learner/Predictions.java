package io.github.torchscribe.runtime.learner;

import io.github.torchscribe.runtime.data.Batch;
import io.github.torchscribe.runtime.data.DataLoader;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.torch.Longs;
import io.github.torchscribe.runtime.torch.TensorSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
   * @param learner decides, for a single loss
   * @param data in its own order
   * @param batchSize examples at a time
   * @return all decisions
   */
  public static Predictions of(Learner learner, Dataset data, int batchSize) {
    return of(learner, data, batchSize, List.of("")).get("");
  }

  /**
   * Goes through a dataset, once for all outputs.
   *
   * @param learner decides
   * @param data in its own order
   * @param batchSize examples at a time
   * @return all decisions of each output that decides and has a loss, by its name; where there is a
   *     single loss by an empty one
   */
  public static Map<String, Predictions> ofEach(Learner learner, Dataset data, int batchSize) {
    List<String> outputs = learner.deciding();
    return outputs.isEmpty() ? Map.of() : of(learner, data, batchSize, outputs);
  }

  private static Map<String, Predictions> of(
      Learner learner, Dataset data, int batchSize, List<String> outputs) {
    Map<String, Growing> growing = new LinkedHashMap<>();
    outputs.forEach(output -> growing.put(output, new Growing(learner, data, output)));
    try (DataLoader loader = DataLoader.sequential(data, batchSize, null, learner.device())) {
      for (Batch batch : loader.resident(false)) { // which is gone through once
        Map<String, long[]> predicted = learner.predict(batch.allInputs());
        growing.forEach((output, some) -> some.add(predicted.get(output), batch));
      }
    }
    Map<String, Predictions> all = new LinkedHashMap<>();
    growing.forEach((output, some) -> all.put(output, some.all()));
    return all;
  }

  /** The decisions of one output, batch after batch. */
  private static final class Growing {
    private final String output;
    private final TensorSpec targets;
    private final List<long[]> predicted = new ArrayList<>();
    private final List<long[]> right = new ArrayList<>();

    Growing(Learner learner, Dataset data, String output) {
      this.output = output;
      TensorSpec plain = output.isEmpty() ? data.targets() : data.targetSpecs().get(output);
      OptionalLong ignored = output.isEmpty() ? learner.ignored() : learner.ignored(output);
      targets =
          plain.areIndices() && ignored.isPresent() ? plain.ignoring(ignored.getAsLong()) : plain;
    }

    void add(long[] some, Batch batch) {
      boolean classes = targets.areIndices();
      Decision decision = classes ? Decision.ARGMAX : Decision.LOGIT_ABOVE_ZERO;
      long[] now = longs(decision, output.isEmpty() ? batch.targets() : batch.target(output));
      if (classes) {
        leaveOut(targets.ignored(), now);
      }
      predicted.add(some);
      right.add(now);
    }

    Predictions all() {
      int classes = targets.areIndices() ? (int) targets.count() : YES_AND_NO;
      return new Predictions(joined(predicted), joined(right), classes);
    }
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

  private static long[] joined(List<long[]> parts) {
    return parts.stream().flatMapToLong(Arrays::stream).toArray();
  }
}
