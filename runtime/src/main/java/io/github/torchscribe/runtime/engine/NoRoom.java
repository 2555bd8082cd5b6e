package io.github.torchscribe.runtime.engine;

import io.github.torchscribe.runtime.process.Shortage;
import io.github.torchscribe.runtime.torch.Device;
import java.util.Locale;
import java.util.Optional;

/** There was no memory for a batch. What the pass had has been freed: a smaller one can come. */
final class NoRoom extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What operations need for themselves, beside what is planned, is left out of account. */
  private static final double FOR_THE_PLAN = 0.9;

  /** libtorch's. */
  private final RuntimeException shortage;

  private NoRoom(String message, RuntimeException shortage) {
    super(message, shortage);
    this.shortage = shortage;
  }

  /**
   * What a pass was about when there was no memory.
   *
   * @param device where
   * @param rows of the batch
   * @param planned bytes for each of them; 0 where the plan does not know
   * @param held of these bytes, by the pass itself
   */
  record Need(Device device, long rows, long planned, long held) {}

  /**
   * An exception that says what was needed and what there is.
   *
   * @return empty where libtorch's is about something else
   */
  static Optional<NoRoom> of(RuntimeException e, Need need) {
    return e instanceof NoRoom
        ? Optional.empty()
        : Shortage.in(e.getMessage()).map(it -> new NoRoom(message(it, need), e));
  }

  RuntimeException shortage() {
    return shortage;
  }

  private static String message(Shortage shortage, Need need) {
    StringBuilder text = new StringBuilder("no memory on ").append(need.device);
    text.append(" for a batch of ").append(need.rows);
    if (need.planned > 0) {
      text.append(", which takes ")
          .append(bytes(need.rows * need.planned))
          .append(" by its plan (");
      text.append(bytes(need.planned)).append(" for each example)");
    }
    if (shortage.asked() > 0) {
      text.append("; an operation asked for ").append(bytes(shortage.asked()));
    }
    if (shortage.free() >= 0) {
      text.append(", and ").append(bytes(shortage.free())).append(" are free");
    }
    largest(shortage, need)
        .ifPresent(
            most ->
                text.append(
                    most == 0
                        ? ": no batch fits"
                        : ": a batch of " + most + " would fit, by the plan"));
    return text.toString();
  }

  /** The largest batch for which there is room, rounded down to two digits. */
  private static Optional<Long> largest(Shortage shortage, Need need) {
    if (need.planned == 0 || shortage.free() < 0) {
      return Optional.empty();
    }
    // Where the plan's memory was there, an operation's own is what was not.
    double each =
        need.planned + (need.held > 0 ? (double) shortage.asked() / Math.max(1, need.rows) : 0);
    double room = FOR_THE_PLAN * (shortage.free() + need.held);
    long most = Math.min(need.rows - 1, (long) (room / each));
    long step = (long) Math.pow(10, Math.max(0, String.valueOf(most).length() - 2));
    return Optional.of(Math.max(0, most / step * step));
  }

  static String bytes(long bytes) {
    return bytes < 10_000
        ? bytes + " B"
        : bytes < 10_000_000
            ? bytes / 1000 + " kB"
            : bytes < 10_000_000_000L
                ? bytes / 1_000_000 + " MB"
                : String.format(Locale.ROOT, "%,d MB", bytes / 1_000_000);
  }
}
