package io.github.torchscribe.runtime;

import io.github.torchscribe.runtime.train.RunPlan;
import java.nio.file.Path;

/**
 * When a run writes checkpoints, from which it can go on bit for bit, and where. They are
 * safetensors files with the weights under PyTorch's names behind {@code model.}
 *
 * <pre>{@code
 * Trainer.of(model).checkpoints(Checkpoints.in(folder).everySteps(100)).resume().run(train, test);
 * }</pre>
 */
public final class Checkpoints {
  private final Path folder;
  private final int everySteps;
  private final int kept;

  private Checkpoints(Path folder, int everySteps, int kept) {
    this.folder = folder;
    this.everySteps = everySteps;
    this.kept = kept;
  }

  /**
   * One after each epoch; the last three are kept, and the one with the lowest loss on the test
   * data.
   *
   * @param folder for this run alone; it is made where there is none
   * @return for a trainer
   */
  public static Checkpoints in(Path folder) {
    return new Checkpoints(folder, Integer.MAX_VALUE, 3);
  }

  /**
   * Writes one after so many steps, too.
   *
   * @param steps at least 1
   * @return the changed copy
   */
  public Checkpoints everySteps(int steps) {
    return new Checkpoints(folder, atLeastOne("steps between checkpoints", steps), kept);
  }

  /**
   * Keeps more or fewer of the last ones.
   *
   * @param count at least 1
   * @return the changed copy
   */
  public Checkpoints keep(int count) {
    return new Checkpoints(folder, everySteps, atLeastOne("checkpoints to keep", count));
  }

  private static int atLeastOne(String what, int count) {
    if (count < 1) {
      throw new IllegalArgumentException("the " + what + " must be at least 1 but are " + count);
    }
    return count;
  }

  /** As a run is asked for it. */
  RunPlan.Saving saving(boolean resumes) {
    return new RunPlan.Saving(folder, everySteps, kept, resumes);
  }
}
