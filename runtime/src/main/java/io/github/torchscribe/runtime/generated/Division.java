package io.github.torchscribe.runtime.generated;

/**
 * How a batch is divided among workers: by rows into shares, each of which one worker takes through
 * the network; the products of a share among all workers that it has.
 *
 * @param shares how many there are, at least 1
 * @param workers how many compute: a multiple of that
 */
public record Division(int shares, int workers) {
  /** One worker does all. */
  public static final Division NONE = new Division(1, 1);

  /**
   * By rows alone.
   *
   * @param count of shares, each with a worker
   */
  public static Division byRows(int count) {
    return new Division(count, count);
  }

  /** How many workers a share has. */
  public int each() {
    return workers / shares;
  }

  /**
   * Written out: what the JVM makes of a record's own it keeps, and with it the class and its
   * loader.
   */
  @Override
  public boolean equals(Object other) {
    return other instanceof Division that && shares == that.shares && workers == that.workers;
  }

  @Override
  public int hashCode() {
    return 31 * shares + workers;
  }

  /** In words, for a summary. */
  @Override
  public String toString() {
    if (workers == 1) {
      return "not divided";
    }
    String among = "among " + workers + " workers";
    if (shares == 1) {
      return "products " + among;
    }
    return each() == 1
        ? "by rows " + among
        : "by rows into " + shares + " shares, products of each among " + each() + " workers";
  }
}
