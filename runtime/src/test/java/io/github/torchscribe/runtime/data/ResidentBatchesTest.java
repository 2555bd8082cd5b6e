package io.github.torchscribe.runtime.data;

import static io.github.torchscribe.runtime.data.SameBatches.assertSame;
import static io.github.torchscribe.runtime.data.SameBatches.parts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.file.State;
import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Randomness;
import io.github.torchscribe.runtime.torch.TensorSpec;
import io.github.torchscribe.runtime.torch.Tensors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Batches of data that lie on the device, all of them, are those of data that are gathered one by
 * one, digit for digit. The device is the CPU.
 */
class ResidentBatchesTest {

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
      assertAllAreSame(data, 8);
      assertAllAreSame(some, 16);
      assertAllAreSame(less, 2);
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

  /** What is drawn is the same, and is done there; for one part of several. */
  @Test
  void ofTransformedImages() {
    torch.manual_seed(1);
    Tensor images = torch.randn(23, 2, 6, 5);
    Tensor targets = torch.tensor(LongStream.range(0, 23).toArray());
    Transform[] all = {
      Transforms.randomCrop(5, 4, 1),
      Transforms.randomHorizontalFlip(0.5),
      Transforms.normalize(new double[] {0.5, -0.5}, new double[] {2, 3}),
      Transforms.randomVerticalFlip(0.3)
    };
    Tensors inputs = Tensors.of("other", images.mul(new Scalar(2))).and("image", images);
    assertEachIsSame(() -> new Transformed(new TensorDataset(images, targets), 5, all), 6);
    assertEachIsSame(
        () ->
            new Transformed(
                new TensorDataset(inputs, Tensors.of("kind", targets)), "image", 5, all),
        4);
    assertEachIsSame(
        () -> new Transformed(new TensorDataset(images, targets), 5, Transforms.centerCrop(2, 3)),
        7);
  }

  /** The same datasets, each with draws of its own. */
  private static void assertEachIsSame(Supplier<Dataset> data, int batchSize) {
    try (Dataset one = data.get();
        Dataset two = data.get();
        Randomness first = new Randomness(3);
        Randomness second = new Randomness(3);
        DataLoader gathered = DataLoader.shuffled(one, batchSize, first, Device.cpu());
        DataLoader resident = DataLoader.shuffled(two, batchSize, second, Device.cpu())) {
      gathered.resident(false);
      resident.resident(true);
      for (int epoch = 0; epoch < 3; epoch++) {
        assertEpochIsSame(gathered, resident);
        assertTrue(one.isFixed() || one.position() == two.position());
      }
    }
  }

  /** Numbers and indices, of several parts, with a target that does not count. */
  @Test
  void ofTensors() {
    try (Dataset data = parts(23);
        Subset some = new Subset(data, 5, 1, 22, 22, 0, 9)) {
      assertAllAreSame(data, 6);
      assertAllAreSame(data, 23);
      assertAllAreSame(some, 4);
    }
  }

  /** More of them than are brought there at a time. */
  @Test
  void ofWhateverSaysThatItIsFixed() {
    try (Dataset data = new Squares(2500);
        Subset some = new Subset(data, LongStream.range(100, 1700).toArray())) {
      assertAllAreSame(data, 700);
      assertAllAreSame(some, 64);
    }
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

  /** In three epochs, shuffled and not, with the last batch and without. */
  private static void assertAllAreSame(Dataset data, int batchSize) {
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
          assertEpochIsSame(gathered, resident);
        }
        assertEpochIsSame(inOrder.resident(false), there.resident(true));
      }
    }
  }

  private static void assertEpochIsSame(DataLoader expected, DataLoader actual) {
    assertEquals(expected.batches(), actual.batches());
    Iterator<Batch> others = actual.iterator();
    for (Batch batch : expected) {
      assertSame(batch, others.next());
      assertEquals(expected.example(batch.size() - 1), actual.example(batch.size() - 1));
    }
    assertTrue(!others.hasNext());
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
}
