package io.github.torchscribe.runtime.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.torchscribe.runtime.Runs;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ConsoleLogTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final ConsoleLog log =
      new ConsoleLog(new PrintStream(bytes, true, StandardCharsets.UTF_8));

  @Test
  void printsEvery100thStepAsTheTutorialDoes() {
    TrainingLog.Run run = Runs.of(10, 200, 60_000);
    for (int step = 0; step < 300; step++) {
      log.step(new TrainingLog.Step(run, 7, step, 200, 0.15773f, 0.01));
    }
    assertEquals(
        """
        Train epoch: 7 [0/60000 (0%)]\tLoss: 0.157730
        Train epoch: 7 [20000/60000 (33%)]\tLoss: 0.157730
        Train epoch: 7 [40000/60000 (67%)]\tLoss: 0.157730
        """,
        printed());
  }

  @Test
  void roundsAsPythonDoes() {
    // '{:.0f}'.format(12.5) is '12' and '{:.6f}'.format(5e-7) is '0.000000': to even, of the
    // binary.
    TrainingLog.Run run = Runs.of(1, 1, 800);
    log.step(new TrainingLog.Step(run, 0, 100, 1, 5e-7f, 0.01));
    assertEquals("Train epoch: 0 [100/800 (12%)]\tLoss: 0.000000\n", printed());
  }

  @Test
  void printsWhatIsNoNumber() {
    TrainingLog.Run run = Runs.of(1, 1, 1);
    log.step(new TrainingLog.Step(run, 0, 0, 1, Float.NaN, 0.01));
    assertEquals("Train epoch: 0 [0/1 (0%)]\tLoss: nan\n", printed());
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
