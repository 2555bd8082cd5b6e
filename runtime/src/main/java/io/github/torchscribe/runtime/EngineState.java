package io.github.torchscribe.runtime;

import io.github.torchscribe.runtime.file.State;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;

/**
 * What leaves an engine and comes back: weights, in a file or as a copy, and with them what a run
 * goes on from.
 */
record EngineState(Engine engine) {
  /** The part of a checkpoint that has the weights. */
  static final String MODEL = "model";

  /** Gives a copy on the CPU of all that is learned or remembered besides to somebody. */
  void withValues(Consumer<Tensor> reader) {
    Tensor[] copy = new Tensor[1];
    Arena arena =
        engine.run(
            "copying",
            () -> Arena.filledBy(() -> copy[0] = Device.cpu().duplicate(engine.weights().all())));
    try {
      reader.accept(copy[0]);
    } finally {
      arena.close();
    }
  }

  /** Lets somebody change a copy on the CPU, and takes it over unless that fails. */
  <T> T changeValues(Function<Tensor, T> writer) {
    return engine.run("loading", () -> engine.weights().change(writer::apply));
  }

  /**
   * Puts weights, optimizer and random stream into a state, as they are between two steps.
   *
   * @return owns the tensors
   */
  Arena save(State state, Updates updates, Rates rates) {
    return engine.run(
        "saving",
        () ->
            Arena.filledBy(
                () -> {
                  putWeights(state.part(MODEL), engine.weights());
                  engine.requireOptimizer().save(state.part("optimizer"));
                  updates.save(state.part("updates"));
                  rates.save(state.part("rates"));
                  state.put("random", engine.randomness().state());
                }));
  }

  /** Puts copies of weights into a state. */
  void putWeights(State state, Weights some) {
    Tensor copy = Device.cpu().duplicate(some.all());
    new StateFile(engine.blueprint()).tensors(copy).forEach(state::put);
  }

  /**
   * Goes on from there.
   *
   * @throws IOException when that cannot be; then all is as it was
   */
  void restore(State state, Updates updates, Rates rates) throws IOException {
    IOException[] failure = new IOException[1];
    engine.run(
        "resuming",
        () -> {
          try {
            restoreAllOrNothing(state, updates, rates);
          } catch (IOException e) {
            failure[0] = e;
          }
          return null;
        });
    if (failure[0] != null) {
      throw failure[0];
    }
  }

  private void restoreAllOrNothing(State state, Updates updates, Rates rates) throws IOException {
    State before = new State();
    Arena copies = save(before, updates, rates);
    try {
      restoreAll(state, updates, rates);
    } catch (IOException | RuntimeException | Error e) {
      restoreAll(before, updates, rates);
      throw e;
    } finally {
      copies.close();
    }
  }

  private void restoreAll(State state, Updates updates, Rates rates) throws IOException {
    restoreWeights(engine.weights(), state.part(MODEL));
    engine.requireOptimizer().restore(state.part("optimizer"), engine.device());
    updates.restore(state.part("updates"), engine.device());
    rates.restore(state.part("rates"));
    engine.randomness().state(state.tensor("random"));
  }

  /** A copy of all that is learned or remembered besides. */
  Weights copyOfWeights() {
    return engine.run(
        "copying", () -> new Weights(engine.blueprint(), engine.device(), engine.weights()));
  }

  /** Makes a copy what the model is now. */
  void copyTo(Weights copy) {
    engine.run(
        "copying",
        () -> {
          copy.set(engine.weights());
          return null;
        });
  }

  /** Weights from a state. */
  Weights weightsFrom(State state) throws IOException {
    Weights result = copyOfWeights();
    restoreWeights(result, state);
    return result;
  }

  private void restoreWeights(Weights some, State state) throws IOException {
    some.change(
        copy -> {
          new StateFile(engine.blueprint()).restore(state, copy);
          return null;
        });
  }

  /** Goes back to a copy. */
  void restore(Weights copy) {
    engine.run(
        "restoring",
        () -> {
          engine.weights().set(copy);
          return null;
        });
  }
}
