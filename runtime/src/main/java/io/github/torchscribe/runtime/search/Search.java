package io.github.torchscribe.runtime.search;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks for good settings: tries some, or all, and keeps what came of each in a folder, from which
 * it goes on when it was interrupted, however that was, as if it had not been. What can be set is
 * whatever the program sets by it: what a {@code Trainer} has, which of several networks is made,
 * what is done with the data.
 *
 * <pre>{@code
 * SearchResult found =
 *     Search.in(Path.of("searches/diabetes"))
 *         .logUniform("learning rate", 1e-3, 1)
 *         .choice("batch size", 16, 32, 64)
 *         .maximize("R²")
 *         .run(Strategy.random(20, 30), trial -> {
 *           try (Model model = DiabetesModel.create(trial.seed())) {
 *             History history = Trainer.of(model)
 *                 .epochs(trial.epochs())
 *                 .learningRate(trial.number("learning rate"))
 *                 .batchSize(trial.integer("batch size"))
 *                 .metric(Metrics.rSquared())
 *                 .run(train, validation);
 *             return history.last().metrics().get("R²");
 *           }
 *         });
 * }</pre>
 *
 * <p>Settings and seeds are drawn from the search's seed, always the same. Trials come one after
 * the other, since each has all cores. One that fails, or gives NaN or an infinite number, is
 * recorded as such, and the search goes on.
 *
 * <p>The folder has {@code search.json}, {@code search.html}, a page with all trials in a table and
 * in plots, and {@code trials/ID}, a folder for each trial. One search at a time has it.
 */
public final class Search {
  private final Path folder;
  private final Space space = new Space();
  private String measure = "test loss";
  private boolean higherIsBetter;
  private long seed;
  private PrintStream out = System.out;

  private Search(Path folder) {
    this.folder = folder;
  }

  /** What is to be tried. */
  public interface Objective {
    /**
     * Tries settings.
     *
     * @param trial has them
     * @return how good they are; NaN and infinite numbers stand for a failure
     * @throws Exception when it failed: that is recorded, but for {@link InterruptedException} and
     *     {@link java.util.concurrent.CancellationException}, which end the search; where the
     *     thread was interrupted and this returns all the same, its value counts, and the search
     *     ends before the next trial
     */
    double value(Trial trial) throws Exception;
  }

  /**
   * A search of which the lowest value of {@code test loss} is the best, unless stated otherwise.
   *
   * @param folder keeps what was tried; made where it is missing
   * @return without settings yet
   */
  public static Search in(Path folder) {
    return new Search(folder);
  }

  /**
   * A setting that is one of some values.
   *
   * @param name its own
   * @param values texts, numbers, booleans or constants of an enum, no two of which read the same
   * @return this search
   */
  public Search choice(String name, Object... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException(name + " has nothing to choose from");
    }
    List<Object> all = new ArrayList<>();
    for (Object value : values) {
      if (!(value instanceof String
          || value instanceof Number
          || value instanceof Boolean
          || value instanceof Enum<?>)) {
        throw new IllegalArgumentException(
            name
                + " can be a text, a number, a boolean or a constant of an enum, which a folder can"
                + " keep, but not "
                + value);
      }
      if (all.stream().anyMatch(other -> other.toString().equals(value.toString()))) {
        throw new IllegalArgumentException(name + " has " + value + " twice");
      }
      all.add(value);
    }
    space.add(new Setting.Choice(name, List.copyOf(all)));
    return this;
  }

  /**
   * A setting that is a whole number, all equally likely.
   *
   * @param name its own
   * @param low the lowest
   * @param high the highest, itself included
   * @return this search
   */
  public Search integer(String name, int low, int high) {
    if (low > high) {
      throw new IllegalArgumentException(name + " cannot be from " + low + " to " + high);
    }
    space.add(new Setting.Whole(name, low, high));
    return this;
  }

  /**
   * A setting that is a number, all equally likely.
   *
   * @param name its own
   * @param low the lowest, finite
   * @param high the highest, finite
   * @return this search
   */
  public Search uniform(String name, double low, double high) {
    if (!(low <= high) || Double.isInfinite(high - low)) {
      throw new IllegalArgumentException(name + " cannot be from " + low + " to " + high);
    }
    space.add(new Setting.Real(name, low, high, false));
    return this;
  }

  /**
   * A setting that is a number above 0 whose logarithm is equally likely everywhere: as often from
   * 0.001 to 0.01 as from 0.01 to 0.1.
   *
   * @param name its own
   * @param low the lowest, above 0
   * @param high the highest, finite
   * @return this search
   */
  public Search logUniform(String name, double low, double high) {
    if (!(low > 0 && low <= high) || Double.isInfinite(high)) {
      throw new IllegalArgumentException(
          name + " cannot be from " + low + " to " + high + ": its logarithm is drawn");
    }
    space.add(new Setting.Real(name, low, high, true));
    return this;
  }

  /**
   * Higher values are better.
   *
   * @param what the value is called
   * @return this search
   */
  public Search maximize(String what) {
    measure = what;
    higherIsBetter = true;
    return this;
  }

  /**
   * Lower values are better.
   *
   * @param what the value is called
   * @return this search
   */
  public Search minimize(String what) {
    measure = what;
    higherIsBetter = false;
    return this;
  }

  /**
   * What settings, and seeds of trials, are drawn from.
   *
   * @param value 0 unless stated otherwise
   * @return this search
   */
  public Search seed(long value) {
    seed = value;
    return this;
  }

  /**
   * Where a line for each trial, and a table at the end, are printed.
   *
   * @param stream the standard output unless stated otherwise
   * @return this search
   */
  public Search printTo(PrintStream stream) {
    out = stream;
    return this;
  }

  /**
   * Tries what the strategy says, but for what the folder knows already.
   *
   * @param strategy what is tried, in which order and for how many epochs
   * @param objective tries it
   * @return what came of all, also of what was tried before
   * @throws IllegalArgumentException when there are no settings, or the strategy cannot try them
   * @throws IllegalStateException when another search has the folder, or the folder has another
   *     search, of other settings, another seed or strategy; it says what has changed
   * @throws java.io.UncheckedIOException when the folder cannot be written
   */
  public SearchResult run(Strategy strategy, Objective objective) {
    if (space.settings().isEmpty()) {
      throw new IllegalArgumentException(
          "there is nothing to choose: say what, with choice, integer, uniform or logUniform");
    }
    strategy.require(space);
    Plan plan = new Plan(measure, higherIsBetter, seed, space, strategy);
    try (SearchFolder kept = SearchFolder.open(folder, plan)) {
      return new Attempts(plan, objective, kept, out).run();
    }
  }
}
