package io.github.torchscribe.runtime.engine;

import io.github.torchscribe.runtime.cuda.Recorder;
import io.github.torchscribe.runtime.cuda.Replay;
import io.github.torchscribe.runtime.generated.Examples;
import io.github.torchscribe.runtime.generated.Share;
import io.github.torchscribe.runtime.generated.Weights;
import io.github.torchscribe.runtime.optim.Optimizer;
import java.util.List;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Scalar;

/**
 * Steps with batches of one size as a GPU replays them: each batch is copied to the same place, and
 * from there on the same is done in each step, by numbers that lie in its memory.
 */
final class RecordedStep implements AutoCloseable {
  private final Engine engine;
  private final Pass pass;
  private final Replay replay;
  private final Place place;
  private double only = Double.NaN;
  private boolean keeps = true;
  private Object form;
  private Updates updates;
  private Runnable update;
  private List<Consumer<Share>> phases = List.of();

  /**
   * Nothing has been recorded yet.
   *
   * @param batch the first of its size
   */
  RecordedStep(Engine engine, Recorder recorder, Examples batch) {
    this.engine = engine;
    pass = new Pass(engine, true);
    replay = new Replay(recorder, "training steps of " + engine.network().name(), this::work);
    place = Place.keptBy(pass, batch, recorder);
  }

  /** Where batches lie. */
  Place place() {
    return place;
  }

  /** The pass, which has the losses once the step is done. */
  Pass pass() {
    return pass;
  }

  /**
   * A plain step of gradient descent, with the update in the products that give the gradients.
   *
   * @param minusLr the learning rate, negated: if it is another than the last, all is recorded anew
   */
  void descend(Examples batch, Scalar minusLr, List<Consumer<Share>> some, Updates asked) {
    require(List.of(minusLr.toDouble()), asked, some, () -> {});
    run(batch);
  }

  /** Whether plain steps have had this rate alone: with another each time, none is replayed. */
  boolean keepsRate(double rate) {
    keeps &= Double.isNaN(only) || only == rate;
    only = rate;
    return keeps;
  }

  /** A step of an optimizer that is capturable. */
  void step(Examples batch, Optimizer optimizer, List<Consumer<Share>> some, Updates asked) {
    Weights weights = engine.weights();
    Object now = optimizer.prepare(weights.values(), engine.learning().groups());
    try {
      require(now, asked, some, () -> update(optimizer));
      run(batch);
    } catch (RuntimeException | Error e) {
      optimizer.takeBack();
      throw e;
    }
  }

  /** Gradients alone: an update comes after several of these. */
  void gradients(Examples batch, List<Consumer<Share>> some, Updates asked) {
    require(List.of(), asked, some, () -> {});
    run(batch);
  }

  /** What is to be done: if that is not what has been recorded, it begins anew. */
  private void require(Object now, Updates asked, List<Consumer<Share>> some, Runnable lastly) {
    if (!now.equals(form) || asked != updates) {
      replay.close();
      form = now;
      updates = asked;
    }
    if (!replay.isRecorded()) {
      phases = some;
      update = lastly;
    }
  }

  private void run(Examples batch) {
    place.fill(batch);
    pass.takeCores();
    pass.draw();
    replay.run();
  }

  private void work() {
    pass.runAgain(phases);
    engine.learning().clear(engine.weights().gradients());
    update.run();
  }

  private void update(Optimizer optimizer) {
    Weights weights = engine.weights();
    updates.clip(weights.gradients(), false);
    optimizer.apply(weights.values(), weights.gradients());
  }

  @Override
  public void close() {
    replay.close();
    pass.close();
    place.close();
  }
}
