package io.github.torchscribe.runtime;

import io.github.torchscribe.runtime.data.Pixels;
import io.github.torchscribe.runtime.data.Transform;
import io.github.torchscribe.runtime.torch.TensorSpecs;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Answers from many threads at once, each with buffers of its own; no tensor is made for an answer
 * once there are as many buffers as threads. Of a large network one answer is computed by several
 * threads where cores are free: those that nobody who asks has, and that train nothing; of a small
 * one by two while one thread alone asks one question after the other without a pause, for which
 * the second waits awake, as long as some 50 µs. It is the same, bit for bit, whoever else asks, as
 * long as it has a pass of its own; among several in a call, or in a pass that others share ({@link
 * #microBatches}), its last digits may be others, by about a millionth of the largest number; so
 * may those of answers about sequences once {@link Model#parameters()} has been asked for.
 *
 * <p>What comes of one call comes of the same weights. While the model is trained or loaded answers
 * wait, and then come from the new weights; {@link #swap} goes over to another model, and nobody
 * waits. Weights of 3 × 3 convolutions are kept in the order in which a single image's prediction
 * reads them, too, once for all predictors of a model: 2⅓ times the memory of these weights, from
 * the first prediction on until the model is closed or moves. They are compared with the model's in
 * each answer, so that what is written into {@link Model#parameters()} by hand is seen. For each
 * such layer each thread that asks has room for the image with its padding, and for sums and
 * products of some of its rows: 1.5 MB for 64 channels of 56 × 56, and where several threads
 * compute one answer half a megabyte more for each of these. Where activations are infinite these
 * layers give NaN, as differences of such are none, also where a plain convolution gives infinity.
 *
 * <pre>{@code
 * try (MlpModel model = MlpModel.create(); Predictor predictor = model.predictor()) {
 *   model.load(path);
 *   float[] scores = predictor.predict(pixels);
 * }
 * }</pre>
 *
 * <p>It is an interface so that a container can put something of its own before it, and a test
 * something in its place; whom {@link Model#predictor} makes is the only one here.
 */
public interface Predictor extends AutoCloseable {
  /** In which numbers products are computed: linear layers, and the projections of attention. */
  enum Precision {
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
  record Ranked(String label, double probability) {
    /**
     * The classes that are the likeliest.
     *
     * @param scores of all classes, as for {@code @CrossEntropyLoss}
     * @param k how many at most, at least 1
     * @param labels of the classes, in their order
     * @return the likeliest first
     */
    public static List<Ranked> likeliest(float[] scores, int k, List<String> labels) {
      if (labels.size() != scores.length) {
        throw new IllegalArgumentException(
            "there are "
                + labels.size()
                + " labels, but the network has "
                + scores.length
                + " outputs");
      }
      if (k < 1) {
        throw new IllegalArgumentException("k must be at least 1 but is " + k);
      }
      double[] probabilities = softmax(scores);
      List<Ranked> ranked = new ArrayList<>();
      IntStream.range(0, scores.length)
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
  }

  /**
   * From now on answers questions that come while all cores are busy together, in one pass: more
   * answers in a second, and no question waits for others to come. For servers whose threads ask at
   * the same time.
   *
   * <p>Which questions share a pass is a matter of chance, and with it an answer's last digits, by
   * about a millionth of the largest number: sums of several examples are added up in another
   * order, and convolutions of one image may be computed in another way.
   *
   * @param most how many questions share a pass at most, from 1 to 64
   * @return this predictor
   * @throws IllegalStateException when products are computed in INT8
   */
  Predictor microBatches(int most);

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
  Predictor precision(Precision some);

  /**
   * Tells somebody of each answer from now on, besides those who are told already. Without any an
   * answer takes no time for it.
   *
   * @param listener is told, from the threads that ask
   * @return this predictor
   */
  Predictor listener(PredictionListener listener);

  /**
   * Answers made-up examples from as many threads as there are to work, until answers come no
   * sooner any more: buffers are made, weights brought into order, and the JVM compiles what is
   * called often. Before it a server's first answers take many times as long as those after.
   * Listeners are not told of it.
   *
   * @param together how many examples come in a call, from 1 to 64; after {@link #microBatches} how
   *     many share a pass at most: passes of 1, 2, 4 … so many are warmed up
   * @param most how long at most
   * @return this predictor
   * @throws IllegalStateException when this or the model is closed
   */
  Predictor warmUp(int together, Duration most);

  /**
   * Goes over to another model while questions come: each call is answered by one of the two,
   * whole, and all that begin after this returns by the new one. Nobody waits for it: the new model
   * is made ready before, with as many buffers as there are, and answers under way are given by the
   * old one, for which this does wait.
   *
   * <pre>{@code
   * MlpModel next = MlpModel.create();
   * next.load(path);
   * predictor.swap(next).close();
   * }</pre>
   *
   * @param next of the same inputs and outputs, on any device; also of another network
   * @return the model that answered before, which may be closed, or kept to go back to it
   * @throws IllegalArgumentException when it is the model that answers already, when inputs or
   *     outputs differ, or when it makes NaN of a made-up example of which the present one makes
   *     numbers; then nothing has changed
   * @throws IllegalStateException when this or the other model is closed, or when it is on a GPU
   *     and products are in INT8; then nothing has changed
   */
  Model swap(Model next);

  /**
   * Whether questions can be answered, for a health check: one that is made up has been. Listeners
   * are not told of it.
   *
   * @return what is wrong, in words; empty where all is well. It waits as long as the model is
   *     trained or loaded
   */
  Optional<String> trouble();

  /**
   * What an example consists of.
   *
   * @return by name; a single input may have none
   */
  TensorSpecs inputs();

  /**
   * What the network makes of an example.
   *
   * @param example its numbers, one dimension after the other
   * @return its output, in the same way
   * @throws IllegalArgumentException when there are too few or too many, or one is NaN or infinite
   * @throws IllegalStateException when this or the model is closed
   */
  float[] predict(float... example);

  /**
   * The same without a new array for the answer.
   *
   * @param example its numbers, one dimension after the other
   * @param output is filled
   * @throws IllegalArgumentException when there are too few or too many, or one is NaN or infinite
   * @throws IllegalStateException when this or the model is closed
   */
  void predict(float[] example, float[] output);

  /**
   * What the network makes of several examples, many at a time. Their last digits may be others
   * than where each is asked about by itself, by about a millionth of the largest number.
   *
   * @param examples each with its numbers, one dimension after the other
   * @return an output for each
   * @throws IllegalArgumentException when one has too few or too many, or one that is NaN or
   *     infinite; then none is answered
   * @throws IllegalStateException when this or the model is closed
   */
  float[][] predict(float[][] examples);

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
  Map<String, float[]> predict(Example example);

  /**
   * The same of several examples, many at a time.
   *
   * @param examples each with all inputs
   * @return the outputs of each, by their names
   * @throws IllegalArgumentException as for one; then none is answered
   * @throws IllegalStateException when this or the model is closed
   */
  List<Map<String, float[]>> predict(Collection<Example> examples);

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
  float[][] predict(List<BufferedImage> images, Transform... transforms);

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
  float[][] predict(List<BufferedImage> images, Pixels pixels, Transform... transforms);

  /**
   * What the network makes of an example of indices.
   *
   * @param example its indices, one dimension after the other
   * @return its output, in the same way
   * @throws IllegalArgumentException when there are too few or too many, or one is out of range
   * @throws IllegalStateException when this or the model is closed
   */
  float[] predict(long... example);

  /**
   * The classes that an example most likely is of, where outputs are scores as for
   * {@code @CrossEntropyLoss}.
   *
   * @param example its numbers, one dimension after the other
   * @param k how many at most, at least 1
   * @param labels of the classes, in their order
   * @return the likeliest first
   */
  default List<Ranked> topK(float[] example, int k, List<String> labels) {
    return Ranked.likeliest(predict(example), k, labels);
  }

  /**
   * The same of an example whose inputs have names, such as one that is made of a table's words.
   *
   * <pre>{@code
   * predictor.topK(Example.of(encoder, cells), 3, encoder.words("species"));
   * }</pre>
   *
   * @param example all inputs
   * @param k how many at most, at least 1
   * @param labels of the classes, in their order
   * @return the likeliest first
   * @throws IllegalArgumentException when the example does not fit, or the network has several
   *     outputs; for those there are {@link #predict(Example)} and {@link Ranked#likeliest}
   */
  default List<Ranked> topK(Example example, int k, List<String> labels) {
    Map<String, float[]> answer = predict(example);
    if (answer.size() != 1) {
      throw new IllegalArgumentException(
          "the network has several outputs ("
              + String.join(", ", new TreeSet<>(answer.keySet()))
              + "), and this is for one: take"
              + " Predictor.Ranked.likeliest(predictor.predict(example).get(name), k, labels)");
    }
    return Ranked.likeliest(answer.values().iterator().next(), k, labels);
  }

  /**
   * Frees the buffers, at once or when those that are in use come back. A second call does nothing.
   */
  @Override
  void close();
}
