package io.github.torchscribe.samples.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.samples.Printed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The sample that learns a table, all of it. */
class RegressionSampleTest {
  @Test
  void saysMoreThanTheMean() {
    String printed = Printed.by(new RegressionSample(), "--no-report");
    Matcher results = Pattern.compile("R²: (-?[0-9.]+)").matcher(printed);
    double last =
        results
            .results()
            .map(r -> r.group(1))
            .mapToDouble(Double::valueOf)
            .reduce((a, b) -> b)
            .orElse(0);
    // A linear regression on the same patients comes to 0.36.
    assertTrue(last > 0.37, () -> "R² " + last);
  }

  @Test
  void namesTheCellThatIsNoNumber(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("a.csv");
    Files.writeString(file, "a,b,progression\n1,2,3\n1,two,3\n");
    String[] message = new String[1];
    int status =
        new CommandLine(new RegressionSample())
            .setExecutionExceptionHandler(
                (e, line, parsed) -> {
                  message[0] = e.getMessage();
                  return 1;
                })
            .execute("--csv", file.toString(), "--no-report");
    assertEquals(1, status);
    assertEquals(file + ", line 3, column 'b': 'two' is no number", message[0]);
  }
}
