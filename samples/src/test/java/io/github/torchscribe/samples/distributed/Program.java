package io.github.torchscribe.samples.distributed;

import io.github.torchscribe.runtime.Checkpoints;
import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.Mnist;
import io.github.torchscribe.runtime.data.SentDataset;
import io.github.torchscribe.runtime.data.Subset;
import io.github.torchscribe.runtime.data.TensorDataset;
import io.github.torchscribe.runtime.distributed.Group;
import io.github.torchscribe.runtime.learner.History;
import io.github.torchscribe.runtime.log.TrainingLog;
import io.github.torchscribe.runtime.metric.Metrics;
import io.github.torchscribe.runtime.torch.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;

/**
 * What a process of a group does in tests: trains a network of this package, and writes what came
 * of it into a folder. Arguments are settings, {@code name=value}.
 */
final class Program {
  private static final Map<String, Supplier<Model>> NETWORKS =
      Map.of(
          "plain", PlainModel::create,
          "momentum", MomentumModel::create,
          "adam", AdamantModel::create,
          "decayed", DecayedModel::create,
          "drops", DropsModel::create,
          "normed", NormedModel::create,
          "weighted", WeightedModel::create,
          "recorded", RecordedModel::create,
          "synced", SyncedModel::create,
          "syncedRecorded", SyncedRecordedModel::create);

  private final Map<String, String> settings = new HashMap<>();

  private Program(String... arguments) {
    for (String argument : arguments) {
      String[] parts = argument.split("=", 2);
      settings.put(parts[0], parts[1]);
    }
  }

  /** A new model of one of the networks. */
  static Model model(String network) {
    return NETWORKS.get(network).get();
  }

  private int number(String name, int otherwise) {
    return Integer.parseInt(settings.getOrDefault(name, "" + otherwise));
  }

  public static void main(String... arguments) throws IOException {
    try (Group group = Group.fromEnvironment()) {
      new Program(arguments).train(group);
    }
  }

  private void train(Group group) throws IOException {
    Path folder = Path.of(settings.get("out"));
    List<String> losses = new ArrayList<>();
    try (Model model = model(settings.get("network"));
        Dataset all =
            settings.containsKey("sent") ? SentDataset.of(group, Mnist::train) : Mnist.train();
        Dataset train = new Subset(all, part(group, number("examples", 4000)));
        Dataset tests = Mnist.test();
        Dataset test = new Subset(tests, part(group, number("tests", 1000)))) {
      Trainer trainer =
          Trainer.of(model)
              .distributed(group)
              .shardOptimizer(settings.containsKey("shard"))
              .ownExamples(settings.containsKey("own"))
              .ownTestExamples(settings.containsKey("own"))
              .epochs(number("epochs", 2))
              .batchSize(number("batch", 100))
              .accumulate(number("accumulate", 1))
              .metric(Metrics.f1());
      trainer.log(new Losses(trainer, losses, group.rank()));
      if (settings.containsKey("clip")) {
        trainer.clipGradNorm(Double.parseDouble(settings.get("clip")));
      }
      if (settings.containsKey("begin")) {
        model.load(Path.of(settings.get("begin")));
        trainer.freeze(settings.get("freeze"));
      }
      if (group.rank() == number("warms", -1)) { // what its optimizer remembers others do not
        Trainer.of(model).epochs(1).run(test, test);
      }
      if (settings.containsKey("ema")) {
        trainer.ema(Double.parseDouble(settings.get("ema")));
      }
      if (settings.containsKey("checkpoints")) {
        Path checkpoints = Path.of(settings.get("checkpoints"));
        trainer.checkpoints(Checkpoints.in(checkpoints).everySteps(number("every", 10))).resume();
      }
      History history = trainer.run(settings.containsKey("broken") ? broken(train) : train, test);
      model.save(folder.resolve("weights-" + group.rank() + ".safetensors"));
      for (History.Epoch epoch : history.epochs()) {
        losses.add(
            epoch.trainLoss()
                + " "
                + Arrays.toString(epoch.evaluation().numbers())
                + " "
                + epoch.metrics());
      }
      losses.add("" + history.end());
      Files.write(folder.resolve("losses-" + group.rank() + ".txt"), losses);
    }
  }

  /** Which examples a rank is given: all, or three fifths and two where each has its own. */
  private long[] part(Group group, int examples) {
    int cut = examples * 3 / 5;
    boolean owns = settings.containsKey("own");
    return LongStream.range(
            owns && group.rank() == 1 ? cut : 0, owns && group.rank() == 0 ? cut : examples)
        .toArray();
  }

  /** The same with an example that is no number. */
  private static Dataset broken(Dataset some) {
    long[] all = LongStream.range(0, some.size()).toArray();
    Tensors inputs = some.inputSpecs().empty(all.length);
    Tensors targets = some.targetSpecs().empty(all.length);
    some.gather(torch.tensor(all), inputs, targets);
    Dataset copy = new TensorDataset(inputs, targets); // would refuse what is no number at once
    inputs.only().select(0, some.size() / 2).fill_(new Scalar(Double.NaN));
    return copy;
  }

  /** The loss of each step, and a rank's death where it is asked for. */
  private final class Losses implements TrainingLog {
    private final Trainer trainer;
    private final List<String> losses;
    private final int rank;
    private int steps;

    Losses(Trainer trainer, List<String> losses, int rank) {
      this.trainer = trainer;
      this.losses = losses;
      this.rank = rank;
    }

    @Override
    public boolean everyRank() {
      return true;
    }

    @Override
    public void step(Step step) {
      losses.add("" + step.loss());
      steps++;
      if (rank == number("slow", -1)) {
        LockSupport.parkNanos(60_000_000);
      }
      if (rank == number("dying", -1) && steps == number("dies", -1)) {
        Runtime.getRuntime().halt(9);
      }
      if (rank == number("stopping", -1) && steps == number("stops", -1)) {
        trainer.stop();
      }
    }
  }
}
