package io.github.torchscribe.runtime.data;

import static io.github.torchscribe.runtime.data.SameBatches.assertSame;
import static io.github.torchscribe.runtime.data.SameBatches.parts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Randomness;
import io.github.torchscribe.runtime.torch.TensorSpecs;
import io.github.torchscribe.runtime.torch.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a loader's examples lie. */
class ResidenceTest {
  private static final Device GPU = new Device(Device.Type.CUDA, 0);

  private final PointerScope scope = new PointerScope();

  @AfterEach
  void free() {
    scope.close();
  }

  /** By itself on a GPU, where they fit and stay the same; the processor has them already. */
  @Test
  void areWhereTheyFit() {
    Transform plain = Transforms.normalize(new double[] {1}, new double[] {2});
    try (Dataset data = parts(20);
        Dataset same = new Transformed(data, "age", 1, plain);
        Dataset drawn = new Transformed(data, "age", 1, plain, (batch, random) -> batch)) {
      long bytes = 20 * (4 + 2 * 8 + 8 + 4);
      assertTrue(new Residence(data, GPU, () -> 4 * bytes).fits());
      assertFalse(new Residence(data, GPU, () -> 4 * bytes - 1).fits(), "too large");
      assertFalse(new Residence(data, Device.cpu(), () -> Long.MAX_VALUE).fits());
      assertTrue(new Residence(same, GPU, () -> Long.MAX_VALUE).fits());
      assertFalse(new Residence(drawn, GPU, () -> Long.MAX_VALUE).fits(), "another each time");
      assertTrue(new Residence(drawnThere(data), GPU, () -> Long.MAX_VALUE).fits());
      try (DataLoader loader = DataLoader.sequential(drawn, 2, null, Device.cpu())) {
        assertEquals(
            "examples that are not the same each time cannot be brought to a device once and for"
                + " all; where they are, the dataset says isFixed(), or all of its transforms"
                + " isForAnyDevice()",
            assertThrows(IllegalArgumentException.class, () -> loader.resident(true)).getMessage());
      }
    }
  }

  /** Drawn where the examples are. */
  private static Transformed drawnThere(Dataset data) {
    Transform drawn =
        new Transform() {
          @Override
          public Tensor apply(Tensor inputs, RandomGenerator random) {
            return inputs.mul_(new Scalar(random.nextInt(3)));
          }

          @Override
          public boolean isForAnyDevice() {
            return true;
          }
        };
    return new Transformed(data, "age", 1, drawn);
  }

  /** What takes time is read once, in the first epoch that is gone through to its end. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void areKeptFromTheFirstEpoch(boolean dropLast) {
    List<Integer> gathered = new ArrayList<>();
    try (Dataset data = parts(20);
        Dataset slow = slow(data, gathered);
        Supply expected = new GatheredBatches(data, 6, Crew.ALONE, Device.cpu());
        Supply first = new GatheredBatches(slow, 6, Crew.ALONE, Device.cpu());
        Supply kept = new KeptBatches(slow, slow, 6, Device.cpu(), first)) {
      for (int epoch = 0; epoch < 4; epoch++) {
        Tensor order = Randomness.permutation(epoch, 20);
        expected.settle();
        kept.settle();
        expected.begin(order);
        kept.begin(order);
        long end = epoch == 0 ? 12 : dropLast ? 18 : 20; // the first is left before its end
        for (long from = 0; from < end; from += 6) {
          int size = (int) Math.min(6, 20 - from);
          int following = from + size < (dropLast ? 18 : 20) ? (int) Math.min(6, 14 - from) : 0;
          assertSame(expected.batch(from, size, following), kept.batch(from, size, following));
        }
      }
    }
    // Three of the first, one of them in vain, and all twenty of the second.
    assertEquals(List.of(6, 6, 6, 6, 6, 6, 2), gathered);
  }

  /** What is slow is kept as it is before it is drawn from, each time anew. */
  @Test
  void areKeptBeforeTheyAreTransformed() {
    List<Integer> gathered = new ArrayList<>();
    try (Transformed data = drawnThere(parts(20));
        Dataset slow = slow(parts(20), gathered);
        Transformed same = drawnThere(slow);
        Supply expected = new GatheredBatches(data, 6, Crew.ALONE, Device.cpu());
        Supply first = new GatheredBatches(slow, 6, Crew.ALONE, Device.cpu());
        Supply kept = new KeptBatches(same, slow, 6, Device.cpu(), first)) {
      for (int epoch = 0; epoch < 3; epoch++) {
        Tensor order = Randomness.permutation(epoch, 20);
        data.position(4 * epoch);
        same.position(4 * epoch);
        expected.begin(order);
        kept.begin(order);
        for (int from = 0; from < 20; from += 6) {
          int size = Math.min(6, 20 - from);
          int following = Math.min(6, 20 - from - size);
          assertSame(expected.batch(from, size, following), kept.batch(from, size, following));
        }
        assertEquals(4 * epoch + 4, same.position());
      }
    }
    assertEquals(List.of(6, 6, 6, 2), gathered);
  }

  /** The same, from somewhere slow; notes how many are asked for. */
  private static Dataset slow(Dataset data, List<Integer> gathered) {
    return new NamedDataset() {
      @Override
      public long size() {
        return data.size();
      }

      @Override
      public TensorSpecs inputSpecs() {
        return data.inputSpecs();
      }

      @Override
      public TensorSpecs targetSpecs() {
        return data.targetSpecs();
      }

      @Override
      public boolean isFixed() {
        return true;
      }

      @Override
      public boolean takesTime() {
        return true;
      }

      @Override
      public void gather(Tensor indices, Tensors inputs, Tensors targets) {
        gathered.add((int) indices.numel());
        data.gather(indices, inputs, targets);
      }

      @Override
      public void close() {}
    };
  }

  @Test
  void areAskedForBeforeTheFirst() {
    try (Dataset data = parts(20);
        DataLoader loader = DataLoader.sequential(data, 6, null, Device.cpu())) {
      loader.iterator();
      assertThrows(IllegalStateException.class, () -> loader.resident(true));
    }
  }
}
