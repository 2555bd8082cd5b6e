package io.github.torchscribe.samples.mnist;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.Mnist;
import io.github.torchscribe.runtime.data.Subset;
import io.github.torchscribe.runtime.torch.Threads;
import io.github.torchscribe.samples.Wrapped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who brings a batch together while a network is trained. */
class GatheringTest {
  private final int before = Threads.count();

  @AfterEach
  void restore() {
    Threads.set(before);
  }

  @Test
  void eachWorkerGathersItsRows() {
    Threads.set(2);
    Map<String, Long> rows = new ConcurrentHashMap<>();
    try (Mnist mnist = Mnist.test();
        Dataset few = new Subset(mnist, LongStream.range(0, 200).toArray());
        MlpModel model = MlpModel.create(1)) {
      Trainer.of(model).epochs(1).batchSize(200).run(new Counted(few, rows), few);
    }
    assertEquals(Map.of(Thread.currentThread().getName(), 100L, "Mlp-worker-1", 100L), rows);
  }

  /** The same data; counts how many examples each thread gathers. */
  private record Counted(Dataset data, Map<String, Long> rows) implements Wrapped {
    @Override
    public boolean gathersParts() {
      return data.gathersParts();
    }

    @Override
    public void gather(Tensor indices, Tensor inputs, Tensor targets) {
      rows.merge(Thread.currentThread().getName(), indices.numel(), Long::sum);
      data.gather(indices, inputs, targets);
    }
  }
}
