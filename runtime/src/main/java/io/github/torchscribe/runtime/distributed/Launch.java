package io.github.torchscribe.runtime.distributed;

import io.github.torchscribe.runtime.process.Signals;
import io.github.torchscribe.runtime.terminal.Terminal;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** One attempt after the other, until one ends well or no restart is left. */
final class Launch {
  private static final int CANNOT_START = 126;
  private static final int SIGNAL = 128;

  private final LaunchPlan plan;
  private final LaunchFolder folder;
  private final boolean colored;

  /** What happens, whoever sees it, is dealt with by one thread. */
  private final BlockingQueue<Runnable> events = new LinkedBlockingQueue<>();

  private volatile Attempt attempt;
  private int signal;

  Launch(LaunchPlan plan, LaunchFolder folder) {
    this.plan = plan;
    this.folder = folder;
    colored = plan.marks() && Terminal.isThere() && System.getenv("NO_COLOR") == null;
    attempt = new Attempt(plan, events);
    listen("HUP", 1);
    listen("INT", 2);
    listen("TERM", 15);
  }

  private void listen(String name, int number) {
    Signals.on(name, () -> events.add(() -> signalled(name, number)));
  }

  private void signalled(String name, int number) {
    if (signal == 0) {
      signal = number;
      Screen.say(
          "SIG" + name + ": all ranks end after their step; a second signal ends them at once.");
      attempt.stop();
    } else {
      Screen.say("SIG" + name + " again: all ranks end at once.");
      attempt.kill();
    }
  }

  /**
   * Does it.
   *
   * @return the exit code: 0, or that of the first rank that failed
   */
  int run() throws InterruptedException {
    for (int number = 0; ; number++) {
      attempt = new Attempt(plan, events);
      try {
        attempt.start(number, folder, colored);
      } catch (IOException e) {
        Screen.say("a rank cannot be started: " + e.getMessage());
        return CANNOT_START;
      }
      attempt.await();
      if (signal != 0 || attempt.exitCode() == 0 || number == plan.restarts()) {
        return last(number);
      }
      Screen.say(
          attempt.story()
              + " All start again, from their last checkpoint if they resume: restart "
              + (number + 1)
              + " of at most "
              + plan.restarts()
              + ".");
    }
  }

  private int last(int restarts) {
    int code = attempt.exitCode();
    boolean bySignal = signal != 0 && attempt.endedAsTold();
    String what = code == 0 ? "" : (bySignal ? "stopped" : "failed") + " at " + now() + ": ";
    String restarted =
        code != 0 && !bySignal && plan.restarts() > 0
            ? " " + restarts + " of " + plan.restarts() + " restarts were made."
            : "";
    Screen.say(what + attempt.story() + restarted);
    return code != 0 && bySignal ? SIGNAL + signal : code;
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Nothing is left behind, whatever ends this program but a SIGKILL. */
  void end() {
    attempt.kill();
    folder.close();
  }
}
