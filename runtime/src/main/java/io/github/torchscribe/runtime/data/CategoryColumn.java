package io.github.torchscribe.runtime.data;

import java.util.Optional;

/** A column of words. Nothing about it changes; each method gives another. */
public final class CategoryColumn extends Column {
  private static final int USUALLY_AT_MOST = 100_000;

  private final Optional<String> missing;
  private final boolean unknownIsZero;
  private final int atMost;

  CategoryColumn(String name) {
    this(name, Optional.empty(), false, USUALLY_AT_MOST);
  }

  private CategoryColumn(String name, Optional<String> missing, boolean unknownIsZero, int atMost) {
    super(name);
    this.missing = missing;
    this.unknownIsZero = unknownIsZero;
    this.atMost = atMost;
  }

  /**
   * Cells that are empty get a word, of their own or one that others have. It has an index even
   * where no cell of the table is empty, so that one may be later; for such an index nothing is
   * learned.
   *
   * @param word for example {@code none}
   * @return the changed copy
   */
  public CategoryColumn missingAs(String word) {
    if (word.isBlank()) {
      throw new IllegalArgumentException("what stands for an empty cell must be a word");
    }
    return new CategoryColumn(name(), Optional.of(word.strip()), unknownIsZero, atMost);
  }

  /**
   * Words that the table did not have get the index 0, and those that it had begin with 1. It
   * learns nothing for 0 unless some of what it learns from has such words.
   *
   * @return the changed copy
   */
  public CategoryColumn unknownAsZero() {
    return new CategoryColumn(name(), missing, true, atMost);
  }

  /**
   * How many different words the table may have: more are likely to be numbers, or the names of
   * rows.
   *
   * @param words 100,000 unless stated otherwise
   * @return the changed copy
   */
  public CategoryColumn atMost(int words) {
    if (words < 1) {
      throw new IllegalArgumentException("there must be at least 1 word but not " + words);
    }
    return new CategoryColumn(name(), missing, unknownIsZero, words);
  }

  Optional<String> missing() {
    return missing;
  }

  boolean unknownIsZero() {
    return unknownIsZero;
  }

  int atMost() {
    return atMost;
  }
}
