package io.github.torchscribe.runtime.engine;

import io.github.torchscribe.runtime.data.Batch;
import io.github.torchscribe.runtime.data.DataLoader;
import io.github.torchscribe.runtime.distributed.Group;
import io.github.torchscribe.runtime.generated.Examples;
import io.github.torchscribe.runtime.generated.StatedLoss;
import io.github.torchscribe.runtime.learner.Evaluation;
import io.github.torchscribe.runtime.metric.Metric;
import io.github.torchscribe.runtime.torch.TensorSpec;
import java.util.Iterator;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * An evaluation by the processes of a group, of which each computes some rows of every batch. The
 * batches are those of one process, and so is all that comes out.
 */
final class SharedScoring {
  /** Of a loss and a batch: the sum, what it weighs, right decisions, decisions. */
  private static final int NUMBERS = 4;

  private final Engine engine;
  private final List<StatedLoss> losses;
  private final Exchange exchange;
  private final Group group;

  SharedScoring(Engine engine, Exchange exchange) {
    this.engine = engine;
    this.exchange = exchange;
    losses = engine.network().signature().losses();
    group = exchange.group();
  }

  /**
   * Evaluates.
   *
   * @param loader is divided among the processes
   * @param metrics are told of whole batches, on each of them
   */
  Evaluation evaluate(DataLoader loader, List<Metric> metrics) {
    metrics.forEach(Metric::reset);
    int perBatch = 1 + NUMBERS * losses.size();
    int batches = Math.toIntExact(loader.batches());
    double[] numbers = new double[batches * perBatch];
    Iterator<Batch> mine = loader.iterator();
    for (int i = 0; i < batches; i++) {
      PointerScope scope = new PointerScope();
      try {
        Tensor[] outputs = metrics.isEmpty() ? null : engine.scoring().outputs(rows(loader, i));
        Examples examples = null;
        if (mine.hasNext()) {
          examples = engine.scoring().counted(mine.next(), loader);
          engine.scoring().evaluate(examples, numbers, i * perBatch, outputs);
        }
        if (outputs != null) {
          tell(loader, i, examples, metrics, outputs);
        }
      } finally {
        scope.close();
      }
    }
    exchange.sum(numbers);
    Evaluation sum = Evaluation.NONE;
    for (int at = 0; at < numbers.length; at += perBatch) {
      sum = sum.plus(batch(at, numbers));
    }
    return sum;
  }

  private int rows(DataLoader loader, int batch) {
    return loader.rows(batch, group.rank());
  }

  /** Of a batch all have written their numbers to the same places. */
  private Evaluation batch(int from, double... numbers) {
    return Tally.of(
        losses,
        i -> {
          int at = from + 1 + i * NUMBERS;
          double weight = numbers[at + 1];
          double mean = weight == 0 ? Double.NaN : numbers[at] / weight;
          return Evaluation.ofBatch(
              losses.size() == 1 ? mean * losses.get(0).weight() : mean,
              weight,
              (long) numbers[at + 2],
              (long) numbers[at + 3],
              (long) numbers[from]);
        });
  }

  /** Writes what some rows of a batch came to. */
  static void put(Pass pass, Examples batch, int losses, double[] numbers, int from) {
    numbers[from] = batch.size();
    for (int i = 0; i < losses; i++) {
      int at = from + 1 + i * NUMBERS;
      boolean counts = !batch.countsNothing(i);
      double weight = counts ? batch.counted()[i].weight() : 0;
      double mean = counts ? pass.loss(i) : 0;
      Evaluation part = pass.evaluation(i, mean);
      numbers[at] = mean * weight;
      numbers[at + 1] = weight;
      numbers[at + 2] = part.correct();
      numbers[at + 3] = part.decisions();
    }
  }

  private void tell(
      DataLoader loader, int batch, Examples mine, List<Metric> metrics, Tensor... outputs) {
    int[] rows = new int[group.size()];
    for (int rank = 0; rank < rows.length; rank++) {
      rows[rank] = loader.rows(batch, rank);
    }
    Tensor[] all = new Tensor[outputs.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = group.gatherRows(outputs[i], rows);
    }
    Tensor[] targets = new Tensor[losses.size()];
    for (int i = 0; i < targets.length; i++) {
      if (losses.get(i).targets().isPresent()) {
        TensorSpec spec = losses.get(i).targets().get();
        Tensor some = mine == null ? engine.device().copy(spec.empty(0)) : mine.targets()[i];
        targets[i] = group.gatherRows(some, rows);
      }
    }
    engine.scoring().tell(metrics, targets, all);
  }
}
