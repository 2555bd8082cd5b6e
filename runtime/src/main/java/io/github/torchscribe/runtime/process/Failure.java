package io.github.torchscribe.runtime.process;

/** What somebody failed of in another thread. */
public final class Failure {
  private Failure() {}

  /**
   * Throws it again, in the thread of who waited.
   *
   * @param thrown null where nothing failed
   * @throws IllegalStateException with what is checked, as a program in another language throws it
   */
  public static void throwAgain(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown instanceof RuntimeException exception) {
      throw exception;
    }
    if (thrown != null) {
      throw new IllegalStateException(thrown);
    }
  }
}
