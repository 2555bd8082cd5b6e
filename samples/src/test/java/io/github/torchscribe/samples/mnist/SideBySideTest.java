package io.github.torchscribe.samples.mnist;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Models that are trained at once in one JVM: the same numbers, in hardly more time. */
@Timeout(300)
class SideBySideTest {
  private static final int BATCH = 200;

  private final int before = Threads.count();
  private final PointerScope scope = new PointerScope();
  private Tensor inputs;
  private Tensor targets;

  @BeforeEach
  void data() {
    Threads.set(2);
    inputs = torch.rand(BATCH, 1, 28, 28);
    targets = torch.randint(10, new long[] {BATCH}, new TensorOptions(torch.ScalarType.Long));
    scope.attach(inputs);
    scope.attach(targets);
  }

  @AfterEach
  void free() {
    scope.close();
    Threads.set(before);
  }

  /** A network, and how many steps of it. */
  private record Job(Supplier<Model> network, int steps) {}

  private float[] losses(Job job) {
    float[] losses = new float[job.steps];
    try (Model model = job.network.get()) {
      for (int i = 0; i < job.steps; i++) {
        losses[i] = model.step(inputs, targets);
      }
    }
    return losses;
  }

  private List<float[]> atOnce(List<Job> jobs) throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(jobs.size());
    try {
      List<Future<float[]>> all = new ArrayList<>();
      for (Job job : jobs) {
        all.add(threads.submit(() -> losses(job)));
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

  /** A divided batch, OpenBLAS' threads and libtorch's, beside each other and predictions. */
  @Test
  void numbersDoNotDependOnWhoComputesBeside() throws Exception {
    List<Job> jobs =
        List.of(
            new Job(() -> MlpModel.create(1), 50),
            new Job(() -> DroppedModel.create(1), 20),
            new Job(() -> CnnModel.create(1), 4),
            new Job(() -> DroppedModel.create(2), 20));
    List<float[]> alone = jobs.stream().map(this::losses).toList();
    float[] image = new float[784];
    AtomicBoolean over = new AtomicBoolean();
    try (Model other = MlpModel.create(3);
        Predictor predictor = other.predictor()) {
      float[] expected = predictor.predict(image);
      AtomicBoolean same = new AtomicBoolean(true);
      Thread asker =
          new Thread(
              () -> {
                while (!over.get()) {
                  if (!Arrays.equals(expected, predictor.predict(image))) {
                    same.set(false);
                  }
                }
              });
      asker.start();
      List<float[]> beside;
      try {
        beside = atOnce(jobs);
      } finally {
        over.set(true);
        asker.join();
      }
      for (int i = 0; i < alone.size(); i++) {
        assertArrayEquals(alone.get(i), beside.get(i));
      }
      assertTrue(same.get(), "predictions");
    }
  }

  /** Measured: 0.8 to 1.4 times; it was up to 70. */
  @Test
  void fourAtOnceTakeHardlyLongerThanOneAfterTheOther() throws Exception {
    assumeTrue(Boolean.getBoolean("long.tests"), "only with -Dlong.tests=true");
    for (Supplier<Model> network :
        List.<Supplier<Model>>of(() -> MlpModel.create(1), () -> DroppedModel.create(1))) {
      atOnce(Collections.nCopies(4, new Job(network, 50))); // until it is compiled
      List<Job> four = Collections.nCopies(4, new Job(network, 200));
      long began = System.nanoTime();
      four.forEach(this::losses);
      long oneAfterTheOther = System.nanoTime() - began;
      began = System.nanoTime();
      atOnce(four);
      double ratio = (double) (System.nanoTime() - began) / oneAfterTheOther;
      assertTrue(ratio < 3, ratio + " times as long");
    }
  }
}
