package io.github.torchscribe.samples.pictures;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Predictor;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.samples.CheckpointOptions;
import io.github.torchscribe.samples.Gallery;
import io.github.torchscribe.samples.RunOptions;
import io.github.torchscribe.samples.WatchOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains {@link Unet} on pictures that it makes, and shows what is found in others. */
@Command(
    name = "unet",
    mixinStandardHelpOptions = true,
    description =
        "A U-Net finds cells in pictures that the sample makes: intersection over union 0.91.")
public final class UnetSample implements Callable<Integer> {
  private static final int SHOWN = 6;

  @Mixin private RunOptions options = new RunOptions();
  @Mixin private WatchOptions watch = new WatchOptions();
  @Mixin private CheckpointOptions checkpoints = new CheckpointOptions();

  @Option(
      names = "--pictures",
      paramLabel = "N",
      description = "How many it learns from (default: ${DEFAULT-VALUE}); others test it.")
  private int pictures = 1_000;

  @Option(
      names = "--show",
      paramLabel = "FILE",
      description = "Gets a PNG file: pictures, masks, and what was found.")
  private Path file;

  /** The sample, with what the network's annotations say as defaults. */
  public UnetSample() {
    options.epochs = 8;
    options.batchSize = 8;
  }

  @Override
  public Integer call() throws IOException {
    options.applyThreads();
    try (Model model = UnetModel.create(options.seed);
        Scenes train = new Scenes(pictures, options.seed);
        Scenes test = new Scenes(Math.max(SHOWN, pictures / 5), options.seed + 1)) {
      System.out.println(model.summary());
      model.to(options.device());
      Trainer trainer =
          Trainer.of(model)
              .epochs(options.epochs)
              .batchSize(options.batchSize)
              .metric(new IntersectionOverUnion());
      watch.logs().forEach(trainer::log);
      checkpoints.apply(trainer);
      checkpoints.explain(trainer.run(train, test));
      if (file != null) {
        show(model, test);
      }
    }
    return 0;
  }

  private void show(Model model, Scenes test) throws IOException {
    Gallery gallery = new Gallery(SHOWN, 3, Scene.SIZE);
    try (Predictor predictor = model.predictor()) {
      for (int i = 0; i < SHOWN; i++) {
        Scene scene = test.scene(i);
        float[] scores = predictor.predict(scene.pixels());
        for (int j = 0; j < scores.length; j++) {
          scores[j] = scores[j] > 0 ? 1 : 0;
        }
        gallery.put(i, 0, scene.pixels());
        gallery.put(i, 1, scene.mask());
        gallery.put(i, 2, scores);
      }
    }
    gallery.write(file);
    System.out.println("Pictures, masks, and what was found: " + file);
  }
}
