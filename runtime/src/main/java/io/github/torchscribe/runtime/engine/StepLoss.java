package io.github.torchscribe.runtime.engine;

import java.util.Map;

/**
 * The loss of a step that was done. On a GPU it lies there until somebody reads it: who waits for
 * it after each step keeps the GPU waiting, too.
 */
public final class StepLoss {
  private boolean isKnown;
  private boolean countsNothing;
  private float whole;
  private Map<String, Float> parts = Map.of();

  StepLoss() {}

  StepLoss(float whole, Map<String, Float> parts) {
    become(whole, parts);
  }

  void become(float all, Map<String, Float> each) {
    whole = all;
    parts = each;
    isKnown = true;
  }

  void countNothing() {
    countsNothing = true;
  }

  /** Whether it is no number because no target counts in any process of a group. */
  public boolean countsNothing() {
    return countsNothing;
  }

  /** Whether it has been read. */
  public boolean isKnown() {
    return isKnown;
  }

  /** The loss; once it is known. */
  public float whole() {
    return whole;
  }

  /**
   * What each of several losses came to, by name, before it is weighed; empty where there is one.
   */
  public Map<String, Float> parts() {
    return parts;
  }
}
