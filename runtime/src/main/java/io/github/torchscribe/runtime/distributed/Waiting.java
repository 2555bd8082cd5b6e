package io.github.torchscribe.runtime.distributed;

import java.util.concurrent.TimeUnit;

/** A wait that may become long: then the others are told of it. */
final class Waiting {
  /** After this one says in the store that one waits, so that others find out who does not. */
  private static final long NOTED = TimeUnit.SECONDS.toNanos(2);

  private final Board board;
  private final int rank;
  private final long turn;
  private final String doing;
  private final Patience patience;
  private boolean noted;

  /**
   * Begins.
   *
   * @param turn how many waits there have been, on each rank as many
   * @param doing what the others are to do with this rank
   */
  Waiting(Board board, int rank, long turn, String doing, Patience patience) {
    this.board = board;
    this.rank = rank;
    this.turn = turn;
    this.doing = doing;
    this.patience = patience;
  }

  /** Ends the wait where another rank waits for something else. */
  void look() {
    if (patience.nanos() < NOTED) {
      return;
    }
    if (!noted) {
      board.await(turn, doing);
      noted = true;
    }
    String contrary = board.contrary(turn, doing);
    if (contrary != null) {
      GroupException found =
          new GroupException(
              "rank "
                  + rank
                  + " is "
                  + doing
                  + ", but "
                  + contrary
                  + ": all ranks must do the same in the same order, and what a log or a callback asks"
                  + " of the group each rank must ask");
      board.fail(found.getMessage());
      throw found;
    }
  }
}
