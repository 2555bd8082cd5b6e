package io.github.torchscribe.runtime.distributed;

/**
 * A group cannot go on: a rank has failed, has gone, has not come, or does something else than the
 * others. The message says which. The group is of no more use; start all ranks again, and let them
 * go on from the last checkpoint.
 */
public final class GroupException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  GroupException(String message) {
    super(message);
  }

  GroupException(String message, Throwable cause) {
    super(message, readable(cause));
  }

  /** What libtorch says, without the frames of its stack and where its sources lay. */
  private static Throwable readable(Throwable cause) {
    if (cause == null || cause.getClass() != RuntimeException.class) {
      return cause;
    }
    RuntimeException readable = new RuntimeException(said(cause));
    readable.setStackTrace(cause.getStackTrace());
    return readable;
  }

  /** The first line of what libtorch says. */
  static String said(Throwable cause) {
    String message = cause.getMessage() == null ? "" : cause.getMessage();
    return message.lines().findFirst().orElse("").replaceFirst("^\\[.*?] ?", "");
  }
}
