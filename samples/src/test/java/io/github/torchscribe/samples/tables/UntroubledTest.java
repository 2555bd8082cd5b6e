package io.github.torchscribe.samples.tables;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Checkpoints;
import io.github.torchscribe.runtime.ClassWeights;
import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.Subset;
import io.github.torchscribe.runtime.learner.DivergedException;
import io.github.torchscribe.runtime.learner.History;
import io.github.torchscribe.runtime.log.ConsoleLog;
import io.github.torchscribe.runtime.log.TrainingLog;
import io.github.torchscribe.runtime.report.RunReport;
import io.github.torchscribe.samples.Wrapped;
import io.github.torchscribe.samples.tools.Parameters;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong beside a run does not end it, and a run that is to end does. */
class UntroubledTest {
  private static final int EPOCHS = 3;
  private static final int STEPS = 5;

  @TempDir private Path folder;
  private final PointerScope scope = new PointerScope();
  private final RestlessModel model = RestlessModel.create();
  private final Dataset data = Points.of(1, 20 * STEPS);

  @AfterEach
  void free() {
    data.close();
    model.close();
    scope.close();
  }

  private Trainer trainer() {
    return Trainer.of(model).epochs(EPOCHS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"began", "step", "epoch", "ended"})
  void noLogEndsARun(String at) {
    float[] expected;
    try (Model other = RestlessModel.create()) {
      Trainer.of(other).epochs(EPOCHS).run(data, data);
      expected = Parameters.of(other);
    }
    List<Supplier<Throwable>> kinds =
        List.of(
            () -> new IllegalStateException("disk full"),
            () -> new NoClassDefFoundError("java/awt/Image"),
            () -> new ExceptionInInitializerError("no display"),
            () -> new OutOfMemoryError("Java heap space"),
            StackOverflowError::new,
            () -> new IOException("checked"));
    Trainer trainer = trainer();
    List<Broken> logs = new ArrayList<>();
    kinds.forEach(kind -> logs.add(new Broken(at, kind)));
    Broken sound = new Broken("never", IllegalStateException::new);
    logs.forEach(trainer::log);
    trainer.log(sound);
    History history = trainer.run(data, data);
    assertEquals(History.End.COMPLETE, history.end());
    assertEquals(EPOCHS, history.epochs().size());
    assertArrayEquals(expected, Parameters.of(model));
    assertEquals(1 + EPOCHS * (STEPS + 1) + 1, sound.told.size());
    for (Broken log : logs) {
      assertEquals(List.of(at, "ended"), end(log.told, at));
      assertEquals(Optional.empty(), log.end);
    }
  }

  /** The first failure and what came after it, which is the end alone. */
  private static List<String> end(List<String> told, String at) {
    List<String> rest = told.subList(told.indexOf(at), told.size());
    return at.equals("ended") ? List.of(at, rest.get(rest.size() - 1)) : rest;
  }

  @Test
  void whatATestAssertsInALogFailsIt() {
    Broken log = new Broken("epoch", () -> new AssertionError("not so"));
    assertEquals(
        "not so",
        assertThrows(AssertionError.class, () -> trainer().log(log).run(data, data)).getMessage());
    assertEquals("not so", log.end.orElseThrow().getMessage());
  }

  @Test
  void theFailureThatEndedARunIsNotHidden() {
    Broken first = new Broken("ended", () -> new IllegalStateException("no room"));
    Broken second = new Broken("ended", () -> new NoClassDefFoundError("java/awt/Image"));
    Broken third = new Broken("never", IllegalStateException::new);
    Trainer trainer = trainer().learningRate(1e30).log(first).log(second).log(third);
    Dataset broken = new Holes(data);
    DivergedException e = assertThrows(DivergedException.class, () -> trainer.run(broken, data));
    assertEquals(
        List.of("no room", "java/awt/Image"),
        Arrays.stream(e.getSuppressed()).map(Throwable::getMessage).toList());
    for (Broken log : List.of(first, second, third)) {
      assertSame(e, log.end.orElseThrow());
      assertEquals(1, log.told.stream().filter("ended"::equals).count());
    }
  }

  /** Data with something in it that is no number. */
  private record Holes(Dataset data) implements Wrapped {
    @Override
    public void gather(Tensor indices, Tensor inputs, Tensor targets) {
      data.gather(indices, inputs, targets);
      inputs.masked_fill_(indices.eq(new Scalar(7)).unsqueeze(1), new Scalar(Double.NaN));
    }
  }

