package io.github.torchscribe.runtime.engine;

import io.github.torchscribe.runtime.file.CheckpointFile;
import io.github.torchscribe.runtime.file.State;
import io.github.torchscribe.runtime.file.WeightNames;
import io.github.torchscribe.runtime.generated.Weights;
import io.github.torchscribe.runtime.torch.Arena;
import io.github.torchscribe.runtime.torch.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Tensor;

/**
 * What leaves an engine and comes back: weights, in a file or as a copy, and with them what a run
 * goes on from.
 */
public record EngineState(Engine engine) {
  /** The part of a checkpoint that has the weights. */
  static final String MODEL = "model";

  private static final String LOADING = "loading";

  /**
   * Writes a file with all that is learned or remembered besides.
   *
   * @param names what it is called there
   * @param metadata texts for it to keep
   */
  public void write(Path path, WeightNames names, Map<String, String> metadata) {
    lend(Device.cpu(), all -> new StateFile(engine.network(), names).write(path, all, metadata));
  }

  /**
   * Lends a copy of all that is learned or remembered besides, while the engine goes on, and frees
   * it.
   *
   * @param target where to
   * @param user is given the copy, flat
   */
  void lend(Device target, Consumer<Tensor> user) {
    Tensor[] copy = new Tensor[1];
    Arena arena =
        engine.run(
            "copying",
            () -> Arena.filledBy(() -> copy[0] = target.duplicate(engine.weights().all())));
    try {
      user.accept(copy[0]);
    } finally {
      arena.close();
    }
  }

  /**
   * Takes over what a file has, or changes nothing.
   *
   * @param names what it is called there
   * @param strict whether everything must fit
   * @return what does not fit, in words
   */
  public List<String> read(Path path, WeightNames names, boolean strict) {
    StateFile file = new StateFile(engine.network(), names);
    Tensor[] copy = new Tensor[1];
    long[] changes = new long[1];
    Arena arena =
        engine.read(
            LOADING,
            () -> {
              changes[0] = engine.changes();
              return Arena.filledBy(() -> copy[0] = Device.cpu().duplicate(engine.weights().all()));
            });
    try {
      // For the file nobody waits; where weights have changed meanwhile it is read once more.
      List<String> problems = engine.apart(LOADING, () -> file.read(path, copy[0], strict));
      return engine.run(
          LOADING,
          () -> {
            engine.steps().forget();
            if (engine.changes() == changes[0] + 1) {
              engine.weights().all().copy_(copy[0]);
              return problems;
            }
            return engine.weights().change(again -> file.read(path, again, strict));
          });
    } finally {
      arena.close();
    }
  }

  /**
   * Puts weights, optimizer and random stream into a state, as they are between two steps.
   *
   * @return owns the tensors
   */
  public Arena save(State state, Updates updates) {
    return engine.run(
        "saving",
        () ->
            Arena.filledBy(
                () -> {
                  Tensor copy = Device.cpu().duplicate(engine.weights().all());
                  updates.putAverage(copy);
                  put(state.part(MODEL), copy);
                  engine.requireOptimizer().save(state.part("optimizer"));
                  updates.save(state.part("updates"));
                  state.put("random", engine.randomness().state());
                  engine.randomness().gpuState().ifPresent(gpu -> state.put("random.cuda", gpu));
                }));
  }

  /** What the optimizer remembers, in short: equal where that is equal. */
  public String optimizerDigest() {
    return engine.run(
        "looking at the optimizer",
        () -> {
          State state = new State();
          engine.requireOptimizer().save(state);
          return CheckpointFile.digest(state);
        });
  }

  /** What is learned or remembered besides, in short. */
  public String weightsDigest() {
    return engine.run(
        "looking at the weights",
        () -> {
          State state = new State();
          state.put("all", Device.cpu().copy(engine.weights().all()));
          return CheckpointFile.digest(state);
        });
  }

  /** Puts copies of weights into a state. */
  public void putWeights(State state, Weights some) {
    put(state, Device.cpu().duplicate(some.all()));
  }

  private void put(State state, Tensor all) {
    new StateFile(engine.network()).tensors(all).forEach(state::put);
  }

  /**
   * Goes on from there.
   *
   * @throws IOException when that cannot be; then all is as it was
   */
  public void restore(State state, Updates updates) throws IOException {
    IOException[] failure = new IOException[1];
    engine.run(
        "resuming",
        () -> {
          try {
            restoreAllOrNothing(state, updates);
          } catch (IOException e) {
            failure[0] = e;
          }
          return null;
        });
    if (failure[0] != null) {
      throw failure[0];
    }
  }

  private void restoreAllOrNothing(State state, Updates updates) throws IOException {
    State before = new State();
    Arena copies = save(before, updates);
    try {
      restoreAll(state, updates);
    } catch (IOException | RuntimeException | Error e) {
      restoreAll(before, updates);
      throw e;
    } finally {
      copies.close();
    }
  }

  private void restoreAll(State state, Updates updates) throws IOException {
    restoreWeights(engine.weights(), state.part(MODEL));
    engine.requireOptimizer().restore(state.part("optimizer"), engine.device());
    updates.restore(state.part("updates"), engine.device());
    engine.randomness().state(state.tensor("random"));
    if (engine.device().type() == Device.Type.CUDA && state.has("random.cuda")) {
      engine.randomness().gpuState(engine.device(), state.tensor("random.cuda"));
    }
  }

  /** A copy of all that is learned or remembered besides. */
  public Weights copyOfWeights() {
    return engine.run(
        "copying", () -> new Weights(engine.network(), engine.device(), engine.weights()));
  }

  /** Makes a copy what the model is now. */
  public void copyTo(Weights copy) {
    engine.run(
        "copying",
        () -> {
          copy.set(engine.weights());
          return null;
        });
  }

  /** Weights from a state. */
  public Weights weightsFrom(State state) throws IOException {
    Weights result = copyOfWeights();
    restoreWeights(result, state);
    return result;
  }

  private void restoreWeights(Weights some, State state) throws IOException {
    some.change(
        copy -> {
          new StateFile(engine.network()).restore(state, copy);
          return null;
        });
  }

  /** Goes back to a copy. */
  public void restore(Weights copy) {
    engine.run(
        "restoring",
        () -> {
          engine.steps().forget();
          engine.weights().set(copy);
          return null;
        });
  }
}
