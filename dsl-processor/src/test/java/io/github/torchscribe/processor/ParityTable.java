package io.github.torchscribe.processor;

import io.github.torchscribe.runtime.data.Shapes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
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
          "@Network(input = {" + input + "}, gradient = Network.Gradient." + gradient + ")",
          layers,
          loss,
          optimizer,
          "@SuppressWarnings({\"torchscribe:TS101\", \"torchscribe:TS102\"})",
          "public interface Net {}");
    }

    long[] batch(long n) {
      String[] sizes = input.split(", *");
      long[] shape = new long[sizes.length + 1];
      shape[0] = n;
      for (int i = 0; i < sizes.length; i++) {
        shape[i + 1] = Long.parseLong(sizes[i]);
      }
      return shape;
    }

    /** Classes, or numbers of the output's shape. */
    Tensor targets(Tensor output) {
      boolean classes = loss.startsWith("@CrossEntropyLoss") || loss.startsWith("@NLLLoss");
      return classes
          ? torch.randint(
              output.size(1),
              Shapes.of(output.select(1, 0)),
              new TensorOptions(torch.ScalarType.Long))
          : torch.rand_like(output);
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
    try {
      return Files.readAllLines(FOLDER.resolve("table.txt")).stream()
          .filter(line -> !line.startsWith("#") && !line.isBlank())
          .map(ParityTable::row);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<Row> comparedWithPython() {
    return rows().filter(row -> row.against().equals("python"));
  }

  private static Row row(String line) {
    List<String> cells = Stream.of(line.split(" \\| ")).map(String::strip).toList();
    return new Row(
        cells.get(0), cells.get(1), cells.get(2), cells.get(3), cells.get(4), cells.get(5));
  }
}
