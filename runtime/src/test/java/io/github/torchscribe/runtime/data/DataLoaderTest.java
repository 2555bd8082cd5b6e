package io.github.torchscribe.runtime.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.torchscribe.runtime.file.State;
import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Randomness;
import io.github.torchscribe.runtime.torch.Shapes;
import io.github.torchscribe.runtime.torch.TensorSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataLoaderTest {
  static Stream<Arguments> orders() throws IOException {
    try (InputStream in = DataLoaderTest.class.getResourceAsStream("/parity/orders.csv")) {
      assertNotNull(in, "parity/orders.csv is missing: python parity/randomness.py makes it");
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .skip(1)
          .map(line -> Arguments.of((Object[]) line.split(",")));
    }
  }

  /** The fixture is made by parity/randomness.py. */
  @ParameterizedTest
  @MethodSource("orders")
  void shufflesInPythonsOrder(
      long seed, int size, int batch, int epoch, String first, String sha256) {
    try (Dataset train = numbers(size);
        Dataset test = numbers(3);
        Randomness randomness = new Randomness(seed);
        DataLoader trainLoader = DataLoader.shuffled(train, batch, randomness, Device.cpu());
        DataLoader testLoader = DataLoader.sequential(test, batch, randomness, Device.cpu())) {
      for (int before = 0; before < epoch; before++) {
        targets(trainLoader);
        targets(testLoader);
      }
      long[] order = targets(trainLoader);
      assertEquals(
          first,
          Arrays.stream(order).limit(10).mapToObj(Long::toString).collect(Collectors.joining(" ")));
      assertEquals(sha256, digest(order));
    }
  }

  @Test
  void theLastBatchIsSmaller() {
    try (Dataset data = numbers(7);
        DataLoader loader = DataLoader.sequential(data, 3, null, Device.cpu())) {
      List<Integer> sizes = new ArrayList<>();
      for (Batch batch : loader) {
        sizes.add(batch.size());
        assertArrayEquals(new long[] {batch.size(), 1}, Shapes.of(batch.inputs()));
      }
      assertEquals(List.of(3, 3, 1), sizes);
      assertEquals(3, loader.batches());
    }
  }

  @Test
  void inputsBelongToTheirTargets() {
    try (Dataset data = numbers(20);
        Randomness randomness = new Randomness(4);
        DataLoader loader = DataLoader.shuffled(data, 6, randomness, Device.cpu())) {
      for (Batch batch : loader) {
        float[] inputs = new float[batch.size()];
        batch.inputs().contiguous().data_ptr_float().get(inputs);
        long[] targets = new long[batch.size()];
        batch.targets().contiguous().data_ptr_long().get(targets);
        for (int i = 0; i < inputs.length; i++) {
          assertEquals(targets[i], inputs[i]);
        }
      }
    }
  }

  @Test
  void aSecondEpochEndsTheFirst() {
    try (Dataset data = numbers(7);
        DataLoader loader = DataLoader.sequential(data, 3, null, Device.cpu())) {
      Iterator<Batch> first = loader.iterator();
      first.next();
      loader.iterator().next();
      assertThrows(IllegalStateException.class, first::next);
    }
  }

  @Test
  void whatIsClosedIsRefused() {
    Dataset data = numbers(7);
    DataLoader loader = DataLoader.sequential(data, 3, null, Device.cpu());
    Iterator<Batch> epoch = loader.iterator();
    data.close();
    data.close();
    assertEquals(
        "this dataset is closed",
        assertThrows(IllegalStateException.class, epoch::next).getMessage());
    loader.close();
    loader.close();
    for (Executable use : new Executable[] {epoch::next, loader::iterator}) {
      assertEquals(
          "this loader is closed", assertThrows(IllegalStateException.class, use).getMessage());
    }
  }

  /** libtorch's threads would take a core from the model's for a while after each batch. */
  @Test
  void batchesAreMadeByOneThread() {
    List<Integer> threads = new ArrayList<>();
    int before = torch.get_num_threads();
    torch.set_num_threads(2);
    try (Dataset data = numbers(6);
        DataLoader loader = DataLoader.sequential(told(data, threads), 3, null, Device.cpu())) {
      targets(loader);
      assertEquals(List.of(1, 1), threads);
      assertEquals(2, torch.get_num_threads(), "as it was");
    } finally {
      torch.set_num_threads(before);
    }
  }

  @Test
  void aCrewGathersAllParts() {
    try (Dataset data = numbers(7);
        DataLoader loader =
            DataLoader.sequential(data, 5, null, Device.cpu())
                .gatheredBy(
                    (size, part) -> {
                      part.gather(size / 2, size);
                      part.gather(0, size / 2);
                    })) {
      List<Float> inputs = new ArrayList<>();
      for (Batch batch : loader) {
        for (int i = 0; i < batch.size(); i++) {
          inputs.add(batch.inputs().get(i).item_float());
        }
      }
      assertEquals(List.of(0f, 1f, 2f, 3f, 4f, 5f, 6f), inputs);
      assertArrayEquals(new long[] {0, 1, 2, 3, 4, 5, 6}, targets(loader));
    }
  }

  /** Its gather may count its calls, or keep a tensor. */
  @Test
  void aDatasetThatDoesNotSaySoIsNotGatheredInParts() {
    List<Integer> threads = new ArrayList<>();
    Crew unwanted =
        (size, part) -> {
          throw new AssertionError("was asked to help");
        };
    try (Dataset data = numbers(6);
        DataLoader loader =
            DataLoader.sequential(told(data, threads), 3, null, Device.cpu())
                .gatheredBy(unwanted)) {
      targets(loader);
    }
    assertEquals(2, threads.size(), "a call for each batch");
  }

  @Test
  void refusesAnImpossibleBatchSize() {
    try (Dataset data = numbers(7)) {
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class,
              () -> DataLoader.sequential(data, 0, null, Device.cpu()));
      assertEquals("the batch size must be at least 1 but is 0", e.getMessage());
    }
  }

  /** The same data; whenever some are asked for it notes how many threads libtorch has. */
  private static Dataset told(Dataset data, List<Integer> threads) {
    return new Dataset() {
      @Override
      public long size() {
        return data.size();
      }

      @Override
      public TensorSpec inputs() {
        return data.inputs();
      }

      @Override
      public TensorSpec targets() {
        return data.targets();
      }

      @Override
      public void gather(Tensor indices, Tensor inputs, Tensor targets) {
        threads.add(torch.get_num_threads());
        data.gather(indices, inputs, targets);
      }

      @Override
      public void close() {}
    };
  }

  /** At its end, too, and with batches of another size, as another number of processes has them. */
  @ParameterizedTest
  @ValueSource(ints = {6, 8})
  void whoGoesOnHasTheRestOfAnEpoch(int size) throws IOException {
    try (Dataset data = numbers(20);
        Randomness one = new Randomness(3);
        Randomness two = new Randomness(8);
        DataLoader first = DataLoader.shuffled(data, 6, one, Device.cpu());
        DataLoader second = DataLoader.shuffled(data, size, two, Device.cpu())) {
      List<Long> seen = new ArrayList<>();
      for (Batch batch : first) {
        add(batch, seen);
        State state = new State();
        first.save(state);
        List<Long> all = new ArrayList<>(seen);
        for (Batch left : second.resume(state)) {
          add(left, all);
        }
        assertEquals(20, all.size());
        assertEquals(20, Set.copyOf(all).size(), all::toString);
      }
    }
  }

  private static void add(Batch batch, List<Long> to) {
    for (int i = 0; i < batch.size(); i++) {
      to.add(batch.targets().select(0, i).item_long());
    }
  }

  /** Example i is the number i, with the class i. */
  private static Dataset numbers(int size) {
    long[] numbers = LongStream.range(0, size).toArray();
    Tensor targets = torch.tensor(numbers);
    return new TensorDataset(targets.to(torch.ScalarType.Float).unsqueeze(1), targets);
  }

  private static long[] targets(DataLoader loader) {
    LongStream.Builder result = LongStream.builder();
    for (Batch batch : loader) {
      long[] some = new long[batch.size()];
      batch.targets().data_ptr_long().get(some);
      Arrays.stream(some).forEach(result);
    }
    return result.build().toArray();
  }

  private static String digest(long[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(values);
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
