package io.github.torchscribe.processor;

import io.github.torchscribe.runtime.torch.Shapes;
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
   * @param targets what the loss wants, as the table's head says
   */
  record Row(
      String name,
      String against,
      String input,
      String targets,
      String layers,
      String loss,
      String optimizer)
      implements Compared {
    @Override
    public String declaration(String gradient) {
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

    /** Numbers, or, where the cell says {@code 5 < 7}, 5 indices below 7. */
    @Override
    public Tensor inputs(long n) {
      return TestDevice.there(
          input.contains("<")
              ? torch.randint(
                  Long.parseLong(input.replaceAll(".*< *", "")),
                  batch(n),
                  new TensorOptions(torch.ScalarType.Long))
              : torch.randn(batch(n)));
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

    /** Whether the loss ignores some targets. */
    boolean ignores() {
      return targets.contains(" but ");
    }

    @Override
    public Tensor targets(Tensor output) {
      if (targets.startsWith("classes")) {
        return TestDevice.there(classes(output));
      }
      if (targets.contains(" or ")) {
        float[] choices = numbers(" or ");
        TensorOptions indices = new TensorOptions(torch.ScalarType.Long);
        Tensor which = torch.randint(choices.length, new long[] {output.numel()}, indices);
        return TestDevice.there(torch.tensor(choices).index_select(0, which)).view_as(output);
      }
      float[] ends = numbers(" to ");
      return torch.rand_like(output).mul(new Scalar(ends[1] - ends[0])).add(new Scalar(ends[0]));
    }

    private float[] numbers(String between) {
      String[] written = targets.split(between);
      float[] numbers = new float[written.length];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = Float.parseFloat(written[i]);
      }
      return numbers;
    }

    private Tensor classes(Tensor output) {
      int dim =
          targets.contains(" in ")
              ? Integer.parseInt(targets.replaceAll(".* in (\\S+).*", "$1"))
              : 1;
      Tensor classes =
          torch.randint(
              output.size(dim),
              Shapes.of(output.select(dim, 0)),
              new TensorOptions(torch.ScalarType.Long));
      long ignored = ignores() ? Long.parseLong(targets.replaceAll(".* but ", "")) : 0;
      if (ignored < 0 || ignored >= output.size(dim)) {
        Tensor flat = classes.view(-1);
        for (long i = 1; i < flat.size(0); i += 3) {
          flat.select(0, i).fill_(new Scalar(ignored));
        }
      }
      return classes;
    }

    /** A mean needs a target that is not ignored. */
    @Override
    public long fewest() {
      return ignores() ? 7 : 1;
    }

    @Override
    public Fixture fixture() throws IOException {
      return Fixture.read(
          FOLDER.resolve(name + ".safetensors"), "python parity/networks.py " + name);
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
    return cells("table.txt").map(ParityTable::row);
  }

  private static Row row(List<String> cells) {
    if (cells.size() != 7) {
      throw new AssertionError("a row has 7 cells, as the table's head says, not: " + cells);
    }
    return new Row(
        cells.get(0),
        cells.get(1),
        cells.get(2),
        cells.get(3),
        cells.get(4),
        cells.get(5),
        cells.get(6));
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

  /** All, or with {@code -Dparity.rows=relu} those whose names begin so. */
  static Stream<Row> chosen() {
    String wanted = System.getProperty("parity.rows", "");
    return rows().filter(row -> row.name().startsWith(wanted));
  }

  static Stream<Row> comparedWithPython() {
    return chosen().filter(row -> row.against().equals("python"));
  }
}
