package io.github.torchscribe.samples.tables;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Checkpoints;
import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.file.CheckpointFile;
import io.github.torchscribe.runtime.file.State;
import io.github.torchscribe.runtime.log.TrainingLog;
import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.TorchException;
import io.github.torchscribe.samples.tools.Parameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot be done as a whole leaves a model as it was. */
class AllOrNothingTest {
  @TempDir private Path folder;
  private final PointerScope scope = new PointerScope();
  private final Model model = RestlessModel.create();
  private final Model twin = RestlessModel.create();
  private final Dataset data = Points.of(1, 100);

  @AfterEach
  void free() {
    data.close();
    twin.close();
    model.close();
    scope.close();
  }

  private void trainBoth(int epochs) {
    for (Model some : List.of(model, twin)) {
      Trainer.of(some).epochs(epochs).run(data, data);
    }
  }

  private void areTheSame() {
    assertArrayEquals(Parameters.of(twin), Parameters.of(model));
    trainBoth(2); // moments, momenta, rates and the random stream are the same, too
    assertArrayEquals(Parameters.of(twin), Parameters.of(model));
  }

  @Test
  void aMoveThatFailsMovesNothing() {
    trainBoth(1);
    Device nowhere = new Device(Device.Type.CUDA, 99); // Device.cuda would not have given it
    assertThrows(RuntimeException.class, () -> model.to(nowhere));
    assertEquals(Device.cpu(), model.device());
    areTheSame();
  }

  /** A checkpoint that is whole, but of which something is missing or different. */
  private Checkpoints damaged(Consumer<State> damage) throws IOException {
    Checkpoints checkpoints = Checkpoints.in(folder);
    try (Model other = RestlessModel.create()) {
      Trainer interrupted = Trainer.of(other).accumulate(2).restoreBest().checkpoints(checkpoints);
      interrupted.log(
          new TrainingLog() {
            @Override
            public void step(Step step) {
              if (step.epoch() == 1 && step.number() == 2) {
                interrupted.stop();
              }
            }
          });
      interrupted.run(data, data);
    }
    Path file = folder.resolve("step-0000000008.safetensors");
    State state = CheckpointFile.read(file);
    damage.accept(state);
    CheckpointFile.write(file, state);
    return checkpoints;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "optimizer.counts.0.product | optimizer.counts.0.product is no number",
        "rates.schedule.1.bad    | rates.schedule.1.bad is no whole number",
        "best.lowest             | best.lowest is no number",
        "run.total               | run.total is no whole number",
        "train.next              | train.next is no whole number"
      })
  void aNumberInACheckpointThatIsNone(String name, String message) throws IOException {
    cannotGoOn(state -> state.put(name, "much"), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "random                  | resuming of Restless",
        "model.0.weight          | 0.weight is Float (3) on the CPU in it",
        "best.model.0.weight     | 0.weight is Float (3) on the CPU in it"
      })
  void aTensorInACheckpointOfAnotherShape(String name, String message) throws IOException {
    cannotGoOn(state -> state.put(name, torch.zeros(3)), message);
  }

  private void cannotGoOn(Consumer<State> damage, String message) throws IOException {
    Checkpoints checkpoints = damaged(damage);
    trainBoth(1);
    Broken log = new Broken("never", IllegalStateException::new);
    Trainer trainer = Trainer.of(model).accumulate(2).restoreBest().checkpoints(checkpoints);
    RuntimeException e =
        assertThrows(RuntimeException.class, () -> trainer.resume().log(log).run(data, data));
    assertTrue(e.getMessage().contains(message), e::getMessage);
    assertTrue(e instanceof UncheckedIOException || e instanceof TorchException, e::toString);
    areTheSame();
    assertEquals(List.of(), log.told); // no run has begun
  }
}
