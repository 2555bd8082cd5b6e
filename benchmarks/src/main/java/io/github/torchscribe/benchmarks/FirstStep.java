package io.github.torchscribe.benchmarks;

import io.github.torchscribe.runtime.data.Batch;
import io.github.torchscribe.runtime.data.DataLoader;
import io.github.torchscribe.runtime.data.Mnist;
import io.github.torchscribe.runtime.torch.Threads;

/** The main job's program, until its first step is done. Argument: threads. */
public final class FirstStep {
  private FirstStep() {}

  /**
   * Runs the benchmark.
   *
   * @param args see above
   */
  public static void main(String[] args) {
    Threads.set(Integer.parseInt(args[0]));
    try (Mnist data = Mnist.train();
        MlpModel model = MlpModel.create();
        DataLoader loader = DataLoader.sequential(data, 200, null, model.device())) {
      Batch batch = loader.iterator().next();
      System.out.println("first step " + model.step(batch.inputs(), batch.targets()));
    }
  }
}
