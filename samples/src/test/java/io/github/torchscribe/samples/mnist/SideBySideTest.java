package io.github.torchscribe.samples.mnist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Predictor;
import io.github.torchscribe.runtime.torch.Threads;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Models that compute at once in one JVM: the same numbers, in hardly more time. */
@Timeout(900)
class SideBySideTest {
  private static final int STEPS = 40;
  private static final int MANY = 400;

  private final int before = Threads.count();
  private final PointerScope scope = new PointerScope();
  private Tensor inputs;
  private Tensor targets;

  @BeforeEach
  void twoThreads() {
    Threads.set(2);
  }

  private void batchOf(int size) {
    torch.manual_seed(1);
    inputs = torch.rand(size, 1, 28, 28);
    targets = torch.randint(10, new long[] {size}, new TensorOptions(torch.ScalarType.Long));
    scope.attach(inputs);
    scope.attach(targets);
  }

  @AfterEach
  void free() {
    scope.close();
    Threads.set(before);
  }

  /** Networks of which each has its numbers from other threads. */
  enum Kind {
    /** A batch is divided among our workers. */
    DIVIDED(() -> MlpModel.create(1)),
    /** OpenBLAS' threads. */
    PRODUCTS(() -> DroppedModel.create(1)),
    /** Libtorch's. */
    CONVOLUTIONS(() -> ConvolvedModel.create(1)),
    /** Autograd in the middle of what is written out. */
    RECURRENT(() -> RememberingModel.create(1)),
    /** Nothing but autograd. */
    AUTOGRAD(() -> RecordedModel.create(1));

    private final Supplier<Model> network;

    Kind(Supplier<Model> network) {
      this.network = network;
    }
  }

  private float[] losses(Kind kind, int steps) {
    float[] losses = new float[steps];
    try (Model model = kind.network.get()) {
      for (int i = 0; i < steps; i++) {
        losses[i] = model.step(inputs, targets);
      }
    }
    return losses;
  }

  private List<float[]> atOnce(List<Kind> kinds, int steps)
      throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(kinds.size());
    try {
      List<Future<float[]>> all = new ArrayList<>();
      for (Kind kind : kinds) {
        all.add(threads.submit(() -> losses(kind, steps)));
      }
      List<float[]> losses = new ArrayList<>();
      for (Future<float[]> one : all) {
        losses.add(one.get());
      }
      return losses;
    } finally {
      threads.shutdown();
    }
  }

  /** Answers without a pause, in several threads, until told to end. */
  private static final class Answers {
    private static final int THREADS = 3;

    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger given = new AtomicInteger();
    private final AtomicInteger wrong = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();
    private final Model model;
    private final Predictor predictor;

    Answers(Kind kind) {
      model = kind.network.get();
      predictor = model.predictor();
      float[] expected = predictor.predict(new float[784]);
      for (int t = 0; t < THREADS; t++) {
        threads.add(new Thread(() -> ask(expected)));
      }
      threads.forEach(Thread::start);
    }

    private void ask(float[] expected) {
      while (!over.get()) {
        given.incrementAndGet();
        if (!Arrays.equals(expected, predictor.predict(new float[784]))) {
          wrong.incrementAndGet();
        }
      }
    }

    void end() throws InterruptedException {
      over.set(true);
      for (Thread thread : threads) {
        thread.join();
      }
      predictor.close();
      model.close();
    }
  }

  private static long same(float[] some, float[] others) {
    return IntStream.range(0, some.length)
        .filter(i -> Float.floatToIntBits(some[i]) == Float.floatToIntBits(others[i]))
        .count();
  }

  private static List<Kind> kinds(String names) {
    return Arrays.stream(names.split(" ")).map(Kind::valueOf).toList();
  }

  private void assertNumbersStay(int threads, int steps, String trained, String asked)
      throws Exception {
    Threads.set(threads);
    batchOf(64);
    List<Kind> kinds = kinds(trained);
    List<float[]> alone = kinds.stream().map(kind -> losses(kind, steps)).toList();
    List<float[]> beside;
    if (asked == null) {
      beside = atOnce(kinds, steps);
    } else {
      Answers answers = new Answers(Kind.valueOf(asked));
      try {
        beside = atOnce(kinds, steps);
      } finally {
        answers.end();
      }
      assertEquals(0, answers.wrong.get(), "of " + answers.given + " answers");
    }
    for (int i = 0; i < kinds.size(); i++) {
      long same = same(alone.get(i), beside.get(i));
      assertEquals(steps, same, kinds.get(i) + " with " + threads + " threads");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "DIVIDED PRODUCTS,",
    "CONVOLUTIONS RECURRENT PRODUCTS,",
    "PRODUCTS AUTOGRAD, DIVIDED"
  })
  void numbersDoNotDependOnWhoComputesBeside(String trained, String asked) throws Exception {
    assertNumbersStay(2, STEPS, trained, asked);
  }

  /** Also with more threads than cores. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void neitherDoThoseOfMany(int threads) throws Exception {
    assumeTrue(Boolean.getBoolean("long.tests"), "only with -Dlong.tests=true");
    for (Kind kind : Kind.values()) {
      assertNumbersStay(threads, MANY, kind + " PRODUCTS", null);
      assertNumbersStay(threads, MANY, kind + " DIVIDED", null);
      assertNumbersStay(threads, MANY, kind.name(), "DIVIDED");
      assertNumbersStay(threads, MANY, "PRODUCTS", kind.name());
    }
    assertNumbersStay(threads, MANY, "CONVOLUTIONS RECURRENT", null);
  }

  /** Measured: 0.8 to 1.4 times; it was up to 70. */
  @ParameterizedTest
  @EnumSource(names = {"DIVIDED", "PRODUCTS"})
  void fourAtOnceTakeHardlyLongerThanOneAfterTheOther(Kind kind) throws Exception {
    assumeTrue(Boolean.getBoolean("long.tests"), "only with -Dlong.tests=true");
    batchOf(200);
    List<Kind> four = Collections.nCopies(4, kind);
    atOnce(four, 50); // until it is compiled
    long began = System.nanoTime();
    four.forEach(some -> losses(some, 200));
    long oneAfterTheOther = System.nanoTime() - began;
    began = System.nanoTime();
    atOnce(four, 200);
    double ratio = (double) (System.nanoTime() - began) / oneAfterTheOther;
    assertTrue(ratio < 3, ratio + " times as long");
  }
}
