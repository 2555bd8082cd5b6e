package io.github.torchscribe.runtime.cuda;

/** Something cannot be recorded; nothing has been done. */
public final class NotRecorded extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Not null for a thread whose work is being recorded. */
  private static final ThreadLocal<Boolean> RECORDS = new ThreadLocal<>();

  NotRecorded(String reason) {
    super(reason);
  }

  NotRecorded(String reason, Throwable cause) {
    super(reason, cause);
  }

  /**
   * To be called by work that cannot be recorded.
   *
   * @param reason what is in the way: "dropout draws …"
   * @throws NotRecorded while it is; otherwise it is done
   */
  public static void unlessDone(String reason) {
    if (RECORDS.get() != null) {
      throw new NotRecorded(reason);
    }
  }

  static void records(boolean begins) {
    if (begins) {
      RECORDS.set(true);
    } else {
      RECORDS.remove();
    }
  }
}
