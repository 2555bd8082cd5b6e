package io.github.torchscribe.runtime.process;

import java.lang.System.Logger.Level;

/** What is to be said while the process ends. */
public final class LastWords {
  private LastWords() {}

  /**
   * Says it in the log, and on the error stream where that is closed.
   *
   * @param speaker names the logger
   */
  public static void say(Class<?> speaker, Level level, String text) {
    System.getLogger(speaker.getName()).log(level, text);
    if (isLogClosed()) {
      System.err.println(text);
    }
  }

  /**
   * Whether {@code java.util.logging}, where that writes the log, has been closed. When the process
   * ends a thread of its own does so, at the same time as ours speaks.
   */
  private static boolean isLogClosed() {
    try {
      Class<?> logger = Class.forName("java.util.logging.Logger");
      Object root = logger.getMethod("getLogger", String.class).invoke(null, "");
      return ((Object[]) logger.getMethod("getHandlers").invoke(root)).length == 0;
    } catch (ReflectiveOperationException e) {
      return false; // something else writes it
    }
  }
}
