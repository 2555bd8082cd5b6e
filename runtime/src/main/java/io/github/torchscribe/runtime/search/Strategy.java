package io.github.torchscribe.runtime.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** In which order a {@link Search} tries what, and for how many epochs. */
public final class Strategy {
  private static final int ETA = 3;

  private final String words;
  private final boolean isGrid;
  private final int points;
  private final List<Bracket> brackets;

  /**
   * A race: so many configurations begin, and of each round the best go on to the next.
   *
   * @param epochs of each round, each more than the last
   */
  record Bracket(int configurations, int eta, List<Integer> epochs) {
    /** How many come to each round. */
    List<Integer> counts(int begin) {
      List<Integer> counts = new ArrayList<>();
      int count = begin;
      for (int i = 0; i < epochs.size(); i++) {
        counts.add(count);
        count = promoted(count);
      }
      return counts;
    }

    int promoted(int count) {
      return Math.max(1, count / eta);
    }
  }

  private Strategy(String words, boolean isGrid, int points, List<Bracket> brackets) {
    this.words = words;
    this.isGrid = isGrid;
    this.points = points;
    this.brackets = List.copyOf(brackets);
  }

  /**
   * Every combination of what was declared, which are choices and whole numbers.
   *
   * @param epochs of each, at least 1
   * @return all of them; the last setting changes first
   */
  public static Strategy grid(int epochs) {
    return grid(epochs, 0);
  }

  /**
   * Every combination, where a range stands for some of its values: equally far apart, both ends
   * among them; of {@link Search#logUniform} in their logarithms.
   *
   * @param epochs of each, at least 1
   * @param points of each range, at least 1
   * @return all of them; the last setting changes first
   */
  public static Strategy grid(int epochs, int points) {
    atLeast("the number of epochs", 1, epochs);
    atLeast("the number of points of a range", 0, points);
    return new Strategy(
        "a grid" + (points == 0 ? "" : ", " + points + " values of each range") + ", " + of(epochs),
        true,
        points,
        List.of(new Bracket(0, ETA, List.of(epochs))));
  }

  /**
   * Combinations by chance, none of them twice. A search that is asked for more later on goes on
   * from those that it has.
   *
   * @param configurations how many, at least 1; fewer where there are no others
   * @param epochs of each, at least 1
   * @return so many of them
   */
  public static Strategy random(int configurations, int epochs) {
    atLeast("the number of configurations", 1, configurations);
    atLeast("the number of epochs", 1, epochs);
    return new Strategy(
        "random, " + of(epochs),
        false,
        0,
        List.of(new Bracket(configurations, ETA, List.of(epochs))));
  }

  /**
   * {@link #successiveHalving(int, int, int, int)} of which a third goes on each time.
   *
   * @param configurations how many begin
   * @param minEpochs of the first round
   * @param maxEpochs of the last
   * @return the race
   */
  public static Strategy successiveHalving(int configurations, int minEpochs, int maxEpochs) {
    return successiveHalving(configurations, minEpochs, maxEpochs, ETA);
  }

  /**
   * Successive halving (Jamieson and Talwalkar, 2016): configurations by chance are all tried for a
   * few epochs; the best of them, one in η, for η times as many; and so on, until the best have had
   * all epochs. A trial may go on from where it was, by checkpoints in {@link Trial#folder}.
   *
   * @param configurations how many begin, n; at least 2
   * @param minEpochs of the first round, r, at least 1; a little more where η does not lead from
   *     there to the last exactly
   * @param maxEpochs of the last, R
   * @param eta of how many one goes on, η, at least 2
   * @return the race
   */
  public static Strategy successiveHalving(
      int configurations, int minEpochs, int maxEpochs, int eta) {
    atLeast("the number of configurations", 2, configurations);
    atLeast("the number of epochs of the first round", 1, minEpochs);
    atLeast("the number of epochs of the last round", minEpochs, maxEpochs);
    atLeast("eta", 2, eta);
    int rounds = 1;
    while (maxEpochs / power(eta, rounds) >= minEpochs) {
      rounds++;
    }
    return new Strategy(
        "successive halving of "
            + configurations
            + ", "
            + minEpochs
            + " to "
            + of(maxEpochs)
            + ", eta "
            + eta,
        false,
        0,
        List.of(new Bracket(configurations, eta, epochs(maxEpochs, eta, rounds))));
  }

