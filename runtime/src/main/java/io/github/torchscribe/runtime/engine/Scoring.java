package io.github.torchscribe.runtime.engine;

import io.github.torchscribe.runtime.data.Batch;
import io.github.torchscribe.runtime.data.DataLoader;
import io.github.torchscribe.runtime.generated.Counted;
import io.github.torchscribe.runtime.generated.Network;
import io.github.torchscribe.runtime.learner.Decision;
import io.github.torchscribe.runtime.learner.Evaluation;
import io.github.torchscribe.runtime.metric.Metric;
import io.github.torchscribe.runtime.metric.Outcome;
import io.github.torchscribe.runtime.torch.Arena;
import io.github.torchscribe.runtime.torch.Longs;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The network as it is, without training it: outputs, classes, loss and metrics. */
public final class Scoring {
  private final Engine engine;
  private final Network network;
  private final BatchCheck check;
  private final Pass pass;

  Scoring(Engine engine, BatchCheck check) {
    this.engine = engine;
    this.check = check;
    network = engine.network();
    pass = new Pass(engine, false);
  }

  /** The output for a batch: a tensor of the caller's. */
  public Tensor forward(Tensor input) {
    check.input(input);
    Tensor result = output(input.size(0));
    engine.run(
        "forward pass",
        () -> {
          pass.begin(input, null, Counted.examples(input.size(0)));
          pass.run(List.of(share -> share.infer(result)));
          return null;
        });
    return Arena.given(result);
  }

  /** The classes of a batch. */
  public long[] predict(Tensor input) {
    PointerScope scope = new PointerScope();
    try {
      return Longs.of(network.decision().classes(forward(input)));
    } finally {
      scope.close();
    }
  }

  /** What counts of a batch's targets. */
  public Counted counted(Tensor input, Tensor target) {
    return check.batch(input, target);
  }

  /** Loss, accuracy and more over one epoch of a loader. */
  public Evaluation evaluate(DataLoader loader, List<Metric> metrics) {
    metrics.forEach(Metric::reset);
    Evaluation sum = Evaluation.NONE;
    for (Batch batch : loader) {
      Counted counted = check.batch(batch.inputs(), batch.targets());
      PointerScope scope = new PointerScope();
      try {
        Tensor output = metrics.isEmpty() ? null : output(batch.size());
        sum = sum.plus(evaluate(batch, counted, output));
        if (output != null) {
          Outcome outcome = outcome(output, batch.targets());
          metrics.forEach(metric -> metric.update(outcome));
        }
      } finally {
        scope.close();
      }
    }
    return sum;
  }

  private Evaluation evaluate(Batch batch, Counted counted, Tensor result) {
    return engine.run(
        "evaluation",
        () -> {
          pass.begin(batch.inputs(), batch.targets(), counted);
          pass.run(List.of(share -> share.evaluate(result)));
          return pass.evaluation();
        });
  }

  private Outcome outcome(Tensor output, Tensor target) {
    Decision decision = network.decision();
    return decision == Decision.NONE
        ? new Outcome(output, target, new long[0], new long[0])
        : Outcome.of(
            output,
            target,
            Longs.of(decision.classes(output)),
            Longs.of(decision.right(target)),
            network.ignored());
  }

  private Tensor output(long n) {
    return torch.empty(
        network.batchOutput(n), engine.device().options(torch.ScalarType.Float), null);
  }

  void freeBuffers() {
    pass.close();
  }
}
