package io.github.torchscribe.benchmarks;

import io.github.torchscribe.runtime.data.Batch;
import io.github.torchscribe.runtime.data.DataLoader;
import io.github.torchscribe.runtime.data.ImageFolder;
import io.github.torchscribe.runtime.data.Transformed;
import io.github.torchscribe.runtime.data.Transforms;
import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Randomness;
import io.github.torchscribe.runtime.torch.Threads;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;

/**
 * How many images a loader brings in a second, from a folder, with transforms: {@code
 * FolderBenchmark FOLDER THREADS}. For each line of the standard input it goes through all of them
 * once, and says the seconds; {@code benchmarks/folder.py} asks.
 */
public final class FolderBenchmark {
  private static final double[] MEAN = {0.485, 0.456, 0.406};
  private static final double[] STD = {0.229, 0.224, 0.225};

  private FolderBenchmark() {}

  /**
   * Answers until there are no more lines.
   *
   * @param args the folder, and how many threads
   */
  public static void main(String[] args) throws IOException {
    Threads.set(Integer.parseInt(args[1]));
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (Randomness randomness = new Randomness(1);
        Transformed data =
            new Transformed(
                ImageFolder.of(Path.of(args[0])).resized(144, 144),
                1,
                Transforms.randomCrop(128, 128, 0),
                Transforms.randomHorizontalFlip(0.5),
                Transforms.normalize(MEAN, STD));
        DataLoader loader = DataLoader.shuffled(data, 64, randomness, Device.cpu())) {
      while (in.readLine() != null) {
        long start = System.nanoTime();
        long images = 0;
        for (Iterator<Batch> epoch = loader.iterator(); epoch.hasNext(); ) {
          images += epoch.next().size();
        }
        System.out.println(images + " " + (System.nanoTime() - start) / 1e9);
      }
    }
  }
}
