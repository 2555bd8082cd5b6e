package io.github.torchscribe.runtime.engine;

import io.github.torchscribe.runtime.cuda.Recorder;
import io.github.torchscribe.runtime.generated.Examples;
import io.github.torchscribe.runtime.optim.Optimizer;
import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.Optional;

/**
 * Which steps a GPU replays: those of batches whose size comes again and again, where nothing but
 * numbers in its memory differs between two of them. All others are done one operation at a time.
 */
final class RecordedSteps implements AutoCloseable {
  private final Engine engine;
  private final BySize<RecordedStep> bySize = new BySize<>(RecordedStep::close);
  private Optional<Recorder> recorder;
  private UnreadLosses unread;

  RecordedSteps(Engine engine) {
    this.engine = engine;
  }

  /**
   * The one for a batch.
   *
   * @param optimizer of the step
   * @param updates what becomes of gradients
   * @return empty where the step is not to be replayed
   */
  Optional<RecordedStep> of(Examples batch, Optimizer optimizer, Updates updates) {
    return replays(batch, optimizer, updates)
        ? bySize.of(batch.size(), () -> new RecordedStep(engine, recorder.get(), batch))
        : Optional.empty();
  }

  /** Whether steps like it are replayed once their size has come often enough. */
  boolean replays(Examples batch, Optimizer optimizer, Updates updates) {
    if (recorder == null) {
      recorder = Recorder.of(engine.device()).filter(any -> isPossible());
    }
    return recorder.isPresent()
        && optimizer.capturable()
        && updates.areOurs()
        && !Recordable.leavesOut(batch);
  }

  /**
   * Frees all, for a batch that has no room beside it; from then on nothing is replayed until the
   * model moves.
   *
   * @return whether there was something
   */
  boolean giveWay() {
    if (bySize.isEmpty()) {
      return false;
    }
    close();
    recorder = Optional.empty();
    return true;
  }

  /** The one for batches of a size, if there is one already. */
  Optional<RecordedStep> known(long size) {
    return bySize.known(size);
  }

  /** Losses of steps that have been replayed, and not read. */
  UnreadLosses unread() {
    if (unread == null) {
      unread = new UnreadLosses(engine.network().signature().losses(), engine.device());
    }
    return unread;
  }

  /** Reads what is not read. */
  void read() {
    if (unread != null) {
      unread.read();
    }
  }

  private boolean isPossible() {
    Optional<String> hindrance = Recordable.hindranceOfSteps(engine);
    hindrance.ifPresent(
        reason ->
            System.getLogger(RecordedSteps.class.getName())
                .log(
                    Level.INFO,
                    String.format(
                        Locale.ROOT,
                        "training steps of %s are not replayed as a CUDA graph: %s",
                        engine.network().name(),
                        reason)));
    return hindrance.isEmpty();
  }

  @Override
  public void close() {
    if (unread != null) {
      UnreadLosses last = unread;
      unread = null;
      last.close();
    }
    bySize.close();
    if (recorder != null) {
      recorder.ifPresent(Recorder::close);
      recorder = null;
    }
  }
}
