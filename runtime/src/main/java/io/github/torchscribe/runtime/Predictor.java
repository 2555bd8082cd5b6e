package io.github.torchscribe.runtime;

import io.github.torchscribe.runtime.data.Shapes;
import io.github.torchscribe.runtime.data.TensorSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * Answers from many threads at once, each with buffers of its own, one core for each; nothing is
 * allocated for an answer once there are as many buffers as threads. While the model is trained or
 * loaded answers wait, and then come from the new weights.
 *
 * <pre>{@code
 * try (MlpModel model = MlpModel.create(); Predictor predictor = model.predictor()) {
 *   model.load(path);
 *   float[] scores = predictor.predict(pixels);
 * }
 * }</pre>
 */
public final class Predictor implements AutoCloseable {
  private final Engine engine;
  private final TensorSpec input;
  private final int inputSize;
  private final int outputSize;
  private final Queue<Lane> free = new ConcurrentLinkedQueue<>();
  private volatile boolean closed;

  Predictor(Engine engine) {
    this.engine = engine;
    input = engine.blueprint().input();
    inputSize = Math.toIntExact(Shapes.elements(input.shape()));
    outputSize = Math.toIntExact(Shapes.elements(engine.blueprint().batchOutput(1)));
  }

  /** A class and its probability. */
  public record Ranked(String label, double probability) {}

  /** Buffers for one example, which one thread at a time uses. */
  private final class Lane {
    private final Device device = engine.device();
    private final Pass pass = new Pass(engine, false);
    private final Arena arena = Arena.filledBy(this::allocate);
    private Tensor host;
    private Tensor given;
    private Tensor result;
    private Tensor hostResult;

    private void allocate() {
      host = input.empty(1);
      hostResult = TensorSpec.numbers(outputSize).empty(1);
      boolean elsewhere = device.type() != Device.Type.CPU;
      given = elsewhere ? device.copy(host) : host;
      long[] shape = engine.blueprint().batchOutput(1);
      result = elsewhere ? device.copy(hostResult).view(shape) : hostResult.view(shape);
    }

    void run(Consumer<Tensor> fill, float[] output) {
      PointerScope scope = new PointerScope();
      try {
        fill.accept(host);
        if (given != host) {
          given.copy_(host);
        }
        Threads.prepareForTeam();
        pass.begin(given, null, 1);
        pass.run(List.of(share -> share.infer(result)));
        if (given != host) {
          hostResult.copy_(result.view(1, outputSize));
        }
        hostResult.data_ptr_float().get(output);
      } finally {
        scope.close();
      }
    }

    void close() {
      pass.close();
      arena.close();
    }
  }

  /**
   * What the network makes of an example.
   *
   * @param example its numbers, one dimension after the other
   * @return its output, in the same way
   * @throws IllegalArgumentException when there are too few or too many, or one is NaN or infinite
   * @throws IllegalStateException when this or the model is closed
   */
  public float[] predict(float... example) {
    float[] output = new float[outputSize];
    predict(example, output);
    return output;
  }

  /**
   * The same without a new array for the answer.
   *
   * @param example its numbers, one dimension after the other
   * @param output is filled
   * @throws IllegalArgumentException when there are too few or too many, or one is NaN or infinite
   * @throws IllegalStateException when this or the model is closed
   */
  public void predict(float[] example, float[] output) {
    check(!input.areIndices(), "numbers", example.length);
    for (int i = 0; i < example.length; i++) {
      if (!Float.isFinite(example[i])) {
        throw new IllegalArgumentException("number " + i + " of the example is " + example[i]);
      }
    }
    answer(host -> host.data_ptr_float().put(example), output);
  }

  /**
   * What the network makes of an example of indices.
   *
   * @param example its indices, one dimension after the other
   * @return its output, in the same way
   * @throws IllegalArgumentException when there are too few or too many, or one is out of range
   * @throws IllegalStateException when this or the model is closed
   */
  public float[] predict(long... example) {
    check(input.areIndices(), "indices", example.length);
    for (int i = 0; i < example.length; i++) {
      if (example[i] < 0 || example[i] >= input.count()) {
        throw new IllegalArgumentException(
            String.format(
                "index %d of the example is %d, but they are from 0 to %d",
                i, example[i], input.count() - 1));
      }
    }
    float[] output = new float[outputSize];
    answer(host -> host.data_ptr_long().put(example), output);
    return output;
  }

  /**
   * The classes that an example most likely is of, where outputs are scores as for
   * {@code @CrossEntropyLoss}.
   *
   * @param example its numbers, one dimension after the other
   * @param k how many at most, at least 1
   * @param labels of the classes, in their order
   * @return the likeliest first
   */
  public List<Ranked> topK(float[] example, int k, List<String> labels) {
    if (labels.size() != outputSize) {
      throw new IllegalArgumentException(
          "there are " + labels.size() + " labels, but the network has " + outputSize + " outputs");
    }
    if (k < 1) {
      throw new IllegalArgumentException("k must be at least 1 but is " + k);
    }
    double[] probabilities = softmax(predict(example));
    List<Ranked> ranked = new ArrayList<>();
    IntStream.range(0, outputSize)
        .mapToObj(i -> new Ranked(labels.get(i), probabilities[i]))
        .sorted(Comparator.comparingDouble(Ranked::probability).reversed())
        .limit(k)
        .forEach(ranked::add);
    return ranked;
  }

  private static double[] softmax(float... scores) {
    double largest = Double.NEGATIVE_INFINITY;
    for (float score : scores) {
      largest = Math.max(largest, score);
    }
    double[] result = new double[scores.length];
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      result[i] = Math.exp(scores[i] - largest);
      sum += result[i];
    }
    for (int i = 0; i < scores.length; i++) {
      result[i] /= sum;
    }
    return result;
  }

  private void check(boolean kind, String what, int length) {
    if (!kind || length != inputSize) {
      throw new IllegalArgumentException(
          String.format(
              "%s takes %s: %d for an example, but was given %d %s",
              engine.blueprint().name(), input, inputSize, length, what));
    }
  }

  private void answer(Consumer<Tensor> fill, float[] output) {
    if (output.length != outputSize) {
      throw new IllegalArgumentException(
          "an output has " + outputSize + " numbers, but there is room for " + output.length);
    }
    engine.read(
        () -> {
          if (closed) {
            throw new IllegalStateException("this predictor is closed");
          }
          Lane lane = free.poll();
          if (lane != null && !lane.device.equals(engine.device())) {
            lane.close(); // the model has moved
            lane = null;
          }
          if (lane == null) {
            lane = new Lane();
          }
          try {
            lane.run(fill, output);
          } finally {
            free.add(lane);
            if (closed) {
              drain();
            }
          }
        });
  }

  private void drain() {
    for (Lane lane = free.poll(); lane != null; lane = free.poll()) {
      lane.close();
    }
  }

  /**
   * Frees the buffers, at once or when those that are in use come back. A second call does nothing.
   */
  @Override
  public void close() {
    closed = true;
    drain();
  }
}
