package io.github.torchscribe.runtime.search;

import io.github.torchscribe.runtime.learner.History;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;

/** What a search asks for: settings, a seed, and how many epochs they are given. */
public final class Trial {
  private final Configuration configuration;
  private final int epochs;
  private final Path folder;

  Trial(Configuration configuration, int epochs, Path folder) {
    this.configuration = configuration;
    this.epochs = epochs;
    this.folder = folder;
  }

  /**
   * Which one it is.
   *
   * @return counted from 1; with the same settings for more epochs, the same
   */
  public int id() {
    return configuration.id();
  }

  /**
   * What weights and orders may be drawn from.
   *
   * @return its own, of the search's; with the same settings for more epochs, the same
   */
  public long seed() {
    return configuration.seed();
  }

  /**
   * How many epochs it is given, in all: also where it goes on from a checkpoint.
   *
   * @return at least 1
   */
  public int epochs() {
    return epochs;
  }

  /**
   * A folder of its own, with the same settings the same: for reports, and for checkpoints, from
   * which {@code trainer.checkpoints(Checkpoints.in(trial.folder())).resume()} goes on, after a
   * search was interrupted and where a strategy gives more epochs.
   *
   * @return is there
   */
  public Path folder() {
    return folder;
  }

  /**
   * All settings.
   *
   * @return by their names, in the order in which they were declared
   */
  public Map<String, Object> settings() {
    return Collections.unmodifiableMap(new LinkedHashMap<>(configuration.settings()));
  }

  /**
   * A setting, whatever it is.
   *
   * @param name as it was declared
   * @return one of the choices, or of the range
   * @throws IllegalArgumentException when nothing is called so
   */
  public Object value(String name) {
    Object value = configuration.settings().get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "there is no setting '"
              + name
              + "'; there are "
              + String.join(", ", configuration.settings().keySet()));
    }
    return value;
  }

  /**
   * A setting that is a number.
   *
   * @param name as it was declared
   * @return its value
   * @throws IllegalArgumentException when nothing is called so, or it is no number
   */
  public double number(String name) {
    return as(name, Number.class, "a number").doubleValue();
  }

  /**
   * A setting that is a whole number.
   *
   * @param name as it was declared
   * @return its value
   * @throws IllegalArgumentException when nothing is called so, or it is no whole number
   */
  public int integer(String name) {
    double value = number(name);
    if (value != (int) value) {
      throw new IllegalArgumentException("the setting '" + name + "' is no whole number: " + value);
    }
    return (int) value;
  }

  /**
   * A setting that is a text.
   *
   * @param name as it was declared
   * @return its value
   * @throws IllegalArgumentException when nothing is called so, or it is no text
   */
  public String text(String name) {
    return as(name, String.class, "a text");
  }

  /**
   * A setting that is yes or no.
   *
   * @param name as it was declared
   * @return its value
   * @throws IllegalArgumentException when nothing is called so, or it is neither
   */
  public boolean flag(String name) {
    return as(name, Boolean.class, "true or false");
  }

  private <T> T as(String name, Class<T> type, String what) {
    Object value = value(name);
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException(
          "the setting '" + name + "' is not " + what + ": " + value);
    }
    return type.cast(value);
  }

  /**
   * What a run came to, if it did: one that somebody has stopped ends the search, which goes on
   * with this trial when it is run again.
   *
   * @param history of a trainer with {@code stopOnSignal()}, for example
   * @return the same
   * @throws CancellationException when the run was stopped
   */
  public History whole(History history) {
    if (history.end() == History.End.STOPPED) {
      throw new CancellationException("the run was stopped");
    }
    return history;
  }
}
