package io.github.torchscribe.benchmarks;

import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Batch;
import io.github.torchscribe.runtime.data.DataLoader;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.Mnist;
import io.github.torchscribe.runtime.data.TensorDataset;
import io.github.torchscribe.runtime.data.Transformed;
import io.github.torchscribe.runtime.data.Transforms;
import io.github.torchscribe.runtime.learner.History;
import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Randomness;
import io.github.torchscribe.runtime.torch.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * How long a batch takes to be on a device: gathered there, copied one ahead, or copied when it is
 * asked for; and whether it is the processor's, digit for digit. Argument: the device, {@code cuda}
 * unless stated otherwise. Less than a minute.
 */
public final class DeviceBatches {
  private static final int EPOCHS = 5;
  private static final int BATCH = 200;
  private static final int IMAGES = 20_000;

  private final Device device;

  private DeviceBatches(Device device) {
    this.device = device;
  }

  /**
   * Runs the benchmark.
   *
   * @param args see above
   */
  public static void main(String[] args) {
    DeviceBatches benchmark = new DeviceBatches(Device.of(args.length > 0 ? args[0] : "cuda"));
    System.out.printf(
        Locale.ROOT,
        "%-10s %-22s %12s %12s %12s   %s%n",
        "data",
        benchmark.device,
        "first batch",
        "ms a batch",
        "MB/s",
        "batches that differ");
    benchmark.batches();
    benchmark.training();
  }

  private void batches() {
    try (Mnist mnist = Mnist.train()) {
      rows("MNIST", mnist);
    }
    torch.manual_seed(1);
    PointerScope scope = new PointerScope();
    try (Dataset images = new TensorDataset(torch.rand(IMAGES, 3, 32, 32), classes());
        Dataset augmented =
            new Transformed(
                images,
                1,
                Transforms.randomCrop(32, 32, 4),
                Transforms.randomHorizontalFlip(0.5))) {
      rows("3 x 32 x 32", images);
      rows("augmented", augmented);
    } finally {
      scope.close();
    }
  }

  private static Tensor classes() {
    return torch.randint(10, new long[] {IMAGES}, new TensorOptions(torch.ScalarType.Long));
  }

  private void rows(String name, Dataset data) {
    row(name, "gathered there", data, loader -> loader.resident(true));
    row(name, "pinned, one ahead", data, loader -> loader.resident(false));
    row(name, "when asked for", data, loader -> loader.resident(false).pinMemory(false));
  }

  private void row(String name, String way, Dataset data, UnaryOperator<DataLoader> setting) {
    data.position(0);
    int differing = differing(data, setting);
    try (Randomness randomness = new Randomness(1);
        DataLoader loader = setting.apply(DataLoader.shuffled(data, BATCH, randomness, device))) {
      long began = System.nanoTime();
      loader.iterator().next();
      device.synchronize();
      double first = (System.nanoTime() - began) / 1e6;
      double[] each = new double[EPOCHS];
      for (int i = 0; i < EPOCHS; i++) {
        began = System.nanoTime();
        for (Batch batch : loader) {
          batch.allInputs();
          batch.allTargets();
        }
        device.synchronize();
        each[i] = (System.nanoTime() - began) / 1e6 / loader.batches();
      }
      Arrays.sort(each);
      double ms = each[EPOCHS / 2];
      double megabytes = BATCH * (data.inputSpecs().bytes() + data.targetSpecs().bytes()) / 1e6;
      System.out.printf(
          Locale.ROOT,
          "%-10s %-22s %9.1f ms %12.4f %12.0f   %d of %d%n",
          name,
          way,
          first,
          ms,
          megabytes / ms * 1000,
          differing,
          loader.batches());
    }
  }

  /** How many of an epoch's batches are others than the processor's. */
  private int differing(Dataset data, UnaryOperator<DataLoader> setting) {
    int count = 0;
    try (Randomness one = new Randomness(1);
        Randomness two = new Randomness(1);
        DataLoader there = setting.apply(DataLoader.shuffled(data, BATCH, one, device));
        DataLoader here = DataLoader.shuffled(data, BATCH, two, Device.cpu())) {
      // One after the other: what is drawn depends on how many batches there have been.
      Iterator<Batch> epoch = there.iterator();
      List<Tensors> all = new ArrayList<>();
      PointerScope scope = new PointerScope();
      try {
        while (epoch.hasNext()) {
          Batch batch = epoch.next();
          all.add(batch.allInputs().map(Device.cpu()::duplicate));
          all.add(batch.allTargets().map(Device.cpu()::duplicate));
        }
        int next = 0;
        data.position(0);
        for (Batch batch : here) {
          boolean same = isSame(batch.allInputs(), all.get(next++));
          same &= isSame(batch.allTargets(), all.get(next++));
          count += same ? 0 : 1;
        }
      } finally {
        scope.close();
      }
    }
    return count;
  }

  private static boolean isSame(Tensors expected, Tensors actual) {
    for (int i = 0; i < expected.size(); i++) {
      if (!expected.get(i).equal(actual.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** The main job without its report: what is left of the time where data never wait. */
  private void training() {
    for (boolean resident : new boolean[] {true, false}) {
      try (Mnist train = Mnist.train();
          Mnist test = Mnist.test();
          MlpModel model = MlpModel.create()) {
        model.to(device);
        Trainer trainer = Trainer.of(model).epochs(EPOCHS).batchSize(BATCH).resident(resident);
        long began = System.nanoTime();
        History history = trainer.run(train, test);
        double all = (System.nanoTime() - began) / 1e9;
        double last = history.last().trainTime().toNanos() / 1e6;
        System.out.printf(
            Locale.ROOT,
            "MLP, %d epochs of training, %s: %.2f s, of the last epoch %.4f ms a step; loss %.6f%n",
            EPOCHS,
            resident ? "gathered there" : "pinned, one ahead",
            all,
            last / (train.size() / BATCH),
            history.last().trainLoss());
      }
    }
  }
}
