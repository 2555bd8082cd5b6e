package io.github.torchscribe.runtime.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.torchscribe.runtime.LineModel;
import io.github.torchscribe.runtime.Predictor;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.Test;

/** Which passes are ready when the first question comes. */
class WarmUpTest {
  private final Set<Long> passes = new ConcurrentSkipListSet<>();

  private LineModel model() {
    LineModel.Behaviour behaviour = new LineModel.Behaviour();
    behaviour.forward = input -> passes.add(input.size(0));
    return LineModel.create(LineModel.blueprint(), behaviour);
  }

  /** How many questions share a pass is chance. */
  @Test
  void microBatchesAreWarmedUpInEachSize() {
    try (LineModel model = model();
        Predictor predictor = model.predictor().microBatches(8)) {
      predictor.warmUp(8, Duration.ofMillis(50));
      assertEquals(new TreeSet<>(Set.of(1L, 2L, 4L, 8L)), passes);
    }
  }

  @Test
  void callsAreWarmedUpAsTheyCome() {
    try (LineModel model = model();
        Predictor predictor = model.predictor()) {
      predictor.warmUp(8, Duration.ofMillis(50));
      assertEquals(Set.of(8L), passes);
    }
  }
}
