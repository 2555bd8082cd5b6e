package io.github.torchscribe.runtime.distributed;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Store;
import org.bytedeco.pytorch.StringVector;

/**
 * Where the ranks of a group leave texts for each other: libtorch's store, which is asked again and
 * again rather than waited for, so that nobody waits for a rank that has gone.
 */
final class Board {
  private static final String TROUBLE = "trouble";

  /** How long an answer is waited for at least. */
  private static final long ANSWER = 1_000;

  private final Store store;
  private final int rank;
  private final int size;
  private final String owner;
  private final Errand errand;
  private Patience patience;
  private GroupException unreachable;

  /**
   * Of one rank.
   *
   * @param store lives as long as this
   * @param owner whose it is, in words, for when it has gone
   * @param errand asks the store
   * @param patience how long answers are waited for at first
   */
  Board(Store store, int rank, int size, String owner, Errand errand, Patience patience) {
    this.store = store;
    this.errand = errand;
    this.patience = patience;
    this.rank = rank;
    this.size = size;
    this.owner = owner;
  }

  /** From now on answers are waited for as long as another wait lasts. */
  void within(Patience other) {
    patience = other;
  }

  void put(String key, String text) {
    reached(
        () -> {
          store.set(key, text);
          return null;
        });
  }

  boolean has(String key) {
    return reached(
        () -> {
          PointerScope scope = new PointerScope();
          try {
            return store.check(new StringVector(key));
          } finally {
            scope.close();
          }
        });
  }

  /** A text that is there. */
  String text(String key) {
    return reached(() -> store.get_to_str(key));
  }

  /** Counts, and says how many there have been. */
  long count(String key) {
    return reached(() -> store.add(key, 1));
  }

  /** Says that this rank leaves. */
  void leave() {
    put("left/" + rank, "");
  }

  boolean hasLeft(int of) {
    return has("left/" + of);
  }

  /** The others that have left, but not because of trouble. */
  List<Integer> leftAlone() {
    List<Integer> some = new ArrayList<>();
    for (int other = 0; other < size; other++) {
      boolean inTrouble = has("failed/" + other) || has("lost/" + other);
      if (other != rank && hasLeft(other) && !inTrouble) {
        some.add(other);
      }
    }
    return some;
  }

  /** Whether one of the others has not left. */
  boolean isSomebodyThere() {
    return !without("left/").isEmpty();
  }

  /** Says that this rank cannot go on, and why. */
  void fail(String why) {
    put("failed/" + rank, why);
    put(TROUBLE, "");
  }

  /** Says that this rank has lost the others. */
  void lose() {
    put("lost/" + rank, "");
    put(TROUBLE, "");
  }

  /** Whether a rank has failed, or lost others. */
  boolean hasTrouble() {
    return has(TROUBLE);
  }

  /** Why a rank has failed; null where it has not said so. */
  String failure(int of) {
    String key = "failed/" + of;
    return has(key) ? text(key) : null;
  }

  /** The others that have said nothing since there is trouble. */
  List<Integer> silent() {
    return without("failed/", "lost/", "left/");
  }

  /**
   * Says that this rank waits for the others.
   *
   * @param doing what they are to do with it
   */
  void await(long turn, String doing) {
    put(waits(turn) + rank, doing);
  }

  /**
   * A rank that waits for something else than this one.
   *
   * @return which, and for what; null where there is none
   */
  String contrary(long turn, String doing) {
    for (int other = 0; other < size; other++) {
      String key = waits(turn) + other;
      if (has(key) && !text(key).equals(doing)) {
        return "rank " + other + " is " + text(key);
      }
    }
    return null;
  }

  private static String waits(long turn) {
    return "waits/" + turn + "/";
  }

  /** The others that do not wait in a turn: those that are waited for. */
  List<Integer> missing(long turn) {
    return without(waits(turn));
  }

  /** The others that have left nothing under any of some keys. */
  List<Integer> without(String... prefixes) {
    List<Integer> some = new ArrayList<>();
    for (int other = 0; other < size; other++) {
      boolean said = other == rank;
      for (String prefix : prefixes) {
        said = said || has(prefix + other);
      }
      if (!said) {
        some.add(other);
      }
    }
    return some;
  }

  private <T> T reached(Supplier<T> asking) {
    if (unreachable != null) {
      throw unreachable; // libtorch would write of each further attempt
    }
    try {
      return errand.run(asking, Math.max(ANSWER, patience.leftMillis()));
    } catch (Errand.LateException e) {
      unreachable =
          new GroupException(
              owner + " does not answer: it has been stopped, or its machine cannot be reached", e);
    } catch (RuntimeException e) {
      unreachable = new GroupException(owner + " cannot be reached any more: it has gone", e);
    }
    throw unreachable;
  }
}
