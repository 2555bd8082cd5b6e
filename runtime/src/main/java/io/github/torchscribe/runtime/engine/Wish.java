package io.github.torchscribe.runtime.engine;

/** Why a process of a group wants the run to end: once one does, it ends on all. */
public enum Wish {
  /** Somebody asked for it. */
  STOP,
  /** Its time is over. */
  TIME,
  /** The process has more memory than it should. */
  MEMORY
}
