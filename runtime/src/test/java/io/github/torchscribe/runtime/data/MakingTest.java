package io.github.torchscribe.runtime.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Longs;
import io.github.torchscribe.runtime.torch.Randomness;
import io.github.torchscribe.runtime.torch.TensorSpec;
import io.github.torchscribe.runtime.torch.Threads;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MakingTest {
  private static final int PIXELS = 6 * 6;

  private final int threads = Threads.count();

  @AfterEach
  void asBefore() {
    Threads.set(threads);
  }

  /** Images that take their time; each pixel says which image and where. */
  private static class Slow implements Dataset {
    private final boolean parts;

    Slow(boolean parts) {
      this.parts = parts;
    }

    @Override
    public long size() {
      return 50;
    }

    @Override
    public TensorSpec inputs() {
      return TensorSpec.numbers(1, 6, 6);
    }

    @Override
    public TensorSpec targets() {
      return TensorSpec.indices(50);
    }

    @Override
    public boolean takesTime() {
      return true;
    }

    @Override
    public boolean gathersParts() {
      return parts;
    }

    @Override
    public void gather(Tensor indices, Tensor inputs, Tensor targets) {
      long[] chosen = Longs.of(indices);
      float[] all = new float[chosen.length * PIXELS];
      for (int i = 0; i < all.length; i++) {
        all[i] = chosen[i / PIXELS] * PIXELS + i % PIXELS;
      }
      inputs.data_ptr_float().put(all);
      targets.data_ptr_long().put(chosen);
    }

    @Override
    public void close() {
      // has nothing
    }
  }

  /** Two epochs, all numbers of them. */
  private static List<float[]> epochs(boolean parts) {
    List<float[]> seen = new ArrayList<>();
    try (Randomness randomness = new Randomness(3);
        Transformed data =
            new Transformed(
                new Slow(parts),
                5,
                Transforms.randomCrop(5, 5, 1),
                Transforms.randomHorizontalFlip(0.5));
        DataLoader loader = DataLoader.shuffled(data, 16, randomness, Device.cpu())) {
      for (int epoch = 0; epoch < 2; epoch++) {
        for (Batch batch : loader) {
          float[] numbers = new float[(int) batch.inputs().numel()];
          batch.inputs().contiguous().data_ptr_float().get(numbers);
          seen.add(numbers);
        }
      }
    }
    return seen;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void whatIsDrawnDoesNotDependOnWhoMadeIt(int count) {
    List<float[]> alone = epochs(false);
    Threads.set(count);
    List<float[]> together = epochs(true);
    assertEquals(alone.size(), together.size());
    for (int i = 0; i < alone.size(); i++) {
      assertArrayEquals(alone.get(i), together.get(i));
    }
  }

  @Test
  void whoWaitsHelpsAndSoDoOthers() {
    Threads.set(4);
    CountDownLatch all = new CountDownLatch(4);
    Set<Thread> seen = ConcurrentHashMap.newKeySet();
    Slow met =
        new Slow(true) {
          @Override
          public void gather(Tensor indices, Tensor inputs, Tensor targets) {
            if (seen.add(Thread.currentThread())) {
              all.countDown();
            }
            await(all); // until four are here
            super.gather(indices, inputs, targets);
          }
        };
    try (DataLoader loader = DataLoader.sequential(met, 50, null, Device.cpu())) {
      assertEquals(50, loader.iterator().next().size());
    }
    assertEquals(4, seen.size());
    assertTrue(seen.contains(Thread.currentThread()));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(30, TimeUnit.SECONDS), "nobody helps");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void ofSeveralFailuresTheFirstIsToldAndTheNextBatchIsMade() {
    Threads.set(3);
    Slow broken =
        new Slow(true) {
          @Override
          public void gather(Tensor indices, Tensor inputs, Tensor targets) {
            long first =
                Arrays.stream(Longs.of(indices))
                    .filter(i -> i == 7 || i == 12)
                    .findFirst()
                    .orElse(-1);
            if (first >= 0) {
              throw new IllegalStateException("image " + first);
            }
            super.gather(indices, inputs, targets);
          }
        };
    try (DataLoader loader = DataLoader.sequential(broken, 25, null, Device.cpu())) {
      assertEquals(
          "image 7",
          assertThrows(IllegalStateException.class, () -> loader.iterator().next()).getMessage());
    }
    try (Subset rest = new Subset(broken, new long[] {20, 21, 22});
        DataLoader loader = DataLoader.sequential(rest, 3, null, Device.cpu())) {
      assertArrayEquals(new long[] {20, 21, 22}, Longs.of(loader.iterator().next().targets()));
    }
  }
}
