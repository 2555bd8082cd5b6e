package io.github.torchscribe.runtime.engine;

import io.github.torchscribe.runtime.cuda.Recorder;
import io.github.torchscribe.runtime.cuda.Replay;
import io.github.torchscribe.runtime.generated.Examples;
import io.github.torchscribe.runtime.torch.Arena;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** Evaluations of batches of one size as a GPU replays them. */
final class RecordedEvaluation implements AutoCloseable {
  private final Pass pass;
  private final Replay replay;
  private final Place place;
  private final Arena arena;
  private Tensor numbers;

  /**
   * Nothing has been recorded yet.
   *
   * @param batch the first of its size
   * @param numbers like what it comes to
   */
  RecordedEvaluation(Engine engine, Recorder recorder, Examples batch, Tensor numbers) {
    pass = new Pass(engine, false);
    replay = new Replay(recorder, "evaluations of " + engine.network().name(), this::work);
    arena = Arena.filledBy(() -> this.numbers = numbers.clone());
    try {
      place = Place.keptBy(pass, batch, recorder);
    } catch (RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  /** Where batches lie. */
  Place place() {
    return place;
  }

  /**
   * Evaluates a batch.
   *
   * @param into gets what it comes to, as {@code Share.evaluateInto} has it
   */
  void run(Examples batch, Tensor into) {
    place.fill(batch);
    pass.takeCores();
    replay.run();
    into.copy_(numbers);
  }

  private void work() {
    pass.runAgain(List.of(share -> share.evaluateInto(numbers)));
  }

  @Override
  public void close() {
    replay.close();
    pass.close();
    place.close();
    arena.close();
  }
}
