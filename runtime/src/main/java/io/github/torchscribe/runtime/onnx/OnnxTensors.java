package io.github.torchscribe.runtime.onnx;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** The numbers that a network has in itself: what it has learned, and constants. */
final class OnnxTensors {
  private final Map<String, Tensor> weights;
  private final Map<String, Tensor> all = new LinkedHashMap<>();
  private final Map<List<Object>, OnnxValue> constants = new HashMap<>();

  /**
   * Numbers of a model.
   *
   * @param weights what it has learned and remembers besides, by name, on the CPU
   */
  OnnxTensors(Map<String, Tensor> weights) {
    this.weights = weights;
  }

  /** Those of some names, in the order in which they were asked for. */
  List<OnnxTensor> named(Iterable<String> names) {
    Map<String, OnnxTensor> some = new LinkedHashMap<>();
    for (String name : names) {
      if (all.containsKey(name)) {
        some.putIfAbsent(name, new OnnxTensor(name, all.get(name).contiguous(), Optional.empty()));
      }
    }
    return List.copyOf(some.values());
  }

  /** What was learned, or is remembered. */
  OnnxValue weight(String name) {
    return added(name, weights.get(name));
  }

  /** Some rows of that. */
  OnnxValue rows(OnnxValue weight, long first, long count) {
    Tensor some = all.get(weight.name()).narrow(0, first, count);
    return added(weight.name() + "/" + first, some);
  }

  /**
   * Matrices that have several in one, for each direction, in another order.
   *
   * @param operator ONNX' name of whose they are
   * @param directions (gates·H, …) each
   * @return (directions, gates·H, …)
   */
  OnnxValue gates(String operator, OnnxValue... directions) {
    return added(directions[0].name() + "/gates", torch.stack(ordered(operator, directions), 0));
  }

  /**
   * The same of shifts, those of the input and those of the state behind each other.
   *
   * @param operator ONNX' name of whose they are
   * @param directions two of each direction, (gates·H) each
   * @return (directions, 2·gates·H)
   */
  OnnxValue shifts(String operator, OnnxValue... directions) {
    Tensor shifts = torch.cat(ordered(operator, directions), 0).view(directions.length / 2, -1);
    return added(directions[0].name() + "/gates", shifts);
  }

  private TensorVector ordered(String operator, OnnxValue... some) {
    return new TensorVector(
        Arrays.stream(some)
            .map(one -> ordered(all.get(one.name()), order(operator)))
            .toArray(Tensor[]::new));
  }

  /** Which of PyTorch's gates comes where in ONNX. */
  private static long[] order(String operator) {
    return switch (operator) {
      case "LSTM" -> new long[] {0, 3, 1, 2}; // i, f, g, o there; i, o, f, c here
      case "GRU" -> new long[] {1, 0, 2}; // r, z, n there; z, r, h here
      default -> new long[] {0};
    };
  }

  private static Tensor ordered(Tensor gates, long... order) {
    long size = gates.size(0) / order.length;
    Tensor[] parts =
        Arrays.stream(order)
            .mapToObj(gate -> gates.narrow(0, gate * size, size))
            .toArray(Tensor[]::new);
    return torch.cat(new TensorVector(parts), 0);
  }

  private OnnxValue added(String name, Tensor tensor) {
    all.put(name, tensor);
    return new OnnxValue(name);
  }

  /** Whole numbers. */
  OnnxValue integers(long[] shape, long... values) {
    return constant(
        List.of("integers", list(shape), list(values)), () -> torch.tensor(values).view(shape));
  }

  /** Numbers. */
  OnnxValue numbers(double... values) {
    return constant(
        List.of("numbers", Arrays.stream(values).boxed().toList()),
        () -> {
          float[] floats = new float[values.length];
          for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
          }
          return torch.tensor(floats);
        });
  }

  /** Whole numbers that follow each other. */
  OnnxValue range(long first, long count) {
    return integers(new long[] {count}, LongStream.range(first, first + count).toArray());
  }

  /** 1, but something else for the last place of the first dimension. */
  OnnxValue ofTheLast(double factor, long... shape) {
    return constant(
        List.of("last", factor, list(shape)),
        () -> {
          Tensor factors = torch.ones(shape);
          factors.select(0, shape[0] - 1).fill_(new Scalar(factor));
          return factors;
        });
  }

  /** The same number everywhere. */
  OnnxValue filled(double value, long... shape) {
    return constant(
        List.of("filled", value, list(shape)), () -> torch.full(shape, new Scalar(value)));
  }

  /** −∞ for what comes after a place, 0 for all others. */
  OnnxValue causalMask(long queries, long keys) {
    return constant(
        List.of("causal", queries, keys),
        () ->
            torch.triu(
                torch.full(new long[] {queries, keys}, new Scalar(Double.NEGATIVE_INFINITY)), 1));
  }

  /** The matrix that makes means of windows. */
  OnnxValue windowMeans(long in, long out) {
    return constant(
        List.of("means", in, out),
        () -> {
          Tensor means = torch.zeros(out, in);
          for (long i = 0; i < out; i++) {
            long from = i * in / out;
            long count = ((i + 1) * in + out - 1) / out - from;
            means.select(0, i).narrow(0, from, count).fill_(new Scalar(1.0 / count));
          }
          return means;
        });
  }

  /** The matrix that sums up neighbours. */
  OnnxValue neighbours(long count, long size, double factor) {
    return constant(
        List.of("neighbours", count, size, factor),
        () -> {
          Tensor matrix = torch.full(new long[] {count, count}, new Scalar(factor));
          return torch.tril(torch.triu(matrix, -(size / 2)), (size - 1) / 2);
        });
  }

  /** One for all that are equal. */
  private OnnxValue constant(List<Object> what, Supplier<Tensor> made) {
    OnnxValue known = constants.get(what);
    if (known == null) {
      known = added("constant/" + constants.size(), made.get());
      constants.put(what, known);
    }
    return known;
  }

  static List<Long> list(long... numbers) {
    return Arrays.stream(numbers).boxed().toList();
  }
}
