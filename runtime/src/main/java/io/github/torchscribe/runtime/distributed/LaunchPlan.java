package io.github.torchscribe.runtime.distributed;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What {@code torchscribe-run} is asked for.
 *
 * @param processes how many ranks there are
 * @param restarts how often all are started again after a failure
 * @param timeout how long ranks wait for each other, where that is said
 * @param grace how long a rank has to end once it has been told to
 * @param marks whether each line of output says whose it is
 * @param command what every rank runs
 */
record LaunchPlan(
    int processes,
    int restarts,
    Optional<Duration> timeout,
    Duration grace,
    boolean marks,
    List<String> command) {
  private static final Duration GRACE = Duration.ofSeconds(10);

  /** What Java makes of bytes that are no letter of the locale's. */
  private static final char UNKNOWN = '\uFFFD';

  private static final int MOST = 1024;
  private static final int LONGEST = 7 * 24 * 3600;

  /** What was written cannot be meant. */
  static final class UsageException extends Exception {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
      super(message);
    }
  }

  /**
   * Reads a command line.
   *
   * @param arguments options, {@code --}, command
   * @return what it says
   * @throws UsageException says what is wrong with it
   */
  static LaunchPlan of(String... arguments) throws UsageException {
    int end = Arrays.asList(arguments).indexOf("--");
    if (end < 0) {
      throw new UsageException("what every rank is to run comes last, after --");
    }
    List<String> command = List.of(arguments).subList(end + 1, arguments.length);
    if (command.isEmpty() || command.get(0).isEmpty()) {
      throw new UsageException("there is no command after --");
    }
    if (String.join("", command).indexOf(UNKNOWN) >= 0) {
      throw new UsageException(
          "an argument has letters that the locale does not know, and would reach ranks as '?': set"
              + " LC_ALL=C.UTF-8");
    }
    int processes = 0;
    int restarts = 0;
    Optional<Duration> timeout = Optional.empty();
    Duration grace = GRACE;
    boolean marks = true;
    int at = 0;
    while (at < end) {
      String word = arguments[at++];
      int equals = word.indexOf('=');
      String option = equals < 0 ? word : word.substring(0, equals);
      if (option.equals("--no-prefix")) {
        if (equals >= 0) {
          throw new UsageException("--no-prefix takes no value");
        }
        marks = false;
        continue;
      }
      requireKnown(option);
      if (equals < 0 && at == end) {
        throw new UsageException(option + " has no value");
      }
      String value = equals < 0 ? arguments[at++] : word.substring(equals + 1);
      switch (option) {
        case "--nproc" -> processes = processes(value);
        case "--max-restarts" -> restarts = number(option, value, 0, MOST);
        case "--timeout" ->
            timeout = Optional.of(Duration.ofSeconds(number(option, value, 1, LONGEST)));
        default -> grace = Duration.ofSeconds(number(option, value, 0, LONGEST));
      }
    }
    if (processes == 0) {
      throw new UsageException("how many ranks? --nproc 4, or --nproc auto for one on each core");
    }
    return new LaunchPlan(processes, restarts, timeout, grace, marks, command);
  }

  private static void requireKnown(String option) throws UsageException {
    List<String> known =
        List.of("--nproc", "--max-restarts", "--timeout", "--grace", "--no-prefix", "--help");
    if (!known.contains(option)) {
      throw new UsageException(
          "'" + option + "' is no option; there are " + String.join(", ", known));
    }
  }

  private static int processes(String value) throws UsageException {
    return value.equals("auto")
        ? Runtime.getRuntime().availableProcessors()
        : number("--nproc", value, 1, MOST);
  }

  private static int number(String option, String value, int least, int most)
      throws UsageException {
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // is told below
    }
    throw new UsageException(
        option + " is a whole number from " + least + " to " + most + ", not '" + value + "'");
  }
}
