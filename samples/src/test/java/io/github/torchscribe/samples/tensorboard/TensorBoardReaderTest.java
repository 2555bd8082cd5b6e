package io.github.torchscribe.samples.tensorboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.torchscribe.runtime.Checkpoints;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Mnist;
import io.github.torchscribe.runtime.data.Subset;
import io.github.torchscribe.runtime.learner.History;
import io.github.torchscribe.runtime.learner.Parameter;
import io.github.torchscribe.runtime.log.TrainingLog;
import io.github.torchscribe.samples.mnist.MlpModel;
import io.github.torchscribe.tensorboard.TensorBoardLogger;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What TensorBoard's own reader finds of a run, where {@code scripts/tensorboard.sh --install-only}
 * has put one. Without it these tests are skipped, or fail with {@code -Dtools.required=true}.
 */
@Timeout(120)
class TensorBoardReaderTest {
  private static final int EPOCHS = 3;
  private static final int STEPS = 5;

  @TempDir private Path folder;

  private final Mnist all = Mnist.test();
  private final Subset data = new Subset(all, LongStream.range(0, 500).toArray());

  /** Keeps what it is told, and ends the run after some steps. */
  private static final class Told implements TrainingLog {
    private final List<Float> losses = new ArrayList<>();
    private final List<History.Epoch> epochs = new ArrayList<>();
    private final Trainer trainer;
    private final int most;

    Told(Trainer trainer, int most) {
      this.trainer = trainer;
      this.most = most;
    }

    @Override
    public void step(Step step) {
      losses.add(step.loss());
      if (losses.size() == most) {
        trainer.stop();
      }
    }

    @Override
    public void epoch(History.Epoch epoch) {
      epochs.add(epoch);
    }
  }

  @BeforeAll
  static void require() {
    RealTensorBoard.require();
  }

  @AfterEach
  void close() {
    data.close();
    all.close();
  }

  private Trainer trainer(MlpModel model) {
    return Trainer.of(model).epochs(EPOCHS).batchSize(100).clipGradNorm(5);
  }

  @Test
  void findsAllThatWasTold() throws Exception {
    String name = "ein Lauf: 損失 é";
    Charset names = Charset.forName(System.getProperty("sun.jnu.encoding"));
    Path run = folder.resolve(names.newEncoder().canEncode(name) ? name : "ein Lauf: e");
    JsonNode found;
    try (MlpModel model = MlpModel.create(3)) {
      Trainer trainer = trainer(model);
      Told told = new Told(trainer, -1);
      trainer.log(told).log(TensorBoardLogger.to(run)).run(data, data);
      found = RealTensorBoard.read(run);
      JsonNode scalars = found.get("scalars");
      assertEquals(points(told.losses), scalars.get("Loss/train").toString());
      for (int epoch = 0; epoch < EPOCHS; epoch++) {
        int step = STEPS * (epoch + 1) - 1;
        JsonNode accuracy = scalars.get("Accuracy/test").get(epoch);
        assertEquals(step, accuracy.get(0).asInt());
        assertEquals(
            (float) told.epochs.get(epoch).evaluation().accuracy(), accuracy.get(1).floatValue());
        JsonNode loss = scalars.get("Loss/test").get(epoch);
        assertEquals((float) told.epochs.get(epoch).evaluation().loss(), loss.get(1).floatValue());
      }
      for (Parameter parameter : model.parameters()) {
        compare(parameter, found.get("histograms"));
      }
    }
    JsonNode image = found.get("images").get("Test images").get(EPOCHS - 1);
    assertEquals("[14,340,136,\"PNG\"]", image.toString());
    String network = found.get("texts").get("Network/text_summary").get(0).get(1).asText();
    assertTrue(network.contains("@Linear({784, 200})"), network);
    assertTrue(found.get("graph").toString().contains("[\"Mlp/Linear[1]/Linear\",\"Linear\"]"));
    JsonNode hparams = found.get("hparams");
    assertEquals(0.01, hparams.get("lr").asDouble());
    assertEquals(100, hparams.get("batch size").asInt());
    assertEquals(5, hparams.get("clip grad norm").asInt());
    assertEquals("SGD", hparams.get("optimizer").asText());
  }

  private static String points(List<Float> losses) throws Exception {
    List<Object> points = new ArrayList<>();
    for (int i = 0; i < losses.size(); i++) {
      points.add(List.of(i, losses.get(i).doubleValue()));
    }
    return new JsonMapper().writeValueAsString(points);
  }

  /** The last histogram of a parameter, and that its gradients have as many. */
  private static void compare(Parameter parameter, JsonNode histograms) {
    JsonNode all = histograms.get("Weights/" + parameter.name());
    assertEquals(EPOCHS, all.size());
    JsonNode last = all.get(EPOCHS - 1);
    PointerScope scope = new PointerScope();
    try {
      assertEquals(STEPS * EPOCHS - 1, last.get(0).asInt());
      assertEquals(parameter.value().numel(), last.get(1).asLong());
      assertEquals(parameter.value().min().item_double(), last.get(2).asDouble());
      assertEquals(parameter.value().max().item_double(), last.get(3).asDouble());
      assertEquals(parameter.value().sum().item_double(), last.get(4).asDouble(), 1e-2);
      assertEquals(parameter.value().numel(), last.get(5).asLong());
    } finally {
      scope.close();
    }
    JsonNode gradients = histograms.get("Gradients/" + parameter.name());
    assertEquals(EPOCHS, gradients.size());
    assertEquals(last.get(1), gradients.get(EPOCHS - 1).get(1));
    assertTrue(gradients.get(0).get(3).asDouble() > 0, parameter.name());
  }

  /** Stopped in the second epoch, and taken up from a checkpoint that is some steps older. */
  @Test
  void aRunThatGoesOnHasEachStepOnce() throws Exception {
    Path run = folder.resolve("run");
    Checkpoints kept = Checkpoints.in(folder.resolve("checkpoints"));
    try (MlpModel whole = MlpModel.create(3);
        MlpModel parts = MlpModel.create(3)) {
      Trainer undisturbed = trainer(whole);
      Told told = new Told(undisturbed, -1);
      undisturbed.log(told).run(data, data);

      // What is written after the checkpoint of the first epoch is lost.
      Trainer first = trainer(parts).epochs(1).checkpoints(kept);
      first.log(TensorBoardLogger.to(run)).run(data, data);
      TensorBoardLogger beyond = TensorBoardLogger.to(run);
      TrainingLog.Run lost = new TrainingLog.Run(parts, data, data, EPOCHS, 100, true);
      beyond.began(lost.from(STEPS));
      for (int i = 0; i < 3; i++) {
        beyond.step(new TrainingLog.Step(lost, 1, i, 100, 99, 0.01));
      }
      beyond.ended(Optional.empty());
      JsonNode before = RealTensorBoard.read(run).get("scalars").get("Loss/train");
      assertEquals(STEPS + 3, before.size());

      Trainer second = trainer(parts).checkpoints(kept).resume();
      second.log(TensorBoardLogger.to(run)).run(data, data);
      assertEquals(
          points(told.losses),
          RealTensorBoard.read(run).get("scalars").get("Loss/train").toString());
    }
  }
}
