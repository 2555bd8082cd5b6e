package io.github.torchscribe.runtime;

import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Tells all of them; none keeps somebody from an answer. */
final class Listeners implements PredictionListener {
  private final PredictionListener[] all;
  private final AtomicBoolean hasWarned = new AtomicBoolean();

  private Listeners(PredictionListener... all) {
    this.all = all;
  }

  /**
   * With one more.
   *
   * @param before null where there are none
   */
  static Listeners with(Listeners before, PredictionListener next) {
    if (next == null) {
      throw new IllegalArgumentException("the listener is null");
    }
    int count = before == null ? 0 : before.all.length;
    PredictionListener[] all = new PredictionListener[count + 1];
    for (int i = 0; i < count; i++) {
      all[i] = before.all[i];
    }
    all[count] = next;
    return new Listeners(all);
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

  private void tell(Consumer<PredictionListener> telling) {
    for (PredictionListener listener : all) {
      try {
        telling.accept(listener);
      } catch (AssertionError e) {
        throw e; // how a test that looks on fails
      } catch (Throwable e) {
        warn(listener, e);
      }
    }
  }

  private void warn(PredictionListener listener, Throwable failure) {
    if (!hasWarned.getAndSet(true)) {
      System.getLogger(Listeners.class.getName())
          .log(
              Level.WARNING,
              "The listener "
                  + listener.getClass().getName()
                  + " has failed; it is told of what comes, and not named again.",
              failure);
    }
  }
}
