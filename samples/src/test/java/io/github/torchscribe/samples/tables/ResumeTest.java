package io.github.torchscribe.samples.tables;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Checkpoints;
import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.Transformed;
import io.github.torchscribe.runtime.file.Safetensors;
import io.github.torchscribe.runtime.learner.History;
import io.github.torchscribe.runtime.log.TrainingLog;
import io.github.torchscribe.runtime.metric.Metrics;
import io.github.torchscribe.samples.tools.Parameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is interrupted and goes on is the run that never stopped, to the last bit. */
class ResumeTest {
  private static final int STEPS = 44; // 4 epochs of 11, the last of each with 5 examples

  @TempDir private Path folder;

  /** What a run came to: each step's loss, all parameters, the epochs. */
  private record Outcome(List<Float> losses, float[] weights, List<Object> epochs) {}

  /** Noise that is new each time, read in the background. */
  private static Dataset noisy(Dataset data) {
    return new Transformed(
        data,
        7,
        (inputs, random) -> {
          for (long i = 0; i < inputs.size(0); i++) {
            inputs.select(0, i).add_(new Scalar(random.nextDouble() - 0.5));
          }
          return inputs;
        });
  }

  /** Runs until a step, and gives what that part of the run came to. */
  private static Outcome run(UnaryOperator<Trainer> settings, int stopAfter) {
    List<Float> losses = new ArrayList<>();
    try (PointerScope scope = new PointerScope();
        Model model = RestlessModel.create();
        Dataset plain = Points.of(1, 205);
        Dataset train = noisy(plain);
        Dataset test = Points.of(2, 50)) {
      scope.attach(plain.examples(0));
      Trainer trainer =
          settings.apply(Trainer.of(model).metric(Metrics.accuracy()).accumulate(2).restoreBest());
      int[] done = {0};
      trainer.log(
          new TrainingLog() {
            @Override
            public void step(Step step) {
              losses.add(step.loss());
              if (++done[0] == stopAfter) {
                trainer.stop();
              }
            }
          });
      History history = trainer.run(train, test);
      List<Object> epochs = new ArrayList<>();
      for (History.Epoch epoch : history.epochs()) {
        epochs.add(List.of(epoch.trainLoss(), epoch.evaluation().loss(), epoch.metrics()));
      }
      return new Outcome(losses, Parameters.of(model), epochs);
    }
  }

  @Test
  void goesOnBitForBit() {
    Outcome whole = run(trainer -> trainer, Integer.MAX_VALUE);
    assertEquals(STEPS, whole.losses().size());
    Random random = new Random(3);
    for (int i = 0; i < 20; i++) {
      int first = 1 + random.nextInt(STEPS - 1);
      int second = 1 + random.nextInt(STEPS);
      Path place = folder.resolve("run" + i);
      UnaryOperator<Trainer> settings =
          trainer -> trainer.checkpoints(Checkpoints.in(place)).resume();
      Outcome one = run(settings, first);
      Outcome two = run(settings, second);
      Outcome three = run(settings, Integer.MAX_VALUE);
      List<Float> losses = new ArrayList<>(one.losses());
      losses.addAll(two.losses());
      losses.addAll(three.losses());
      String stops = "stopped after " + first + ", then after " + second;
      assertEquals(whole.losses(), losses, stops);
      assertEquals(whole.epochs(), three.epochs(), stops);
      assertArrayEquals(whole.weights(), three.weights(), stops);
    }
  }

  @Test
  void keepsTheLastOnesAndTheBest() throws IOException {
    Path place = folder.resolve("run");
    Outcome whole = run(t -> t.checkpoints(Checkpoints.in(place).everySteps(5).keep(2)), STEPS + 1);
    assertEquals(STEPS, whole.losses().size());
    try (Stream<Path> files = Files.list(place)) {
      assertEquals(
          List.of(
              ".lock",
              "best.safetensors",
              "step-0000000040.safetensors",
              "step-0000000044.safetensors"),
          files.map(file -> file.getFileName().toString()).sorted().toList());
    }
    Safetensors best = Safetensors.open(place.resolve("best.safetensors"));
    assertTrue(best.entries().containsKey("model.0.weight"));
  }

