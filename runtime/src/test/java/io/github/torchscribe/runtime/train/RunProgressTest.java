package io.github.torchscribe.runtime.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.torchscribe.runtime.Runs;
import io.github.torchscribe.runtime.file.State;
import io.github.torchscribe.runtime.learner.History;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunProgressTest {
  private static final List<String> LOSSES = List.of("kind", "tone", "price");

  private final PointerScope scope = new PointerScope();

  @AfterEach
  void free() {
    scope.close();
  }

  @Test
  void severalLossesGoOnWhereTheyWere() throws IOException {
    RunProgress before = new RunProgress(LOSSES);
    stepDone(before, 1, Map.of("kind", 0.5f, "tone", 0.25f, "price", 25f));
    before.epochDone(Runs.epochOfParts(0, 0.3, 10, 30));
    // Of a batch of which nothing counts in one the others are losses all the same.
    stepDone(before, Float.NaN, Map.of("kind", Float.NaN, "tone", 1 / 3f, "price", 10f));
    stepDone(before, 2, Map.of("kind", 0.1f, "tone", 2 / 3f, "price", 20f));
    State state = new State();
    before.save(state);
    RunProgress after = new RunProgress(LOSSES);
    after.restore(state);

    assertEquals(2, after.step());
    assertEquals(3, after.total());
    assertEquals(2, after.meanLoss());
    assertEquals(LOSSES, List.copyOf(after.meanLosses().keySet()));
    assertEquals(before.meanLosses(), after.meanLosses());
    assertEquals(0.1f, after.meanLosses().get("kind"));
    assertEquals(15, after.meanLosses().get("price"));
    assertEquals(1, after.epoch());
    History.Epoch first = before.done().get(0);
    History.Epoch again = after.done().get(0);
    assertEquals(first.trainLosses(), again.trainLosses());
    assertEquals(first.evaluation().loss(), again.evaluation().loss());
    assertEquals(first.evaluation().toString(), again.evaluation().toString());
    assertEquals(first.evaluation().parts().keySet(), again.evaluation().parts().keySet());
  }

  @Test
  void anEpochWithoutAnyLossIsOne() {
    RunProgress progress = new RunProgress(List.of("kind", "price"));
    assertEquals(Optional.empty(), progress.withoutAny());
    stepDone(progress, 1f, Map.of("kind", 1f, "price", Float.NaN));
    assertEquals(Optional.of("price"), progress.withoutAny());
    stepDone(progress, 1f, Map.of("kind", Float.NaN, "price", 1f));
    assertEquals(Optional.empty(), progress.withoutAny());
  }

  /** As the first version wrote them. */
  @Test
  void checkpointsOfASingleLossAreReadAsBefore() throws IOException {
    State state = new State();
    state.put("step", 3);
    state.put("measured", 2);
    state.put("sum", 1.5);
    state.put("total", 7);
    state.put("metrics", "F1\nR²");
    Tensor epochs =
        torch
            .tensor(0.5f, 2e9f, 12, 30, 1.25f, 10, 30, 30, 0.25f, Float.NaN)
            .to(torch.ScalarType.Double);
    state.put("epochs", epochs.view(1, 10));
    RunProgress progress = new RunProgress(List.of());
    progress.restore(state);

    assertEquals(0.75, progress.meanLoss());
    assertEquals(7, progress.total());
    History.Epoch epoch = progress.done().get(0);
    assertEquals(0.5, epoch.trainLoss());
    assertEquals(2, epoch.trainTime().toSeconds());
    assertEquals(0.4, epoch.evaluation().loss());
    assertEquals(1.25, epoch.evaluation().batchLossSum());
    assertEquals(10, epoch.evaluation().correct());
    assertEquals(Map.of("F1", 0.25, "R²", Double.NaN), epoch.metrics());
    assertEquals(Map.of(), epoch.trainLosses());
    State written = new State();
    progress.save(written);
    assertEquals(
        1, written.tensor("epochs").nan_to_num().equal(epochs.view(1, 10).nan_to_num()) ? 1 : 0);

    IOException e = assertThrows(IOException.class, () -> new RunProgress(LOSSES).restore(state));
    assertEquals("there is no loss.kind.measured in it", e.getMessage());
  }

  private static void stepDone(RunProgress progress, float loss, Map<String, Float> losses) {
    progress.stepDone();
    progress.lossKnown(loss, losses);
  }
}
