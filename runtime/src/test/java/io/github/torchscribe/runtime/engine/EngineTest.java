package io.github.torchscribe.runtime.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.LineModel;
import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Threads;
import io.github.torchscribe.runtime.torch.TorchException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** What an engine does with a model that is written by hand: {@link LineModel}. */
@Timeout(60)
class EngineTest {
  private final int threads = Threads.count();
  private final LineModel.Behaviour behaviour = new LineModel.Behaviour();
  private final PointerScope scope = new PointerScope();
  private Model model;

  @BeforeEach
  void create() {
    Threads.set(2);
    model = LineModel.create(LineModel.blueprint(), behaviour);
  }

  @AfterEach
  void close() {
    model.close();
    scope.close();
    Threads.set(threads);
  }

  private static Tensor column(float... numbers) {
    return torch.tensor(numbers).view(numbers.length, 1);
  }

  private static Tensor rows(int count) {
    return torch.ones(count, 1);
  }

  private float[] parameters() {
    float[] both = new float[2];
    for (int i = 0; i < both.length; i++) {
      both[i] = model.parameters().get(i).value().item_float();
    }
    return both;
  }

  @Test
  void aStepIsWhatItIsOnPaper() {
    // Outputs 1, 2 for 3, 5: errors −2, −3, loss (4 + 9) / 2; gradients ∂w = −2 − 6, ∂b = −5.
    float loss = model.step(column(1, 2), column(3, 5));

    assertEquals(6.5f, loss);
    assertArrayEquals(new float[] {1.8f, 0.5f}, parameters(), 1e-6f);
    assertEquals(1, behaviour.descents);
  }

  @Test
  void backwardFillsGradientsAndUpdatesNothing() {
    assertEquals(6.5f, model.backward(column(1, 2), column(3, 5)));

    assertEquals(-8, model.parameters().get(0).gradient().item_float(), 1e-6);
    assertEquals(-5, model.parameters().get(1).gradient().item_float(), 1e-6);
    assertArrayEquals(new float[] {1, 0}, parameters());
  }

  @Test
  void aBatchIsDividedAmongThreadsWhereThereIsEnoughOfIt() {
    Set<Long> sizes = ConcurrentHashMap.newKeySet();
    Set<Thread> workers = ConcurrentHashMap.newKeySet();
    behaviour.forward =
        input -> {
          sizes.add(input.size(0));
          workers.add(Thread.currentThread());
        };

    model.step(rows(63), rows(63));
    assertEquals(Set.of(63L), sizes);
    assertEquals(Set.of(Thread.currentThread()), workers);

    sizes.clear();
    model.step(rows(65), rows(65));
    assertEquals(Set.of(32L, 33L), sizes);
    assertEquals(2, workers.size());
  }

  @Test
  void howABatchIsDividedChangesNoUpdateButByRounding() {
    Tensor inputs = torch.rand(200, 1);
    Tensor targets = inputs.mul(torch.tensor(3f)).add_(torch.tensor(1f));
    model.step(inputs, targets);
    float[] divided = parameters();
    try (Model other = LineModel.create()) {
      Threads.set(1);
      other.step(inputs, targets);
      for (int i = 0; i < 2; i++) {
        assertEquals(divided[i], other.parameters().get(i).value().item_float(), 1e-5f);
      }
    }
  }

  @Test
  void aBatchThatIsNotLargerAllocatesNothing() {
    model.step(rows(100), rows(100));
    assertEquals(2, behaviour.shares);
    long before = Pointer.totalBytes();
    for (int rows : new int[] {100, 7, 64, 100}) {
      model.step(rows(rows), rows(rows));
    }
    assertEquals(2, behaviour.shares);
    assertTrue(Pointer.totalBytes() <= before + 1024, "JavaCPP holds more than before");
  }

  @Test
  void oneOperationRunsAtATime() throws InterruptedException {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch over = new CountDownLatch(3);
    behaviour.forward =
        input -> {
          most.accumulateAndGet(inside.incrementAndGet(), Math::max);
          Thread.yield();
          inside.decrementAndGet();
        };
    for (int i = 0; i < 3; i++) {
      new Thread(
              () -> {
                PointerScope ofThread = new PointerScope();
                try {
                  for (int step = 0; step < 200; step++) {
                    model.step(rows(3), rows(3));
                  }
                } finally {
                  ofThread.close();
                  over.countDown();
                }
              })
          .start();
    }
    assertTrue(over.await(30, TimeUnit.SECONDS));
    assertEquals(1, most.get());
  }

  @Test
  void whatFailsInOneShareFailsAsAWholeAndTheNextStepGoes() {
    behaviour.forward =
        input -> {
          if (input.size(0) == 33) {
            throw new IllegalStateException("not with me");
          }
        };
    assertEquals(
        "not with me",
        assertThrows(IllegalStateException.class, () -> model.step(rows(65), rows(65)))
            .getMessage());
    assertArrayEquals(new float[] {1, 0}, parameters());

    behaviour.forward = input -> {};
    assertEquals(0, model.step(rows(65), rows(65)), 1e-7);
  }

  @Test
  void aShareThatCannotBeMadeLeavesTheOthersAsTheyWere() {
    Threads.set(1);
    model.step(rows(70), rows(70)); // there is room for all that follow
    model.step(rows(10), rows(10));
    Threads.set(2);
    behaviour.share =
        () -> {
          throw new OutOfMemoryError("injected");
        };
    assertThrows(OutOfMemoryError.class, () -> model.step(rows(65), rows(65)));

    behaviour.share = () -> {};
    assertEquals(0, model.step(rows(10), rows(10)), 1e-7);
    assertEquals(0, model.step(rows(65), rows(65)), 1e-7);
    assertEquals(2, behaviour.shares);
  }

