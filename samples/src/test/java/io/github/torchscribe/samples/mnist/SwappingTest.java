package io.github.torchscribe.samples.mnist;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.PredictionListener;
import io.github.torchscribe.runtime.Predictor;
import io.github.torchscribe.runtime.learner.Parameter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiPredicate;
import org.bytedeco.pytorch.Scalar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Weights change while four threads ask: every answer is one of the two, to the last bit unless
 * questions share a pass.
 */
class SwappingTest {
  private static final int THREADS = 4;
  private static final int SWAPS = 30;

  @TempDir private Path folder;

  /** How questions are asked. */
  private enum Asking {
    ALONE,
    SEVERAL,
    BYTES
  }

  /** Who asks from several threads, and compares. */
  private static final class Askers {
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger[] answers = {new AtomicInteger(), new AtomicInteger()};
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Thread[] threads = new Thread[THREADS];
    private final BiPredicate<float[][], float[][]> alike;

    Askers(Predictor predictor, float[][] images, float[][][] expected, boolean several) {
      this(predictor, images, expected, several, Arrays::deepEquals);
    }

    Askers(
        Predictor predictor,
        float[][] images,
        float[][][] expected,
        boolean several,
        BiPredicate<float[][], float[][]> alike) {
      this.alike = alike;
      for (int t = 0; t < THREADS; t++) {
        int first = t % images.length;
        threads[t] =
            new Thread(
                () -> {
                  try {
                    for (int i = first; !over.get(); i = (i + 1) % images.length) {
                      if (several) {
                        compare(predictor.predict(images), expected);
                      } else {
                        float[] answer = predictor.predict(images[i]);
                        compare(
                            new float[][] {answer},
                            new float[][][] {{expected[0][i]}, {expected[1][i]}});
                      }
                    }
                  } catch (Throwable e) {
                    failure.compareAndSet(null, e);
                  }
                });
        threads[t].start();
      }
    }

    /** All of the first weights, or all of the second. */
    private void compare(float[][] answer, float[][][] expected) {
      for (int i = 0; i < 2; i++) {
        if (alike.test(expected[i], answer)) {
          answers[i].incrementAndGet();
          return;
        }
      }
      throw new AssertionError("of neither: " + Arrays.deepToString(answer));
    }

    /** Waits until some answers have come of the weights at hand. */
    void await(int which) {
      int before = answers[which].get();
      while (answers[which].get() < before + 3 && failure.get() == null) {
        Thread.yield();
      }
    }

    void end() throws InterruptedException {
      over.set(true);
      for (Thread thread : threads) {
        thread.join();
      }
      if (failure.get() != null) {
        throw new AssertionError(failure.get());
      }
      assertTrue(answers[0].get() > SWAPS && answers[1].get() > SWAPS);
    }
  }

  private static float[][] answers(Predictor predictor, float[][] images, boolean together) {
    return together
        ? predictor.predict(images)
        : Arrays.stream(images).map(predictor::predict).toArray(float[][]::new);
  }

  private static Predictor predictor(Model model, Asking asking) {
    Predictor predictor = model.predictor();
    if (asking == Asking.BYTES) {
      predictor.precision(Predictor.Precision.INT8);
    }
    return predictor;
  }

  /** Several at once are more than one pass takes. */
  private static float[][] images(Asking asking) {
    float[][] images = PredictorTest.images();
    return Arrays.copyOf(images, asking == Asking.SEVERAL ? 67 : 10);
  }

