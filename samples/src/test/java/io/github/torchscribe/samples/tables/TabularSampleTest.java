package io.github.torchscribe.samples.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.data.Encoder;
import io.github.torchscribe.samples.Printed;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample that learns from numbers and words, with fewer epochs. */
class TabularSampleTest {
  @Test
  void learnsFromNumbersAndWords(@TempDir Path folder) {
    Path file = folder.resolve("penguins.safetensors");
    String printed =
        Printed.by(new TabularSample(), "--no-report", "--epochs", "30", "--save", file.toString());
    double rSquared = number("has not seen: ([0-9.]+)", printed);
    assertTrue(rSquared > 0.8, printed);
    // The 73 females of Adelie weigh 3369 g in the mean.
    double mass = number("An Adelie .*: ([0-9]+) g", printed);
    assertTrue(mass > 2900 && mass < 3900, printed);
    assertEquals(List.of("", "Biscoe", "Dream", "Torgersen"), Encoder.in(file).words("island"));
  }

  private static double number(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertTrue(matcher.find(), text);
    return Double.parseDouble(matcher.group(1));
  }
}
