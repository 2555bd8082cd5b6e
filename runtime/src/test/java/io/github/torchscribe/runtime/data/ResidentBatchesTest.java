package io.github.torchscribe.runtime.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.file.State;
import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Randomness;
import io.github.torchscribe.runtime.torch.TensorSpec;
import io.github.torchscribe.runtime.torch.TensorSpecs;
import io.github.torchscribe.runtime.torch.Tensors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Batches of data that lie on the device, all of them, are those of data that are gathered one by
 * one, digit for digit. The device is the CPU.
 */
class ResidentBatchesTest {
  private static final Device GPU = new Device(Device.Type.CUDA, 0);

  private final PointerScope scope = new PointerScope();
  @TempDir private Path folder;

  @AfterEach
  void free() {
    scope.close();
  }

  /** Each byte there is, normalised, in an order that is drawn. */
  @Test
  void ofFilesOfBytes() throws IOException {
    byte[] pixels = new byte[40 * 16];
    new Random(1).nextBytes(pixels);
    for (int i = 0; i < 256; i++) {
      pixels[i] = (byte) i;
    }
    byte[] digits = new byte[40];
    for (int i = 0; i < digits.length; i++) {
      digits[i] = (byte) (i % 10);
    }
    write("train-images-idx3-ubyte", 0x803, pixels, 40, 4, 4);
    write("train-labels-idx1-ubyte", 0x801, digits, 40);
    try (Dataset data = Mnist.train(folder);
        Subset some = new Subset(data, LongStream.range(0, 40).map(i -> 39 - i).toArray());
        Subset less = new Subset(some, 7, 7, 20, 3, 0)) {
      assertSame(data, 8);
      assertSame(some, 16);
      assertSame(less, 2);
    }
  }

  private void write(String name, int magic, byte[] values, int... shape) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(4 * (1 + shape.length)).putInt(magic);
    for (int size : shape) {
      header.putInt(size);
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(header.array());
    file.write(values);
    Files.write(folder.resolve(name), file.toByteArray());
  }

  /** Numbers and indices, of several parts, with a target that does not count. */
  @Test
  void ofTensors() {
    try (Dataset data = parts(23);
        Subset some = new Subset(data, 5, 1, 22, 22, 0, 9)) {
      assertSame(data, 6);
      assertSame(data, 23);
      assertSame(some, 4);
    }
  }

  /** More of them than are brought there at a time. */
  @Test
  void ofWhateverSaysThatItIsFixed() {
    try (Dataset data = new Squares(2500);
        Subset some = new Subset(data, LongStream.range(100, 1700).toArray())) {
      assertSame(data, 700);
      assertSame(some, 64);
    }
  }

  /** Of example i: the number i, the indices i and i + 1; its class i % 3 or none, and 2i. */
  private static Dataset parts(int size) {
    Tensor all = torch.tensor(LongStream.range(0, size).toArray());
    Tensor numbers = all.to(torch.ScalarType.Float).unsqueeze(1).div(new Scalar(3f));
    Tensor classes = all.remainder(new Scalar(4L));
    classes.masked_fill_(classes.eq(new Scalar(3L)), new Scalar(-100L));
    return new TensorDataset(
        Tensors.of("age", numbers)
            .and("words", torch.stack(new TensorVector(all, all.add(new Scalar(1L))), 1)),
        Tensors.of("kind", classes).and("price", numbers.mul(new Scalar(2))));
  }

  /** Computed: the square of an index, and whether it is even. */
  private record Squares(long size) implements Dataset {
    @Override
    public TensorSpec inputs() {
      return TensorSpec.numbers(1);
    }

    @Override
    public TensorSpec targets() {
      return TensorSpec.indices(2);
    }

    @Override
    public boolean isFixed() {
      return true;
    }

    @Override
    public void gather(Tensor indices, Tensor inputs, Tensor targets) {
      inputs.copy_(indices.square().unsqueeze(1));
      targets.copy_(indices.remainder(new Scalar(2L)));
    }

    @Override
    public void close() {}
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

  /** In three epochs, shuffled and not, with the last batch and without. */
  private static void assertSame(Dataset data, int batchSize) {
    for (boolean dropLast : new boolean[] {false, true}) {
      try (Randomness one = new Randomness(3);
          Randomness two = new Randomness(3);
          DataLoader gathered = DataLoader.shuffled(data, batchSize, one, Device.cpu());
          DataLoader resident = DataLoader.shuffled(data, batchSize, two, Device.cpu());
          DataLoader inOrder = DataLoader.sequential(data, batchSize, null, Device.cpu());
          DataLoader there = DataLoader.sequential(data, batchSize, null, Device.cpu())) {
        gathered.dropLast(dropLast).resident(false);
        resident.dropLast(dropLast).resident(true);
        for (int epoch = 0; epoch < 3; epoch++) {
          assertSame(gathered, resident);
        }
        assertSame(inOrder.resident(false), there.resident(true));
      }
    }
  }

