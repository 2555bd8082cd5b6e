package io.github.torchscribe.runtime.learner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.torchscribe.runtime.Runs;
import io.github.torchscribe.runtime.log.TrainingLog;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PredictionsTest {
  @Test
  void areThoseOfEachOutputThatDecides() {
    TrainingLog.Run run = Runs.ofParts(1, 4, 6);
    Map<String, Predictions> each = Predictions.ofEach(run.learner(), run.test(), 4);

    assertEquals(List.of("kind", "tone"), List.copyOf(each.keySet()));
    assertArrayEquals(new long[][] {{0, 2, 0}, {0, 2, 0}, {0, 2, 0}}, each.get("kind").confusion());
    assertArrayEquals(new long[][] {{0, 3}, {0, 3}}, each.get("tone").confusion());
    assertArrayEquals(new int[] {0, 2, 4}, each.get("tone").wrong());
  }

  @Test
  void ofASingleLossHaveNoName() {
    TrainingLog.Run run = Runs.of(1, 4, 6);
    Map<String, Predictions> each = Predictions.ofEach(run.learner(), run.test(), 4);

    assertEquals(List.of(""), List.copyOf(each.keySet()));
    assertArrayEquals(
        Predictions.of(run.learner(), run.test(), 4).confusion(), each.get("").confusion());
  }
}
