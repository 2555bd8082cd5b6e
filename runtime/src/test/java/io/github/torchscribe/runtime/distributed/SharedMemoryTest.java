package io.github.torchscribe.runtime.distributed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Memory that two ranks of this process share; {@code GroupTest} has what is sent by it. */
@Timeout(20)
class SharedMemoryTest {
  private final String[] said = new String[2];
  private final CyclicBarrier round = new CyclicBarrier(2);

  private static Place place(int rank, boolean sharesMemory) {
    return new Place(
        rank,
        2,
        Optional.of(Path.of("store")),
        Optional.empty(),
        false,
        "",
        Optional.empty(),
        sharesMemory);
  }

  /** Tells both what each says, which it may first have made another of. */
  private Function<String, String[]> telling(int rank, Function<String, String> heard) {
    return text -> {
      try {
        said[rank] = heard.apply(text);
        round.await();
        String[] all = said.clone();
        round.await();
        return all;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    };
  }

  /** Both at the same time. */
  private <T> List<T> both(Function<Integer, T> work) {
    CompletableFuture<T> other =
        CompletableFuture.supplyAsync(() -> work.apply(1), task -> new Thread(task).start());
    T first = work.apply(0);
    return List.of(first, other.join());
  }

  @Test
  void nobodyElseMayReadItAndNothingIsLeft() {
    Path[] path = new Path[1];
    List<Optional<Link>> links =
        both(
            rank ->
                SharedMemory.between(
                    place(rank, true),
                    telling(
                        rank,
                        text -> {
                          if (rank == 0 && text.contains("/")) {
                            path[0] = Path.of(text.substring(text.indexOf('/')));
                            assertEquals("rw-------", rights(path[0]));
                          }
                          return text;
                        })));
    assertFalse(Files.exists(path[0]), "it still has a name");
    links.forEach(link -> link.orElseThrow().close());
  }

  @Test
  void whatOneThatWasKilledLeftIsSwept() throws IOException {
    Path folder =
        Files.exists(Path.of("/dev/shm"))
            ? Path.of("/dev/shm")
            : Path.of(System.getProperty("java.io.tmpdir"));
    Path left = Files.createTempFile(folder, "torchscribe-", ".ranks");
    Path another = Files.createTempFile(folder, "torchscribe-", ".ranks");
    Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
    List<Optional<Link>> links =
        both(rank -> SharedMemory.between(place(rank, true), telling(rank, text -> text)));
    links.forEach(link -> link.orElseThrow().close());
    assertFalse(Files.exists(left));
    assertTrue(Files.deleteIfExists(another), "it may be in use");
  }

  private static String rights(Path path) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void oneThatDoesNotWantItIsEnough() {
    for (int unwilling = 0; unwilling < 2; unwilling++) {
      int that = unwilling;
      List<Optional<Link>> links =
          both(
              rank -> SharedMemory.between(place(rank, rank != that), telling(rank, text -> text)));
      assertEquals(List.of(Optional.empty(), Optional.empty()), links);
    }
  }

  /** As where a folder is seen by two machines, or a name is there in two containers. */
  @Test
  void otherMachinesAndFilesAreRefused() {
    for (String part : List.of("^[^ ]+", " -?[0-9]+ ", "/.*")) {
      List<Optional<Link>> links =
          both(
              rank ->
                  SharedMemory.between(
                      place(rank, true),
                      telling(rank, text -> rank == 0 ? text.replaceFirst(part, " 7 ") : text)));
      assertEquals(List.of(Optional.empty(), Optional.empty()), links, part);
    }
  }

  private List<String> failures(BiConsumer<Link, Integer> begin) {
    List<Optional<Link>> links =
        both(rank -> SharedMemory.between(place(rank, true), telling(rank, text -> text)));
    return both(
        rank -> {
          PointerScope scope = new PointerScope();
          try (Link link = links.get(rank).orElseThrow()) {
            begin.accept(link, rank);
            return assertThrows(GroupException.class, () -> link.isDone(10_000)).getMessage();
          } finally {
            scope.close();
          }
        });
  }

  @Test
  void otherLengthsAreFoundOut() {
    List<String> failures = failures((link, rank) -> link.sum(torch.ones(2 + rank)));
    String first = "rank 0 is adding up 8 bytes of Float";
    String second = "rank 1 is adding up 12 bytes of Float";
    assertTrue(failures.get(0).startsWith(first + ", but " + second + ": "), failures.get(0));
    assertTrue(failures.get(1).startsWith(second + ", but " + first + ": "), failures.get(1));
  }

  @Test
  void otherWaysOfDoingItAreFoundOut() {
    List<String> failures = failures((link, rank) -> link.broadcast(torch.ones(2), rank));
    String is = "is sending one rank's 8 bytes of Float";
    assertTrue(
        failures.get(0).startsWith("rank 0 " + is + ", but rank 1 " + is + ", otherwise: "),
        failures.get(0));
    failures =
        failures((link, rank) -> link.spread(List.of(torch.ones(2 + rank), torch.ones(2 - rank))));
    assertTrue(failures.get(1).contains("otherwise"), failures.get(1));
  }

  @Test
  void whoIsNotThereYetIsNotGone() {
    List<Optional<Link>> links =
        both(rank -> SharedMemory.between(place(rank, true), telling(rank, text -> text)));
    try (PointerScope scope = new PointerScope();
        Link first = links.get(0).orElseThrow();
        Link second = links.get(1).orElseThrow()) {
      Tensor numbers = torch.ones(3);
      Tensor others = torch.ones(3);
      scope.attach(numbers);
      scope.attach(others);
      first.sum(numbers);
      assertFalse(first.isDone(30));
      second.sum(others);
      assertFalse(second.isDone(0)); // it has written, and the first has not added up yet
      CompletableFuture<Boolean> other = CompletableFuture.supplyAsync(() -> second.isDone(10_000));
      assertTrue(first.isDone(10_000));
      assertTrue(other.join());
      assertEquals(6.0, others.sum().item_double());
    }
  }
}