  private static void assertSame(DataLoader expected, DataLoader actual) {
    assertEquals(expected.batches(), actual.batches());
    Iterator<Batch> others = actual.iterator();
    for (Batch batch : expected) {
      assertSame(batch, others.next());
      assertEquals(expected.example(batch.size() - 1), actual.example(batch.size() - 1));
    }
    assertTrue(!others.hasNext());
  }

  private static void assertSame(Batch expected, Batch actual) {
    assertEquals(expected.size(), actual.size());
    // Written elsewhere before it is asked for, and read before it is.
    Tensors inputs = expected.allInputs().map(torch::zeros_like);
    Tensors targets = expected.allTargets().map(torch::zeros_like);
    actual.write(inputs, targets);
    assertSame(expected.allInputs(), inputs);
    assertSame(expected.allTargets(), targets);
    assertSame(expected.allTargets(), actual.targetsToRead());
    assertSame(expected.allInputs(), actual.inputsToRead());
    assertSame(expected.allInputs(), actual.allInputs());
    assertSame(expected.allTargets(), actual.allTargets());
  }

  private static void assertSame(Tensors expected, Tensors actual) {
    assertEquals(expected.names(), actual.names());
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i).scalar_type().intern(), actual.get(i).scalar_type().intern());
      assertTrue(actual.get(i).is_contiguous());
      assertTrue(expected.get(i).equal(actual.get(i)), expected.names().get(i));
    }
  }

  /** In the middle of an epoch, by another loader. */
  @Test
  void goOnFromWhereARunWas() throws IOException {
    try (Dataset data = parts(20);
        Randomness one = new Randomness(3);
        Randomness two = new Randomness(8);
        DataLoader first = DataLoader.shuffled(data, 6, one, Device.cpu()).resident(true);
        DataLoader second = DataLoader.shuffled(data, 6, two, Device.cpu()).resident(true)) {
      Iterator<Batch> epoch = first.iterator();
      epoch.next();
      epoch.next();
      State state = new State();
      first.save(state);
      int left = 0;
      for (Batch batch : second.resume(state)) {
        assertSame(epoch.next(), batch);
        left++;
      }
      assertEquals(2, left);
    }
  }

  /** What becomes of the data in the meantime is not noticed. */
  @Test
  void areOfTheDataAsTheyWere() {
    Tensor numbers = torch.ones(4, 1);
    DataLoader loader;
    try (Dataset data = new TensorDataset(numbers, torch.ones(4, 1))) {
      loader = DataLoader.sequential(data, 4, null, Device.cpu()).resident(true);
      loader.iterator().next();
    }
    numbers.zero_();
    assertEquals(4, loader.iterator().next().inputs().sum().item_float());
    loader.close();
  }

  /** Another batch would be in its place. */
  @Test
  void areRefusedWhenTheirTimeIsOver() {
    try (Dataset data = parts(20)) {
      DataLoader loader = DataLoader.sequential(data, 6, null, Device.cpu()).resident(true);
      Iterator<Batch> epoch = loader.iterator();
      Batch first = epoch.next();
      Batch second = epoch.next();
      assertEquals(
          "the loader has gone on to another batch",
          assertThrows(IllegalStateException.class, first::allInputs).getMessage());
      loader.close();
      assertEquals(
          "this loader is closed",
          assertThrows(IllegalStateException.class, second::allInputs).getMessage());
      assertThrows(IllegalStateException.class, epoch::next);
    }
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
      try (DataLoader loader = DataLoader.sequential(drawn, 2, null, Device.cpu())) {
        assertEquals(
            "examples that are not the same each time cannot be brought to a device once and for"
                + " all; where they are, the dataset says isFixed()",
            assertThrows(IllegalArgumentException.class, () -> loader.resident(true)).getMessage());
      }
    }
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
        Supply kept = new KeptBatches(slow, 6, Device.cpu(), first)) {
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

  @Test
  void areAskedForBeforeTheFirst() {
    try (Dataset data = parts(20);
        DataLoader loader = DataLoader.sequential(data, 6, null, Device.cpu())) {
      loader.iterator();
      assertThrows(IllegalStateException.class, () -> loader.resident(true));
    }
  }
}
