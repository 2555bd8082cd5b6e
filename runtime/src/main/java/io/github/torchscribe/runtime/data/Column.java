package io.github.torchscribe.runtime.data;

/** A column of a table, and what is made of its cells. */
public abstract sealed class Column permits NumberColumn, CategoryColumn {
  private final String name;

  Column(String name) {
    this.name = name;
  }

  /**
   * Numbers. A cell that is empty is an error unless stated otherwise.
   *
   * @param name of the column
   * @return the column as 32-bit floats
   */
  public static NumberColumn number(String name) {
    return new NumberColumn(name);
  }

  /**
   * Words, of which each gets an index, in their alphabetical order. A cell that is empty is an
   * error unless stated otherwise, and so is a word that the table did not have from which they
   * were learned.
   *
   * @param name of the column
   * @return the column as indices
   */
  public static CategoryColumn category(String name) {
    return new CategoryColumn(name);
  }

  final String name() {
    return name;
  }
}
