package io.github.torchscribe.runtime.train;

import io.github.torchscribe.runtime.data.Batch;
import io.github.torchscribe.runtime.data.DataLoader;
import io.github.torchscribe.runtime.distributed.Group;
import io.github.torchscribe.runtime.engine.Engine;
import io.github.torchscribe.runtime.engine.EngineState;
import io.github.torchscribe.runtime.engine.Updates;
import io.github.torchscribe.runtime.file.CheckpointFolder;
import io.github.torchscribe.runtime.file.State;
import io.github.torchscribe.runtime.torch.Arena;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;

/** The checkpoints of one run: puts together what it remembers, and takes it up again. */
final class RunCheckpoints implements AutoCloseable {
  private final RunState identity;
  private final CheckpointFolder folder;
  private final int everySteps;
  private final boolean resumes;

  private RunCheckpoints(
      RunState identity, CheckpointFolder folder, int everySteps, boolean resumes) {
    this.identity = identity;
    this.folder = folder;
    this.everySteps = everySteps;
    this.resumes = resumes;
  }

  /** All that has a memory in a run. */
  record Parts(
      Engine engine,
      Updates updates,
      Rates rates,
      DataLoader train,
      DataLoader test,
      RunProgress progress,
      BestSoFar best) {}

  /**
   * Takes the folder.
   *
   * @param isFirst whether this process writes what one of all writes; the others know when
   * @throws IllegalStateException when it has another run's checkpoints, which would be lost
   */
  static RunCheckpoints open(RunState identity, Optional<RunPlan.Saving> some, boolean isFirst) {
    if (some.isEmpty() || !isFirst) {
      int everySteps = some.map(RunPlan.Saving::everySteps).orElse(Integer.MAX_VALUE);
      boolean resumes = some.map(RunPlan.Saving::resumes).orElse(false);
      return new RunCheckpoints(identity, null, everySteps, resumes);
    }
    RunPlan.Saving saving = some.get();
    CheckpointFolder folder = CheckpointFolder.open(saving.folder(), saving.kept());
    if (!saving.resumes() && !folder.isEmpty()) {
      folder.close();
      throw new IllegalStateException(
          saving.folder() + " has checkpoints already; resume, or choose another folder");
    }
    return new RunCheckpoints(identity, folder, saving.everySteps(), saving.resumes());
  }

  boolean isDue(long steps) {
    return steps % everySteps == 0;
  }

  /** Copies all that is needed to go on from here, and has it written in the background. */
  void write(Parts parts, boolean better) {
    if (folder == null) {
      return;
    }
    State state = new State();
    identity.save(state);
    Arena ofEngine = new EngineState(parts.engine()).save(state, parts.updates());
    Arena ofRun =
        Arena.filledBy(
            () -> {
              parts.rates().save(state.part("rates"));
              parts.progress().save(state.part("run"));
              parts.best().save(state.part("best"));
              if (parts.progress().step() > 0) {
                parts.train().save(state.part("train"));
              } else {
                parts.train().savePosition(state.part("train"));
              }
              parts.test().savePosition(state.part("test"));
            });
    folder.write(
        parts.progress().total(),
        state,
        better,
        () -> {
          ofRun.close();
          ofEngine.close();
        });
  }

  /** The newest checkpoint; in a group the first process alone has some, and sends it. */
  private Optional<State> newest(Optional<Group> group) throws IOException {
    return group.isPresent()
        ? new SentCheckpoint(group.get()).state(() -> folder.newestFile())
        : folder.newest();
  }

  /**
   * Goes on from the newest checkpoint, where one is wanted and there is one.
   *
   * @param group that the process trains with
   * @return what is left of the epoch that it was written in
   */
  Optional<Iterable<Batch>> resume(Parts parts, Optional<Group> group) {
    PointerScope scope = new PointerScope();
    try {
      Optional<State> newest = resumes ? newest(group) : Optional.empty();
      if (newest.isEmpty()) {
        return Optional.empty();
      }
      State state = newest.get();
      identity.require(state);
      parts.progress().restore(state.part("run"));
      parts.best().restore(state.part("best"));
      parts.test().restorePosition(state.part("test"));
      Optional<Iterable<Batch>> left = Optional.empty();
      if (parts.progress().step() > 0) {
        left = Optional.of(parts.train().resume(state.part("train")));
      } else {
        parts.train().restorePosition(state.part("train"));
      }
      // The model last, with what sets its learning rate: what fails before leaves it as it is.
      parts.rates().restore(state.part("rates"));
      new EngineState(parts.engine()).restore(state, parts.updates());
      return left;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot go on from the checkpoint: " + e.getMessage(), e);
    } finally {
      scope.close();
    }
  }

  @Override
  public void close() {
    if (folder != null) {
      folder.close();
    }
  }
}
