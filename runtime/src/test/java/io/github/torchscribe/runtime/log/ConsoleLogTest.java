package io.github.torchscribe.runtime.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Runs;
import io.github.torchscribe.runtime.terminal.ProgressLine;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.RepeatedTest;
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

  @Test
  void printsEachOfSeveralLosses() {
    TrainingLog.Run run = Runs.ofParts(1, 10, 30);
    log.step(Runs.stepOfParts(run, 0, 0, 0.4f));
    log.epoch(Runs.epochOfParts(0, 3, 10, 30));
    assertEquals(
        "Train epoch: 0 [0/30 (0%)]\tLoss: 0.900000 (kind: 0.400000, tone: 0.200000, price:"
            + " 40.000000)\n"
            + "\nTest set: Average loss: 6.7500 (kind: 3.0000, tone: 1.5000, price: 300.0000),"
            + " Accuracy of kind: 10/30 (33%), Accuracy of tone: 20/30 (67%)\n\n",
        printed());
  }

  /** What the bar's own thread was about to draw does not come after the end. */
  @RepeatedTest(50)
  void theBarIsDrawnWhereItIsWanted() throws InterruptedException {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG"));
    try {
      ByteArrayOutputStream terminal = new ByteArrayOutputStream();
      PrintStream bar = new PrintStream(terminal, true, StandardCharsets.UTF_8);
      ConsoleLog drawn = new ConsoleLog(new PrintStream(bytes, true, StandardCharsets.UTF_8), bar);
      TrainingLog.Run run = Runs.of(2, 10, 100);
      drawn.began(run);
      for (int step = 0; step < 5; step++) {
        drawn.step(new TrainingLog.Step(run, 0, step, 10, 0.5f, 0.01));
      }
      drawn.epoch(Runs.epoch(0, 0.5, 30, 100)); // the bar is drawn anew below
      drawn.ended(Optional.empty());
      String lines = terminal.toString(StandardCharsets.UTF_8);
      assertTrue(
          lines.matches("(?s).*\\rtraining  25% \\[=+> +\\] 50/200 \\(0:00:0\\d / 0:00:0\\d\\).*"),
          lines);
      for (String line : lines.split("[\\r\\n]|\u001b\\[K")) {
        assertTrue(line.length() <= 79, line);
      }
      assertTrue(lines.endsWith("\r\u001b[K"), "nothing of it is left");
    } finally {
      Locale.setDefault(before);
    }
    assertEquals(
        "Train epoch: 0 [0/100 (0%)]\tLoss: 0.500000\n\n"
            + "Test set: Average loss: 0.0050, Accuracy: 30/100 (30%)\n\n",
        printed());
  }

  @Test
  void theBarOfWhatHasNoKnownEnd() {
    ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    ProgressLine bar = ProgressLine.on(new PrintStream(terminal, true, StandardCharsets.UTF_8));
    bar.begin("file.gz", -1);
    bar.advance(4096);
    bar.aside(() -> {});
    bar.end();
    String lines = terminal.toString(StandardCharsets.UTF_8);
    assertTrue(
        lines.matches("(?s).*\\rfile\\.gz +\\?% \\[> +\\] 4096/\\? \\(0:00:0\\d / \\?\\).*"),
        lines);
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
