package io.github.torchscribe.runtime;

import io.github.torchscribe.runtime.data.Pixels;
import io.github.torchscribe.runtime.data.Transform;
import io.github.torchscribe.runtime.generated.Signature;
import io.github.torchscribe.runtime.predict.Answering;
import io.github.torchscribe.runtime.predict.Asked;
import io.github.torchscribe.runtime.predict.ExampleCheck;
import io.github.torchscribe.runtime.predict.ImageExamples;
import io.github.torchscribe.runtime.predict.Lane;
import io.github.torchscribe.runtime.torch.Shapes;
import io.github.torchscribe.runtime.torch.TensorSpecs;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Answers by a model, or by the one that it has been swapped for. Containers may extend it. */
class ModelPredictor implements Predictor {
  private final Answering answering;
  private final ExampleCheck check;
  private final Signature signature;
  private final int outputSize;
  private volatile Listeners listeners;

  /** Who answers at present; with the lock of {@link #answering}, as what else changes. */
  private Model model;

  ModelPredictor(Model model) {
    this.model = model;
    answering = new Answering(model.engine());
    check = new ExampleCheck(model.engine().network());
    signature = model.engine().network().signature();
    outputSize = Math.toIntExact(Shapes.elements(signature.outputs().get(0).shape()));
  }

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

  @Override
  public Predictor microBatches(int most) {
    answering.together(most);
    return this;
  }

  @Override
  public Predictor precision(Precision some) {
    answering.quantize(some == Precision.INT8);
    return this;
  }

  @Override
  public Predictor listener(PredictionListener listener) {
    synchronized (answering) {
      Listeners all = Listeners.with(listeners, listener);
      listeners = all;
      answering.tell(all::computed);
    }
    return this;
  }

  @Override
  public Predictor warmUp(int together, Duration most) {
    answering.warmUp(together, most);
    return this;
  }

  @Override
  public Model swap(Model next) {
    if (next == null) {
      throw new IllegalArgumentException("the next model is null");
    }
    synchronized (answering) {
      long began = System.nanoTime();
      answering.swap(next.engine());
      Model before = model;
      model = next;
      if (listeners != null) {
        listeners.swapped(next, System.nanoTime() - began);
      }
      return before;
    }
  }

  @Override
  public Optional<String> trouble() {
    return answering.trouble();
  }

  @Override
  public TensorSpecs inputs() {
    return signature.inputs();
  }

  @Override
  public float[] predict(float... example) {
    float[] output = new float[outputSize];
    predict(example, output);
    return output;
  }

  @Override
  public void predict(float[] example, float[] output) {
    Listeners told = listeners;
    if (told == null) {
      predictOne(example, output);
    } else {
      telling(
          told,
          1,
          () -> {
            predictOne(example, output);
            return output;
          });
    }
  }

  private void predictOne(float[] example, float[] output) {
    requireOne();
    check.numbers(0, "the example", example);
    requireRoom(output);
    answering.answer(new Numbers(example, output));
  }

  @Override
  public float[][] predict(float[][] examples) {
    return telling(listeners, examples.length, () -> predictMany(examples));
  }

  private float[][] predictMany(float[][] examples) {
    requireOne();
    List<Numbers> queries = new ArrayList<>();
    for (int i = 0; i < examples.length; i++) {
      check.numbers(0, "example " + i, examples[i]);
      queries.add(new Numbers(examples[i], new float[outputSize]));
    }
    answering.answerAll(queries);
    return queries.stream().map(Numbers::output).toArray(float[][]::new);
  }

  @Override
  public Map<String, float[]> predict(Example example) {
    return telling(
        listeners,
        1,
        () -> {
          Asked query = check.asked(example.parts());
          answering.answer(query);
          return byName(query);
        });
  }

  @Override
  public List<Map<String, float[]>> predict(Collection<Example> examples) {
    return telling(
        listeners,
        examples.size(),
        () -> {
          List<Asked> queries = examples.stream().map(Example::parts).map(check::asked).toList();
          answering.answerAll(queries);
          return queries.stream().map(this::byName).toList();
        });
  }

  private Map<String, float[]> byName(Asked query) {
    Map<String, float[]> all = new LinkedHashMap<>();
    List<String> names = signature.outputNames();
    for (int i = 0; i < names.size(); i++) {
      all.put(names.get(i), query.output(i));
    }
    return all;
  }

  @Override
  public float[][] predict(List<BufferedImage> images, Transform... transforms) {
    return predict(images, Pixels.of(signature.input()), transforms);
  }

  @Override
  public float[][] predict(List<BufferedImage> images, Pixels pixels, Transform... transforms) {
    ImageExamples examples = new ImageExamples(signature.input(), pixels, List.of(transforms));
    return telling(listeners, images.size(), () -> predictMany(examples.of(images)));
  }

  @Override
  public float[] predict(long... example) {
    return telling(
        listeners,
        1,
        () -> {
          requireOne();
          check.indices(0, example);
          float[] output = new float[outputSize];
          answering.answer(new Indices(example, output));
          return output;
        });
  }

  /** Tells of a call, how long it took and how it ended. */
  private static <T> T telling(Listeners told, int examples, Supplier<T> call) {
    if (told == null) {
      return call.get();
    }
    long began = System.nanoTime();
    T answer;
    try {
      answer = call.get();
    } catch (RuntimeException | Error e) {
      told.failed(examples, System.nanoTime() - began, e);
      throw e;
    }
    told.answered(examples, System.nanoTime() - began);
    return answer;
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

  @Override
  public void close() {
    answering.close();
  }
}
