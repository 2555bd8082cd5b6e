package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Checkpoints;
import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.TensorDataset;
import io.github.torchscribe.runtime.learner.History;
import io.github.torchscribe.runtime.log.TrainingLog;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A run that goes on with other settings than it began with: it says so, or they hold. */
class ChangedSettingsTest {
  private static final String SCHEDULE = "@ExponentialLR(0.9)";

  @TempDir private Path folder;

  private TensorDataset data;

  @BeforeEach
  void draw() {
    torch.manual_seed(4);
    Tensor targets = torch.randint(3, new long[] {21}, new TensorOptions(torch.ScalarType.Long));
    data = new TensorDataset(torch.randn(21, 6), targets);
  }

  @AfterEach
  void close() {
    data.close();
  }

  private static Model model(String settings, long seed) {
    return Networks.model(
        "@Network(input = 6) @Linear(3) @CrossEntropyLoss(weight = {1, 1, 1}) "
            + (settings.contains("@Adam") ? "" : "@SGD(lr = 0.1) ")
            + settings
            + " public interface Net {}",
        seed);
  }

  private Trainer trainer(Model model) {
    return Trainer.of(model)
        .batchSize(4)
        .epochs(3)
        .checkpoints(Checkpoints.in(folder.resolve("run")));
  }

  /** Ends a run in the middle of its second epoch. */
  private void begin(String settings) {
    try (Model model = model(settings, 3)) {
      stopped(trainer(model)).run(data, data);
    }
  }

  private static Trainer stopped(Trainer trainer) {
    int[] steps = {0};
    return trainer.log(
        new TrainingLog() {
          @Override
          public void step(Step step) {
            if (++steps[0] == 8) {
              trainer.stop();
            }
          }
        });
  }

  private String refusal(String settings, UnaryOperator<Trainer> change) {
    try (Model model = model(settings, 3)) {
      Trainer trainer = change.apply(trainer(model).resume());
      return assertThrows(IllegalArgumentException.class, () -> trainer.run(data, data))
          .getMessage();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "@ExponentialLR(0.9), @ExponentialLR(0.5)",
    "@StepLR(stepSize = 2), @ExponentialLR(0.5)",
    "'@OneCycleLR(maxLr = 0.2)', '@OneCycleLR(maxLr = 0.3)'",
    "'@Adam(lr = 0.1)', '@Adam(lr = 0.1, weightDecay = 0.1)'"
  })
  void saysThatAnAnnotationHasChanged(String before, String now) {
    begin(before);
    String message = refusal(now, trainer -> trainer);
    assertTrue(message.contains("what has changed since"), message);
    assertTrue(message.contains("- ") && message.contains(" " + before), message);
    assertTrue(message.contains("+ ") && message.contains(" " + now), message);
  }

  static Stream<Arguments> changes() {
    return Stream.of(
        change("learning rate 0.1", "learning rate 0.9", trainer -> trainer.learningRate(0.9)),
        change("accumulate 1", "accumulate 2", trainer -> trainer.accumulate(2)),
        change("drop last false", "drop last true", trainer -> trainer.dropLast(true)),
        change("shuffle true", "shuffle false", trainer -> trainer.shuffle(false)),
        change("restore best false", "restore best true", Trainer::restoreBest),
        change(
            "class weights [1.0, 1.0, 1.0]",
            "class weights [1.0, 2.0, 1.0]",
            trainer -> trainer.classWeights(1, 2, 1)));
  }

  private static Arguments change(String before, String now, UnaryOperator<Trainer> change) {
    return Arguments.of(before, now, change);
  }

  @ParameterizedTest
  @MethodSource("changes")
  void saysThatASettingHasChanged(String before, String now, UnaryOperator<Trainer> change) {
    begin(SCHEDULE);
    String message = refusal(SCHEDULE, change);
    assertTrue(message.contains("\n  - " + before + "\n  + " + now + "\n"), message);
  }

  @Test
  void theLearningRateThatTheRunBeganWithIsTheSameSetting() {
    try (Model model = model(SCHEDULE, 3)) {
      stopped(trainer(model).learningRate(0.5)).run(data, data);
    }
    assertTrue(refusal(SCHEDULE, trainer -> trainer).contains("- learning rate 0.5"));
    try (Model model = model(SCHEDULE, 3)) {
      History history = trainer(model).learningRate(0.5).resume().run(data, data);
      assertEquals(3, history.epochs().size());
    }
  }

  @Test
  void aScheduleOverTheWholeRunKeepsItsLength() {
    begin("@OneCycleLR(maxLr = 0.2)");
    String message = refusal("@OneCycleLR(maxLr = 0.2)", trainer -> trainer.epochs(5));
    assertTrue(
        message.contains("- schedule over 18 updates\n  + schedule over 30 updates"), message);
  }

  @Test
  void othersMayGoOnForLongerAndOtherLimitsHold() {
    begin(SCHEDULE);
    try (PointerScope scope = new PointerScope();
        Model model = model(SCHEDULE, 3);
        Model before = model(SCHEDULE, 3)) {
      before.load(folder.resolve("run/step-0000000008.safetensors"));
      Trainer trainer = trainer(model).epochs(5).clipGradNorm(1e-9).resume();
      assertEquals(5, trainer.run(data, data).epochs().size());
      Tensor moved =
          model.parameters().get(0).value().sub(before.parameters().get(0).value()).abs().max();
      scope.attach(moved);
      assertTrue(moved.item_float() < 1e-6, () -> "clipped, but moved by " + moved.item_float());
    }
  }

  /** With another seed the model would learn from what it is to be judged by. */
  @Test
  void dataAreDividedAsBefore() {
    try (Model model = model(SCHEDULE, 3)) {
      stopped(trainer(model)).run(data, 0.25);
    }
    try (Model model = model(SCHEDULE, 4)) {
      Trainer trainer = trainer(model).resume();
      String message =
          assertThrows(IllegalArgumentException.class, () -> trainer.run(data, 0.25)).getMessage();
      assertTrue(message.contains("- divided by the seed 3\n  + divided by the seed 4"), message);
    }
    try (Model model = model(SCHEDULE, 3)) {
      assertEquals(3, trainer(model).resume().run(data, 0.25).epochs().size());
    }
  }
}
