package io.github.torchscribe.runtime;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Tells all of them; none keeps somebody from an answer. */
final class Listeners implements PredictionListener {
  private final List<Told> all;

  private Listeners(List<Told> all) {
    this.all = all;
  }

  /** One of them, and whether it has failed so far. */
  private record Told(PredictionListener listener, AtomicBoolean hasFailed) {}

  /**
   * With one more.
   *
   * @param before null where there are none
   */
  static Listeners with(Listeners before, PredictionListener next) {
    if (next == null) {
      throw new IllegalArgumentException("the listener is null");
    }
    List<Told> all = new ArrayList<>();
    if (before != null) {
      all.addAll(before.all);
    }
    all.add(new Told(next, new AtomicBoolean()));
    return new Listeners(List.copyOf(all));
  }

  @Override
  public void answered(int examples, long nanos) {
    tell(listener -> listener.answered(examples, nanos));
  }

  @Override
  public void failed(int examples, long nanos, Throwable why) {
    tell(listener -> listener.failed(examples, nanos, why));
  }

  @Override
  public void computed(int examples, long nanos) {
    tell(listener -> listener.computed(examples, nanos));
  }

  @Override
  public void swapped(Model next, long nanos) {
    tell(listener -> listener.swapped(next, nanos));
  }

  /** What one throws may be about the question of somebody else: nobody who asks is to see it. */
  private void tell(Consumer<PredictionListener> telling) {
    for (Told told : all) {
      try {
        telling.accept(told.listener);
      } catch (Throwable e) {
        warn(told, e);
      }
    }
  }

  private static void warn(Told told, Throwable failure) {
    if (!told.hasFailed.getAndSet(true)) {
      System.getLogger(Listeners.class.getName())
          .log(
              Level.WARNING,
              "The listener "
                  + told.listener.getClass().getName()
                  + " has failed; it is told of what comes, and not named again.",
              failure);
    }
  }
}
