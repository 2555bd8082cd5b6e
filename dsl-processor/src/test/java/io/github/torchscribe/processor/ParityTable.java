package io.github.torchscribe.processor;

import io.github.torchscribe.runtime.data.Shapes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/** The parity table: networks that are compared with autograd, and most with real PyTorch. */
final class ParityTable {
  static final Path FOLDER = Path.of("src/test/resources/parity");

  private ParityTable() {}

  /**
   * A network.
   *
   * @param name of the fixture
   * @param against {@code python}, or {@code autograd} alone
   * @param input the shape of one example
   */
  record Row(
      String name, String against, String input, String layers, String loss, String optimizer) {
    String declaration(String gradient) {
      return String.join(
          "\n",
          "@Network(input = {" + sizes() + "}, gradient = Network.Gradient." + gradient + ")",
          layers,
          loss,
          optimizer,
          "@SuppressWarnings({\"torchscribe:TS101\", \"torchscribe:TS102\", \"torchscribe:TS104\"})",
          "public interface Net {}",
          blocks());
    }

    private String sizes() {
      return input.replaceAll(" *<.*", "");
    }

    /** A batch of inputs: numbers, or, where the cell says {@code 5 < 7}, 5 indices below 7. */
    Tensor inputs(long n) {
      return input.contains("<")
          ? torch.randint(
              Long.parseLong(input.replaceAll(".*< *", "")),
              batch(n),
              new TensorOptions(torch.ScalarType.Long))
          : torch.randn(batch(n));
    }

    private long[] batch(long n) {
      String[] sizes = sizes().split(", *");
      long[] shape = new long[sizes.length + 1];
      shape[0] = n;
      for (int i = 0; i < sizes.length; i++) {
        shape[i + 1] = Long.parseLong(sizes[i]);
      }
      return shape;
    }

    /** Classes, of which every third is ignored where that is none, or numbers. */
    Tensor targets(Tensor output) {
      boolean classes = loss.startsWith("@CrossEntropyLoss") || loss.startsWith("@NLLLoss");
      if (!classes) {
        return torch.rand_like(output);
      }
      int dim = loss.contains("dim = -1") ? -1 : 1;
      Tensor targets =
          torch.randint(
              output.size(dim),
              Shapes.of(output.select(dim, 0)),
              new TensorOptions(torch.ScalarType.Long));
      long ignored =
          loss.contains("ignoreIndex")
              ? Long.parseLong(loss.replaceAll(".*ignoreIndex = (-?\\d+).*", "$1"))
              : 0;
      if (ignored < 0 || ignored >= output.size(dim)) {
        Tensor flat = targets.view(-1);
        for (long i = 1; i < flat.size(0); i += 3) {
          flat.select(0, i).fill_(new Scalar(ignored));
        }
      }
      return targets;
    }

    /** Everything that it is made of. */
    String annotations() {
      return layers + " " + loss + " " + optimizer;
    }

    @Override
    public String toString() {
      return name + ": {" + input + "} " + annotations();
    }
  }

  static Stream<Row> rows() {
    return cells("table.txt")
        .map(
            row -> new Row(row.get(0), row.get(1), row.get(2), row.get(3), row.get(4), row.get(5)));
  }

  /** The networks that rows use. */
  private static String blocks() {
    return cells("blocks.txt")
        .map(
            row ->
                String.format(
                    Locale.ROOT,
                    "@Network(input = {%s}) %s %s interface %s {}",
                    row.get(1),
                    row.get(2),
                    row.get(3),
                    row.get(0)))
        .collect(Collectors.joining("\n"));
  }

  private static Stream<List<String>> cells(String file) {
    try {
      return Files.readAllLines(FOLDER.resolve(file)).stream()
          .filter(line -> !line.startsWith("#") && !line.isBlank())
          .map(line -> Stream.of(line.split("\\|")).map(String::strip).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<Row> comparedWithPython() {
    return rows().filter(row -> row.against().equals("python"));
  }
}
