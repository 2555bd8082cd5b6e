package io.github.torchscribe.runtime.visdom;

/** What a plot does with the data of a window that exists. */
public enum Update {
  /** Adds points behind those that are there; makes the window where there is none. */
  APPEND,
  /** Takes the place of what is there. */
  REPLACE
}
