package io.github.torchscribe.samples.mnist;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Predictor;
import io.github.torchscribe.runtime.data.Mnist;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

/** Answers from many threads: the same as from one, also while the model learns or is closed. */
class PredictorTest {
  private static final int THREADS = 8;
  private static final int EXAMPLES = 100;

  /** The first images of the test data, as a predictor takes them. */
  static float[][] images() {
    try (Mnist data = Mnist.test();
        PointerScope scope = new PointerScope()) {
      float[][] images = new float[EXAMPLES][784];
      for (int i = 0; i < EXAMPLES; i++) {
        Tensor image = data.examples(i);
        scope.attach(image);
        image.data_ptr_float().get(images[i]);
      }
      return images;
    }
  }

  @Test
  void eightThreadsGetTheAnswersOfOne() throws Exception {
    float[][] images = images();
    try (Model model = MlpModel.create();
        Predictor predictor = model.predictor()) {
      float[][] expected = new float[EXAMPLES][];
      for (int i = 0; i < EXAMPLES; i++) {
        expected[i] = predictor.predict(images[i]);
      }
      try (PointerScope scope = new PointerScope()) {
        Tensor one = torch.tensor(images[7]).view(1, 1, 28, 28);
        scope.attach(one);
        float[] fromModel = new float[10];
        model.forward(one).data_ptr_float().get(fromModel);
        assertArrayEquals(fromModel, expected[7], 1e-5f);
      }
      askFromAll(predictor, images, expected, 20_000, 0);
    }
  }

