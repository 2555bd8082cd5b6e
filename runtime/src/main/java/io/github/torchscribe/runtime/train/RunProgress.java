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
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** How far a run is, and what its epochs came to. */
final class RunProgress {
  private final List<History.Epoch> done = new ArrayList<>();
  private final List<String> losses;
  private final Mean loss = new Mean();
  private final List<Mean> ofEach;
  private int step;
  private long total;

  /**
   * A run that begins.
   *
   * @param losses the names of several; empty where there is a single one
   */
  RunProgress(List<String> losses) {
    this.losses = List.copyOf(losses);
    ofEach = losses.stream().map(name -> new Mean()).toList();
  }

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
    return loss.value();
  }

  /** The same of each of several losses. */
  Map<String, Double> meanLosses() {
    Map<String, Double> means = new LinkedHashMap<>();
    for (int i = 0; i < ofEach.size(); i++) {
      means.put(losses.get(i), ofEach.get(i).value());
    }
    return means;
  }

  /**
   * The loss of which nothing counted in any step of the epoch.
   *
   * @return its name, an empty one where there is a single loss; empty where there is no such
   */
  Optional<String> withoutAny() {
    if (step == 0) {
      return Optional.empty();
    }
    if (ofEach.isEmpty()) {
      return Optional.of("").filter(single -> loss.isEmpty());
    }
    return IntStream.range(0, ofEach.size())
        .filter(i -> ofEach.get(i).isEmpty())
        .mapToObj(losses::get)
        .findFirst();
  }

  List<History.Epoch> done() {
    return done;
  }

  /** A step was done. */
  void stepDone() {
    step++;
    total++;
  }

  /**
   * What a step came to is known.
   *
   * @param whole its loss
   * @param parts each of several, by name
   */
  void lossKnown(float whole, Map<String, Float> parts) {
    loss.add(whole);
    for (int i = 0; i < ofEach.size(); i++) {
      ofEach.get(i).add(parts.get(losses.get(i)));
    }
  }

  void epochDone(History.Epoch result) {
    done.add(result);
    step = 0;
    loss.clear();
    ofEach.forEach(Mean::clear);
  }

  /** Puts all into a state; a tensor belongs to the scope. */
  void save(State state) {
    state.put("step", step);
    state.put("total", total);
    loss.save(state);
    for (int i = 0; i < ofEach.size(); i++) {
      ofEach.get(i).save(state.part("loss." + losses.get(i)));
    }
    Set<String> metrics = new LinkedHashSet<>();
    done.forEach(some -> metrics.addAll(some.metrics().keySet()));
    state.put("metrics", String.join("\n", metrics));
    int columns = columns(metrics.size());
    double[] table = new double[done.size() * columns];
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
      for (String name : losses) {
        table[at++] = some.trainLosses().get(name);
      }
    }
    long[] shape = {done.size(), columns};
    Tensor epochs = torch.empty(shape, Device.cpu().options(torch.ScalarType.Double), null);
    if (table.length > 0) { // an empty tensor has no memory
      epochs.data_ptr_double().put(table);
    }
    state.put("epochs", epochs);
  }

  /** How many numbers a row of the table of epochs has. */
  private int columns(int metrics) {
    return 2 + Evaluation.numbers(losses.size()) + metrics + losses.size();
  }

  void restore(State state) throws IOException {
    step = (int) state.whole("step");
    total = state.whole("total");
    loss.restore(state);
    for (int i = 0; i < ofEach.size(); i++) {
      ofEach.get(i).restore(state.part("loss." + losses.get(i)));
    }
    String text = state.text("metrics");
    List<String> metrics = text.isEmpty() ? List.of() : List.of(text.split("\n"));
    Tensor table = state.tensor("epochs");
    int columns = columns(metrics.size());
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
      done.add(epoch(numbers, at, metrics));
    }
  }

  private History.Epoch epoch(double[] row, int from, List<String> metrics) {
    int behind = from + 2 + Evaluation.numbers(losses.size());
    return new History.Epoch(
        done.size(),
        row[from],
        Evaluation.of(losses, row, from + 2),
        Duration.ofNanos((long) row[from + 1]),
        named(metrics, row, behind),
        named(losses, row, behind + metrics.size()));
  }

  private static Map<String, Double> named(List<String> names, double[] row, int from) {
    Map<String, Double> result = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      result.put(names.get(i), row[from + i]);
    }
    return result;
  }
}
