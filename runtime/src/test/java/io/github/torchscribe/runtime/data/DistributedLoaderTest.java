package io.github.torchscribe.runtime.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.file.State;
import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Peers;
import io.github.torchscribe.runtime.torch.Randomness;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each of some processes has of the batches. */
class DistributedLoaderTest {
  private static final int SIZE = 100;

  private final PointerScope scope = new PointerScope();
  private final Dataset data =
      new TensorDataset(
          torch.arange(new Scalar(SIZE)).to(torch.ScalarType.Float).view(-1, 1),
          torch.zeros(SIZE).to(torch.ScalarType.Long));

  @AfterEach
  void close() {
    data.close();
    scope.close();
  }

  private record Rank(int rank, int size) implements Peers {
    @Override
    public void sum(Tensor numbers) {
      throw new AssertionError("a loader tells nobody anything");
    }
  }

  private static List<Integer> examples(Batch batch) {
    float[] numbers = new float[batch.size()];
    batch.inputs().contiguous().data_ptr_float().get(numbers);
    List<Integer> all = new ArrayList<>();
    for (float number : numbers) {
      all.add((int) number);
    }
    return all;
  }

  private static List<List<Integer>> all(Iterator<Batch> epoch) {
    List<List<Integer>> all = new ArrayList<>();
    epoch.forEachRemaining(batch -> all.add(examples(batch)));
    return all;
  }

  private DataLoader shuffled(int batchSize, Randomness randomness) {
    return DataLoader.shuffled(data, batchSize, randomness, Device.cpu());
  }

  private List<List<Integer>> epoch(int batchSize, int rank, int size) {
    try (Randomness randomness = new Randomness(7);
        DataLoader loader = shuffled(batchSize, randomness).distributed(new Rank(rank, size))) {
      assertEquals((((SIZE + size - 1) / size) + batchSize - 1) / batchSize, loader.batches());
      return all(loader.iterator());
    }
  }

  /** As {@code DistributedSampler} has it: each step of all is one of a single process. */
  @ParameterizedTest
  @CsvSource({"2, 10", "4, 5", "5, 4"})
  void aBatchOfAllIsOneOfASingleProcess(int size, int batchSize) {
    List<List<Integer>> alone = epoch(batchSize * size, 0, 1);
    for (int step = 0; step < alone.size(); step++) {
      TreeSet<Integer> union = new TreeSet<>();
      for (int rank = 0; rank < size; rank++) {
        union.addAll(epoch(batchSize, rank, size).get(step));
      }
      assertEquals(new TreeSet<>(alone.get(step)), union);
    }
  }

  /** torch: {@code list(DistributedSampler(range(100), 3, 2, shuffle=False))} ends in 98, 1. */
  @Test
  void theFirstOnesComeAgainWhereItDoesNotDivide() {
    try (DataLoader loader =
        DataLoader.sequential(data, 200, null, Device.cpu()).distributed(new Rank(2, 3))) {
      List<Integer> examples = all(loader.iterator()).get(0);
      assertEquals(34, examples.size());
      assertEquals(List.of(2, 5, 8), examples.subList(0, 3));
      assertEquals(List.of(98, 1), examples.subList(32, 34));
    }
  }

  /** Nobody has rows of the last one, in which there are fewer than processes. */
  @Test
  void rowsOfEachBatchAreDivided() {
    List<Integer> together = new ArrayList<>();
    for (int rank = 0; rank < 4; rank++) {
      try (DataLoader loader =
          DataLoader.sequential(data, 33, null, Device.cpu()).dividedAmong(new Rank(rank, 4))) {
        List<List<Integer>> mine = all(loader.iterator());
        assertEquals(4, loader.batches());
        assertEquals(rank == 3 ? 4 : 3, mine.size());
        for (int batch = 0; batch < 3; batch++) {
          assertEquals(mine.get(batch).size(), loader.rows(batch, rank));
        }
        mine.forEach(together::addAll);
      }
    }
    assertEquals(SIZE, together.size());
    assertEquals(SIZE, new TreeSet<>(together).size());
  }

  /** Where it stopped at the end of an epoch there is nothing left, whoever goes on. */
  @ParameterizedTest
  @CsvSource({"3, 10, 1, 30", "1, 30, 3, 10", "3, 10, 2, 15", "2, 15, 3, 10", "7, 5, 5, 7"})
  void anotherNumberOfProcessesGoesOn(int size, int batchSize, int others, int theirs)
      throws Exception {
    try (Randomness randomness = new Randomness(7);
        DataLoader loader = shuffled(batchSize, randomness).distributed(new Rank(0, size));
        DataLoader other = shuffled(theirs, randomness).distributed(new Rank(0, others))) {
      Iterator<Batch> epoch = loader.iterator();
      long left = loader.batches();
      while (epoch.hasNext()) {
        epoch.next();
        left--;
        State state = new State();
        loader.save(state);
        assertEquals(left, all(other.resume(state).iterator()).size());
      }
    }
  }

  @Test
  void whatIsRandomDiffersBetweenProcesses() {
    List<List<Float>> seen = new ArrayList<>();
    for (int rank = 0; rank < 2; rank++) {
      try (Dataset noisy =
              new Transformed(
                  new TensorDataset(
                      torch.zeros(4, 1, 8, 8), torch.zeros(4).to(torch.ScalarType.Long)),
                  1,
                  Transforms.randomCrop(8, 8, 4));
          DataLoader loader =
              DataLoader.sequential(noisy, 2, null, Device.cpu()).distributed(new Rank(rank, 2))) {
        loader.iterator().next();
        seen.add(List.of((float) noisy.position()));
      }
    }
    assertFalse(seen.get(0).equals(seen.get(1)));
    assertTrue(seen.get(0).get(0) < 10);
  }
}
