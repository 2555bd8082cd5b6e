package io.github.torchscribe.runtime.visdom;

import java.util.List;

/**
 * A window that is kept up to date: it knows what it should show and what of it the server lacks.
 */
interface Window {
  /** Its name. */
  String win();

  /** Whether there is nothing to show yet. */
  boolean isEmpty();

  /** Whether the server lacks anything. */
  boolean isPending();

  /** All of it, in one message. */
  Message whole(String env);

  /**
   * What the server lacks, as messages to be sent in this order, and counts it as sent: after a
   * failure call {@link #forget()}.
   *
   * @param exists whether the server has the window
   */
  List<Message> take(String env, boolean exists);

  /**
   * Nobody knows what the server has: the window will be sent as a whole, in place of what is
   * there.
   */
  void forget();
}
