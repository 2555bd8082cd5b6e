package io.github.torchscribe.samples.distributed;

import io.github.torchscribe.runtime.Checkpoints;
import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.Subset;
import io.github.torchscribe.runtime.data.TensorDataset;
import io.github.torchscribe.runtime.distributed.Group;
import io.github.torchscribe.runtime.learner.History;
import io.github.torchscribe.runtime.log.TrainingLog;
import io.github.torchscribe.runtime.torch.TensorSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A rank that something befalls: trains, says each step, and in the end writes its weights. What is
 * special about the one that is {@code odd} is said by its settings, {@code name=value}.
 */
final class Member {
  private static final Map<String, Supplier<Model>> NETWORKS =
      Map.of(
          "hardy", HardyModel::create,
          "otherwise", HardyOtherwiseModel::create,
          "wide", HardyWideModel::create);

  private final Map<String, String> settings = new HashMap<>();
  private final Group group;

  private Member(Group group, String... settings) {
    this.group = group;
    String odd = "odd" + group.rank() + ".";
    for (String setting : settings) {
      String[] parts = setting.split("=", 2);
      this.settings.putIfAbsent(parts[0], parts[1]);
      if (parts[0].startsWith(odd)) {
        this.settings.put(parts[0].substring(odd.length()), parts[1]);
      }
    }
  }

  /**
   * Trains in the group that the process was started for.
   *
   * @param settings of the run
   */
  public static void main(String[] settings) {
    // A log that has been written to is closed when the process ends, beside what is said then.
    System.getLogger("some").log(System.Logger.Level.INFO, "the log is open");
    String attempt = System.getenv().getOrDefault("TORCHELASTIC_RESTART_COUNT", "0");
    System.out.println("attempt " + attempt + " pid " + ProcessHandle.current().pid());
    try (Group group = Group.fromEnvironment()) {
      System.out.println("the group has met");
      new Member(group, settings).train();
    }
  }

  /**
   * Trains as settings say.
   *
   * @param group to train in
   * @param settings in which later ones of {@code odd1} replace those of all on rank 1
   * @return how it ended
   */
  static History.End train(Group group, String... settings) {
    return new Member(group, settings).train();
  }

  private boolean has(String name) {
    return settings.containsKey(name);
  }

  private int number(String name, int otherwise) {
    return Integer.parseInt(settings.getOrDefault(name, "" + otherwise));
  }

  private History.End train() {
    try (PointerScope scope = new PointerScope();
        Model model = NETWORKS.get(settings.getOrDefault("network", "hardy")).get()) {
      int examples = number("examples", 4000);
      torch.manual_seed(number("data", 1));
      Tensor inputs = torch.randn(examples, 2);
      scope.attach(inputs);
      Tensor targets = torch.zeros(examples).to(torch.ScalarType.Long);
      scope.attach(targets);
      Dataset whole = new TensorDataset(inputs, targets);
      long[] part = LongStream.range(0, number("part", examples)).toArray();
      Dataset train = has("part") ? new Subset(whole, part) : whole;
      Dataset data = has("trouble") ? new Troubled(train, settings.get("trouble")) : train;
      Trainer trainer =
          Trainer.of(model)
              .distributed(group)
              .ownExamples(has("own"))
              .batchSize(number("batch", 20))
              .epochs(number("epochs", 1))
              .log(new Steps());
      if (has("stops")) {
        trainer.stopOnSignal();
      }
      if (has("folder")) {
        Checkpoints checkpoints = Checkpoints.in(Path.of(settings.get("folder")));
        trainer.checkpoints(checkpoints.everySteps(number("every", 10))).resume();
      }
      if (has("grumbles")) {
        trainer.log(new Grumbling(settings.get("grumbles").equals("every")));
      }
      History history = trainer.run(data, whole);
      System.out.println("the run's end: " + history.end());
      if (has("weights") && history.end() == History.End.COMPLETE) {
        model.save(Path.of(settings.get("weights"), "rank" + group.rank() + ".safetensors"));
      }
      return history.end();
    }
  }

  /** Says each step, and takes its time. */
  private final class Steps implements TrainingLog {
    private final int pause = number("pause", 0);

    @Override
    public boolean everyRank() {
      return true;
    }

    @Override
    public void step(Step step) {
      System.out.println("step " + step.number());
      try {
        Thread.sleep(pause);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Fails whenever it is told something. */
  private record Grumbling(boolean everyRank) implements TrainingLog {
    @Override
    public void step(Step step) {
      throw new IllegalStateException("no room for step " + step.number());
    }
  }

  /** Data that are not there, or cannot be read after some batches, or are no numbers then. */
  private static final class Troubled implements Dataset {
    private static final int AFTER = 3;

    private final Dataset whole;
    private final String trouble;
    private int batches;

    Troubled(Dataset whole, String trouble) {
      this.whole = whole;
      this.trouble = trouble;
    }

    @Override
    public long size() {
      return trouble.equals("missing") ? 0 : whole.size();
    }

    @Override
    public TensorSpec inputs() {
      return whole.inputs();
    }

    @Override
    public TensorSpec targets() {
      return whole.targets();
    }

    @Override
    public void gather(Tensor indices, Tensor inputs, Tensor targets) {
      whole.gather(indices, inputs, targets);
      boolean now = batches++ == AFTER;
      if (now && trouble.equals("nan")) {
        inputs.fill_(new Scalar(Double.NaN));
      } else if (now && trouble.equals("unreadable")) {
        throw new UncheckedIOException(new IOException("part-7.bin: Input/output error"));
      }
    }

    @Override
    public void close() {
      // the whole is another's
    }
  }
}
