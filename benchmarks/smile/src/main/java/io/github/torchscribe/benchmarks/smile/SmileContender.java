package io.github.torchscribe.benchmarks.smile;

import io.github.torchscribe.benchmarks.common.Block;
import io.github.torchscribe.benchmarks.common.Digits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.openblas.global.openblas_full;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.global.torch;
import smile.deep.Loss;
import smile.deep.Model;
import smile.deep.Optimizer;
import smile.deep.tensor.Device;
import smile.deep.tensor.Tensor;
import smile.util.AutoScope;

/**
 * SMILE's contender. Drawn from the same seed its networks begin with PyTorch's weights.
 *
 * <p>Arguments: a workload, threads, the folder with MNIST. libtorch and OpenBLAS have threads of
 * their own each, that get into each other's way: only those have them that do most of the work.
 */
public final class SmileContender {
  private static final int ASKED = 200;

  private SmileContender() {}

  /**
   * Runs the benchmark.
   *
   * @param args see above
   * @throws IOException when MNIST cannot be read
   */
  public static void main(String[] args) throws IOException {
    String network = args[0].replace(Block.PREDICT, "");
    int threads = Integer.parseInt(args[1]);
    boolean convolves = network.equals("cnn") || network.equals("resnet");
    Device.setNumThreads(convolves ? threads : 1);
    openblas_full.openblas_set_num_threads(convolves ? 1 : threads);
    torch.manual_seed(1);
    Model model = new Model(Networks.of(network));
    Digits digits = Digits.read(Path.of(args[2]));
    if (args[0].endsWith(Block.PREDICT)) {
      predict(args[0], model.eval(), digits);
    } else {
      train(args[0], model.train(), digits);
    }
  }

  private static void train(String workload, Model model, Digits digits) throws IOException {
    int batch = Block.batch(workload);
    List<Tensor> images = new ArrayList<>();
    List<Tensor> labels = new ArrayList<>();
    int count = digits.batches(batch);
    for (int i = 0; i < count; i++) {
      images.add(Tensor.of(digits.batch(i * batch, batch), batch, 1, 28, 28));
      int[] classes = Arrays.copyOfRange(digits.labels(), i * batch, (i + 1) * batch);
      labels.add(Tensor.of(Arrays.stream(classes).asLongStream().toArray(), batch));
    }
    Optimizer optimizer =
        workload.equals("resnet")
            ? Optimizer.SGD(model, 1e-2, 0.9, 0, 0, false)
            : Optimizer.SGD(model, 1e-2);
    Loss crossEntropy = Loss.crossEntropy();
    int[] next = {0};
    Block.serve(
        workload,
        () -> {
          int i = next[0]++ % count;
          // As Model.train does it.
          try (AutoScope scope = new AutoScope()) {
            Tensor.push(scope);
            Tensor output = model.forward(images.get(i));
            Tensor loss = crossEntropy.apply(output, labels.get(i));
            optimizer.reset();
            loss.backward();
            optimizer.step();
            double value = loss.floatValue();
            Tensor.pop();
            return value;
          }
        });
  }

  private static void predict(String workload, Model model, Digits digits) throws IOException {
    List<Tensor> asked = new ArrayList<>();
    for (int i = 0; i < ASKED; i++) {
      asked.add(Tensor.of(digits.images()[i], 1, 1, 28, 28));
    }
    int[] next = {0};
    NoGradGuard guard = Tensor.noGradGuard();
    Block.serve(
        workload,
        () -> {
          try (AutoScope scope = new AutoScope()) {
            Tensor.push(scope);
            float first = model.forward(asked.get(next[0]++ % ASKED)).getFloat(0, 0);
            Tensor.pop();
            return first;
          }
        });
    guard.close();
  }
}
