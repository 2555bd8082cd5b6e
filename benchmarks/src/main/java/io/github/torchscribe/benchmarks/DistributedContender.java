package io.github.torchscribe.benchmarks;

import io.github.torchscribe.benchmarks.common.Block;
import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Batch;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.Subset;
import io.github.torchscribe.runtime.data.TensorDataset;
import io.github.torchscribe.runtime.distributed.Group;
import io.github.torchscribe.runtime.log.TrainingLog;
import io.github.torchscribe.runtime.torch.Threads;
import java.io.IOException;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A rank of a group, or a process without one, that does as many steps as each line of its input
 * says: {@code benchmarks/pytorch/distributed.py} is the same with DDP, and has the protocol.
 *
 * <p>Arguments: a workload, of whose batch each rank has its part, or {@code all-reduce-N} for a
 * sum of N numbers; {@code group}, {@code sharded} for one that divides the optimizer's state, or
 * {@code alone}.
 */
public final class DistributedContender {
  private static final int BATCHES = 100;
  private static final String ALL_REDUCE = "all-reduce-";

  private DistributedContender() {}

  /**
   * Runs the benchmark.
   *
   * @param args see above
   * @throws IOException when the process' memory cannot be read
   */
  public static void main(String[] args) throws IOException {
    Threads.set(1);
    if (args[1].equals("alone")) {
      train(args[0], null, false);
      return;
    }
    try (Group group = Group.fromEnvironment()) {
      if (args[0].startsWith(ALL_REDUCE)) {
        Block.serveCounted(sum(group, Long.parseLong(args[0].substring(ALL_REDUCE.length()))));
      } else {
        train(args[0], group, args[1].equals("sharded"));
      }
    }
  }

  private static DoubleSupplier sum(Group group, long size) {
    Tensor numbers = torch.ones(size);
    return () -> {
      group.sum(numbers);
      float first = numbers.data_ptr_float().get();
      if (first > 1) {
        numbers.zero_(); // with the first sums all has been seen of it
      }
      return first;
    };
  }

  private static void train(String name, Group group, boolean sharded) throws IOException {
    Workload workload = Workload.of(name);
    Block.Counted counted = new Block.Counted();
    try (Model model = workload.create("generated");
        Dataset data = joined(workload.batches());
        Dataset few = new Subset(data, new long[] {0, 1})) {
      Trainer trainer =
          Trainer.of(model)
              .epochs(Integer.MAX_VALUE)
              .batchSize(Block.batch(name) / (group == null ? 1 : group.size()))
              .shuffle(false);
      if (group != null) {
        trainer.distributed(group).shardOptimizer(sharded);
      }
      trainer.log(new Gate(counted, trainer)).run(data, few);
    }
    counted.end();
  }

  /** The first batches, so that it is not the data that take most of the memory. */
  private static Dataset joined(List<Batch> batches) {
    List<Batch> first = batches.subList(0, Math.min(BATCHES, batches.size()));
    Tensor[] inputs = first.stream().map(Batch::inputs).toArray(Tensor[]::new);
    Tensor[] targets = first.stream().map(Batch::targets).toArray(Tensor[]::new);
    Dataset all = new TensorDataset(Workload.joined(inputs), Workload.joined(targets));
    batches.forEach(
        batch -> {
          batch.inputs().deallocate();
          batch.targets().deallocate();
        });
    return all;
  }

  /** Lets a run's steps through, as many as were asked for. */
  private static final class Gate implements TrainingLog {
    private final Block.Counted counted;
    private final Trainer trainer;

    Gate(Block.Counted counted, Trainer trainer) {
      this.counted = counted;
      this.trainer = trainer;
    }

    @Override
    public boolean everyRank() {
      return true;
    }

    @Override
    public void step(Step step) {
      if (!counted.step(step.loss())) {
        trainer.stop();
      }
    }
  }
}
