package io.github.torchscribe.runtime.terminal;

import java.io.Console;

/** Whether somebody sits before it. */
public final class Terminal {
  private Terminal() {}

  /**
   * Whether this program runs in a terminal. From Java 22 on there may be a console where there is
   * none; it says so.
   *
   * @return false where its input or output is a file or another program
   */
  public static boolean isThere() {
    Console console = System.console();
    try {
      return console != null && (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }
}
