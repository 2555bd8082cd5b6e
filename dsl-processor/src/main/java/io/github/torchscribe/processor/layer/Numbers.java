package io.github.torchscribe.processor.layer;

/** What is known of the numbers that a layer gives, whatever arrives. */
public enum Numbers {
  /** Nothing. */
  UNSAID("numbers"),

  /** They are of either sign and of any size. */
  ANY("numbers of any size, below 0, too"),

  /** They are from 0 to 1. */
  PROBABILITIES("probabilities");

  private final String words;

  Numbers(String words) {
    this.words = words;
  }

  /** For a message. */
  @Override
  public String toString() {
    return words;
  }
}