  @Test
  void libtorchsErrorsSayWhatWasDoneAndWhere() {
    behaviour.forward = input -> input.view(7, 7);
    TorchException e = assertThrows(TorchException.class, () -> model.step(column(1), column(1)));
    assertTrue(e.getMessage().startsWith("training step of Line (LineModel.java:"), e.getMessage());
    assertTrue(e.getMessage().contains("shape '[7, 7]' is invalid"), e.getMessage());
    assertEquals(1, e.getMessage().lines().count());
  }

  /** Where the plan's memory is there, and an operation finds none. */
  @Test
  void aGpuWithoutMemorySaysWhichBatchWouldFit() {
    Threads.set(1);
    behaviour.forward =
        input -> {
          throw new RuntimeException(
              "CUDA out of memory. Tried to allocate 64.00 KiB. GPU 0 has a total capacity of 79.18"
                  + " GiB of which 16.00 KiB is free. Including non-PyTorch memory, this process"
                  + " has 79.17 GiB memory in use. Of the allocated memory 78.00 GiB is allocated"
                  + " by PyTorch, and 16.00 KiB is reserved by PyTorch but unallocated. If reserved"
                  + " but unallocated memory is large try setting PYTORCH_ALLOC_CONF\nException"
                  + " raised from malloc at /pytorch/c10/cuda/CUDACachingAllocator.cpp:1534");
        };
    // 1000 examples have 128 kB, 32 kB are free; each would need its 128 B, and 66 more.
    TorchException e = assertThrows(TorchException.class, () -> model.step(rows(1000), rows(1000)));
    String end =
        ": no memory on cpu for a batch of 1000, which takes 128 kB by its plan (128 B for each"
            + " example); an operation asked for 65 kB, and 32 kB are free: a batch of 740 would"
            + " fit, by the plan";
    assertTrue(e.getMessage().startsWith("training step of Line (LineModel.java:"), e.getMessage());
    assertTrue(e.getMessage().endsWith(end), e.getMessage());
    assertTrue(
        e.getCause().getMessage().contains("CUDACachingAllocator"), "all that libtorch says");

    behaviour.forward = input -> {};
    assertEquals(0, model.step(rows(740), rows(740)), 1e-7, "the model is as it was");
  }

  /** Where steps are replayed what has been recorded is let go of. */
  @Test
  void replayedStepsWithoutMemorySayTheSame() {
    System.setProperty("torchscribe.graphs", "emulated");
    try {
      assertEquals(0, model.step(rows(100), rows(100)), 1e-7);
      behaviour.forward =
          input -> {
            throw new RuntimeException("CUDA error: out of memory\nSearch for it");
          };
      TorchException e = assertThrows(TorchException.class, () -> model.step(rows(100), rows(100)));
      String end =
          ": no memory on cpu for a batch of 100, which takes 12 kB by its plan (128 B for each"
              + " example)";
      assertTrue(e.getMessage().endsWith(end), e.getMessage());

      behaviour.forward = input -> {};
      for (int i = 0; i < 6; i++) {
        assertEquals(0, model.step(rows(50), rows(50)), 1e-7);
      }
    } finally {
      System.clearProperty("torchscribe.graphs");
    }
  }

  /** An input that takes no memory itself: one number, seen as often as there are examples. */
  @Test
  void whatTheSystemDoesNotHaveIsNoMemory() {
    long n = 1L << 50;
    Tensor input = torch.ones(1, 1).expand(n, 1);
    TorchException e = assertThrows(TorchException.class, () -> model.forward(input));
    String what =
        "forward pass of Line: no memory on cpu for a batch of 1125899906842624, which takes"
            + " 72,057,594,037 MB by its plan (64 B for each example); an operation asked for"
            + " 4,503,599,627 MB";
    assertEquals(what, e.getMessage());
    assertEquals(1, model.forward(column(1)).item_float(), 1e-7);
  }

  @Test
  void whatDoesNotFitIsRefusedBeforeLibtorchSeesIt() {
    assertEquals(
        "Line takes Float (N, 1) on cpu, with N at least 1, but was given Float (2, 3) on the CPU",
        message(() -> model.step(torch.ones(2, 3), column(1, 2))));
    assertTrue(message(() -> model.step(column(1, 2), column(1))).contains("as targets, with N 2"));
    assertTrue(message(() -> model.forward(torch.ones(0, 1))).contains("N at least 1"));
    assertTrue(message(() -> model.forward((Tensor) null)).contains("the input for Line is null"));
  }

  private static String message(Executable work) {
    return assertThrows(IllegalArgumentException.class, work).getMessage();
  }

  @Test
  void theThreadsGradientModeIsLeftAsItWas() {
    boolean before = GradMode.is_enabled();
    for (boolean mode : new boolean[] {true, false}) {
      GradMode.set_enabled(mode);
      model.step(column(1, 2), column(3, 5));
      model.forward(column(1));
      assertEquals(mode, GradMode.is_enabled());
    }
    GradMode.set_enabled(before);
  }

  @Test
  void movingToWhereItIsKeepsTheViews() {
    Tensor weight = model.parameters().get(0).value();
    model.to(Device.cpu());
    model.step(column(1, 2), column(3, 5));
    assertEquals(1.8f, weight.item_float(), 1e-6f);
  }

  @Test
  void afterTheEndNothingGoes() {
    model.close();
    model.close();
    List<Executable> all =
        List.of(
            () -> model.step(column(1), column(1)),
            () -> model.backward(column(1), column(1)),
            () -> model.forward(column(1)),
            () -> model.to(Device.cpu()),
            () -> model.parameters(),
            () -> model.predictor().predict(1f));
    for (Executable each : all) {
      assertEquals("Line is closed", assertThrows(IllegalStateException.class, each).getMessage());
    }
  }
}
