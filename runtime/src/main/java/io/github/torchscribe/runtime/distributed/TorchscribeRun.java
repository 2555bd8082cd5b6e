package io.github.torchscribe.runtime.distributed;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Starts a program several times on this machine, so that the processes train one network together
 * ({@code Group.fromEnvironment()}); what torchrun is, without Python. The runtime's jar is all
 * that it needs:
 *
 * <pre>{@code
 * java -cp torchscribe-runtime.jar io.github.torchscribe.runtime.distributed.TorchscribeRun \
 *     --nproc 4 --max-restarts 3 -- java -cp app.jar:lib/* Main arguments
 * }</pre>
 *
 * <table>
 * <caption>Options, before {@code --}</caption>
 * <tr><td>{@code --nproc N}</td><td>how many ranks; {@code auto}: one for each core</td></tr>
 * <tr><td>{@code --max-restarts N}</td><td>how often all start again when one has failed; 0</td></tr>
 * <tr><td>{@code --timeout SECONDS}</td><td>how long ranks wait for each other
 *     ({@code TORCHSCRIBE_TIMEOUT}); what the program says, else five minutes</td></tr>
 * <tr><td>{@code --grace SECONDS}</td><td>how long after SIGTERM a rank is killed, when another has
 *     failed; 10</td></tr>
 * <tr><td>{@code --no-prefix}</td><td>output goes where ours goes, as it is</td></tr>
 * </table>
 *
 * <p><b>What a rank finds</b> in its environment is what torchrun would tell it: {@code RANK},
 * {@code LOCAL_RANK}, {@code WORLD_SIZE}, {@code LOCAL_WORLD_SIZE}, {@code GROUP_RANK}, {@code
 * TORCHELASTIC_RESTART_COUNT} and so on; and in place of an address and a port {@code
 * TORCHSCRIBE_STORE}, a file by which ranks find each other. It lies in a fresh folder among the
 * temporary files that its owner alone can look into (mode 0700; where a file system has no such
 * permissions, as on Windows, it is as private as the user's temporary files), is another for each
 * attempt, and goes when all have ended. Nothing listens on a network but loopback. Standard input
 * is empty.
 *
 * <p><b>Output</b>: each line begins with {@code [rank]}, in colour on a terminal. Lines stay
 * whole, and of one rank and stream in order; they are not decoded, so any character set that knows
 * ASCII goes through.
 *
 * <p><b>Signals</b>: SIGINT, SIGTERM and SIGHUP are passed on as SIGTERM, once, to all, and to what
 * they have started: a run that {@code stopOnSignal()} ends after its step, with a checkpoint. A
 * second one kills all. What is typed at a terminal reaches ranks by this way alone: they ignore
 * SIGINT and SIGHUP. On Windows there are no signals: ranks are ended at once.
 *
 * <p><b>Failures</b>: when a rank ends with another code than 0, the others have three seconds, or
 * as many as the grace period, to say what they see of it and to end; then they get SIGTERM, and
 * after the grace period SIGKILL. While there are restarts left all start again, with the next
 * {@code TORCHELASTIC_RESTART_COUNT} and a fresh store; a program that says {@code resume()} goes
 * on from its last checkpoint. The last line on the error stream says which rank ended how and
 * when.
 *
 * <p><b>The exit code</b> is 0 when all ranks ended with 0; else that of the first that failed (128
 * and the signal's number when it was killed); 128 and the number of the signal that we were sent,
 * when ranks ended for that; 2 when the command line makes no sense; 126 or 127 when the program
 * cannot be started.
 *
 * <p>When this program itself is killed by SIGKILL, ranks with a group notice it at once: they end
 * after their step, or after ten seconds. What is left, the folder, goes with the next launch.
 */
public final class TorchscribeRun {
  private static final int USAGE = 2;
  private static final int NO_SUCH_COMMAND = 127;
  private static final int NO_FOLDER = 126;
  private static final String LINE =
      "torchscribe-run --nproc N|auto [--max-restarts N] [--timeout SECONDS] [--grace SECONDS]"
          + " [--no-prefix] -- COMMAND ARGUMENT ...\n";

  private TorchscribeRun() {}

  /**
   * Ends with the exit code of what was started.
   *
   * @param args options, {@code --}, the command
   * @throws InterruptedException never, as nobody knows this thread
   */
  public static void main(String[] args) throws InterruptedException {
    System.exit(run(args));
  }

  private static int run(String[] args) throws InterruptedException {
    if (Arrays.stream(args).takeWhile(arg -> !arg.equals("--")).anyMatch("--help"::equals)) {
      Screen.write(Screen.OUT, help().getBytes(StandardCharsets.US_ASCII));
      return 0;
    }
    LaunchPlan plan;
    try {
      plan = LaunchPlan.of(args);
    } catch (LaunchPlan.UsageException e) {
      Screen.say(e.getMessage());
      Screen.say("usage: " + LINE.strip());
      return USAGE;
    }
    if (!isThere(plan.command().get(0))) {
      Screen.say("there is no program '" + plan.command().get(0) + "'.");
      return NO_SUCH_COMMAND;
    }
    LaunchFolder folder;
    try {
      folder = new LaunchFolder();
    } catch (IOException e) {
      Screen.say(
          "no folder that nobody else can read, in which ranks could meet: "
              + e
              + ". Another place for it: java -Djava.io.tmpdir=...");
      return NO_FOLDER;
    }
    Launch launch = new Launch(plan, folder);
    Runtime.getRuntime().addShutdownHook(new Thread(launch::end, "torchscribe-run end"));
    return launch.run();
  }

  /** Asked beforehand: each rank would say it, and be started again. */
  private static boolean isThere(String command) {
    if (File.separatorChar != '/') {
      return true;
    }
    if (command.indexOf('/') >= 0) {
      return Files.isExecutable(Path.of(command));
    }
    String places = System.getenv("PATH");
    for (String place : (places == null ? "/usr/bin:/bin" : places).split(":", -1)) {
      if (Files.isExecutable(Path.of(place, command))) {
        return true;
      }
    }
    return false;
  }

  private static String help() {
    return "Starts a program several times on this machine, to train one network together.\n\n"
        + LINE
        + "\n  --nproc N            how many ranks; auto: one for each core\n"
        + "  --max-restarts N     how often all start again when one has failed (0)\n"
        + "  --timeout SECONDS    how long ranks wait for each other\n"
        + "  --grace SECONDS      how long after SIGTERM a rank is killed, when another failed (10)\n"
        + "  --no-prefix          lines of output do not say whose they are\n";
  }
}