  /**
   * JavaCPP makes an object for what an operation returns, some fifty bytes, and one for a scope. A
   * tensor, if only a view, would be 150 bytes and two microseconds more.
   */
  @Test
  void anAnswerMakesNoTensor() {
    float[] image = images()[0];
    float[] scores = new float[10];
    try (Model model = MlpModel.create();
        Predictor predictor = model.predictor()) {
      for (int i = 0; i < 30_000; i++) {
        predictor.predict(image, scores); // until it is compiled
      }
      ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long before = thread.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 1_000; i++) {
        predictor.predict(image, scores);
      }
      long each = (thread.getCurrentThreadAllocatedBytes() - before) / 1_000;
      assertTrue(each < 800, each + " bytes");
    }
  }

  /** Who asks often is answered by two threads as soon as one has been woken, and by one before. */
  @Test
  void anAnswerIsTheSameWhoeverHelps() {
    try (Model model = MlpModel.create();
        Predictor predictor = model.predictor()) {
      float[] example = new float[784];
      for (int i = 0; i < example.length; i++) {
        example[i] = (float) Math.sin(1.7 * i);
      }
      float[] first = predictor.predict(example);
      for (int i = 0; i < 20_000; i++) {
        assertArrayEquals(first, predictor.predict(example));
      }
    }
  }

  @Test
  void microBatchesHaveTheSameAnswers() throws Exception {
    float[][] images = images();
    try (Model model = CnnModel.create();
        Predictor predictor = model.predictor()) {
      float[][] expected = new float[EXAMPLES][];
      for (int i = 0; i < EXAMPLES; i++) {
        expected[i] = predictor.predict(images[i]);
      }
      float[][] together = predictor.predict(images);
      for (int i = 0; i < EXAMPLES; i++) {
        assertArrayEquals(expected[i], together[i], 1e-5f);
      }
      askFromAll(predictor.microBatches(32), images, expected, 4_000, 1e-5f);
    }
  }

  private static void askFromAll(
      Predictor predictor, float[][] images, float[][] expected, int answers, float tolerance)
      throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<Future<?>> futures = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      int first = t;
      futures.add(
          threads.submit(
              () -> {
                float[] answer = new float[10];
                for (int i = first; i < answers; i += THREADS) {
                  predictor.predict(images[i % EXAMPLES], answer);
                  assertArrayEquals(expected[i % EXAMPLES], answer, tolerance);
                }
              }));
    }
    for (Future<?> future : futures) {
      future.get();
    }
    threads.shutdown();
  }

  @Test
  void answersWhileTheModelLearns() throws Exception {
    float[][] images = images();
    try (Model model = MlpModel.create();
        Predictor predictor = model.predictor();
        PointerScope scope = new PointerScope()) {
      Tensor inputs = torch.randn(200, 1, 28, 28);
      scope.attach(inputs);
      Tensor targets =
          torch.randint(10, new long[] {200}, new TensorOptions(torch.ScalarType.Long));
      AtomicBoolean over = new AtomicBoolean();
      Thread asker =
          new Thread(
              () -> {
                while (!over.get()) {
                  predictor.predict(images[0]);
                }
              });
      Throwable[] thrown = new Throwable[1];
      asker.setUncaughtExceptionHandler((thread, e) -> thrown[0] = e);
      asker.start();
      float[] before = predictor.predict(images[1]);
      for (int i = 0; i < 200; i++) {
        model.step(inputs, targets);
      }
      over.set(true);
      asker.join();
      assertEquals(null, thrown[0]);
      assertTrue(!Arrays.equals(before, predictor.predict(images[1])), "it has learned");
    }
  }

  @Test
  void isClosedWhileItAnswers() throws Exception {
    float[][] images = images();
    for (int round = 0; round < 20; round++) {
      Model model = MlpModel.create();
      Predictor predictor = model.predictor();
      if (round % 4 < 2) {
        predictor.microBatches(2);
      }
      Thread[] askers = new Thread[4];
      boolean[] refused = new boolean[askers.length];
      for (int t = 0; t < askers.length; t++) {
        int mine = t;
        askers[t] =
            new Thread(
                () -> {
                  try {
                    while (true) {
                      predictor.predict(images[mine]);
                    }
                  } catch (IllegalStateException e) {
                    refused[mine] = true;
                  }
                });
        askers[t].start();
      }
      Thread.sleep(5);
      if (round % 2 == 0) {
        predictor.close();
        model.close();
      } else {
        model.close();
        predictor.close();
      }
      for (Thread asker : askers) {
        asker.join();
      }
      predictor.close();
      assertArrayEquals(new boolean[] {true, true, true, true}, refused);
    }
  }

  @Test
  void ranksClassesByTheirNames() {
    try (Model model = MlpModel.create();
        Predictor predictor = model.predictor()) {
      List<String> names = IntStream.range(0, 10).mapToObj(i -> "digit " + i).toList();
      List<Predictor.Ranked> all = predictor.topK(images()[0], 10, names);
      assertEquals(1, all.stream().mapToDouble(Predictor.Ranked::probability).sum(), 1e-9);
      assertEquals(all.subList(0, 3), predictor.topK(images()[0], 3, names));
      assertTrue(all.get(0).probability() >= all.get(1).probability());
    }
  }

  @Test
  void refusesWhatDoesNotFit() {
    try (Model model = MlpModel.create();
        Predictor predictor = model.predictor()) {
      assertRefused(
          "Mlp takes Float (N, 1, 28, 28): 784 for an example, but was given 3 numbers",
          () -> predictor.predict(1, 2, 3f));
      assertRefused(
          "Mlp takes Float (N, 1, 28, 28): 784 for an example, but was given 2 indices; numbers are"
              + " floats, such as 1f",
          () -> predictor.predict(1L, 2L));
      float[] bad = new float[784];
      bad[5] = Float.NaN;
      assertRefused("number 5 of the example is NaN", () -> predictor.predict(bad));
      assertRefused(
          "number 5 of example 1 is NaN",
          () -> predictor.predict(new float[][] {new float[784], bad}));
      float[] large = new float[784];
      Arrays.fill(large, Float.MAX_VALUE); // whose sums are infinite
      assertEquals(10, predictor.predict(large).length);
      assertRefused(
          "a micro-batch has from 1 to 64 examples, but not 65", () -> predictor.microBatches(65));
      assertRefused(
          "an output has 10 numbers, but there is room for 3",
          () -> predictor.predict(new float[784], new float[3]));
      assertRefused(
          "there are 2 labels, but the network has 10 outputs",
          () -> predictor.topK(new float[784], 1, List.of("a", "b")));
    }
  }

  private static void assertRefused(String message, Runnable bad) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, bad::run).getMessage());
  }
}
