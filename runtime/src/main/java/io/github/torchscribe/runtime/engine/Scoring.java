package io.github.torchscribe.runtime.engine;

import io.github.torchscribe.runtime.data.Batch;
import io.github.torchscribe.runtime.data.DataLoader;
import io.github.torchscribe.runtime.generated.Examples;
import io.github.torchscribe.runtime.generated.Network;
import io.github.torchscribe.runtime.generated.StatedLoss;
import io.github.torchscribe.runtime.learner.Decision;
import io.github.torchscribe.runtime.learner.Evaluation;
import io.github.torchscribe.runtime.metric.Metric;
import io.github.torchscribe.runtime.metric.Outcome;
import io.github.torchscribe.runtime.torch.Arena;
import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Longs;
import io.github.torchscribe.runtime.torch.Tensors;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The network as it is, without training it: outputs, classes, loss and metrics. */
public final class Scoring {
  private final Engine engine;
  private final Network network;
  private final BatchCheck check;
  private final Pass pass;
  private final RecordedEvaluations recorded;

  Scoring(Engine engine, BatchCheck check) {
    this.engine = engine;
    this.check = check;
    network = engine.network();
    pass = new Pass(engine, false);
    recorded = new RecordedEvaluations(engine);
  }

  /** The outputs for a batch, by name: tensors of the caller's. */
  public Tensors forward(Tensors inputs) {
    Examples batch = check.inputs(inputs);
    Tensor[] results = outputs(batch.size());
    engine.look(
        "forward pass",
        () -> {
          pass.begin(batch);
          pass.run(List.of(share -> share.infer(results)));
          return null;
        });
    List<Tensor> given = Arrays.stream(results).map(Arena::given).toList();
    return Tensors.of(network.signature().outputNames(), given);
  }

  /** The classes of a batch, where there is one output. */
  public long[] predictAlone(Tensors inputs) {
    PointerScope scope = new PointerScope();
    try {
      return Longs.of(network.signature().decision().classes(forward(inputs).only()));
    } finally {
      scope.close();
    }
  }

  /** The classes of a batch, by each loss that takes some; an only one has no name. */
  public Map<String, long[]> predict(Tensors inputs) {
    network.signature().requireLossOfItsOwn();
    List<StatedLoss> losses = network.signature().losses();
    Map<String, long[]> all = new LinkedHashMap<>();
    PointerScope scope = new PointerScope();
    try {
      Tensors outputs = forward(inputs);
      for (int i = 0; i < losses.size(); i++) {
        Decision decision = losses.get(i).decision();
        if (decision != Decision.NONE) {
          Tensor output = outputs.get(network.signature().outputOf(i));
          all.put(
              losses.size() == 1 ? "" : losses.get(i).name(), Longs.of(decision.classes(output)));
        }
      }
      return all;
    } finally {
      scope.close();
    }
  }

  /** What counts of a batch's targets. */
  public Examples counted(Batch batch) {
    return check.batch(batch);
  }

  /** Losses, accuracy and more over one epoch of a loader. */
  public Evaluation evaluate(DataLoader loader, List<Metric> metrics) {
    network.signature().requireLossOfItsOwn();
    // A metric reads each batch.
    boolean isUnread = engine.device().type() != Device.Type.CPU || recorded.arePossible();
    return metrics.isEmpty() && isUnread
        ? evaluateUnread(loader)
        : evaluateReading(loader, metrics);
  }

  /** The same by the processes of a group, among which the loader's batches are divided. */
  public Evaluation evaluate(DataLoader loader, List<Metric> metrics, Exchange exchange) {
    return new SharedScoring(engine, exchange).evaluate(loader, metrics);
  }

  private Evaluation evaluateReading(DataLoader loader, List<Metric> metrics) {
    metrics.forEach(Metric::reset);
    Evaluation sum = Evaluation.NONE;
    for (Batch batch : loader) {
      Examples examples = counted(batch, loader);
      PointerScope scope = new PointerScope();
      try {
        Tensor[] outputs = metrics.isEmpty() ? null : outputs(batch.size());
        sum = sum.plus(evaluate(examples, outputs));
        if (outputs != null) {
          tell(metrics, examples.targets(), outputs);
        }
      } finally {
        scope.close();
      }
    }
    return sum;
  }

