package io.github.torchscribe.runtime.distributed;

import io.github.torchscribe.runtime.process.Pools;
import io.github.torchscribe.runtime.process.Versions;
import io.github.torchscribe.runtime.torch.Arena;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.PrefixStore;
import org.bytedeco.pytorch.Store;
import org.bytedeco.pytorch.Tensor;

/** The other ranks, as one of them sees them: what it tells them, and how it waits for them. */
final class Company implements AutoCloseable {
  /** How long one waits without looking whether something has happened. */
  private static final long SLICE = 200;

  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(2);

  private static final Duration LEAVING = Duration.ofSeconds(5);

  /** How long the store stays for the others when its rank has failed, so that they learn why. */
  private static final Duration LEAVING_IN_TROUBLE = Duration.ofSeconds(2);

  /**
   * Those that have not been closed. Were one forgotten, JavaCPP would free what it has piece by
   * piece, in any order, and libtorch go on with what has been freed.
   */
  private static final Set<Company> OPEN = ConcurrentHashMap.newKeySet();

  private static final String ADVICE =
      "it may have been killed, have stopped, or be doing something that takes longer;"
          + " TORCHSCRIBE_TIMEOUT, in seconds, or Group.fromEnvironment(…) give it more time";

  private final Place place;
  private final Board board;
  private final Errand errand = new Errand();
  private final Deque<Arena> memory = new ArrayDeque<>();
  private final Duration timeout;
  private Link link;
  private boolean second;
  private long turns;
  private GroupException end;