  @ParameterizedTest
  @EnumSource
  void modelsAreSwapped(Asking asking) throws InterruptedException {
    float[][] images = images(asking);
    boolean several = asking == Asking.SEVERAL;
    float[][][] expected = new float[2][][];
    Model present = MlpModel.create(1);
    for (int seed = 1; seed <= 2; seed++) {
      try (Model model = MlpModel.create(seed);
          Predictor alone = predictor(model, asking)) {
        expected[seed - 1] = answers(alone, images, several);
      }
    }
    assertFalse(Arrays.deepEquals(expected[0], expected[1]));
    try (Predictor predictor = predictor(present, asking)) {
      Askers askers = new Askers(predictor, images, expected, several);
      for (int i = 1; i <= SWAPS; i++) {
        askers.await((i + 1) % 2);
        Model next = MlpModel.create(1 + i % 2);
        Model before = predictor.swap(next);
        assertSame(present, before);
        before.close(); // nobody reads its memory any more
        assertArrayEquals(
            expected[i % 2], answers(predictor, images, several), "the swap has returned");
        present = next;
      }
      askers.end();
    } finally {
      present.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void filesAreLoaded(Asking asking) throws InterruptedException {
    float[][] images = images(asking);
    boolean several = asking == Asking.SEVERAL;
    float[][][] expected = new float[2][][];
    Path[] files = {folder.resolve("1"), folder.resolve("2")};
    for (int i = 0; i < 2; i++) {
      try (Model model = MlpModel.create(1 + i);
          Predictor alone = predictor(model, asking)) {
        expected[i] = answers(alone, images, several);
        model.save(files[i]);
      }
    }
    try (Model model = MlpModel.create(1);
        Predictor predictor = predictor(model, asking)) {
      Askers askers = new Askers(predictor, images, expected, several);
      for (int i = 1; i <= SWAPS; i++) {
        askers.await((i + 1) % 2);
        model.load(files[i % 2]);
        assertArrayEquals(expected[i % 2], answers(predictor, images, several));
      }
      askers.end();
    }
  }

  /**
   * Those that share a pass come from the same weights; which share one is chance, and by its row
   * an example's answer may differ in the last bit.
   */
  @Test
  void modelsAreSwappedUnderMicroBatches() throws InterruptedException {
    float[][] image = Arrays.copyOf(PredictorTest.images(), 1);
    float[][][] expected = new float[2][][];
    Model[] models = {MlpModel.create(1), MlpModel.create(2)};
    for (int i = 0; i < 2; i++) {
      try (Predictor alone = models[i].predictor()) {
        expected[i] = answers(alone, image, false);
      }
    }
    try (Predictor predictor = models[0].predictor().microBatches(4)) {
      Askers askers =
          new Askers(predictor, image, expected, false, (some, others) -> near(some[0], others[0]));
      for (int i = 1; i <= SWAPS; i++) {
        askers.await((i + 1) % 2);
        assertSame(models[(i + 1) % 2], predictor.swap(models[i % 2]));
        assertTrue(near(predictor.predict(image[0]), expected[i % 2][0]), "the swap has returned");
      }
      askers.end();
    }
    for (Model model : models) {
      model.close();
    }
  }

  /** A call of a hundred passes is not begun anew, however often models are swapped meanwhile. */
  @Test
  @Timeout(60)
  void longCallsEndWithTheModelThatTheyBeganWith() throws InterruptedException {
    float[][] some = PredictorTest.images();
    float[][] images = new float[6_400][];
    Arrays.setAll(images, i -> some[i % some.length]);
    float[][][] expected = new float[2][][];
    Model[] models = {MlpModel.create(1), MlpModel.create(2)};
    for (int i = 0; i < 2; i++) {
      try (Predictor alone = models[i].predictor()) {
        expected[i] = alone.predict(images);
      }
    }
    LongAdder computed = new LongAdder();
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger swaps = new AtomicInteger();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    int calls = 0;
    try (Predictor predictor = models[0].predictor()) {
      predictor.listener(
          new PredictionListener() {
            @Override
            public void computed(int examples, long nanos) {
              computed.add(examples);
            }
          });
      Thread swapping =
          new Thread(
              () -> {
                try {
                  while (!over.get()) {
                    predictor.swap(models[(swaps.get() + 1) % 2]);
                    swaps.incrementAndGet();
                    Thread.sleep(1);
                  }
                } catch (Throwable e) {
                  failure.set(e);
                }
              });
      swapping.start();
      while (calls < 10 || swaps.get() < 10 && failure.get() == null) {
        float[][] answer = predictor.predict(images);
        calls++;
        assertTrue(
            Arrays.deepEquals(expected[0], answer) || Arrays.deepEquals(expected[1], answer),
            "of neither, or of both");
      }
      over.set(true);
      swapping.join();
    }
    for (Model model : models) {
      model.close();
    }
    assertNull(failure.get());
    assertEquals((long) calls * images.length, computed.sum(), calls + " calls");
  }

  private static boolean near(float[] some, float[] others) {
    for (int i = 0; i < some.length; i++) {
      if (!(Math.abs(some[i] - others[i]) <= 1e-5f)) {
        return false;
      }
    }
    return true;
  }

  @Test
  void whatDoesNotFitIsRefused() {
    float[] image = PredictorTest.images()[0];
    try (Model model = MlpModel.create();
        Model broken = MlpModel.create();
        Model other = HandwritingModel.create();
        Predictor predictor = model.predictor()) {
      float[] before = predictor.predict(image);
      assertTrue(
          assertThrows(IllegalArgumentException.class, () -> predictor.swap(other))
              .getMessage()
              .startsWith("Handwriting cannot answer in place of Mlp: its "));
      for (Parameter parameter : broken.parameters()) {
        parameter.value().fill_(new Scalar(Float.NaN));
      }
      assertEquals(
          "Mlp makes NaN of a made-up example: look at its weights",
          assertThrows(IllegalArgumentException.class, () -> predictor.swap(broken)).getMessage());
      Model closed = MlpModel.create();
      closed.close();
      assertEquals(
          "Mlp is closed",
          assertThrows(IllegalStateException.class, () -> predictor.swap(closed)).getMessage());
      assertEquals(
          "the next model is null",
          assertThrows(IllegalArgumentException.class, () -> predictor.swap(null)).getMessage());
      assertArrayEquals(before, predictor.predict(image));
      assertEquals(
          "this Mlp answers already: give swap another model; it returns the one that has answered"
              + " until then",
          assertThrows(IllegalArgumentException.class, () -> predictor.swap(model).close())
              .getMessage());
      assertArrayEquals(before, predictor.predict(image));
    }
  }

  /** What is made up has numbers that differ: a layer that divides by how much is well. */
  @Test
  void aLayerThatStandardisesAnExampleIsWell() {
    try (Model model = StandardisedModel.create();
        Model next = StandardisedModel.create(2);
        Predictor predictor = model.predictor()) {
      assertTrue(Float.isNaN(predictor.predict(1, 1, 1, 1f)[0]), "as it is written");
      assertEquals(Optional.empty(), predictor.trouble());
      assertSame(model, predictor.swap(next));
      next.parameters().get(0).value().fill_(new Scalar(Float.NaN));
      assertEquals(
          Optional.of("Standardised makes NaN of a made-up example: look at its weights"),
          predictor.trouble());
    }
  }

  /** A model that was closed, or whose weights are none, is left for one that is well. */
  @Test
  void saysWhetherItCanAnswer() {
    float[] image = PredictorTest.images()[0];
    Model model = MlpModel.create();
    Predictor predictor = model.predictor();
    try (Model next = MlpModel.create(2)) {
      assertEquals(Optional.empty(), predictor.trouble());
      for (Parameter parameter : model.parameters()) {
        parameter.value().fill_(new Scalar(Float.NaN));
      }
      assertEquals(
          Optional.of("Mlp makes NaN of a made-up example: look at its weights"),
          predictor.trouble());
      model.close();
      assertEquals(Optional.of("Mlp is closed"), predictor.trouble());
      assertSame(model, predictor.swap(next));
      assertEquals(Optional.empty(), predictor.trouble());
      try (Predictor alone = next.predictor()) {
        assertArrayEquals(alone.predict(image), predictor.predict(image));
      }
      predictor.close();
      assertEquals(Optional.of("this predictor is closed"), predictor.trouble());
      assertThrows(IllegalStateException.class, () -> predictor.swap(next));
    }
  }
}
