package io.github.torchscribe.benchmarks;

import io.github.torchscribe.benchmarks.common.Block;
import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Predictor;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Batch;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.Mnist;
import io.github.torchscribe.runtime.data.TensorDataset;
import io.github.torchscribe.runtime.torch.Device;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.bytedeco.pytorch.Tensor;

/**
 * Measures whatever it is asked for on a device, one line for each: {@code mlp generated step 0.2}
 * is the median time of a step of that workload in that mode within 0.2 seconds. The answer is that
 * in milliseconds and the first two losses.
 *
 * <p>What is asked for: {@code step}, one {@code Model.step} of a batch that is there already,
 * whose loss is fetched; {@code train}, a step as a {@code Trainer} does it, an epoch for each
 * line; {@code predict}, one example from and into arrays. Argument: the device.
 */
public final class GpuContender {
  /** That are copied to the device beforehand. */
  private static final int BATCHES = 64;

  private static final double WARM_UP_SECONDS = 0.4;

  private final Device device;
  private final Map<String, Network> networks = new HashMap<>();

  private GpuContender(Device device) {
    this.device = device;
  }

  /**
   * Answers until its input ends.
   *
   * @param args the device
   * @throws IOException when its input cannot be read
   */
  public static void main(String[] args) throws IOException {
    GpuContender contender = new GpuContender(Device.of(args[0]));
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      String[] asked = line.split(" ");
      try {
        Network network =
            contender.networks.computeIfAbsent(
                asked[0] + " " + asked[1], name -> contender.new Network(asked[0], asked[1]));
        double milliseconds = network.measure(asked[2], Double.parseDouble(asked[3]));
        System.out.println(milliseconds + " " + network.first + " " + network.second);
      } catch (RuntimeException e) {
        e.printStackTrace();
        System.out.println(
            "failed: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
      }
    }
  }

  /** A model with its batches; each is made once, when it is first asked for. */
  private final class Network {
    private final Model model;
    private final List<Batch> batches = new ArrayList<>();
    private final double first;
    private final double second;
    private final Map<String, DoubleSupplier> ways = new HashMap<>();
    private final String workload;
    private int next;

    Network(String workload, String mode) {
      this.workload = workload;
      List<Batch> all = Workload.of(workload).batches();
      for (Batch one : all.subList(0, Math.min(BATCHES, all.size()))) {
        batches.add(new Batch(device.copy(one.inputs()), device.copy(one.targets()), one.size()));
      }
      model = Workload.of(workload).create(mode);
      model.to(device);
      first = step();
      second = step();
    }

    private double step() {
      Batch batch = batches.get(next++ % batches.size());
      return model.step(batch.inputs(), batch.targets());
    }

    double measure(String what, double seconds) {
      DoubleSupplier way = ways.get(what);
      if (way == null) {
        way =
            switch (what) {
              case "step" -> this::timedStep;
              case "train" -> epoch();
              case "predict" -> asker();
              default -> throw new IllegalArgumentException(what);
            };
        ways.put(what, way);
        median(way, what.equals("train") ? 0 : WARM_UP_SECONDS);
      }
      return median(way, what.equals("train") ? 0 : seconds);
    }

    private static double median(DoubleSupplier way, double seconds) {
      List<Double> times = new ArrayList<>();
      long end = System.nanoTime() + (long) (seconds * 1e9);
      do {
        times.add(way.getAsDouble());
      } while (System.nanoTime() < end);
      times.sort(null);
      return times.get(times.size() / 2);
    }

    private double timedStep() {
      long began = System.nanoTime();
      double loss = step();
      if (!Double.isFinite(loss)) {
        throw new ArithmeticException("a step gives " + loss);
      }
      return (System.nanoTime() - began) / 1e6;
    }

    private DoubleSupplier epoch() {
      boolean isText = workload.equals("transformer");
      Dataset train = isText ? texts() : Mnist.train();
      Dataset test = batch();
      int size = Block.batch(workload);
      Trainer trainer = Trainer.of(model).epochs(1).batchSize(size).dropLast(true);
      return () -> {
        long began = System.nanoTime();
        trainer.run(train, test);
        return (System.nanoTime() - began) / 1e6 / (train.size() / size);
      };
    }

    /** As much as there is to evaluate, so that it takes no time. */
    private Dataset batch() {
      Batch batch = Workload.of(workload).batches().get(0);
      return new TensorDataset(batch.inputs(), batch.targets());
    }

    private Dataset texts() {
      List<Batch> all = Workload.of(workload).batches();
      Tensor[] inputs = all.stream().map(Batch::inputs).toArray(Tensor[]::new);
      Tensor[] targets = all.stream().map(Batch::targets).toArray(Tensor[]::new);
      return new TensorDataset(Workload.joined(inputs), Workload.joined(targets));
    }

    private DoubleSupplier asker() {
      Batch batch = Workload.of(workload).batches().get(0);
      int size = (int) (batch.inputs().numel() / batch.size());
      Predictor predictor = model.predictor();
      if (workload.equals("transformer")) {
        long[] example = new long[size];
        batch.inputs().data_ptr_long().get(example);
        return timed(() -> predictor.predict(example));
      }
      float[] example = new float[size];
      batch.inputs().data_ptr_float().get(example);
      float[] output = new float[predictor.predict(example).length];
      return timed(() -> predictor.predict(example, output));
    }

    private static DoubleSupplier timed(Runnable work) {
      return () -> {
        long began = System.nanoTime();
        work.run();
        return (System.nanoTime() - began) / 1e6;
      };
    }
  }
}
