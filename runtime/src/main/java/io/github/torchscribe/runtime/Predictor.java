package io.github.torchscribe.runtime;

import io.github.torchscribe.runtime.data.Pixels;
import io.github.torchscribe.runtime.data.Transform;
import io.github.torchscribe.runtime.engine.Engine;
import io.github.torchscribe.runtime.generated.QuantizedWeights;
import io.github.torchscribe.runtime.generated.Signature;
import io.github.torchscribe.runtime.predict.Asked;
import io.github.torchscribe.runtime.predict.ExampleCheck;
import io.github.torchscribe.runtime.predict.ImageExamples;
import io.github.torchscribe.runtime.predict.Lane;
import io.github.torchscribe.runtime.predict.Lanes;
import io.github.torchscribe.runtime.predict.MicroBatches;
import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Shapes;
import io.github.torchscribe.runtime.torch.Threads;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Answers from many threads at once, each with buffers of its own; no tensor is made for an answer
 * once there are as many buffers as threads. Of a large network one answer is computed by several
 * threads where cores are free: those that nobody who asks has, and that train nothing. It is the
 * same, bit for bit, whoever else asks. While the model is trained or loaded answers wait, and then
 * come from the new weights.
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
  private final ExampleCheck check;
  private final Signature signature;
  private final int outputSize;
  private final Lanes lanes;
  private volatile MicroBatches microBatches;

  Predictor(Engine engine) {
    this.engine = engine;
    lanes = new Lanes(engine);
    check = new ExampleCheck(engine.network());
    signature = engine.network().signature();
    outputSize = Math.toIntExact(Shapes.elements(signature.outputs().get(0).shape()));
  }

  /** In which numbers products are computed: linear layers, and the projections of attention. */
  public enum Precision {
    /** 32-bit floats. */
    FLOAT32,

    /**
     * Weights have 8 bits, whole numbers and a scale for each feature of the result; what they are
     * multiplied by gets 8 bits anew in each answer, from the least number of an example to the
     * largest, where the processor has no AVX512-VNNI 7. Sums are whole numbers, and all between
     * products is in 32-bit floats. As PyTorch's {@code quantize_dynamic} does. Convolutions and
     * recurrent layers stay in 32-bit floats.
     */
    INT8
  }

  /**
   * A class and its probability.
   *
   * @param label the name that the class was given
   * @param probability from 0 to 1
   */
  public record Ranked(String label, double probability) {}

  private record Numbers(float[] all, float[] output) implements Lane.Query {
    @Override
    public float[] numbers(int input) {
      return all;
    }

    @Override
    public long[] indices(int input) {
      return null;
    }

    @Override
    public float[] output(int which) {
      return output;
    }
  }

  private record Indices(long[] all, float[] output) implements Lane.Query {
    @Override
    public float[] numbers(int input) {
      return null;
    }

    @Override
    public long[] indices(int input) {
      return all;
    }

    @Override
    public float[] output(int which) {
      return output;
    }
  }

  /**
   * From now on answers questions that come while all cores are busy together, in one pass: more
   * answers in a second, and no question waits for others to come. For servers whose threads ask at
   * the same time.
   *
   * @param most how many questions share a pass at most, from 1 to 64
   * @return this predictor
   * @throws IllegalStateException when products are computed in INT8
   */
  public Predictor microBatches(int most) {
    if (most < 1 || most > Lanes.MOST) {
      throw new IllegalArgumentException(
          "a micro-batch has from 1 to " + Lanes.MOST + " examples, but not " + most);
    }
    if (lanes.areQuantized()) {
      throw new IllegalStateException(
          "with INT8 what comes of a question would depend on those in the same pass: use FLOAT32");
    }
    microBatches = new MicroBatches(lanes::answer, most, Threads.count());
    return this;
  }

  /**
   * In which numbers products are computed from now on: 32-bit floats, unless this says otherwise.
   * With {@code INT8} answers of large networks come several times as soon, and are off by some
   * hundredths of what they are at most: measure what that does to yours. Weights are read once,
   * and again after each operation of the model, such as a step or an evaluation; what somebody
   * writes into {@link Model#parameters()} by hand is not seen. Each example is answered by itself.
   *
   * @param some which
   * @return this predictor
   * @throws IllegalStateException when products of 8 bits are not there: on a GPU, on processors
   *     other than x86-64, and where questions share a pass
   */
  public Predictor precision(Precision some) {
    if (some == Precision.INT8) {
      requireBytes();
    }
    lanes.quantize(some == Precision.INT8);
    return this;
  }

  private void requireBytes() {
    if (engine.device().type() != Device.Type.CPU) {
      throw new IllegalStateException(
          "INT8 is for processors, but the model is on "
              + engine.device()
              + ": move it, or have @Training(precision = Precision.BF16)");
    }
    if (microBatches != null) {
      throw new IllegalStateException(
          "with INT8 what comes of a question would depend on those in the same pass: leave"
              + " microBatches out");
    }
    if (!QuantizedWeights.areThere()) {
      throw new IllegalStateException(
          "libtorch has no products of 8 bits for this processor: use FLOAT32");
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
    requireOne();
    check.numbers(0, "the example", example);
    requireRoom(output);
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
    requireOne();
    List<Numbers> queries = new ArrayList<>();
    for (int i = 0; i < examples.length; i++) {
      check.numbers(0, "example " + i, examples[i]);
      queries.add(new Numbers(examples[i], new float[outputSize]));
    }
    answerAll(queries);
    return queries.stream().map(Numbers::output).toArray(float[][]::new);
  }

  private void answerAll(List<? extends Lane.Query> queries) {
    for (int from = 0; from < queries.size(); ) {
      int to = from + lanes.together(queries.size() - from);
      lanes.answer(queries.subList(from, to));
      from = to;
    }
  }

  /**
   * What a network of several inputs or outputs makes of an example.
   *
   * @param example all inputs
   * @return its outputs by their names, each one dimension after the other; the only one of a
   *     network that has no names is called {@code output}
   * @throws IllegalArgumentException when an input is missing, is none of the network's, has too
   *     few or too many numbers, one that is NaN or infinite, or an index out of range
   * @throws IllegalStateException when this or the model is closed
   */
  public Map<String, float[]> predict(Example example) {
    Asked query = check.asked(example.parts());
    answer(query);
    return byName(query);
  }

  /**
   * The same of several examples, many at a time.
   *
   * @param examples each with all inputs
   * @return the outputs of each, by their names
   * @throws IllegalArgumentException as for one; then none is answered
   * @throws IllegalStateException when this or the model is closed
   */
  public List<Map<String, float[]>> predict(Collection<Example> examples) {
    List<Asked> queries = examples.stream().map(Example::parts).map(check::asked).toList();
    answerAll(queries);
    return queries.stream().map(this::byName).toList();
  }

  private Map<String, float[]> byName(Asked query) {
    Map<String, float[]> all = new LinkedHashMap<>();
    List<String> names = signature.outputNames();
    for (int i = 0; i < names.size(); i++) {
      all.put(names.get(i), query.output(i));
    }
    return all;
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
    return predict(images, Pixels.of(signature.input()), transforms);
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
    return predict(new ImageExamples(signature.input(), pixels, List.of(transforms)).of(images));
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
    requireOne();
    check.indices(0, example);
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

  /** One input and one output need no names. */
  private void requireOne() {
    signature.input();
    signature.requireOutput();
  }

  private void requireRoom(float... output) {
    if (output.length != outputSize) {
      throw new IllegalArgumentException(
          "an output has " + outputSize + " numbers, but there is room for " + output.length);
    }
  }

  private void answer(Lane.Query query) {
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
