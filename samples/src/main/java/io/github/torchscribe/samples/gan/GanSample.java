package io.github.torchscribe.samples.gan;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Batch;
import io.github.torchscribe.runtime.data.DataLoader;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.Mnist;
import io.github.torchscribe.runtime.data.Subset;
import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Randomness;
import io.github.torchscribe.runtime.visdom.Options;
import io.github.torchscribe.runtime.visdom.Visdom;
import io.github.torchscribe.samples.Gallery;
import io.github.torchscribe.samples.VisdomOption;
import io.github.torchscribe.samples.mnist.CnnModel;
import io.github.torchscribe.samples.mnist.MnistRunOptions;
import io.github.torchscribe.samples.mnist.Pixels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains {@link Painter} and {@link Critic}, then has a network that reads digits look at them. */
@Command(
    name = "gan",
    mixinStandardHelpOptions = true,
    description =
        "Two networks, trained by hand in turn: one paints digits, one tells them from MNIST's.")
public final class GanSample implements Callable<Integer> {
  private static final int ROWS = 10;
  private static final int READER_BATCH = 100;

  @Mixin private MnistRunOptions options = new MnistRunOptions();
  @Mixin private VisdomOption visdom = new VisdomOption();

  @Option(
      names = "--examples",
      paramLabel = "N",
      description = "Only the first N of the training set.")
  private long examples = Long.MAX_VALUE;

  @Option(
      names = "--paint",
      paramLabel = "N",
      description = "How many digits are painted and read at the end (default: ${DEFAULT-VALUE}).")
  private int painted = 1_000;

  @Option(
      names = "--show",
      paramLabel = "FILE",
      description = "Gets a PNG file of a hundred painted digits.")
  private Path file;

  /** The sample. */
  public GanSample() {
    options.epochs = 2;
    options.batchSize = 64;
  }

  @Override
  public Integer call() throws IOException {
    options.applyThreads();
    Device device = options.device();
    try (Mnist all = options.train();
        Mnist test = options.test();
        Dataset train = new Subset(all, first(all));
        Contest contest = new Contest(options.seed, device);
        Model reader = CnnModel.create(options.seed).to(device);
        Visdom viz = visdom.connect()) {
      Trainer.of(reader).epochs(1).batchSize(READER_BATCH).run(train, test);
      print("A network that reads digits: %s%n", reader.evaluate(test));
      train(contest, train, device, viz);
      show(contest, reader, test, device);
    }
    return 0;
  }

  private long[] first(Dataset all) {
    return LongStream.range(0, Math.min(examples, all.size())).toArray();
  }

  private void train(Contest contest, Dataset train, Device device, Visdom viz) throws IOException {
    try (Randomness order = new Randomness(options.seed);
        DataLoader loader =
            DataLoader.shuffled(train, options.batchSize, order, device).dropLast(true)) {
      for (int epoch = 0; epoch < options.epochs; epoch++) {
        double critic = 0;
        double painter = 0;
        long began = System.nanoTime();
        for (Batch batch : loader) {
          Contest.Losses losses = contest.step(batch.inputs());
          critic += losses.critic();
          painter += losses.painter();
        }
        double steps = loader.batches();
        print(
            "Epoch %d: critic's loss %.3f, painter's %.3f, %.1f ms a step%n",
            epoch, critic / steps, painter / steps, (System.nanoTime() - began) / 1e6 / steps);
        if (viz != null) {
          draw(contest, viz);
        }
      }
    }
  }

  private static void draw(Contest contest, Visdom viz) {
    try (PointerScope scope = new PointerScope()) {
      Tensor pictures = contest.paint((long) ROWS * ROWS).cpu();
      scope.attach(pictures);
      viz.images(pictures, ROWS, 2, "painted", Options.title("painted digits"));
    }
  }

  private void show(Contest contest, Model reader, Dataset test, Device device) throws IOException {
    try (PointerScope scope = new PointerScope()) {
      Tensor written = device.copy(test.examples(LongStream.range(0, painted).toArray()));
      scope.attach(written);
      print("Of %d digits of the test set: %s%n", painted, Reading.of(reader, written));
      Tensor pictures = contest.paint(painted);
      print("Of %d painted digits: %s%n", painted, Reading.of(reader, Pixels.normalized(pictures)));
    }
    if (file != null) {
      gallery(contest).write(file);
      print("A hundred painted digits: %s%n", file);
    }
  }

  private static Gallery gallery(Contest contest) {
    int size = 28;
    Gallery gallery = new Gallery(ROWS, ROWS, size);
    try (PointerScope scope = new PointerScope()) {
      Tensor pictures = contest.paint((long) ROWS * ROWS).cpu().contiguous();
      scope.attach(pictures);
      for (int i = 0; i < ROWS * ROWS; i++) {
        float[] pixels = new float[size * size];
        pictures.select(0, i).data_ptr_float().get(pixels);
        gallery.put(i % ROWS, i / ROWS, pixels);
      }
    }
    return gallery;
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format, values);
  }
}
