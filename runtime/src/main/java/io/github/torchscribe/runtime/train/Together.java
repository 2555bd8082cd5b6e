package io.github.torchscribe.runtime.train;

import io.github.torchscribe.runtime.data.DataLoader;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.distributed.Group;
import io.github.torchscribe.runtime.engine.Engine;
import io.github.torchscribe.runtime.engine.EngineState;
import io.github.torchscribe.runtime.engine.Exchange;
import io.github.torchscribe.runtime.metric.Metric;
import io.github.torchscribe.runtime.torch.Threads;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/** What the processes of a group settle before they train: that they do the same, and how much. */
final class Together implements AutoCloseable {
  private final RunPlan asked;
  private final Group group;
  private final RunPlan.Shared shared;
  private final List<String> ranks;
  private final long[] sizes;
  private final long[] testSizes;
  private Exchange exchange;

  /** Finds out what each has. */
  Together(RunPlan asked, RunPlan.Shared shared, Engine engine, Dataset train, Dataset test) {
    this.asked = asked;
    this.shared = shared;
    group = shared.group();
    sizes = ofAll(train.size());
    testSizes = ofAll(test.size());
    for (int rank = 0; rank < sizes.length; rank++) {
      if (sizes[rank] < 1) {
        throw new IllegalArgumentException(
            "the training data of rank " + rank + " have no example");
      }
    }
    ranks = group.texts(self(engine));
  }

  /** What each has, by rank. */
  private long[] ofAll(long mine) {
    return group.texts("" + mine).stream().mapToLong(text -> Long.parseLong(text)).toArray();
  }

  private String self(Engine engine) {
    int threads = Threads.count();
    return String.format(
        Locale.ROOT,
        "rank %d of %d: %s, process %d, %s, %d thread%s",
        group.rank(),
        group.size(),
        host(),
        ProcessHandle.current().pid(),
        engine.device(),
        threads,
        threads == 1 ? "" : "s");
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "a host without a name";
    }
  }

  /** Where each rank runs, a line for each. */
  List<String> ranks() {
    return ranks;
  }

  /** How many examples all learn from in an epoch: of smaller parts some come again. */
  long examples() {
    return shared.ownExamples() ? largest() * sizes.length : sizes[0];
  }

  /** How many examples there are to learn from, whoever has them. */
  long trainExamples() {
    return shared.ownExamples() ? LongStream.of(sizes).sum() : sizes[0];
  }

  /** How many examples all are evaluated on. */
  long testExamples() {
    return shared.ownTestExamples() ? LongStream.of(testSizes).sum() : testSizes[0];
  }

  /** The size of the largest part. */
  long largest() {
    return LongStream.of(sizes).max().orElseThrow();
  }

  Group group() {
    return group;
  }

  /** Gives a loader of training data what this process has of each epoch. */
  void divideTraining(DataLoader train) {
    if (shared.ownExamples()) {
      train.repeatedTo(largest(), group);
    } else {
      train.distributed(group);
    }
  }

  /** Gives a loader of test data what this process has of each batch. */
  void divideTest(DataLoader test) {
    if (shared.ownTestExamples()) {
      test.ofParts(group, testSizes);
    } else {
      test.dividedAmong(group);
    }
  }

  /** How many test examples a batch has, of those that this process has or divides. */
  int testBatchSize() {
    int each = asked.batches().size();
    return shared.ownTestExamples() ? each : each * group.size();
  }

  /** Refuses to go on unless all are about to do the same. */
  void agree(RunState identity, Engine engine) {
    List<String> lines = new ArrayList<>(identity.lines());
    lines.add("batch size of a rank " + asked.batches().size());
    if (!shared.ownExamples()) {
      // as the identity has it of one rank
      lines.add("training examples " + sizes[group.rank()]);
    }
    if (!shared.ownTestExamples()) {
      lines.add("test examples " + testSizes[group.rank()]);
    }
    lines.add("own examples " + shared.ownExamples() + ", of tests " + shared.ownTestExamples());
    lines.add("shard optimizer " + shared.dividesOptimizer());
    lines.add("epochs " + asked.batches().epochs());
    lines.add("clipping " + asked.gradients().maxNorm() + " " + asked.gradients().maxValue());
    lines.add("patience " + asked.limits().patience());
    lines.add("metrics " + asked.metrics().stream().map(Metric::name).toList());
    lines.add("checkpoints " + asked.saving().map(some -> "every " + some.everySteps() + " steps"));
    lines.add("resume " + asked.saving().map(RunPlan.Saving::resumes).orElse(false));
    if (engine.network().training().seed().isPresent()) { // else it is rank 0's
      lines.add("seed " + engine.randomness().seed());
    }
    lines.add(
        "what the optimizer remembers of earlier runs: "
            + new EngineState(engine).optimizerDigest());
    group.requireSame(lines);
  }

  /** From now on the engine trains with the others. */
  Exchange exchange(Engine engine) {
    exchange = new Exchange(engine, group);
    if (shared.dividesOptimizer()) {
      exchange.divideOptimizer();
    }
    return exchange;
  }

  @Override
  public void close() {
    if (exchange != null) {
      exchange.close();
    }
  }
}
