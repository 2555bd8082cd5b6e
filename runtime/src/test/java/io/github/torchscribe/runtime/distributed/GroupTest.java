package io.github.torchscribe.runtime.distributed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A group whose ranks are threads of this process, each with a store and connections of its own, or
 * with memory that all share.
 */
@ParameterizedClass(name = "shares memory: {0}")
@ValueSource(booleans = {true, false})
class GroupTest {
  private static final List<torch.ScalarType> TYPES =
      List.of(
          torch.ScalarType.Float,
          torch.ScalarType.Double,
          torch.ScalarType.Long,
          torch.ScalarType.Int,
          torch.ScalarType.Half,
          torch.ScalarType.BFloat16);

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  @Parameter private boolean sharesMemory;

  private final ExecutorService threads = Executors.newCachedThreadPool();

  @TempDir private Path folder;

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  private Group group(int rank, int size) {
    Optional<Path> store = Optional.of(folder.resolve("store"));
    return Group.of(
        new Place(
            rank, size, store, Optional.empty(), false, "/test", Optional.empty(), sharesMemory),
        TIMEOUT);
  }

  private <T> List<Future<T>> start(int size, Function<Group, T> work) {
    List<Future<T>> all = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      int rank = i;
      all.add(
          threads.submit(
              () -> {
                PointerScope scope = new PointerScope();
                try (Group group = group(rank, size)) {
                  return work.apply(group);
                } finally {
                  scope.close();
                }
              }));
    }
    return all;
  }

  private <T> List<T> results(int size, Function<Group, T> work) throws Exception {
    List<T> all = new ArrayList<>();
    for (Future<T> some : start(size, work)) {
      all.add(some.get());
    }
    return all;
  }

  private List<String> failures(int size, Consumer<Group> work) throws InterruptedException {
    List<String> all = new ArrayList<>();
    for (Future<Object> some :
        start(
            size,
            group -> {
              work.accept(group);
              return null;
            })) {
      all.add(assertThrows(ExecutionException.class, some::get).getCause().getMessage());
    }
    return all;
  }

  private static double[] numbers(Tensor some) {
    double[] all = new double[(int) some.numel()];
    some.to(torch.ScalarType.Double).contiguous().data_ptr_double().get(all);
    return all;
  }

  @Test
  void allHaveTheSums() throws Exception {
    for (double[] sums :
        results(
            3,
            group -> {
              Tensor mine = torch.full(new long[] {4}, new Scalar(1.0 + group.rank()));
              group.sum(mine);
              return numbers(mine);
            })) {
      assertEquals(List.of(6.0, 6.0, 6.0, 6.0), Arrays.stream(sums).boxed().toList());
    }
  }

  @Test
  void allHaveWhatTheFirstHas() throws Exception {
    for (double[] there :
        results(
            2,
            group -> {
              Tensor mine = torch.full(new long[] {2}, new Scalar(7.0 - group.rank()));
              group.broadcast(mine);
              return numbers(mine);
            })) {
      assertEquals(7.0, there[0]);
    }
  }

  /** Longer than all places for blocks together, of a length that no number of ranks divides. */
  @Test
  void longTensorsAreSentInParts() throws Exception {
    int length = 1_000_003;
    for (double[] there :
        results(
            3,
            group -> {
              Tensor all = torch.arange(new Scalar(3.0 * length));
              List<Tensor> parts = new ArrayList<>();
              for (int i = 0; i < 3; i++) {
                Tensor part = all.narrow(0, (long) i * length, length);
                parts.add(i == group.rank() ? part.clone() : torch.zeros_like(part));
              }
              Tensor mine = parts.get(group.rank()).clone();
              group.spread(parts);
              Tensor wrong = torch.cat(new TensorVector(parts.toArray(Tensor[]::new))).ne(all);
              Tensor zeros = torch.zeros(1); // between two long ones
              group.sum(zeros);
              group.sum(mine);
              Tensor sums = parts.get(0).add(parts.get(1)).add(parts.get(2));
              return new double[] {
                wrong.sum().item_double(), zeros.item_double(), mine.ne(sums).sum().item_double()
              };
            })) {
      assertEquals(List.of(0.0, 0.0, 0.0), Arrays.stream(there).boxed().toList());
    }
  }

  /** As norms over all ranks do in a pass, and evaluations behind it. */
  @Test
  void sumsInAPassAndBehindItAreTheSame() throws Exception {
    for (double[] sums :
        results(
            3,
            group -> {
              double[] all = new double[3];
              for (int i = 0; i < all.length; i++) {
                InferenceMode mode = new InferenceMode(i % 2 == 0);
                Tensor mine = torch.ones(17);
                group.sum(mine);
                all[i] = mine.sum().item_double();
                mode.close();
              }
              return all;
            })) {
      assertEquals(List.of(51.0, 51.0, 51.0), Arrays.stream(sums).boxed().toList());
    }
  }

  @Test
  void numbersOfAllTypesAreAddedUp() throws Exception {
    for (double[] sums :
        results(
            2,
            group -> {
              double[] all = new double[TYPES.size()];
              for (int i = 0; i < all.length; i++) {
                Tensor mine = torch.full(new long[] {5}, new Scalar(20 + group.rank()));
                Tensor typed = mine.to(TYPES.get(i));
                group.sum(typed);
                all[i] = typed.to(torch.ScalarType.Double).sum().item_double();
              }
              return all;
            })) {
      assertEquals(Collections.nCopies(TYPES.size(), 205.0), Arrays.stream(sums).boxed().toList());
    }
  }

  @Test
  void rowsAreThoseOfEachRankInTurn() throws Exception {
    for (double[] all :
        results(
            3,
            group -> {
              int[] rows = {2, 0, 1};
              long[] shape = {rows[group.rank()], 2};
              Tensor mine = torch.full(shape, new Scalar((double) group.rank()));
              return numbers(group.gatherRows(mine, rows));
            })) {
      assertEquals(List.of(0.0, 0.0, 0.0, 0.0, 2.0, 2.0), Arrays.stream(all).boxed().toList());
    }
  }

  @Test
  void eachHearsWhatEachSays() throws Exception {
    for (List<String> said : results(3, group -> group.texts("I am ‹" + group.rank() + "›\n"))) {
      assertEquals(List.of("I am ‹0›\n", "I am ‹1›\n", "I am ‹2›\n"), said);
    }
  }

  @Test
  void whoDiffersIsNamedWithWhatDiffers() throws Exception {
    for (String said :
        failures(
            3,
            group ->
                group.requireSame(
                    List.of("seed 1", "batch size " + (group.rank() == 2 ? 50 : 100))))) {
      assertTrue(said.contains("rank 2 (+) differs from rank 0 (-)"), said);
      assertTrue(said.contains("- batch size 100\n  + batch size 50"), said);
    }
  }

  @Test
  void whyOneFailedIsSaidByAll() throws Exception {
    List<String> said =
        failures(
            3,
            group -> {
              if (group.rank() == 1) {
                IllegalStateException why = new IllegalStateException("the disk is gone");
                group.fail(why);
                throw why;
              }
              group.sum(torch.ones(10));
            });
    assertEquals("rank 1 has failed: the disk is gone", said.get(0));
    assertEquals("the disk is gone", said.get(1));
    assertEquals(said.get(0), said.get(2));
  }

  /** Without that they would wait for the time-out. */
  @Test
  void whoDoesSomethingElseIsFoundOut() throws Exception {
    List<String> said =
        failures(
            2,
            group -> {
              if (group.rank() == 0) {
                group.sum(torch.ones(10));
              } else {
                group.barrier();
              }
            });
    for (String one : said) {
      assertTrue(one.contains("is adding up") && one.contains("is telling texts"), one);
    }
  }

  @Test
  void aGroupThatFailedIsOfNoMoreUse() throws Exception {
    List<String> said =
        failures(
            2,
            group -> {
              try {
                group.requireSame(List.of("" + group.rank()));
              } catch (GroupException e) {
                group.barrier();
              }
            });
    assertTrue(said.get(0).startsWith("the group has failed before: "), said.get(0));
  }

  @Test
  void aGroupOfOneAsksNobody() {
    try (PointerScope scope = new PointerScope();
        Group alone = Group.meet(0, 1, "nowhere", text -> text, TIMEOUT)) {
      Tensor mine = torch.ones(3);
      scope.attach(mine);
      alone.sum(mine);
      alone.broadcast(mine);
      alone.barrier();
      alone.requireSame(List.of("anything"));
      assertEquals(List.of("me"), alone.texts("me"));
      assertEquals(1, alone.size());
      assertEquals(3.0, mine.sum().item_double());
    }
  }
}
