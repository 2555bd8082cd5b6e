package io.github.torchscribe.runtime.train;

import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.engine.Engine;
import io.github.torchscribe.runtime.file.CheckpointFile;
import io.github.torchscribe.runtime.file.State;
import io.github.torchscribe.runtime.generated.StatedLoss;
import io.github.torchscribe.runtime.optim.Schedule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a checkpoint says of the run that it was made in, and whether another can go on from it. */
final class RunState {
  private final List<String> identity;

  /**
   * Of a run.
   *
   * @param examples how many there are to learn from, those of all processes of a group
   * @param updates how many the run has
   * @param testExamples how many there are to be evaluated on, those of all processes of a group
   */
  RunState(
      RunPlan plan,
      Engine engine,
      Dataset train,
      Dataset test,
      long examples,
      long testExamples,
      long updates) {
    RunPlan.Batches batches = plan.batches();
    identity = new ArrayList<>(engine.network().identity());
    identity.add("batch size " + batches.size() * plan.processes()); // whoever computes it
    identity.add("shuffle " + batches.shuffles());
    identity.add("drop last " + batches.dropsLast());
    identity.add("accumulate " + plan.gradients().accumulated());
    plan.decay().ifPresent(decay -> identity.add("moving average " + decay));
    identity.addAll(engine.learning().identity());
    identity.add(
        "training data: " + examples + " of " + train.inputSpecs() + "; " + train.targetSpecs());
    identity.add(
        "test data: " + testExamples + " of " + test.inputSpecs() + "; " + test.targetSpecs());
    plan.splitSeed().ifPresent(seed -> identity.add("divided by the seed " + seed));
    identity.add("learning rate " + engine.requireOptimizer().learningRate());
    List<StatedLoss> losses = engine.network().signature().losses();
    for (int i = 0; i < losses.size(); i++) {
      if (engine.classWeights(i) != null) {
        String of = losses.get(i).name().isEmpty() ? "" : " of " + losses.get(i).name();
        identity.add("class weights" + of + " " + Arrays.toString(engine.classWeights(i)));
      }
    }
    identity.add("restore best " + plan.restoresBest());
    if (engine.network().newSchedules().stream().anyMatch(Schedule::isOfWholeRun)) {
      identity.add("schedule over " + updates + " updates");
    }
  }

  /** All that the processes of a group must agree on, besides what each alone decides. */
  List<String> lines() {
    return List.copyOf(identity);
  }

  void save(State state) {
    state.put(CheckpointFile.FORMAT, CheckpointFile.VERSION);
    state.put("identity", String.join("\n", identity));
  }

  /** Refuses the checkpoint of another network, or of a run with other settings. */
  void require(State state) throws IOException {
    if (!state.has(CheckpointFile.FORMAT)
        || !state.text(CheckpointFile.FORMAT).equals(CheckpointFile.VERSION)) {
      throw new IOException("it is no " + CheckpointFile.VERSION);
    }
    List<String> saved = List.of(state.text("identity").split("\n"));
    if (!saved.equals(identity)) {
      List<String> changes = new ArrayList<>();
      saved.stream().filter(line -> !identity.contains(line)).forEach(l -> changes.add("- " + l));
      identity.stream().filter(line -> !saved.contains(line)).forEach(l -> changes.add("+ " + l));
      if (changes.isEmpty()) {
        changes.add("the order of layers or schedules");
      }
      throw new IllegalArgumentException(
          "the checkpoint was made by another run; what has changed since:\n  "
              + String.join("\n  ", changes)
              + "\nRestore that, or train into another folder; Model.load takes the weights of a"
              + " checkpoint, too");
    }
  }
}