  /**
   * {@link #hyperband(int, int)} with η = 3.
   *
   * @param maxEpochs that the best of each race get, at least 1
   * @return all races
   */
  public static Strategy hyperband(int maxEpochs) {
    return hyperband(maxEpochs, ETA);
  }

  /**
   * Hyperband (Li, Jamieson, DeSalvo, Rostamizadeh, Talwalkar, 2018): races of successive halving
   * that cost the same, from many configurations with few epochs to few with all of them, as nobody
   * knows beforehand how much a few epochs say.
   *
   * @param maxEpochs that the best of each race get, R, at least 1
   * @param eta of how many one goes on, η, at least 2
   * @return all races
   */
  public static Strategy hyperband(int maxEpochs, int eta) {
    atLeast("the number of epochs", 1, maxEpochs);
    atLeast("eta", 2, eta);
    int most = 0;
    while (power(eta, most + 1) <= maxEpochs) {
      most++;
    }
    List<Bracket> brackets = new ArrayList<>();
    for (int s = most; s >= 0; s--) {
      long shares = (most + 1) * power(eta, s);
      int configurations = Math.toIntExact((shares + s) / (s + 1)); // rounded up
      brackets.add(new Bracket(configurations, eta, epochs(maxEpochs, eta, s + 1)));
    }
    return new Strategy("hyperband, " + of(maxEpochs) + ", eta " + eta, false, 0, brackets);
  }

  /** Of each round, from the last backwards. */
  private static List<Integer> epochs(int max, int eta, int rounds) {
    List<Integer> epochs = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      epochs.add((int) (max / power(eta, i)));
    }
    Collections.reverse(epochs);
    return epochs;
  }

  private static long power(int base, int exponent) {
    long power = 1;
    for (int i = 0; i < exponent; i++) {
      power = Math.multiplyExact(power, base);
    }
    return power;
  }

  private static String of(int epochs) {
    return epochs + (epochs == 1 ? " epoch" : " epochs");
  }

  private static void atLeast(String what, int least, int value) {
    if (value < least) {
      throw new IllegalArgumentException(what + " must be at least " + least + " but is " + value);
    }
  }

  /** What it is, in words; what goes on after a change has the same. */
  String words() {
    return words;
  }

  List<Bracket> brackets() {
    return brackets;
  }

  /** Whether what was declared is something that this can try. */
  void require(Space space) {
    if (isGrid && points == 0) {
      for (Setting setting : space.settings()) {
        if (Double.isInfinite(setting.size())) {
          throw new IllegalArgumentException(
              setting.name()
                  + " is "
                  + setting.words()
                  + ": say of how many values a grid has it, with grid(epochs, points), or give it"
                  + " as a choice");
        }
      }
    }
  }

  /** What a bracket begins with. */
  List<Configuration> begin(Bracket bracket, Configurations all) {
    return isGrid ? all.grid(ofRange()) : all.draw(bracket.configurations());
  }

  /** How many values of a range are tried at most. */
  private int ofRange() {
    return points == 0 ? Integer.MAX_VALUE : points;
  }

  /** How many trials there will be at most. */
  int planned(Space space) {
    long planned = 0;
    double left = isGrid ? space.combinations(ofRange()) : space.size();
    for (Bracket bracket : brackets) {
      int begin = (int) (isGrid ? left : Math.min(left, bracket.configurations()));
      left -= begin;
      if (begin > 0) {
        planned += bracket.counts(begin).stream().mapToLong(count -> count).sum();
      }
    }
    return (int) Math.min(Integer.MAX_VALUE, planned);
  }
}
