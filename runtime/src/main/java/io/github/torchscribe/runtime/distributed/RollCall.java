package io.github.torchscribe.runtime.distributed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** When something has broken: who is still there says so, and so those are known that are not. */
record RollCall(Board board, Place place) {
  /** How long the others have to say that they are still there. */
  private static final Duration LENGTH = Duration.ofMillis(1_500);

  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(20);

  /**
   * Finds out who has failed or gone.
   *
   * @param doing what broke
   * @param cause libtorch's, or null
   */
  GroupException verdict(String doing, RuntimeException cause) {
    Patience call = new Patience(LENGTH, place.rank());
    try {
      board.within(call);
      board.lose();
      List<Integer> silent = board.silent();
      while (!silent.isEmpty() && call.leftMillis() > 0) {
        LockSupport.parkNanos(PAUSE);
        silent = board.silent();
      }
      return new GroupException(verdict(doing, silent, cause), cause);
    } catch (GroupException e) {
      return new GroupException(e.getMessage() + ", while " + doing, cause == null ? e : cause);
    }
  }

  private String verdict(String doing, List<Integer> silent, RuntimeException cause) {
    List<String> failed = new ArrayList<>();
    for (int rank = 0; rank < place.size(); rank++) {
      String why = board.failure(rank);
      if (why != null) {
        failed.add("rank " + rank + " has failed: " + why);
      }
    }
    if (!failed.isEmpty()) {
      return String.join("; ", failed);
    }
    if (!silent.isEmpty()) {
      return named(silent)
          + (silent.size() == 1 ? " has" : " have")
          + " gone, while "
          + doing
          + ": its process has ended, or its machine cannot be reached any more";
    }
    List<Integer> left = board.leftAlone();
    if (!left.isEmpty()) {
      return hasLeft(named(left));
    }
    String said = cause == null ? "" : ": " + GroupException.said(cause);
    return "the connections between the ranks broke while " + doing + said;
  }

  /** What is said of one that left. */
  static String hasLeft(String who) {
    return who
        + " left the group while others waited: its program came to an end there, or failed outside"
        + " of the training and says itself why";
  }

  /** The ranks, in words. */
  static String named(List<Integer> ranks) {
    return ranks.isEmpty()
        ? "the network"
        : (ranks.size() == 1 ? "rank " : "ranks ")
            + ranks.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