  /**
   * Meets the others.
   *
   * @param store that all have
   * @param opened owns the store, and is closed with this, also where they do not meet
   * @param timeout how long others are waited for
   */
  Company(Place place, Store store, Arena opened, Duration timeout) {
    this.place = place;
    this.timeout = timeout;
    Store[] prefixed = new Store[1];
    memory.addFirst(opened);
    memory.addFirst(Arena.filledBy(() -> prefixed[0] = new PrefixStore(place.attempt(), store)));
    String owner =
        place.master().isEmpty()
            ? "the group's store, " + place.store() + ","
            : place.serves()
                ? "the store of this rank"
                : "the group's store at "
                    + place.store()
                    + ", whose process is rank 0's or"
                    + " torchrun's,";
    Patience patience = new Patience(timeout, place.rank());
    board = new Board(prefixed[0], place.rank(), place.size(), owner, errand, patience);
    OPEN.add(this);
    try {
      requireOnlyOne();
      requireSame(
          List.of("Torchscribe " + Versions.of("torchscribe"), "a group of " + place.size()));
      requireAllThere();
      link = connected(prefixed[0]);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private Link connected(Store store) {
    Optional<Link> shared = SharedMemory.between(place, this::texts);
    if (shared.isPresent()) {
      return shared.get();
    }
    Link ring = ring(store);
    texts(""); // else one might leave while another still connects with it
    return ring;
  }

  private Link ring(Store store) {
    String address = Ring.address(place.master());
    try {
      long limit = Math.min(timeout.toMillis(), Ring.CONNECTING) + SLICE;
      return errand.run(() -> new Ring(store, place, address, timeout.toMillis()), limit);
    } catch (GroupException e) {
      throw e;
    } catch (RuntimeException e) {
      throw lost("connecting the ranks", e);
    }
  }

  /** A second process of a rank, as one that was started again alone, would confuse the others. */
  private void requireOnlyOne() {
    second = board.count("here/" + place.rank()) > 1;
    if (!second) {
      return;
    }
    GroupException refused =
        new GroupException(
            "rank "
                + place.rank()
                + " has come to "
                + place.store()
                + " before: it was started twice, or again while the others still wait for the"
                + " first; start all ranks again together");
    if (!board.without(round(0)).isEmpty()) {
      board.fail(refused.getMessage()); // a group that has met already goes on
    }
    throw refused;
  }

  private static String round(long turn) {
    return "round/" + turn + "/";
  }

  Link link() {
    return link;
  }

  /** What each rank has said in this round. */
  String[] texts(String mine) {
    return texts(mine, (rank, text) -> {});
  }

  /** Looks at what a rank has said as soon as it is there. */
  private interface Listener {
    void heard(int rank, String text);
  }

  private String[] texts(String mine, Listener listener) {
    requireSound();
    long turn = turns++;
    String round = round(turn);
    String[] all = new String[place.size()];
    Patience patience = new Patience(timeout, place.rank());
    board.within(patience);
    Waiting waiting = new Waiting(board, place.rank(), turn, "telling texts", patience);
    try {
      board.put(round + place.rank(), mine);
      for (int rank = 0; rank < all.length; rank++) {
        String key = round + rank;
        while (!board.has(key)) {
          requireNoTrouble();
          requireThere(rank, key);
          waiting.look();
          LockSupport.parkNanos(PAUSE);
          goOn(patience, () -> board.without(round));
        }
        all[rank] = board.text(key);
        listener.heard(rank, all[rank]);
      }
    } catch (GroupException e) {
      end = e;
      throw e;
    }
    return all;
  }

  /** Every rank compares each other with rank 0, and so all say the same. */
  void requireSame(List<String> mine) {
    List<String> lines = mine.stream().flatMap(String::lines).toList();
    String[] first = new String[1];
    texts(
        String.join("\n", lines),
        (rank, text) -> {
          if (rank == 0) {
            first[0] = text;
          }
          Settings.requireSame(rank, first[0].lines().toList(), text.lines().toList());
        });
  }

  /** Sends a tensor and gets it back in its place. */
  void inPlace(String doing, Tensor numbers, Consumer<Tensor> begin) {
    inPlace(doing, List.of(numbers), some -> begin.accept(some.get(0)));
  }

  /** The same with several tensors of one device. */
  void inPlace(String doing, List<Tensor> numbers, Consumer<List<Tensor>> begin) {
    for (Tensor some : numbers) {
      if (!some.is_contiguous()) {
        throw new IllegalArgumentException("only tensors that are contiguous can be sent");
      }
    }
    if (numbers.get(0).is_cuda()) {
      PointerScope scope = new PointerScope();
      try {
        List<Tensor> here = numbers.stream().map(Tensor::cpu).toList();
        inPlace(doing, here, begin);
        for (int i = 0; i < here.size(); i++) {
          numbers.get(i).copy_(here.get(i));
        }
      } finally {
        scope.close();
      }
      return;
    }
    send(doing, () -> begin.accept(numbers));
  }

  /**
   * Sends something, and waits until it has been received.
   *
   * @param doing what is being done, in words
   * @param begin begins it
   */
  void send(String doing, Runnable begin) {
    requireSound();
    long turn = turns++;
    long began = System.nanoTime();
    PointerScope scope = new PointerScope();
    try {
      begin.run();
      Pools.whileWaiting(
          () -> {
            if (!link.isDone(SLICE)) {
              awaitLonger(turn, doing, began);
            }
          });
    } catch (GroupException e) {
      end = e;
      link.giveUp();
      throw e;
    } catch (RuntimeException e) {
      link.giveUp();
      throw lost(doing, e);
    } finally {
      scope.close();
    }
  }

  private void awaitLonger(long turn, String doing, long began) {
    Patience patience = new Patience(timeout, place.rank(), began);
    board.within(patience);
    Waiting waiting = new Waiting(board, place.rank(), turn, doing, patience);
    while (!link.isDone(SLICE)) {
      requireNoTrouble();
      waiting.look();
      goOn(patience, () -> board.missing(turn));
    }
  }

  /** Who waits no longer says for whom it did, as those may come later. */
  private void goOn(Patience patience, Supplier<List<Integer>> missing) {
    try {
      patience.goOn(() -> RollCall.named(missing.get()), ADVICE);
    } catch (GroupException e) {
      board.fail(e.getMessage());
      throw e;
    }
  }

  private void requireSound() {
    if (end != null) {
      throw new GroupException("the group has failed before: " + end.getMessage(), end);
    }
  }

  /** One that has left says nothing any more; it may have done so between two questions. */
  private void requireThere(int rank, String key) {
    if (board.hasLeft(rank) && !board.has(key)) {
      requireNoTrouble(); // who fails says so, and then leaves
      throw new GroupException(RollCall.hasLeft("rank " + rank));
    }
  }

  /** One may have given up before the last came. */
  private void requireAllThere() {
    for (int rank = 0; rank < place.size(); rank++) {
      requireThere(rank, "");
    }
  }

  private void requireNoTrouble() {
    if (board.hasTrouble()) {
      throw lost("waiting for the others", null);
    }
  }

  /** Finds out who has failed or gone. */
  private GroupException lost(String doing, RuntimeException cause) {
    end = new RollCall(board, place).verdict(doing, cause);
    return end;
  }

  /** Tells the others that this rank cannot go on. */
  void fail(Throwable why) {
    if (end == null) {
      String message = why.getMessage() == null ? why.toString() : why.getMessage();
      end = new GroupException(message, why);
      link.giveUp();
      ErrorFile.write(why);
      board.within(new Patience(LEAVING_IN_TROUBLE, place.rank()));
      try {
        board.fail(message);
      } catch (GroupException e) {
        if (e != why) {
          why.addSuppressed(e);
        }
      }
    }
  }

  /** Leaves. A second call does nothing. */
  @Override
  public void close() {
    if (!OPEN.remove(this)) {
      return;
    }
    Patience patience = new Patience(end == null ? LEAVING : LEAVING_IN_TROUBLE, place.rank());
    try {
      board.within(patience);
      if (!second) {
        board.leave();
      }
      while (place.serves() && board.isSomebodyThere() && patience.leftMillis() > 0) {
        LockSupport.parkNanos(PAUSE);
      }
    } catch (GroupException e) {
      // who has the store has left before
    }
    if (errand.isLost()) {
      OPEN.add(this); // its thread may still use what would be freed
      return;
    }
    errand.close();
    if (link != null) {
      link.close();
    }
    memory.forEach(Arena::close);
  }
}
