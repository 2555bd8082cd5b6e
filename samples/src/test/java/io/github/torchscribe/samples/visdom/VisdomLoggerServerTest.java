package io.github.torchscribe.samples.visdom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.torchscribe.runtime.data.Mnist;
import io.github.torchscribe.runtime.learner.Evaluation;
import io.github.torchscribe.runtime.learner.History;
import io.github.torchscribe.runtime.log.TrainingLog;
import io.github.torchscribe.runtime.visdom.Visdom;
import io.github.torchscribe.runtime.visdom.VisdomLogger;
import io.github.torchscribe.samples.mnist.MlpModel;
import io.github.torchscribe.samples.tools.InProcesses;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run that is watched, against the real server. */
@Timeout(120)
@InProcesses
class VisdomLoggerServerTest {
  @TempDir private Path folder;

  private final MlpModel model = MlpModel.create();
  private final Mnist data = Mnist.test();
  private final TrainingLog.Run run = new TrainingLog.Run(model, data, data, 3, 200, true);

  @AfterEach
  void close() {
    model.close();
    data.close();
  }

  @Test
  void aServerThatIsKilledAndStartedAnewGetsEveryPointOnce() throws Exception {
    RealVisdom server = RealVisdom.start(folder);
    try {
      VisdomLogger log = VisdomLogger.to(server.address());
      log.began(run);
      steps(log, 0, 100);
      awaitPoints(server, 100);
      server.stop();
      steps(log, 100, 200);
      Thread.sleep(800); // some tries that fail
      server.start();
      steps(log, 200, 300);
      awaitPoints(server, 300);
      steps(log, 300, 400);
      log.ended(Optional.empty());
      List<Integer> expected = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        expected.add(i);
      }
      assertEquals(expected, points(server));
    } finally {
      server.stop();
    }
  }

  @Test
  void epochsArriveOneByOne() throws Exception {
    RealVisdom server = RealVisdom.start(folder);
    try (Visdom viz = Visdom.at(server.address()).connect()) {
      VisdomLogger log = VisdomLogger.to(server.address());
      log.began(run);
      for (int epoch = 0; epoch < 3; epoch++) {
        Evaluation evaluation = Evaluation.ofBatch(0.5, 100 + epoch, 200, 200);
        log.epoch(new History.Epoch(epoch, 0.7, evaluation, Duration.ofSeconds(1), Map.of()));
        JsonNode traces = traces(viz, "test", epoch + 1);
        assertEquals(2, traces.size());
        for (int line = 0; line < 2; line++) {
          assertEquals(epoch + 1, traces.get(line).get("x").size(), traces.toString());
        }
        assertEquals("loss", traces.get(0).get("name").asText());
        assertEquals("accuracy", traces.get(1).get("name").asText());
        assertEquals((100 + epoch) / 200.0, traces.get(1).get("y").get(epoch).asDouble());
      }
      log.ended(Optional.of(new IllegalStateException("enough")));
      assertFalse(server.log().contains("Traceback"), server::log);
    } finally {
      server.stop();
    }
  }

  @Test
  void eachMetricHasAWindow() throws Exception {
    RealVisdom server = RealVisdom.start(folder);
    try (Visdom viz = Visdom.at(server.address()).connect()) {
      TrainingLog.Run measured =
          new TrainingLog.Run(
              model,
              data,
              data,
              3,
              200,
              true,
              false,
              data.size(),
              List.of(),
              List.of(
                  new TrainingLog.Measured("kind F1", Optional.of(true)),
                  new TrainingLog.Measured("R², own/made", Optional.empty())),
              Map.of(),
              0);
      VisdomLogger log = VisdomLogger.to(server.address());
      log.began(measured);
      for (int epoch = 0; epoch < 3; epoch++) {
        Evaluation evaluation = Evaluation.ofBatch(0.5, 100, 200, 200);
        Map<String, Double> metrics = Map.of("kind F1", 0.25 + epoch, "R², own/made", -1.0 * epoch);
        log.epoch(new History.Epoch(epoch, 0.7, evaluation, Duration.ofSeconds(1), metrics));
      }
      JsonNode trace = traces(viz, "metric_kind F1", 3).get(0);
      assertEquals("kind F1", trace.get("name").asText());
      assertEquals("[0.25,1.25,2.25]", trace.get("y").toString());
      JsonNode own = traces(viz, "metric_R², own/made", 3).get(0);
      assertEquals(-2.0, own.get("y").get(2).asDouble());
      assertEquals(
          "kind F1 (higher is better)",
          RealVisdom.windowData(viz, "metric_kind F1").get("title").asText());
      log.ended(Optional.of(new IllegalStateException("enough")));
      assertFalse(server.log().contains("Traceback"), server::log);
    } finally {
      server.stop();
    }
  }

  @Test
  void aRunThatFailedHasNoConfusionMatrix() throws Exception {
    RealVisdom server = RealVisdom.start(folder);
    try (Visdom viz = Visdom.at(server.address()).connect()) {
      VisdomLogger log = VisdomLogger.to(server.address());
      log.began(run);
      steps(log, 0, 10);
      log.ended(Optional.of(new IllegalStateException("the loss became NaN")));
      assertEquals(10, points(server).size());
      assertFalse(viz.winExists("confusion"));
    } finally {
      server.stop();
    }
  }

  private void steps(VisdomLogger log, int from, int to) {
    for (int i = from; i < to; i++) {
      log.step(new TrainingLog.Step(run, 0, i, 200, i, 0.1));
    }
  }

  private static void awaitPoints(RealVisdom server, int count) throws InterruptedException {
    for (int tries = 0; tries < 300 && points(server).size() != count; tries++) {
      Thread.sleep(100);
    }
    assertEquals(count, points(server).size());
  }

  /** The lines of a window, when the last has as many points. */
  private static JsonNode traces(Visdom viz, String win, int points) throws InterruptedException {
    JsonNode traces = null;
    for (int tries = 0; tries < 300; tries++) {
      if (viz.winExists(win)) {
        traces = RealVisdom.windowData(viz, win).get("content").get("data");
        if (traces.get(traces.size() - 1).get("x").size() == points) {
          return traces;
        }
      }
      Thread.sleep(100);
    }
    throw new AssertionError(win + " has not " + points + " points: " + traces);
  }

  private static List<Integer> points(RealVisdom server) {
    List<Integer> result = new ArrayList<>();
    try (Visdom viz = Visdom.at(server.address()).connect()) {
      if (viz.winExists("train_loss")) {
        JsonNode traces = RealVisdom.windowData(viz, "train_loss").get("content").get("data");
        assertEquals(1, traces.size(), traces.toString());
        traces.get(0).get("y").forEach(y -> result.add(y.asInt()));
      }
    }
    return result;
  }
}
