package io.github.torchscribe.runtime;

import io.github.torchscribe.runtime.data.Pixels;
import io.github.torchscribe.runtime.data.Transform;
import io.github.torchscribe.runtime.engine.Engine;
import io.github.torchscribe.runtime.predict.ImageExamples;
import io.github.torchscribe.runtime.predict.Lane;
import io.github.torchscribe.runtime.predict.Lanes;
import io.github.torchscribe.runtime.predict.MicroBatches;
import io.github.torchscribe.runtime.torch.Shapes;
import io.github.torchscribe.runtime.torch.TensorSpec;
import io.github.torchscribe.runtime.torch.Threads;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Answers from many threads at once, each with buffers of its own, one core for each; no tensor is
 * made for an answer once there are as many buffers as threads. While the model is trained or
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
  private final Lanes lanes;
  private volatile MicroBatches microBatches;

  Predictor(Engine engine) {
    this.engine = engine;
    lanes = new Lanes(engine);
    input = engine.network().input();
    inputSize = Math.toIntExact(Shapes.elements(input.shape()));
    outputSize = Math.toIntExact(Shapes.elements(engine.network().batchOutput(1)));
  }

  /**
   * A class and its probability.
   *
   * @param label the name that the class was given
   * @param probability from 0 to 1
   */
  public record Ranked(String label, double probability) {}

  private record Numbers(float[] numbers, float[] output) implements Lane.Query {
    @Override
    public long[] indices() {
      return null;
    }
  }

  private record Indices(long[] indices, float[] output) implements Lane.Query {
    @Override
    public float[] numbers() {
      return null;
    }
  }

  /**
   * From now on answers questions that come while all cores are busy together, in one pass: more
   * answers in a second, and no question waits for others to come. For servers whose threads ask at
   * the same time.
   *
   * @param most how many questions share a pass at most, from 1 to 64
   * @return this predictor
   */
  public Predictor microBatches(int most) {
    if (most < 1 || most > Lanes.MOST) {
      throw new IllegalArgumentException(
          "a micro-batch has from 1 to " + Lanes.MOST + " examples, but not " + most);
    }
    microBatches = new MicroBatches(lanes::answer, most, Threads.count());
    return this;
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
    check(example, "the example");
    answer(new Numbers(example, output));
  }

  /**
   * What the network makes of several examples, many at a time.
   *
   * @param examples each with its numbers, one dimension after the other
   * @return an output for each
   * @throws IllegalArgumentException when one has too few or too many, or one that is NaN or
   *     infinite; then none is answered
   * @throws IllegalStateException when this or the model is closed
   */
  public float[][] predict(float[][] examples) {
    List<Numbers> queries = new ArrayList<>();
    for (int i = 0; i < examples.length; i++) {
      check(examples[i], "example " + i);
      queries.add(new Numbers(examples[i], new float[outputSize]));
    }
    for (int from = 0; from < queries.size(); ) {
      int to = from + Lanes.atOnce(queries.size() - from);
      lanes.answer(queries.subList(from, to));
      from = to;
    }
    return queries.stream().map(Numbers::output).toArray(float[][]::new);
  }

  /**
   * What the network makes of images: each is made grey where the network's input has one channel,
   * scaled to it, and its numbers are from 0 to 1, as {@link
   * io.github.torchscribe.runtime.data.ImageFolder} makes them. For files use {@link
   * io.github.torchscribe.runtime.data.PictureFile#read}: {@code ImageIO.read} applies colour
   * profiles, which training does not, and takes a JPEG that is cut off.
   *
   * @param images in grey, RGB, CMYK or with a palette; transparency is left out
   * @param transforms what was done to them in training, such as {@code Transforms.normalize}
   * @return an output for each
   * @throws IllegalArgumentException when the network's input is no image, or an image is null or
   *     of another kind; then none is answered
   * @throws IllegalStateException when this or the model is closed
   */
  public float[][] predict(List<BufferedImage> images, Transform... transforms) {
    return predict(images, Pixels.of(input), transforms);
  }

  /**
   * The same where training scaled images to another size than the network's, and cropped them.
   *
   * <pre>{@code
   * predictor.predict(images, new Pixels(false, 256, 256), Transforms.centerCrop(224, 224));
   * }</pre>
   *
   * @param images in grey, RGB, CMYK or with a palette; transparency is left out
   * @param pixels what images are made of before the transforms, as by {@code ImageFolder.resized}
   * @param transforms what was done to them in training; they leave the network's input
   * @return an output for each
   * @throws IllegalArgumentException when they leave another shape, or an image is null or of
   *     another kind; then none is answered
   * @throws IllegalStateException when this or the model is closed
   */
  public float[][] predict(List<BufferedImage> images, Pixels pixels, Transform... transforms) {
    return predict(new ImageExamples(input, pixels, List.of(transforms)).of(images));
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
                Locale.ROOT,
                "index %d of the example is %d, but they are from 0 to %d",
                i,
                example[i],
                input.count() - 1));
      }
    }
    float[] output = new float[outputSize];
    answer(new Indices(example, output));
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

  private void check(float[] example, String which) {
    check(!input.areIndices(), "numbers", example.length);
    for (int i = 0; i < example.length; i++) {
      if (!Float.isFinite(example[i])) {
        throw new IllegalArgumentException("number " + i + " of " + which + " is " + example[i]);
      }
    }
  }

  private void check(boolean kind, String what, int length) {
    if (!kind || length != inputSize) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s takes %s: %d for an example, but was given %d %s",
              engine.network().name(),
              input,
              inputSize,
              length,
              what));
    }
  }

  private void answer(Lane.Query query) {
    if (query.output().length != outputSize) {
      throw new IllegalArgumentException(
          "an output has "
              + outputSize
              + " numbers, but there is room for "
              + query.output().length);
    }
    MicroBatches together = microBatches;
    if (together == null) {
      lanes.answer(List.of(query));
    } else {
      together.answer(query);
    }
  }

  /**
   * Frees the buffers, at once or when those that are in use come back. A second call does nothing.
   */
  @Override
  public void close() {
    lanes.close();
  }
}
