package io.github.torchscribe.processor;

import io.github.torchscribe.runtime.torch.Shapes;
import io.github.torchscribe.runtime.torch.Tensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * Networks that no row of the parity table holds, for they have branches: each is a file of
 * declarations in Java, whose twin for PyTorch is in {@code parity/graphs.py}.
 */
final class ParityGraphs {
  static final Path FOLDER = ParityTable.FOLDER.resolve("graphs");

  private static final String JAVA = ".java";

  private ParityGraphs() {}

  /**
   * A network.
   *
   * @param source its declarations, the network's own the first
   */
  record Graph(String name, String source) implements Compared {
    @Override
    public String declaration(String gradient) {
      String stated = "gradient = Network.Gradient." + gradient;
      return source
          .replaceFirst("@Network\\(", "@Network(" + stated + ", ")
          .replaceFirst("@Network\\s", "@Network(" + stated + ")\n");
    }

    /** As those of the fixture: numbers; or indices, at the end some 0 where that is padding. */
    @Override
    public Tensor inputs(long n) {
      Tensor input = recorded("input");
      long[] shape = Shapes.of(input);
      shape[0] = n;
      if (input.scalar_type().intern() != torch.ScalarType.Long) {
        return TestDevice.there(torch.randn(shape));
      }
      TensorOptions longs = new TensorOptions(torch.ScalarType.Long);
      long count = input.max().item_long() + 1;
      if (!source.contains("mask = true")) {
        return TestDevice.there(torch.randint(count, shape, longs));
      }
      Tensor places = torch.arange(new Scalar(shape[1]), longs);
      Tensor ends = torch.randint(1, shape[1] + 1, new long[] {n, 1}, longs);
      return TestDevice.there(torch.randint(1, count, shape, longs).mul(places.lt(ends)));
    }

    /** Classes, or numbers from 0 to 1, as the fixture's are. */
    @Override
    public Tensor targets(Tensor output) {
      Tensor target = recorded("target");
      if (target.scalar_type().intern() != torch.ScalarType.Long) {
        return torch.rand_like(output);
      }
      long[] scores = Shapes.of(output);
      long[] shape = Shapes.of(target);
      boolean last = Arrays.equals(shape, 1, shape.length, scores, 1, shape.length);
      long classes = scores[last ? shape.length : 1];
      shape[0] = output.size(0);
      return some(classes, shape);
    }

    /**
     * By name, as they were drawn: what belongs together, such as a text and its mask, stays so.
     */
    @Override
    public Tensors allInputs(long n) {
      Tensors given = recorded().all("input");
      if (given.names().equals(List.of(""))) {
        return Compared.super.allInputs(n);
      }
      Tensor rows = some(given.get(0).size(0), n);
      return given.map(one -> varied(one.index_select(0, rows)));
    }

    /** Numbers that are more than yes and no differ each time. */
    private static Tensor varied(Tensor rows) {
      boolean areNumbers = rows.scalar_type().intern() == torch.ScalarType.Float;
      return areNumbers && torch.ne(rows, torch.round(rows)).any().item_bool()
          ? rows.add(torch.randn_like(rows))
          : rows;
    }

    @Override
    public Tensors allTargets(Tensors outputs) {
      Tensors given = recorded().all("target");
      if (given.names().equals(List.of(""))) {
        return Compared.super.allTargets(outputs);
      }
      long n = outputs.get(0).size(0);
      return given.map(one -> one.index_select(0, some(one.size(0), n)));
    }

    /** Indices below a count. */
    private static Tensor some(long count, long... shape) {
      return TestDevice.there(
          torch.randint(count, shape, new TensorOptions(torch.ScalarType.Long)));
    }

    private Tensor recorded(String what) {
      return recorded().get(what);
    }

    private Fixture recorded() {
      try {
        return fixture();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public long fewest() {
      return 1;
    }

    /** Each norm makes it grow: PyTorch's own two memory formats are up to 1e-5 apart. */
    @Override
    public double rounding() {
      return hasNorms() ? 5e-5 : Compared.super.rounding();
    }

    @Override
    public double drift() {
      return hasNorms() ? 5e-3 : Compared.super.drift();
    }

    private boolean hasNorms() {
      return source.contains("@BatchNorm");
    }

    /**
     * In one of ten batches of images a number that a ReLU or a max pool sees is so near to where
     * these turn that rounding decides on which side it is, and with it about a gradient.
     */
    @Override
    public int draws() {
      return 5;
    }

    /**
     * How far PyTorch's own mixed precision is off the gradient, as a part of it.
     *
     * @param batch the place of the batch's size among those of the script
     */
    double mixed(int batch) {
      return recorded("mixed").select(0, batch).item_double();
    }

    @Override
    public Fixture fixture() throws IOException {
      return Fixture.read(FOLDER.resolve(name + ".safetensors"), "python parity/graphs.py " + name);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Graph> all() {
    return files(FOLDER)
        .filter(file -> file.endsWith(JAVA))
        .map(file -> named(file.substring(0, file.length() - JAVA.length())));
  }

  static Graph named(String name) {
    return new Graph(name, read(FOLDER.resolve(name + JAVA)));
  }

  /** All, or with {@code -Dparity.rows=unet} those whose names begin so. */
  static Stream<Graph> chosen() {
    String wanted = System.getProperty("parity.rows", "");
    return all().filter(graph -> graph.name().startsWith(wanted));
  }

  private static Stream<String> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
