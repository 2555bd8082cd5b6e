package io.github.torchscribe.runtime;

import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.file.State;
import io.github.torchscribe.runtime.optim.Schedule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What a checkpoint says of the run that it was made in, and whether another can go on from it. */
final class RunState {
  private static final String KIND = "torchscribe checkpoint ";
  private static final String FORMAT = KIND + 2;

  private final List<String> identity;

  RunState(Trainer trainer, Dataset train, Dataset test) {
    identity = new ArrayList<>(trainer.model().blueprint().identity());
    identity.add("batch size " + trainer.batchSize());
    identity.add("shuffle " + trainer.shuffles());
    identity.add("drop last " + trainer.dropsLast());
    identity.add("accumulate " + trainer.accumulated());
    identity.add(
        "training data: " + train.size() + " of " + train.inputs() + "; " + train.targets());
    identity.add("test data: " + test.size() + " of " + test.inputs() + "; " + test.targets());
    trainer.splitSeed().ifPresent(seed -> identity.add("divided by the seed " + seed));
    Engine engine = trainer.model().engine();
    identity.add("learning rate " + engine.requireOptimizer().learningRate());
    if (engine.classWeights() != null) {
      identity.add("class weights " + Arrays.toString(engine.classWeights()));
    }
    identity.add("restore best " + trainer.restoresBest());
    if (trainer.model().blueprint().schedules().stream().anyMatch(Schedule::isOfWholeRun)) {
      identity.add("schedule over " + trainer.updatesOf(train.size()) + " updates");
    }
  }

  /** Whether a file's texts are those of a checkpoint, of this version or another. */
  static boolean isOfCheckpoint(Map<String, String> texts) {
    return texts.getOrDefault("format", "").startsWith(KIND);
  }

  void save(State state) {
    state.put("format", FORMAT);
    state.put("identity", String.join("\n", identity));
  }

  /** Refuses the checkpoint of another network, or of a run with other settings. */
  void require(State state) throws IOException {
    if (!state.has("format") || !state.text("format").equals(FORMAT)) {
      throw new IOException("it is no " + FORMAT);
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
