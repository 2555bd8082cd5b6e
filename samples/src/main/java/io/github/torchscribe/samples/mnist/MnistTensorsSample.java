package io.github.torchscribe.samples.mnist;

import io.github.torchscribe.runtime.data.Batch;
import io.github.torchscribe.runtime.data.DataLoader;
import io.github.torchscribe.runtime.data.Mnist;
import io.github.torchscribe.runtime.generated.Initializers;
import io.github.torchscribe.runtime.learner.Evaluation;
import io.github.torchscribe.runtime.learner.History;
import io.github.torchscribe.runtime.learner.Learner;
import io.github.torchscribe.runtime.learner.Summary;
import io.github.torchscribe.runtime.log.TrainingLog;
import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Longs;
import io.github.torchscribe.runtime.torch.Randomness;
import io.github.torchscribe.runtime.torch.Threads;
import io.github.torchscribe.runtime.torch.Workload;
import io.github.torchscribe.samples.WatchOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * The same network by hand, on raw libtorch tensors with autograd, as the tutorial writes it in
 * Python: what the annotations of {@link Mlp} save.
 */
@Command(
    name = "mnist-tensors",
    mixinStandardHelpOptions = true,
    description = "The same network by hand, on raw libtorch tensors with autograd.")
public final class MnistTensorsSample implements Callable<Integer> {
  private static final int[][] SIZES = {{784, 200}, {200, 200}, {200, 10}};

  @Mixin private MnistOptions options = new MnistOptions();
  @Mixin private WatchOptions watch = new WatchOptions();

  private final List<Tensor> weights = new ArrayList<>();
  private final List<Tensor> biases = new ArrayList<>();

  @Override
  public Integer call() {
    options.applyThreads();
    Threads.prepareFor(Workload.MATRIX_PRODUCTS);
    Device device = options.device();
    try (PointerScope everything = new PointerScope();
        Randomness randomness = new Randomness(options.seed);
        Mnist train = options.train();
        Mnist test = options.test();
        DataLoader trainLoader = DataLoader.shuffled(train, options.batchSize, randomness, device);
        DataLoader testLoader =
            DataLoader.sequential(test, options.batchSize, randomness, device)) {
      everything.attach(initialize(randomness, device));
      TrainingLog.Run run =
          new TrainingLog.Run(
              new ByHand(device, options.seed, this::forward),
              train,
              test,
              options.epochs,
              trainLoader.batchSize(),
              true);
      List<TrainingLog> logs = watch.logs();
      logs.forEach(log -> log.began(run));
      for (int number = 0; number < options.epochs; number++) {
        long began = System.nanoTime();
        double loss = train(run, number, trainLoader, logs);
        Duration time = Duration.ofNanos(System.nanoTime() - began);
        History.Epoch epoch = new History.Epoch(number, loss, test(testLoader), time, Map.of());
        logs.forEach(log -> log.epoch(epoch));
      }
      logs.forEach(log -> log.ended(Optional.empty()));
    }
    return 0;
  }

  /** The network, as logs see it. */
  private record ByHand(Device device, long seed, UnaryOperator<Tensor> forward)
      implements Learner {
    @Override
    public Summary summary() {
      List<Summary.Layer> layers =
          Arrays.stream(SIZES)
              .map(
                  size ->
                      new Summary.Layer(
                          "",
                          "relu(x @ W.t() + b)",
                          "(N, " + size[1] + ")",
                          (size[0] + 1L) * size[1],
                          size[0] * size[1]))
              .toList();
      return new Summary(
          "mnist-tensors", "(N, 784)", layers, "cross_entropy", "p -= lr * p.grad", 0, 0);
    }

    @Override
    public long[] predict(Tensor input) {
      GradMode.set_enabled(false);
      try (PointerScope scope = new PointerScope()) {
        Tensor classes = torch.argmax(forward.apply(input), new LongOptional(1), false);
        scope.attach(classes);
        return Longs.of(classes);
      } finally {
        GradMode.set_enabled(true);
      }
    }
  }

  private Scalar initialize(Randomness randomness, Device device) {
    for (int[] size : SIZES) {
      weights.add(torch.empty(size[1], size[0]).normal_(0, 1, randomness.generator()));
      biases.add(device.copy(torch.zeros(size[1])).set_requires_grad(true));
    }
    for (int i = 0; i < SIZES.length; i++) {
      Initializers.kaimingNormal(weights.get(i), randomness.generator());
      weights.set(i, device.copy(weights.get(i)).set_requires_grad(true));
    }
    return new Scalar(-options.lr);
  }

  private Tensor forward(Tensor x) {
    Tensor h = x.view(-1, SIZES[0][0]);
    for (int i = 0; i < SIZES.length; i++) {
      h = torch.relu(torch.add(h.matmul(weights.get(i).t()), biases.get(i)));
    }
    return h;
  }

  /** One epoch; gives the mean of the steps' losses. */
  private double train(TrainingLog.Run run, int epoch, DataLoader loader, List<TrainingLog> logs) {
    double sum = 0;
    int number = 0;
    for (Batch batch : loader) {
      float value;
      try (PointerScope scope = new PointerScope()) {
        Tensor loss = torch.cross_entropy_loss(forward(batch.inputs()), batch.targets());
        loss.backward();
        scope.attach(descend());
        value = loss.item_float();
      }
      TrainingLog.Step step =
          new TrainingLog.Step(run, epoch, number++, batch.size(), value, options.lr);
      logs.forEach(log -> log.step(step));
      sum += value;
    }
    return sum / number;
  }

  /** One step of gradient descent: p ← p − lr·g, then g ← 0. */
  private Scalar descend() {
    Scalar minusLr = new Scalar(-options.lr);
    GradMode.set_enabled(false);
    try {
      for (int i = 0; i < SIZES.length; i++) {
        for (Tensor parameter : List.of(weights.get(i), biases.get(i))) {
          parameter.add_(parameter.grad(), minusLr);
          parameter.grad().zero_();
        }
      }
    } finally {
      GradMode.set_enabled(true);
    }
    return minusLr;
  }

  private Evaluation test(DataLoader loader) {
    Evaluation sum = Evaluation.NONE;
    GradMode.set_enabled(false);
    try {
      for (Batch batch : loader) {
        try (PointerScope scope = new PointerScope()) {
          Tensor logits = forward(batch.inputs());
          Tensor loss = torch.cross_entropy_loss(logits, batch.targets());
          Tensor classes = torch.argmax(logits, new LongOptional(1), false);
          scope.attach(classes);
          long correct = classes.eq(batch.targets()).sum().item_long();
          sum =
              sum.plus(Evaluation.ofBatch(loss.item_float(), correct, batch.size(), batch.size()));
        }
      }
    } finally {
      GradMode.set_enabled(true);
    }
    return sum;
  }
}
