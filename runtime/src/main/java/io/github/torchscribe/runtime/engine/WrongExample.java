package io.github.torchscribe.runtime.engine;

import java.util.function.LongUnaryOperator;

/** Refuses a batch for one of its examples, which whoever made the batch can tell from others. */
public final class WrongExample extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final String before;
  private final long place;
  private final String behind;

  /**
   * An example that the network cannot take.
   *
   * @param before what a message says before its number
   * @param place in the batch
   * @param behind what a message says behind it, beginning with a blank or a colon
   */
  WrongExample(String before, long place, String behind) {
    super(before + place + " of the batch" + behind);
    this.before = before;
    this.place = place;
    this.behind = behind;
  }

  /** The same, told by its place in the data: that in a batch says nothing where they are mixed. */
  public IllegalArgumentException of(String data, LongUnaryOperator example) {
    String which = example.applyAsLong(place) + " of the " + data + " data, counted from 0";
    String comma = behind.startsWith(" ") ? "," : "";
    return new IllegalArgumentException(before + which + comma + behind, this);
  }
}
