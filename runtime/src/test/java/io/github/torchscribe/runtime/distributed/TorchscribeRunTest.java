package io.github.torchscribe.runtime.distributed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ranks that are small scripts: what they are told, what they say, how they end. */
@Execution(ExecutionMode.CONCURRENT) // processes of their own do the work
@DisabledOnOs(OS.WINDOWS)
@Timeout(60)
class TorchscribeRunTest {
  @TempDir private Path folder;

  /** Whatever a test does with a launcher, its folder goes. */
  @AfterEach
  void nothingIsLeft() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(), files.filter(f -> f.toString().contains("torchscribe-run")).toList());
    }
  }

  private Launched run(String script, String... options) throws Exception {
    return Launched.start(folder, with(script, options));
  }

  private static String[] with(String script, String... options) {
    return Stream.concat(Stream.of(options), Stream.of("--", "sh", "-c", script))
        .toArray(String[]::new);
  }

  private static void assertBegins(String expected, String actual) {
    assertTrue(actual.startsWith(expected), () -> expected + "\n" + actual);
  }

  private static void assertMatches(String expected, String actual) {
    assertTrue(actual.matches(expected), () -> expected + "\n" + actual);
  }

  /** It was taken for the grace period there. */
  @Test
  void helpIsGivenWhereverItIsAskedFor() throws Exception {
    try (Launched run = Launched.start(folder, "--nproc", "2", "--help", "5", "--", "true")) {
      assertEquals(0, run.exitCode(), run.errors());
      assertBegins("Starts a program several times", run.output());
    }
  }

  @Test
  void ranksAreToldWhatTorchrunTellsThem() throws Exception {
    try (Launched run =
        Launched.startBy(
            "MASTER_ADDR=other PET_NNODES=7 TORCHELASTIC_USE_AGENT_STORE=True exec \"$@\"",
            folder,
            with(
                "env | grep -E '^(RANK|LOCAL_|WORLD|GROUP|ROLE|TORCHEL|TORCHSCRIBE_[LST]|MASTER|PET)' | sort; cat",
                "--nproc",
                "2",
                "--max-restarts",
                "3",
                "--timeout",
                "7"))) {
      assertEquals(0, run.exitCode(), run.errors());
      for (int rank = 0; rank < 2; rank++) {
        String mark = "[" + rank + "] ";
        String seen =
            run.output()
                .lines()
                .filter(line -> line.startsWith(mark))
                .map(line -> line.substring(mark.length()))
                .collect(Collectors.joining("\n"));
        assertMatches(
            String.format(
                Locale.ROOT,
                "GROUP_RANK=0\nGROUP_WORLD_SIZE=1\nLOCAL_RANK=%1$d\nLOCAL_WORLD_SIZE=2\n"
                    + "RANK=%1$d\nROLE_NAME=default\nROLE_RANK=%1$d\nROLE_WORLD_SIZE=2\n"
                    + "TORCHELASTIC_ERROR_FILE=%2$s/torchscribe-run-\\d+/error-0-%1$d\n"
                    + "TORCHELASTIC_MAX_RESTARTS=3\nTORCHELASTIC_RESTART_COUNT=0\n"
                    + "TORCHELASTIC_RUN_ID=torchscribe-run-\\d+\n"
                    + "TORCHSCRIBE_LAUNCHER=%2$s/torchscribe-run-\\d+/launcher\n"
                    + "TORCHSCRIBE_STORE=%2$s/torchscribe-run-\\d+/store-0\n"
                    + "TORCHSCRIBE_TIMEOUT=7\nWORLD_SIZE=2",
                rank,
                folder),
            seen);
      }
    }
  }

  @Test
  void theStoreLiesWhereItsOwnerAloneCanLook() throws Exception {
    try (Launched run =
        run(
            "ls -ld \"$(dirname $TORCHSCRIBE_STORE)\"; [ ! -e $TORCHSCRIBE_STORE ] && touch"
                + " $TORCHSCRIBE_STORE",
            "--nproc",
            "1")) {
      assertEquals(0, run.exitCode(), run.errors());
      assertBegins("[0] drwx------", run.output());
    }
  }

  @Test
  void allStartAgainWithAFreshStoreAndTheNextNumber() throws Exception {
    try (Launched run =
        run(
            "echo $TORCHELASTIC_RESTART_COUNT $TORCHSCRIBE_STORE;"
                + " [ $TORCHELASTIC_RESTART_COUNT$RANK != 00 ] || kill -9 $$;"
                + " [ $TORCHELASTIC_RESTART_COUNT$RANK != 11 ] || exit 5",
            "--nproc",
            "2",
            "--max-restarts",
            "2")) {
      assertEquals(0, run.exitCode(), run.errors());
      Set<String> seen = new TreeSet<>();
      for (String line : run.output().lines().toList()) {
        assertMatches("\\[[01]] (\\d) .*/store-\\1", line);
        seen.add(line);
      }
      assertEquals(6, seen.size(), run.output());
      assertMatches(
          "torchscribe-run: rank 0 ended with 137 \\(KILL\\) after \\d+\\.\\d s[;.].*",
          run.errors().lines().findFirst().orElseThrow());
      assertTrue(
          run.errors()
              .contains(
                  " All start again, from their last checkpoint if they resume: restart 2 of at"
                      + " most 2.\n"),
          run.errors());
      assertBegins("torchscribe-run: all 2 ranks ended well, after ", run.lastError());
    }
  }

  @Test
  void theFirstThatFailsGivesTheExitCodeAndEndsTheOthers() throws Exception {
    try (Launched run =
        run(
            "echo pid $$; [ $RANK != 1 ] || { sleep 0.3; exit 3; }; [ $RANK != 2 ] || { sleep"
                + " 0.6; exit 4; }; exec sleep 50",
            "--nproc",
            "4",
            "--max-restarts",
            "1",
            "--grace",
            "1")) {
      assertEquals(3, run.exitCode(), run.errors());
      assertTrue(run.seconds() < 10, () -> run.seconds() + " s");
      assertMatches(
          "torchscribe-run: failed at \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ: rank 1 ended with"
              + " 3 after \\d\\.\\d s, then rank 2 ended with 4 after \\d\\.\\d s; when told to,"
              + " rank [03] ended with 143 \\(TERM\\) after \\d\\.\\d s, rank [03] ended with 143"
              + " \\(TERM\\) after \\d\\.\\d s\\. 1 of 1 restarts were made\\.",
          run.lastError());
      assertEquals(8, run.numbers("pid").size());
      assertEquals(List.of(), Launched.living(run.numbers("pid"), 0));
    }
  }

  /** A rank whose run fails tells the others, and they may have gone before it has. */
  @Test
  void theFirstIsWhoSaysSo() throws Exception {
    try (Launched run =
        run(
            "[ $RANK != 1 ] || { echo > $TORCHELASTIC_ERROR_FILE; sleep 0.5; exit 3; }; sleep 0.2;"
                + " exit 4",
            "--nproc",
            "2")) {
      assertEquals(3, run.exitCode(), run.errors());
      assertMatches(
          ".*: rank 1 ended with 3 after 0\\.\\d s, then rank 0 ended with 4 after 0\\.\\d s\\.",
          run.lastError());
    }
  }

  @Test
  void whoDoesNotEndIsKilledAndSoIsWhatHeHasStarted() throws Exception {
    try (Launched run =
        run(
            "trap '' TERM; sleep 50 & echo pid $!; echo pid $$; [ $RANK != 1 ] || kill -SEGV $$;"
                + " while true; do sleep 0.1; done",
            "--nproc",
            "2",
            "--grace",
            "1")) {
      run.awaitOutput("pid", 4);
      assertEquals(139, run.exitCode(), run.errors());
      assertMatches(
          ".*: rank 1 ended with 139 \\(SEGV\\) after \\d\\.\\d s; when told to, rank 0 ended with"
              + " 137 \\(KILL\\) after \\d\\.\\d s\\.",
          run.lastError());
      List<Long> ofRank0 =
          run.output()
              .lines()
              .filter(line -> line.startsWith("[0] pid "))
              .map(line -> Long.valueOf(line.substring(8)))
              .toList();
      assertEquals(2, ofRank0.size());
      assertEquals(List.of(), Launched.living(ofRank0, 1000));
      run.numbers("pid")
          .forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    }
  }

  @Test
  void linesOfSeveralRanksStayWholeAndInOrder() throws Exception {
    int lines = 3000;
    try (Launched run =
        run(
            "seq -f \"line %05g of $RANK, which is a line of some length\" " + lines,
            "--nproc",
            "3")) {
      assertEquals(0, run.exitCode(), run.errors());
      List<String> all = run.output().lines().toList();
      assertEquals(3 * lines, all.size());
      for (int rank = 0; rank < 3; rank++) {
        String mark = "[" + rank + "] ";
        String end = " of " + rank + ", which is a line of some length";
        assertEquals(
            IntStream.rangeClosed(1, lines)
                .mapToObj(i -> mark + "line " + String.format(Locale.ROOT, "%05d", i) + end)
                .toList(),
            all.stream().filter(line -> line.startsWith(mark)).toList());
      }
    }
  }

  @Test
  void whatRanksWriteIsNotDecoded() throws Exception {
    // UTF-8, Latin-1, no letters at all, a tab; and the last line does not end.
    String octal = "\\303\\274\\346\\227\\245\\n\\374\\n\\000\\377\\r\\n\\ta";
    for (String locale : List.of("C", "C.UTF-8")) {
      try (Launched run =
          Launched.startBy(
              "export LC_ALL=" + locale + "; exec \"$@\"",
              folder,
              with("printf '" + octal + "'; printf 'gr\\303\\274n' >&2", "--nproc", "1"))) {
        assertEquals(0, run.exitCode(), run.errors());
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        expected.writeBytes("[0] ü日\n[0] ".getBytes(StandardCharsets.UTF_8));
        expected.write(0xFC);
        expected.writeBytes("\n[0] ".getBytes(StandardCharsets.US_ASCII));
        expected.write(0);
        expected.write(0xFF);
        expected.writeBytes("\r\n[0] \ta\n".getBytes(StandardCharsets.US_ASCII));
        assertArrayEquals(expected.toByteArray(), run.bytes());
        assertBegins("[0] grün\n", run.errors());
      }
    }
  }

  @Test
  void withoutMarksOutputGoesWhereOursGoes() throws Exception {
    try (Launched run = run("echo some; echo other >&2", "--nproc", "1", "--no-prefix")) {
      assertEquals(0, run.exitCode(), run.errors());
      assertEquals("some\n", run.output());
      assertBegins("other\n", run.errors());
    }
  }

  @Test
  void ranksGoOnWhenNobodyReadsWhatTheyWrite() throws Exception {
    Path done = folder.resolve("done");
    try (Launched run =
        Launched.startBy(
            "\"$@\" | head -n 1", folder, with("seq 100000; echo $? >" + done, "--nproc", "1"))) {
      assertEquals(0, run.exitCode());
      assertEquals("[0] 1\n", run.output());
      assertEquals("0\n", Files.readString(done));
    }
  }

  @Test
  void terminationIsPassedOnOnce() throws Exception {
    try (Launched run = Launched.start(folder, listening())) {
      run.awaitOutput("ready", 2);
      run.signal("TERM", false);
      requireStopped(run, "TERM", 143);
    }
  }

  /** A terminal sends it to all of the group; ranks hear of it by the launcher alone. */
  @ParameterizedTest
  @CsvSource({"INT, 130", "HUP, 129"})
  void whatATerminalSendsIsPassedOnOnce(String signal, int code) throws Exception {
    assumeTrue(hearsTerminals(), "SIGINT or SIGHUP is ignored here");
    assumeTrue(Files.exists(Path.of("/usr/bin/setsid")), "no setsid");
    try (Launched run = Launched.startInOwnGroup(folder, listening())) {
      run.awaitOutput("ready", 2);
      run.signal(signal, true);
      requireStopped(run, signal, code);
    }
  }

  private static String[] listening() {
    return with(
        "trap 'echo told; sleep 0.3; exit 143' TERM; trap 'echo wrong' INT HUP; echo ready; while"
            + " true; do sleep 0.05; done",
        "--nproc",
        "2",
        "--max-restarts",
        "5");
  }

  private static void requireStopped(Launched run, String signal, int code) throws Exception {
    assertEquals(code, run.exitCode(), run.errors());
    assertEquals(2, run.output().split("told", -1).length - 1, run.output());
    assertFalse(run.output().contains("wrong"), run.output());
    assertBegins(
        "torchscribe-run: SIG"
            + signal
            + ": all ranks end after their step; a second signal ends them at once.\n",
        run.errors());
    assertMatches(
        "torchscribe-run: stopped at .*: when told to, rank [01] ended with 143 \\(TERM\\) after .*",
        run.lastError());
  }

  /**
   * A shell that starts a background job lets it ignore SIGINT, nohup SIGHUP, and all inherit it.
   */
  private static boolean hearsTerminals() throws Exception {
    Path status = Path.of("/proc/self/status");
    return !Files.exists(status)
        || Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .allMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 3) == 0);
  }

  @Test
  void aSecondSignalEndsAllAtOnce() throws Exception {
    try (Launched run =
        run(
            "trap 'echo told' TERM; echo ready; echo pid $$; while true; do sleep 0.05; done",
            "--nproc",
            "2")) {
      run.awaitOutput("ready", 2);
      run.signal("TERM", false);
      run.awaitOutput("told", 2);
      run.signal("TERM", false);
      assertEquals(143, run.exitCode(), run.errors());
      assertTrue(run.errors().contains("SIGTERM again: all ranks end at once."), run.errors());
      assertEquals(List.of(), Launched.living(run.numbers("pid"), 0));
    }
  }

  @Test
  void ranksThatEndWellAfterASignalHaveEndedWell() throws Exception {
    try (Launched run =
        run("trap 'exit 0' TERM; echo ready; while true; do sleep 0.05; done", "--nproc", "2")) {
      run.awaitOutput("ready", 2);
      run.signal("TERM", false);
      assertEquals(0, run.exitCode(), run.errors());
    }
  }

  @Test
  void whatCannotBeStartedIsToldOnce() throws Exception {
    try (Launched run =
        Launched.start(folder, "--nproc", "3", "--max-restarts", "9", "--", "no-such-program")) {
      assertEquals(127, run.exitCode());
      assertEquals("torchscribe-run: there is no program 'no-such-program'.\n", run.errors());
    }
    try (Launched run = Launched.start(folder, "--nproc", "3")) {
      assertEquals(2, run.exitCode());
      assertMatches(
          "torchscribe-run: what every rank is to run comes last, after --\n"
              + "torchscribe-run: usage: torchscribe-run --nproc .*\n",
          run.errors());
    }
  }
}
