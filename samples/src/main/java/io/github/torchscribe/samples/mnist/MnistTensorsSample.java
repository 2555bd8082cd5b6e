package io.github.torchscribe.samples.mnist;

import io.github.torchscribe.runtime.Device;
import io.github.torchscribe.runtime.Initializers;
import io.github.torchscribe.runtime.Randomness;
import io.github.torchscribe.runtime.Threads;
import io.github.torchscribe.runtime.Workload;
import io.github.torchscribe.runtime.data.Batch;
import io.github.torchscribe.runtime.data.DataLoader;
import io.github.torchscribe.runtime.data.Mnist;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
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
  private static final int EVERY = 100;

  @Mixin private MnistOptions options = new MnistOptions();

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
      for (int epoch = 0; epoch < options.epochs; epoch++) {
        train(epoch, trainLoader, train.size());
        test(testLoader, test.size());
      }
    }
    return 0;
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

  private void train(int epoch, DataLoader loader, long size) {
    int step = 0;
    for (Batch batch : loader) {
      try (PointerScope scope = new PointerScope()) {
        Tensor loss = torch.cross_entropy_loss(forward(batch.inputs()), batch.targets());
        loss.backward();
        scope.attach(descend());
        if (step % EVERY == 0) {
          System.out.printf(
              Locale.ROOT,
              "Train epoch: %d [%d/%d (%.0f%%)]\tLoss: %.6f%n",
              epoch,
              (long) step * batch.size(),
              size,
              100.0 * step / loader.batches(),
              loss.item_float());
        }
      }
      step++;
    }
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

  private void test(DataLoader loader, long size) {
    double sum = 0;
    long correct = 0;
    GradMode.set_enabled(false);
    try {
      for (Batch batch : loader) {
        try (PointerScope scope = new PointerScope()) {
          Tensor logits = forward(batch.inputs());
          Tensor loss = torch.cross_entropy_loss(logits, batch.targets());
          Tensor classes = torch.argmax(logits, new LongOptional(1), false);
          scope.attach(classes);
          sum += loss.item_float();
          correct += classes.eq(batch.targets()).sum().item_long();
        }
      }
    } finally {
      GradMode.set_enabled(true);
    }
    System.out.printf(
        Locale.ROOT,
        "%nTest set: Average loss: %.4f, Accuracy: %d/%d (%.0f%%)%n%n",
        sum / size,
        correct,
        size,
        100.0 * correct / size);
  }
}
