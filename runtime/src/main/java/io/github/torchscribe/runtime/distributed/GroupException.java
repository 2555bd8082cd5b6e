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
    super(message, cause);
  }
}