  /** The same where nothing is read until all batches are done; batches are not divided. */
  public Evaluation evaluateUnread(DataLoader loader) {
    try (Tally tally = new Tally(network.signature().losses(), loader.batches(), engine.device())) {
      for (Batch batch : loader) {
        boolean isWritten = recorded.known(batch.size()).isPresent();
        Examples checked = isWritten ? null : counted(batch, loader);
        engine.look(
            "evaluation",
            () -> {
              Examples examples = isWritten ? written(batch, loader) : checked;
              evaluate(examples, tally.next(examples));
              return null;
            });
      }
      return tally.sum();
    }
  }

  /** A batch's tensors: where those of its size are replayed it is written to where that reads. */
  private Examples written(Batch batch, DataLoader loader) {
    Optional<RecordedEvaluation> known = recorded.known(batch.size());
    try {
      return known.isPresent()
          ? known.get().place().write(batch, check, network.signature())
          : counted(batch);
    } catch (WrongExample e) {
      throw e.of("test", loader::example);
    }
  }

  private void evaluate(Examples batch, Tensor numbers) {
    Optional<RecordedEvaluation> replayed = recorded.of(batch, numbers);
    if (replayed.isPresent()) {
      try {
        replayed.get().run(batch, numbers);
      } catch (NoRoom e) {
        recorded.giveWay(); // a smaller batch needs the memory
        throw e;
      }
      return;
    }
    begin(batch);
    pass.run(List.of(share -> share.evaluateInto(numbers)));
  }

  private void begin(Examples batch) {
    try {
      pass.begin(batch);
    } catch (NoRoom e) {
      if (!recorded.giveWay()) {
        throw e;
      }
      pass.begin(batch);
    }
  }

  /**
   * Frees what evaluations are replayed by, for what has no room beside it.
   *
   * @return whether there was something
   */
  boolean giveWay() {
    return recorded.giveWay();
  }

  /**
   * What counts of a batch's targets; of a wrong one it is said which example of the data it is.
   */
  Examples counted(Batch batch, DataLoader loader) {
    try {
      return counted(batch);
    } catch (WrongExample e) {
      throw e.of("test", loader::example);
    }
  }

  private Evaluation evaluate(Examples batch, Tensor... results) {
    return engine.look(
        "evaluation",
        () -> {
          pass.begin(batch);
          pass.run(List.of(share -> share.evaluate(results)));
          return evaluation();
        });
  }

  /** Writes what some rows of a batch came to. */
  void evaluate(Examples rows, double[] numbers, int from, Tensor... results) {
    engine.look(
        "evaluation",
        () -> {
          pass.begin(rows);
          pass.run(List.of(share -> share.evaluate(results)));
          int losses = network.signature().losses().size();
          SharedScoring.put(pass, rows, losses, numbers, from);
          return null;
        });
  }

  private Evaluation evaluation() {
    List<StatedLoss> losses = network.signature().losses();
    boolean alone = losses.size() == 1;
    return Tally.of(losses, i -> pass.evaluation(i, alone ? pass.loss() : pass.loss(i)));
  }

  /** Tells metrics of a batch. */
  void tell(List<Metric> metrics, Tensor[] targets, Tensor... outputs) {
    List<String> names = network.signature().namedLosses();
    Map<String, Outcome> outcomes = new HashMap<>();
    for (Metric metric : metrics) {
      int loss = Math.max(0, names.indexOf(metric.output()));
      metric.update(
          outcomes.computeIfAbsent(metric.output(), name -> outcome(loss, targets, outputs)));
    }
  }

  /** What became of the value that a loss reads. */
  private Outcome outcome(int loss, Tensor[] targets, Tensor... outputs) {
    StatedLoss stated = network.signature().losses().get(loss);
    Tensor output = outputs[network.signature().outputOf(loss)];
    Tensor target = targets[loss];
    return stated.decision() == Decision.NONE
        ? new Outcome(output, target, new long[0], new long[0])
        : Outcome.of(
            output,
            target,
            Longs.of(stated.decision().classes(output)),
            Longs.of(stated.decision().right(target)),
            stated.ignored());
  }

  /** Room for the outputs of so many examples. */
  Tensor[] outputs(long n) {
    try {
      return network.signature().outputs().stream()
          .map(
              output ->
                  torch.empty(
                      output.batch(n), engine.device().options(torch.ScalarType.Float), null))
          .toArray(Tensor[]::new);
    } catch (RuntimeException e) {
      throw engine.readable("forward pass", pass.noRoom(e, n, 0));
    }
  }

  void freeBuffers() {
    recorded.close();
    pass.close();
  }
}
