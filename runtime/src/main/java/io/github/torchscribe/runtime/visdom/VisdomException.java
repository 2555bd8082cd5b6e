package io.github.torchscribe.runtime.visdom;

/** The Visdom server did not do what it was asked; the message says why and what to do. */
public final class VisdomException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Whether another try may succeed. */
  private final boolean passing;

  VisdomException(String message, boolean passing, Throwable cause) {
    super(message, cause);
    this.passing = passing;
  }

  /**
   * Whether the same message may succeed later: the server was not there, or had a fault.
   *
   * @return false when the server refuses the message or us
   */
  public boolean isPassing() {
    return passing;
  }
}
