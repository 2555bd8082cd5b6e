package io.github.torchscribe.runtime.data;

import static io.github.torchscribe.runtime.data.SameBatches.assertSame;
import static io.github.torchscribe.runtime.data.SameBatches.parts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Randomness;
import io.github.torchscribe.runtime.torch.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches that are copied to a device one ahead. In the device's place is the CPU's memory. */
class PinnedBatchesTest {
  private static final int SIZE = 23;
  private static final int BATCH = 5;

  private final PointerScope scope = new PointerScope();

  @AfterEach
  void free() {
    scope.close();
  }

  /** A device that copies as late as it may, or as early. */
  private static final class Copying implements Transfer {
    private final boolean late;
    private final Runnable[] begun = new Runnable[PinnedBatches.SLOTS];
    private final List<List<String>> told = List.of(new ArrayList<>(), new ArrayList<>());
    private volatile CountDownLatch copied = new CountDownLatch(1);

    Copying(boolean late) {
      this.late = late;
    }

    @Override
    public Tensor room(Tensor like) {
      return like.clone();
    }

    @Override
    public synchronized void awaitCopied(int slot) {
      told.get(slot).add("await");
      finish(slot);
    }

    private void finish(int slot) {
      if (begun[slot] != null) {
        begun[slot].run();
        begun[slot] = null;
      }
    }

    @Override
    public synchronized void copy(int slot, Runnable work) {
      told.get(slot).add("copy");
      begun[slot] = work;
      if (!late) {
        finish(slot);
      }
      copied.countDown();
    }

    @Override
    public synchronized void receive(int slot) {
      told.get(slot).add("receive");
      finish(slot);
    }

    @Override
    public synchronized void release(int slot) {
      told.get(slot).add("release");
    }

    @Override
    public void close() {}

    /** Until a copy has been begun, of a batch ahead. */
    void awaitNext() {
      try {
        assertTrue(copied.await(20, TimeUnit.SECONDS), "nothing is read ahead");
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void areThoseThatWouldBeGathered(boolean late) {
    Copying device = new Copying(late);
    try (Dataset data = parts(SIZE);
        Supply gathered = new GatheredBatches(data, BATCH, Crew.ALONE, Device.cpu());
        Supply pinned = new PinnedBatches(data, BATCH, Device.cpu(), device)) {
      for (long seed = 0; seed < 3; seed++) {
        Tensor order = Randomness.permutation(seed, SIZE);
        gathered.begin(order);
        pinned.begin(order);
        for (int first = 0; first < SIZE; first += BATCH) {
          int size = Math.min(BATCH, SIZE - first);
          int following = Math.min(BATCH, SIZE - first - size);
          device.copied = new CountDownLatch(first == 0 ? 2 : 1);
          Batch expected = gathered.batch(first, size, following);
          Batch batch = pinned.batch(first, size, following);
          if (following > 0) {
            device.awaitNext(); // which must not be in the place of this
          }
          assertSame(expected, batch);
        }
      }
    }
    for (List<String> slot : device.told) {
      for (int i = 0; i < slot.size(); i++) {
        assertEquals(List.of("release", "await", "copy", "receive").get(i % 4), slot.get(i));
      }
    }
    assertEquals(3 * 3 * 4, device.told.get(0).size());
    assertEquals(3 * 2 * 4, device.told.get(1).size());
  }

  /** What is read ahead for an epoch that nobody goes on with is no batch of the next. */
  @Test
  void beginAnew() {
    try (Dataset data = parts(SIZE);
        Supply pinned = new PinnedBatches(data, BATCH, Device.cpu(), new Copying(true))) {
      for (int epoch = 0; epoch < 3; epoch++) {
        pinned.settle();
        pinned.begin(torch.tensor(LongStream.range(0, SIZE).toArray()));
        assertEquals(0, pinned.batch(0, BATCH, BATCH).input("age").get(0).item_float());
        assertEquals(5 / 3f, pinned.batch(5, BATCH, BATCH).input("age").get(0).item_float());
      }
    }
  }

  /** What a dataset throws is thrown where the batch would come, and the next try is another. */
  @Test
  void failWhereTheyWouldCome() {
    boolean[] broken = {true};
    Dataset data =
        new Dataset() {
          @Override
          public long size() {
            return SIZE;
          }

          @Override
          public TensorSpec inputs() {
            return TensorSpec.numbers();
          }

          @Override
          public TensorSpec targets() {
            return TensorSpec.numbers();
          }

          @Override
          public void gather(Tensor indices, Tensor inputs, Tensor targets) {
            if (broken[0] && indices.get(0).item_long() == BATCH) {
              throw new IllegalStateException("no such file");
            }
            inputs.copy_(indices);
          }

          @Override
          public void close() {}
        };
    try (Supply pinned = new PinnedBatches(data, BATCH, Device.cpu(), new Copying(false))) {
      pinned.begin(torch.tensor(LongStream.range(0, SIZE).toArray()));
      pinned.batch(0, BATCH, BATCH);
      assertThrows(IllegalStateException.class, () -> pinned.batch(BATCH, BATCH, BATCH));
      broken[0] = false;
      assertEquals(BATCH, pinned.batch(BATCH, BATCH, BATCH).inputs().get(0).item_float());
    }
  }
}
