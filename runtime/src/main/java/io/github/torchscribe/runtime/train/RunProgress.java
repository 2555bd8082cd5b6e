package io.github.torchscribe.runtime.train;

import io.github.torchscribe.runtime.file.State;
import io.github.torchscribe.runtime.learner.Evaluation;
import io.github.torchscribe.runtime.learner.History;
import io.github.torchscribe.runtime.torch.Device;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** How far a run is, and what its epochs came to. */
final class RunProgress {
  /** What each row of the table of epochs holds before the metrics. */
  private static final int FIXED = 2 + Evaluation.NUMBERS;

  private final List<History.Epoch> done = new ArrayList<>();
  private int step;
  private int measured;
  private double sum;
  private long total;

  /** The epoch that is going on, counted from 0. */
  int epoch() {
    return done.size();
  }

  /** How many steps of the epoch are done. */
  int step() {
    return step;
  }

  /** How many steps are done in all. */
  long total() {
    return total;
  }

  /** The mean loss of the epoch's steps; NaN where none has one. */
  double meanLoss() {
    return sum / measured;
  }

  /** Whether there were steps of the epoch, and nothing counted in any. */
  boolean hasNoLoss() {
    return step > 0 && measured == 0;
  }

  List<History.Epoch> done() {
    return done;
  }

  void stepDone(float loss) {
    sum += loss;
    measured++;
    stepDoneWithoutLoss();
  }

  void stepDoneWithoutLoss() {
    step++;
    total++;
  }

  void epochDone(History.Epoch result) {
    done.add(result);
    step = 0;
    measured = 0;
    sum = 0;
  }

  /** Puts all into a state; a tensor belongs to the scope. */
  void save(State state) {
    state.put("step", step);
    state.put("measured", measured);
    state.put("sum", sum);
    state.put("total", total);
    Set<String> metrics = new LinkedHashSet<>();
    done.forEach(some -> metrics.addAll(some.metrics().keySet()));
    state.put("metrics", String.join("\n", metrics));
    double[] table = new double[done.size() * (FIXED + metrics.size())];
    int at = 0;
    for (History.Epoch some : done) {
      table[at++] = some.trainLoss();
      table[at++] = some.trainTime().toNanos();
      for (double number : some.evaluation().numbers()) {
        table[at++] = number;
      }
      for (String metric : metrics) {
        table[at++] = some.metrics().getOrDefault(metric, Double.NaN);
      }
    }
    long[] shape = {done.size(), FIXED + metrics.size()};
    Tensor epochs = torch.empty(shape, Device.cpu().options(torch.ScalarType.Double), null);
    if (table.length > 0) { // an empty tensor has no memory
      epochs.data_ptr_double().put(table);
    }
    state.put("epochs", epochs);
  }

  void restore(State state) throws IOException {
    step = (int) state.whole("step");
    measured = (int) state.whole("measured");
    sum = state.number("sum");
    total = state.whole("total");
    String text = state.text("metrics");
    List<String> metrics = text.isEmpty() ? List.of() : List.of(text.split("\n"));
    Tensor table = state.tensor("epochs");
    int columns = FIXED + metrics.size();
    if (table.dim() != 2
        || table.size(1) != columns
        || table.scalar_type().intern() != torch.ScalarType.Double) {
      throw new IOException("its epochs are no table of " + columns + " columns");
    }
    double[] numbers = new double[(int) table.numel()];
    if (numbers.length > 0) {
      table.data_ptr_double().get(numbers);
    }
    for (int at = 0; at < numbers.length; at += columns) {
      Map<String, Double> measured = new LinkedHashMap<>();
      for (int i = 0; i < metrics.size(); i++) {
        measured.put(metrics.get(i), numbers[at + FIXED + i]);
      }
      done.add(
          new History.Epoch(
              done.size(),
              numbers[at],
              Evaluation.of(numbers, at + 2),
              Duration.ofNanos((long) numbers[at + 1]),
              measured));
    }
  }
}