  /** How many steps and epochs a run comes to that its log stops. */
  private List<Object> stopped(Consumer<Trainer> settings, String at, int epoch) {
    Trainer trainer = trainer();
    settings.accept(trainer);
    List<String> told = new ArrayList<>();
    trainer.log(
        new TrainingLog() {
          @Override
          public void began(Run run) {
            if (at.equals("began")) {
              trainer.stop();
            }
          }

          @Override
          public void step(Step step) {
            told.add("step");
          }

          @Override
          public void epoch(History.Epoch done) {
            if (at.equals("epoch") && done.number() == epoch) {
              trainer.stop();
            }
          }
        });
    History history = trainer.run(data, data);
    return List.of(history.end(), history.epochs().size(), told.size());
  }

  @Test
  void whoStopsBetweenEpochsGetsNoFurtherStep() {
    Path place = folder.resolve("run");
    assertEquals(
        List.of(History.End.STOPPED, 2, 2 * STEPS),
        stopped(t -> t.checkpoints(Checkpoints.in(place)), "epoch", 1));
    assertEquals(
        List.of(History.End.COMPLETE, 3, STEPS), // what is left
        stopped(t -> t.checkpoints(Checkpoints.in(place)).resume(), "never", 0));
    assertEquals(
        List.of(History.End.COMPLETE, EPOCHS, EPOCHS * STEPS),
        stopped(t -> {}, "epoch", EPOCHS - 1)); // all are done by then
    assertEquals(List.of(History.End.STOPPED, 0, 0), stopped(t -> {}, "began", 0));
  }

  @Test
  void timeThatIsOverAfterAnEpochBeginsNoOther() {
    Trainer trainer = trainer().timeLimit(Duration.ofSeconds(2));
    List<Integer> epochs = new ArrayList<>();
    trainer.log(
        new TrainingLog() {
          @Override
          public void step(Step step) {
            epochs.add(step.epoch());
          }

          @Override
          public void epoch(History.Epoch epoch) {
            try {
              Thread.sleep(2100);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        });
    History history = trainer.run(data, data);
    assertEquals(History.End.TIME, history.end());
    assertEquals(STEPS, epochs.size());
  }

  @Test
  void aRunWithoutAnEpochSaysSo() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8);
    Path runs = folder.resolve("runs");
    Trainer trainer = trainer().log(RunReport.in(runs, printed)).log(new ConsoleLog(printed));
    trainer.log(
        new TrainingLog() {
          @Override
          public void began(Run run) {
            trainer.stop();
          }
        });
    History history = trainer.run(data, data);
    String expected = "the run has no epoch: it ended before the first began (STOPPED)";
    assertEquals(expected, assertThrows(IllegalStateException.class, history::last).getMessage());
    assertEquals(expected, assertThrows(IllegalStateException.class, history::best).getMessage());
    String path = out.toString(StandardCharsets.UTF_8).replace("Report: ", "").strip();
    assertTrue(Files.readString(Path.of(path)).contains("\"status\":\"finished\""));
  }

  @Test
  void partsOfTheDataAreFreed() {
    List<Dataset> parts = new ArrayList<>();
    TrainingLog log =
        new TrainingLog() {
          @Override
          public void began(Run run) {
            parts.addAll(List.of(run.train(), run.test()));
          }
        };
    trainer().log(log).run(data, 0.2);
    for (Dataset part : parts) {
      assertEquals(
          "this subset is closed",
          assertThrows(IllegalStateException.class, () -> part.examples(0)).getMessage());
    }
    assertEquals(2, data.examples(0).numel()); // not the data
  }

  /** Data without an example. */
  private record Empty(Dataset data) implements Wrapped {
    @Override
    public long size() {
      return 0;
    }

    @Override
    public void gather(Tensor indices, Tensor inputs, Tensor targets) {
      throw new AssertionError("there is nothing to gather");
    }
  }

  @Test
  void emptyDataAreNamed() {
    Dataset none = new Empty(data);
    says("the training data have no example", () -> trainer().run(none, data));
    says("the test data have no example", () -> trainer().run(data, none));
    says("the data have no example", () -> model.evaluate(none));
    says("the data have no example", () -> ClassWeights.balanced(none));
    says("the data have no example to be divided", () -> trainer().run(none, 0.5));
    says("the data have no example to be divided", () -> Subset.split(none, 1, 0.5, 0.5));
    says(
        "1 examples cannot be divided into [0.5, 0.5]",
        () -> trainer().run(new Subset(data, 3), 0.5));
  }

  private static void says(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
