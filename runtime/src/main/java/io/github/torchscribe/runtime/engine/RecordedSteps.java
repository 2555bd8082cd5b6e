package io.github.torchscribe.runtime.engine;

import io.github.torchscribe.runtime.cuda.Recorder;
import io.github.torchscribe.runtime.generated.Counted;
import io.github.torchscribe.runtime.generated.Examples;
import io.github.torchscribe.runtime.generated.Network;
import io.github.torchscribe.runtime.optim.Optimizer;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which steps a GPU replays: those of batches whose size comes again and again, where nothing but
 * numbers in its memory differs between two of them. All others are done one operation at a time.
 */
final class RecordedSteps implements AutoCloseable {
  /** The size of most batches, and that of an epoch's last. */
  private static final int MOST_SIZES = 2;

  /** How often another size than the first has come before memory is taken for it. */
  private static final int OFTEN = 3;

  private final Engine engine;
  private final Map<Long, RecordedStep> bySize = new HashMap<>();
  private final Map<Long, Integer> seen = new HashMap<>();
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
    if (!replays(batch, optimizer, updates)) {
      return Optional.empty();
    }
    long size = batch.size();
    RecordedStep known = bySize.get(size);
    if (known == null && isWorthIt(size)) {
      known = made(batch);
    }
    return Optional.ofNullable(known);
  }

  /** Whether steps like it are replayed once their size has come often enough. */
  boolean replays(Examples batch, Optimizer optimizer, Updates updates) {
    if (recorder == null) {
      recorder = Recorder.of(engine.device()).filter(any -> isPossible());
    }
    return recorder.isPresent()
        && optimizer.capturable()
        && updates.areAlike()
        && !leavesOut(batch);
  }

  /** A new one; null where there is no memory for one more size. */
  private RecordedStep made(Examples batch) {
    try {
      RecordedStep step = new RecordedStep(engine, recorder.get(), batch);
      bySize.put(batch.size(), step);
      return step;
    } catch (NoRoom e) {
      if (bySize.isEmpty()) {
        throw e;
      }
      seen.put(batch.size(), Integer.MIN_VALUE);
      return null;
    }
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
    return Optional.ofNullable(bySize.get(size));
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

  /** Whether memory is taken for batches of a size. */
  private boolean isWorthIt(long size) {
    return bySize.isEmpty()
        || bySize.size() < MOST_SIZES && seen.merge(size, 1, Integer::sum) >= OFTEN;
  }

  /** How much counts is a number of the processor's. */
  private boolean leavesOut(Examples batch) {
    for (Counted counted : batch.counted()) {
      if (counted.leavesOut()) {
        return true;
      }
    }
    return false;
  }

  private boolean isPossible() {
    Optional<String> hindrance = hindrance();
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

  /** What stands in the way of all steps of the network. */
  Optional<String> hindrance() {
    Network network = engine.network();
    if (!network.isRecorded()) {
      return Optional.of("@Training(graph = false) says so");
    }
    if (network.usesAutograd()) {
      return Optional.of("autograd differentiates it, and what it records is another each time");
    }
    if (engine.peers().size() > 1) {
      return Optional.of("other processes have the rest of each batch, and are waited for");
    }
    if (!network.inputsWithGradient().isEmpty()) {
      return Optional.of("the gradients of its inputs are given to the caller");
    }
    for (int i = 0; i < network.signature().losses().size(); i++) {
      if (engine.classWeights(i) != null) {
        return Optional.of(
            "its classes weigh differently, so that what a batch weighs is another each time");
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    if (unread != null) {
      UnreadLosses last = unread;
      unread = null;
      last.close();
    }
    bySize.values().forEach(RecordedStep::close);
    bySize.clear();
    seen.clear();
    if (recorder != null) {
      recorder.ifPresent(Recorder::close);
      recorder = null;
    }
  }
}
