package io.github.torchscribe.benchmarks;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.learner.Summary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * What memory a network takes that learns, or that is only asked: the most that the process has had
 * at a time since before the model was made, less what it had then. Linux counts pages that have
 * been written to, whoever asked for them: libtorch, oneDNN, or the C library.
 *
 * <p>Arguments: a network, a batch size, {@code train} or {@code forward}. Prints what was planned
 * and what was seen, in MB.
 */
public final class MemoryBenchmark {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final int STEPS = 4;

  /** A network with random images, and how many tensors of a parameter's shape it takes. */
  private enum Case {
    RESNET(ResnetModel::create, 3, 1, 28, 28),
    RESNET50(Resnet50Model::create, 3, 3, 224, 224),
    UNET(UnetModel::create, 3, 3, 128, 128);

    private final Supplier<Model> model;
    private final int tensors; // values, gradients, what the optimizer remembers
    private final long[] image;

    Case(Supplier<Model> model, int tensors, long... image) {
      this.model = model;
      this.tensors = tensors;
      this.image = image;
    }
  }

  private MemoryBenchmark() {}

  /**
   * Runs the benchmark.
   *
   * @param args see above
   * @throws IOException when this is not Linux
   */
  public static void main(String[] args) throws IOException {
    Case network = Case.valueOf(args[0].toUpperCase(Locale.ROOT));
    long rows = Long.parseLong(args[1]);
    boolean learns = args[2].equals("train");
    loadLibraries();
    try (PointerScope scope = new PointerScope()) {
      Tensor images = torch.rand(rows, network.image[0], network.image[1], network.image[2]);
      scope.attach(images);
      long before = kilobytes("VmRSS");
      Files.writeString(Path.of("/proc/self/clear_refs"), "5"); // VmHWM begins anew
      try (Model model = network.model.get()) {
        work(model, images, learns);
        long seen = kilobytes("VmHWM") - before;
        System.out.printf(
            Locale.ROOT, "%.1f %.1f%n", planned(model, network, rows, learns) / 1e6, seen / 1e3);
      }
    }
  }

  /** Whatever network: code, tables and threads of libraries are none of its memory. */
  private static void loadLibraries() {
    try (Model model = ResnetModel.create()) {
      Tensor images = torch.rand(2, 1, 28, 28);
      model.step(images, classes(model, images));
    }
  }

  private static void work(Model model, Tensor images, boolean learns) {
    Tensor targets = classes(model, images);
    for (int i = 0; i < STEPS; i++) {
      if (learns) {
        model.step(images, targets);
      } else {
        model.forward(images).close();
      }
    }
  }

  /** Class 0 for each image, or for each place of it. */
  private static Tensor classes(Model model, Tensor images) {
    Tensor one = model.forward(images.narrow(0, 0, 1)).select(1, 0);
    long[] shape = new long[(int) one.dim()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = i == 0 ? images.size(0) : one.size(i);
    }
    return torch.zeros(shape, new TensorOptions(torch.ScalarType.Long));
  }

  private static double planned(Model model, Case network, long rows, boolean learns) {
    Summary summary = model.summary();
    double parameters = (double) Float.BYTES * summary.parameters();
    return learns
        ? rows * summary.trainingBytes() + network.tensors * parameters
        : rows * summary.evaluationBytes() + 2 * parameters; // a model has room for gradients
  }

  private static long kilobytes(String what) throws IOException {
    for (String line : Files.readAllLines(STATUS)) {
      if (line.startsWith(what)) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException("no " + what + " in " + STATUS);
  }
}
