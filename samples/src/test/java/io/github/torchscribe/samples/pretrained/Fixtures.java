package io.github.torchscribe.samples.pretrained;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.torchscribe.runtime.file.Safetensors;
import io.github.torchscribe.samples.sentences.MiniLmFiles;
import io.github.torchscribe.samples.tools.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/** What PyTorch computes with networks that others have trained: {@code parity/pretrained.py}. */
public final class Fixtures {
  /** Where the committed ones are. */
  public static final Path FOLDER = Path.of("src/test/resources/pretrained");

  private static final double TOLERANCE = 1e-5;

  private Fixtures() {}

  /** A tensor of a file. */
  public static Tensor read(Path file, String name) throws IOException {
    Safetensors all = Safetensors.open(file);
    Safetensors.Entry entry = all.entries().get(name);
    torch.ScalarType type =
        entry.type().equals("I64") ? torch.ScalarType.Long : torch.ScalarType.Float;
    Tensor tensor = torch.empty(entry.shape(), new TensorOptions(type), null);
    all.read(name, tensor);
    return tensor;
  }

  /** A tensor of a committed file. */
  public static Tensor read(String file, String name) throws IOException {
    return read(FOLDER.resolve(file + ".safetensors"), name);
  }

  public static void assertNear(String what, Tensor expected, Tensor actual) {
    double difference = expected.sub(actual).abs().max().item_double();
    System.out.printf(Locale.ROOT, "%s differs by %.1e%n", what, difference);
    assertTrue(difference <= TOLERANCE, () -> what + " differs by " + difference);
  }

  /** Skips the test, or fails it where nothing may be missing, unless a package is there. */
  public static Path fetched(String name) {
    Path folder = MiniLmFiles.fetched(name);
    Tools.require(
        Files.isDirectory(folder), "there is no " + folder + "; scripts/pretrained.sh fetches it");
    return folder;
  }

  /** Skips the test unless a file of torch.save has been converted, which takes PyTorch. */
  static Path converted(String name, String file) {
    Path path = fetched(name).resolve(file);
    if (!Files.exists(path)) {
      String missing =
          "there is no " + path + "; scripts/pretrained.sh makes it where Python has torch";
      System.out.println("Skipped: " + missing);
      assumeTrue(false, missing);
    }
    return path;
  }
}