  @Test
  void aDamagedCheckpointIsPassedOver() throws IOException {
    Outcome whole = run(trainer -> trainer, Integer.MAX_VALUE);
    Path place = folder.resolve("run");
    run(t -> t.checkpoints(Checkpoints.in(place).everySteps(5)), 30);
    byte[] bytes = Files.readAllBytes(place.resolve("step-0000000030.safetensors"));
    Random random = new Random(1);
    for (int i = 0; i < 50; i++) {
      byte[] damaged = bytes.clone();
      int bit = random.nextInt(damaged.length * 8);
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      Path file = place.resolve("step-0000000030.safetensors");
      if (i % 2 == 0) {
        Files.write(file, damaged);
      } else {
        Files.write(file, java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length)));
      }
      assertThrows(
          IOException.class,
          () -> io.github.torchscribe.runtime.file.CheckpointFile.read(file),
          "bit " + bit);
    }
    Outcome rest =
        run(t -> t.checkpoints(Checkpoints.in(place)).resume(), Integer.MAX_VALUE); // from 25
    assertEquals(whole.losses().subList(25, STEPS), rest.losses());
    assertArrayEquals(whole.weights(), rest.weights());
  }

  @Test
  void refusesTheCheckpointOfAnotherRun() {
    Path place = folder.resolve("run");
    run(t -> t.checkpoints(Checkpoints.in(place)), 3);
    try (Model other = ImbalancedModel.create();
        Dataset data = Points.of(1, 100)) {
      Trainer trainer = Trainer.of(other).checkpoints(Checkpoints.in(place)).resume();
      IllegalArgumentException thrown =
          assertThrows(IllegalArgumentException.class, () -> trainer.run(data, data));
      assertTrue(thrown.getMessage().contains("- 1 @BatchNorm1d"), thrown::getMessage);
      assertTrue(thrown.getMessage().contains("+ 0 @Linear(32)"), thrown::getMessage);
      assertTrue(thrown.getMessage().contains("- training data: 205 of"), thrown::getMessage);
    }
  }

  @Test
  void aNewRunDoesNotTakeAnothersCheckpointsAway() throws IOException {
    Path place = folder.resolve("run");
    run(t -> t.checkpoints(Checkpoints.in(place)), 3);
    IllegalStateException thrown =
        assertThrows(
            IllegalStateException.class, () -> run(t -> t.checkpoints(Checkpoints.in(place)), 3));
    assertEquals(
        place + " has checkpoints already; resume, or choose another folder", thrown.getMessage());
    run(t -> t.checkpoints(Checkpoints.in(place)).resume(), 3); // it has left the folder
    assertTrue(Files.exists(place.resolve("step-0000000003.safetensors")));
  }

  @Test
  void namesHaveTheSameDigitsEverywhere() throws IOException {
    Path place = folder.resolve("run");
    synchronized (Locale.class) { // as Browser does, beside this
      Locale before = Locale.getDefault();
      try {
        for (String egyptOrIran : List.of("ar-EG", "fa-IR")) {
          Locale.setDefault(Locale.forLanguageTag(egyptOrIran));
          run(t -> t.checkpoints(Checkpoints.in(place)).resume(), 5);
        }
      } finally {
        Locale.setDefault(before);
      }
    }
    assertEquals(
        List.of("step-0000000005.safetensors", "step-0000000010.safetensors"), steps(place));
  }

  /** Once names had the digits of whatever locale there was. */
  @Test
  void goesOnFromNamesWithOtherDigits() throws IOException {
    Outcome whole = run(trainer -> trainer, Integer.MAX_VALUE);
    Path place = folder.resolve("run");
    run(t -> t.checkpoints(Checkpoints.in(place).everySteps(1).keep(10)), 12);
    for (int step = 3; step <= 12; step++) {
      String digits =
          String.format(Locale.forLanguageTag(step % 2 == 0 ? "ar-EG" : "fa"), "%010d", step);
      Files.move(
          place.resolve(String.format(Locale.ROOT, "step-%010d.safetensors", step)),
          place.resolve("step-" + digits + ".safetensors"));
    }
    Files.delete(place.resolve("best.safetensors"));
    IllegalStateException thrown =
        assertThrows(
            IllegalStateException.class, () -> run(t -> t.checkpoints(Checkpoints.in(place)), 3));
    assertEquals(
        place + " has checkpoints already; resume, or choose another folder", thrown.getMessage());
    Outcome rest =
        run(t -> t.checkpoints(Checkpoints.in(place).keep(2)).resume(), Integer.MAX_VALUE);
    assertEquals(whole.losses().subList(12, STEPS), rest.losses());
    assertArrayEquals(whole.weights(), rest.weights());
    assertEquals(
        List.of("step-0000000033.safetensors", "step-0000000044.safetensors"), steps(place));
  }

  @Test
  void theBestCheckpointAloneIsOneTooWhichNobodyReplaces() throws IOException {
    Outcome whole = run(trainer -> trainer, Integer.MAX_VALUE);
    Path place = folder.resolve("run");
    run(t -> t.checkpoints(Checkpoints.in(place)), 13);
    Files.delete(place.resolve("step-0000000011.safetensors"));
    Files.write(place.resolve("step-0000000013.safetensors"), new byte[100]);
    Path best = place.resolve("best.safetensors");
    byte[] bytes = Files.readAllBytes(best);
    run(t -> t.checkpoints(Checkpoints.in(place)).resume(), 1);
    Files.delete(place.resolve("step-0000000012.safetensors"));
    Files.delete(place.resolve("step-0000000013.safetensors"));
    assertThrows(
        IllegalStateException.class, () -> run(t -> t.checkpoints(Checkpoints.in(place)), 3));
    assertArrayEquals(bytes, Files.readAllBytes(best));
    Outcome rest = run(t -> t.checkpoints(Checkpoints.in(place)).resume(), Integer.MAX_VALUE);
    assertEquals(whole.losses().subList(11, STEPS), rest.losses());
    assertArrayEquals(whole.weights(), rest.weights());
  }

  private static List<String> steps(Path place) throws IOException {
    try (Stream<Path> files = Files.list(place)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("step-"))
          .sorted()
          .toList();
    }
  }

  @Test
  void aFolderThatCannotBeUsedIsLeft() throws IOException {
    Path place = folder.resolve("run");
    Path inTheWay = Files.createDirectories(place.resolve("a.part/something"));
    UncheckedIOException thrown =
        assertThrows(
            UncheckedIOException.class, () -> run(t -> t.checkpoints(Checkpoints.in(place)), 1));
    assertTrue(
        thrown.getMessage().startsWith("checkpoints cannot be written into " + place + ": "),
        thrown::getMessage);
    Files.delete(inTheWay);
    run(t -> t.checkpoints(Checkpoints.in(place)), 1); // nobody has it
  }

  @Test
  void aFolderBelongsToOneRun() {
    Path place = folder.resolve("run");
    List<String> refusals = new ArrayList<>();
    TrainingLog another =
        new TrainingLog() {
          @Override
          public void began(Run run) {
            refusals.add(
                assertThrows(
                        UncheckedIOException.class,
                        () -> ResumeTest.run(t -> t.checkpoints(Checkpoints.in(place)), 1))
                    .getMessage());
          }
        };
    run(outer -> outer.checkpoints(Checkpoints.in(place)).log(another), 1);
    assertEquals(
        List.of("another run writes its checkpoints into " + place + "; give each run its own"),
        refusals);
  }

  @Test
  void trainingGoesOnWhenACheckpointCannotBeWritten() throws IOException {
    Path place = folder.resolve("run");
    // Where a file should go there is a folder with something in it.
    Files.createDirectories(place.resolve("step-0000000010.safetensors/in the way"));
    Checkpoints often = Checkpoints.in(place).everySteps(10);
    List<Float> losses = run(t -> t.checkpoints(often), Integer.MAX_VALUE).losses();
    assertEquals(run(t -> t, Integer.MAX_VALUE).losses(), losses);
  }
}
