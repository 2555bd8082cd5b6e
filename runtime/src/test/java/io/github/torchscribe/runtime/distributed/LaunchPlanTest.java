package io.github.torchscribe.runtime.distributed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How {@code torchscribe-run} reads its command line. */
class LaunchPlanTest {
  @Test
  void everyOptionIsRead() throws Exception {
    LaunchPlan plan =
        LaunchPlan.of(
            "--nproc",
            "4",
            "--max-restarts=3",
            "--timeout",
            "20",
            "--grace",
            "0",
            "--no-prefix",
            "--",
            "java",
            "-cp",
            "x",
            "--",
            "Main");
    assertEquals(4, plan.processes());
    assertEquals(3, plan.restarts());
    assertEquals(Optional.of(Duration.ofSeconds(20)), plan.timeout());
    assertEquals(Duration.ZERO, plan.grace());
    assertFalse(plan.marks());
    assertEquals(List.of("java", "-cp", "x", "--", "Main"), plan.command());
  }

  @Test
  void whatIsNotSaidIsTorchruns() throws Exception {
    LaunchPlan plan = LaunchPlan.of("--nproc", "auto", "--", "true");
    assertEquals(Runtime.getRuntime().availableProcessors(), plan.processes());
    assertEquals(0, plan.restarts());
    assertEquals(Optional.empty(), plan.timeout());
    assertTrue(plan.marks());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--nproc 2|what every rank is to run comes last, after --",
        "--nproc 2 java Main|what every rank is to run comes last, after --",
        "--nproc 2 --|there is no command after --",
        "-- java|how many ranks? --nproc 4, or --nproc auto for one on each core",
        "--nproc 0 -- java|--nproc is a whole number from 1 to 1024, not '0'",
        "--nproc -1 -- java|--nproc is a whole number from 1 to 1024, not '-1'",
        "--nproc two -- java|--nproc is a whole number from 1 to 1024, not 'two'",
        "--nproc 2.5 -- java|--nproc is a whole number from 1 to 1024, not '2.5'",
        "--nproc 99999999999 -- java|--nproc is a whole number from 1 to 1024, not '99999999999'",
        "--nproc -- java|--nproc has no value",
        "--nproc 2 --max-restarts -1 -- java|--max-restarts is a whole number from 0 to 1024, not"
            + " '-1'",
        "--nproc 2 --timeout 0 -- java|--timeout is a whole number from 1 to 604800, not '0'",
        "--nproc 2 --timeout= -- java|--timeout is a whole number from 1 to 604800, not ''",
        "--nproc 2 --no-prefix=yes -- java|--no-prefix takes no value",
        "--nproc 2 3 -- java|'3' is no option; there are --nproc, --max-restarts, --timeout,"
            + " --grace, --no-prefix, --help",
        "--nproc 2 --standalone -- java|'--standalone' is no option; there are --nproc,"
            + " --max-restarts, --timeout, --grace, --no-prefix, --help",
        "--nproc 2 -- java gr\uFFFD\uFFFDe|an argument has letters that the locale does not know,"
            + " and would reach ranks as '?': set LC_ALL=C.UTF-8"
      })
  void whatMakesNoSenseIsRefused(String line, String message) {
    LaunchPlan.UsageException refused =
        assertThrows(LaunchPlan.UsageException.class, () -> LaunchPlan.of(line.split(" ")));
    assertEquals(message, refused.getMessage());
  }
}
