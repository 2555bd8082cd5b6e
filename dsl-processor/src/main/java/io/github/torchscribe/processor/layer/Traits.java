package io.github.torchscribe.processor.layer;

/**
 * What lints want to know of a layer.
 *
 * @param activation whether it is an activation function, which most losses do not want before them
 * @param saturates whether its derivative goes to 0 on both sides, so that many in a row learn
 *     slowly
 * @param drops whether it sets some of its input to zero while training
 * @param mixesExamples whether it looks at all examples of a batch together, so that a batch of one
 *     says nothing
 */
public record Traits(boolean activation, boolean saturates, boolean drops, boolean mixesExamples) {
  /** Nothing of this. */
  public static final Traits NONE = new Traits(false, false, false, false);

  /** An activation function. */
  public static final Traits ACTIVATION = new Traits(true, false, false, false);

  /** Sets some of its input to zero. */
  public static final Traits DROPS = new Traits(false, false, true, false);

  /** Looks at all examples together. */
  public static final Traits MIXES_EXAMPLES = new Traits(false, false, false, true);

  /**
   * The same, with a derivative that goes to 0 on both sides.
   *
   * @return for bounded activation functions
   */
  public Traits thatSaturates() {
    return new Traits(activation, true, drops, mixesExamples);
  }
}
