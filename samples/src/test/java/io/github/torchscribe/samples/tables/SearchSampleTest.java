package io.github.torchscribe.samples.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.samples.tools.InProcesses;
import io.github.torchscribe.samples.tools.Java;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * A search whose process is killed at random moments and goes on each time: what it has tried, and
 * what came of it, is what one would have that nobody has killed.
 */
@InProcesses
class SearchSampleTest {
  private static final int KILLS = Boolean.getBoolean("long.tests") ? 50 : 3;

  @TempDir private Path folder;

  /** What is killed. */
  static final class Victim {
    private Victim() {}

    /**
     * Searches.
     *
     * @param args of the sample
     */
    public static void main(String[] args) {
      System.exit(new CommandLine(new SearchSample()).execute(args));
    }
  }

  @Test
  void losesNothingAndTriesNothingTwice() throws Exception {
    Path whole = folder.resolve("whole");
    String said = Java.said(new ProcessBuilder(command(whole)), folder.resolve("said"));
    assertTrue(said.contains("14 trials"), said);
    Matcher reached = Pattern.compile("nobody looked at: (-?[0-9.]+)").matcher(said);
    // A linear regression on all that this learns from comes to about 0.4.
    assertTrue(reached.find() && Double.parseDouble(reached.group(1)) > 0.3, said);

    Path parts = folder.resolve("parts");
    Random random = new Random(2);
    int killed = 0;
    boolean done = false;
    while (killed < KILLS && !done) {
      Process process =
          new ProcessBuilder(command(parts))
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("log").toFile())
              .start();
      // Not before it has begun anew, which takes most of the time.
      long size = size(parts);
      while (process.isAlive() && size(parts) == size) {
        Thread.sleep(1);
      }
      done = process.waitFor(random.nextInt(400), TimeUnit.MILLISECONDS);
      if (!done) {
        process.destroyForcibly().waitFor();
        killed++;
      }
    }
    assertTrue(killed > 0, "it was over before it could be killed");
    Java.said(new ProcessBuilder(command(parts)), folder.resolve("said"));
    assertEquals(record(whole), record(parts));
    assertTrue(Files.size(parts.resolve("search.html")) > 200_000);
    System.out.println("a search was killed " + killed + " times, nothing lost");
  }

  private static List<String> command(Path folder) {
    return Java.command(
        Victim.class, "--folder", folder.toString(), "--configurations", "9", "--epochs", "27");
  }

  private static long size(Path folder) {
    return folder.resolve("search.json").toFile().length();
  }

  private static String record(Path folder) throws IOException {
    return Files.readString(folder.resolve("search.json")).replaceAll("\"seconds\":[0-9.E-]+", "");
  }
}
