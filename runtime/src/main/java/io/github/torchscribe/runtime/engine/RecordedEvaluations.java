package io.github.torchscribe.runtime.engine;

import io.github.torchscribe.runtime.cuda.Recorder;
import io.github.torchscribe.runtime.generated.Examples;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/** Which evaluations a GPU replays: those that {@link RecordedSteps} would, were they steps. */
final class RecordedEvaluations implements AutoCloseable {
  private final Engine engine;
  private final BySize<RecordedEvaluation> bySize = new BySize<>(RecordedEvaluation::close);
  private Optional<Recorder> recorder;

  RecordedEvaluations(Engine engine) {
    this.engine = engine;
  }

  /** Whether any is replayed. */
  boolean arePossible() {
    if (recorder == null) {
      recorder = Recorder.of(engine.device()).filter(any -> Recordable.hindrance(engine).isEmpty());
    }
    return recorder.isPresent();
  }

  /** The one for batches of a size, if there is one already. */
  Optional<RecordedEvaluation> known(long size) {
    return bySize.known(size);
  }

  /**
   * The one for a batch.
   *
   * @param numbers like what it comes to
   * @return empty where it is not to be replayed
   */
  Optional<RecordedEvaluation> of(Examples batch, Tensor numbers) {
    if (!arePossible() || Recordable.leavesOut(batch)) {
      return Optional.empty();
    }
    try {
      return bySize.of(
          batch.size(), () -> new RecordedEvaluation(engine, recorder.get(), batch, numbers));
    } catch (NoRoom e) { // one operation at a time it may fit
      give();
      return Optional.empty();
    }
  }

  /**
   * Frees all, for what has no room beside it; from then on nothing is replayed until the model
   * moves.
   *
   * @return whether there was something
   */
  boolean giveWay() {
    boolean wasThere = !bySize.isEmpty();
    if (wasThere) {
      give();
    }
    return wasThere;
  }

  private void give() {
    close();
    recorder = Optional.empty();
  }

  @Override
  public void close() {
    bySize.close();
    if (recorder != null) {
      recorder.ifPresent(Recorder::close);
      recorder = null;
    }
  }
}
