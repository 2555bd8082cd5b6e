package io.github.torchscribe.samples.distributed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.Mnist;
import io.github.torchscribe.runtime.data.Subset;
import io.github.torchscribe.runtime.learner.Evaluation;
import io.github.torchscribe.samples.tools.InProcesses;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes that each have their own part of the data, of 600 and 400 in 1000. */
@InProcesses
class OwnExamplesTest {
  private static final String[] SETTINGS = {
    "own=true", "network=momentum", "examples=1000", "tests=1000", "batch=50", "every=4"
  };

  @TempDir private Path folder;

  @Test
  void testExamplesCountOnceAndMetricsHaveThemAll() throws Exception {
    Ranks ranks = Ranks.in(folder, "own", 2).run(SETTINGS);
    List<String> losses = ranks.losses(0);
    assertEquals(losses, ranks.losses(1));
    assertEquals(
        24, losses.stream().filter(line -> !line.contains(" ")).count() - 1, "600 / 50 a epoch");
    String last = losses.get(losses.size() - 2);
    try (Model model = Program.model("momentum");
        Dataset tests = Mnist.test();
        Dataset some = new Subset(tests, LongStream.range(0, 1000).toArray())) {
      model.load(ranks.weights(0));
      Evaluation alone = model.evaluate(some);
      double[] there =
          Arrays.stream(last.substring(last.indexOf('[') + 1, last.indexOf(']')).split(", "))
              .mapToDouble(Double::parseDouble)
              .toArray();
      Evaluation together = Evaluation.of(List.of(), there, 0);
      assertEquals(1000, together.size());
      assertEquals(alone.correct(), together.correct());
      assertEquals(alone.loss(), together.loss(), 1e-6);
    }
  }

  @Test
  void partsOfDifferentSizesGoOnInTheMiddleOfAnEpoch() throws Exception {
    Ranks whole = Ranks.in(folder, "whole", 2);
    whole.run(with("checkpoints=" + folder.resolve("kept")));
    Ranks broken = Ranks.in(folder, "broken", 2);
    String there = "checkpoints=" + folder.resolve("found");
    assertEquals(List.of(1, 9), broken.ends(with(there, "dying=1", "dies=19")), broken::log);
    broken.run(with(there));
    assertTrue(broken.losses(0).size() < whole.losses(0).size(), broken::log);
    assertArrayEquals(Files.readAllBytes(whole.weights(0)), Files.readAllBytes(broken.weights(0)));
  }

  private static String[] with(String... others) {
    String[] all = Arrays.copyOf(SETTINGS, SETTINGS.length + others.length);
    System.arraycopy(others, 0, all, SETTINGS.length, others.length);
    return all;
  }
}
