package io.github.torchscribe.runtime.engine;

import io.github.torchscribe.runtime.generated.Counted;
import io.github.torchscribe.runtime.generated.Examples;
import io.github.torchscribe.runtime.generated.StatedLoss;
import io.github.torchscribe.runtime.learner.Decision;
import io.github.torchscribe.runtime.learner.Evaluation;
import io.github.torchscribe.runtime.torch.Arena;
import io.github.torchscribe.runtime.torch.Device;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * What an evaluation comes to, batch after batch, where a GPU computes it: the numbers stay there
 * until all batches are done, and are read at once, so that nobody waits in between.
 */
final class Tally implements AutoCloseable {
  /** Of a loss and a batch: the mean, and how many decisions are right. */
  private static final int NUMBERS = 2;

  private final List<StatedLoss> losses;
  private final List<Known> batches = new ArrayList<>();
  private final Arena arena;
  private Tensor numbers;

  /** What is known of a batch without its being computed. */
  private record Known(Counted[] counted, long[] decisions, long size) {}

  /** Room for what some batches come to. */
  Tally(List<StatedLoss> losses, long batches, Device device) {
    this.losses = losses;
    long[] shape = {batches, losses.size(), NUMBERS};
    arena =
        Arena.filledBy(() -> numbers = torch.zeros(shape, device.options(torch.ScalarType.Double)));
  }

  /**
   * Room for what a batch comes to, which the scope owns that is open.
   *
   * @return (losses, 2), for the mean of each loss and how many decisions are right
   */
  Tensor next(Examples batch) {
    long[] decisions = new long[losses.size()];
    for (int i = 0; i < decisions.length; i++) {
      if (losses.get(i).decision() != Decision.NONE) {
        Tensor target = batch.targets()[i];
        Counted counted = batch.counted()[i];
        decisions[i] = counted.leavesOut() ? counted.counting() : target.numel();
      }
    }
    batches.add(new Known(batch.counted(), decisions, batch.size()));
    return numbers.select(0, batches.size() - 1);
  }

  /** All batches together; waits until they are computed. */
  Evaluation sum() {
    double[] all = new double[(int) numbers.numel()];
    PointerScope scope = new PointerScope();
    try {
      numbers.cpu().data_ptr_double().get(all);
    } finally {
      scope.close();
    }
    Evaluation sum = Evaluation.NONE;
    int from = 0;
    for (Known batch : batches) {
      int row = from;
      sum = sum.plus(of(losses, i -> batch(batch, i, row + i * NUMBERS, all)));
      from += losses.size() * NUMBERS;
    }
    return sum;
  }

  private Evaluation batch(Known batch, int loss, int from, double... all) {
    double mean = all[from];
    return Evaluation.ofBatch(
        losses.size() == 1 ? mean * losses.get(0).weight() : mean,
        batch.counted[loss].weight(),
        (long) all[from + 1],
        batch.decisions[loss],
        batch.size);
  }

  /** What a batch came to in all losses. */
  static Evaluation of(List<StatedLoss> losses, IntFunction<Evaluation> each) {
    if (losses.size() == 1) {
      return each.apply(0);
    }
    Map<String, Evaluation> parts = new LinkedHashMap<>();
    Map<String, Double> weights = new HashMap<>();
    for (int i = 0; i < losses.size(); i++) {
      parts.put(losses.get(i).name(), each.apply(i));
      weights.put(losses.get(i).name(), losses.get(i).weight());
    }
    return Evaluation.ofParts(parts, weights);
  }

  @Override
  public void close() {
    arena.close();
  }
}
