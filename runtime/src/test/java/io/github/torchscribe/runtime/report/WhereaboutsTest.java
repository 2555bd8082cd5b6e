package io.github.torchscribe.runtime.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class WhereaboutsTest {
  private static String own() {
    String own = Whereabouts.own();
    assumeFalse(own.startsWith(" "), "the system does not say which machine it is");
    return own;
  }

  @Test
  void goesOnAsLongAsItDoes() {
    assertFalse(Whereabouts.isGone(own()));
  }

  @Test
  void anotherProcessOfItsNumberIsAnother() {
    assertTrue(Whereabouts.isGone(own() + "1"));
  }

  /** Java's knows when the clock says that it began, which a clock that is set changes. */
  @Test
  void itsBeginIsTheSystemsAndNoClocks() throws IOException {
    String[] parts = own().split(" ");
    String stat = Files.readString(Path.of("/proc", parts[1], "stat"));
    assertEquals(stat.replaceFirst("(?s).*\\)", "x x").split(" ")[21], parts[2]);
  }

  @Test
  void oneThatHasEndedIsGone() throws Exception {
    String[] parts = own().split(" ");
    Process process = new ProcessBuilder("true").start();
    process.waitFor();
    assertTrue(Whereabouts.isGone(parts[0] + " " + process.pid() + " " + parts[2]));
  }

  @Test
  void whoSaysNothingMayGoOn() {
    String[] parts = own().split(" ");
    assertFalse(Whereabouts.isGone(parts[0] + " " + parts[1] + " -"));
    assertFalse(Whereabouts.isGone("elsewhere 1 1"));
    assertFalse(Whereabouts.isGone(parts[0] + " none 1"));
    assertFalse(Whereabouts.isGone(""));
  }
}
