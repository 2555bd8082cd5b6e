package io.github.torchscribe.runtime.data;

/** A column of numbers. Nothing about it changes; each method gives another. */
public final class NumberColumn extends Column {
  /** What stands for cells that are empty. */
  enum Missing {
    REFUSED,
    MEAN,
    MEDIAN,
    CONSTANT
  }

  private final Missing missing;
  private final double constant;
  private final boolean standardized;

  NumberColumn(String name) {
    this(name, Missing.REFUSED, 0, false);
  }

  private NumberColumn(String name, Missing missing, double constant, boolean standardized) {
    super(name);
    this.missing = missing;
    this.constant = constant;
    this.standardized = standardized;
  }

  /**
   * Cells that are empty get the mean of the others, scikit-learn's {@code SimpleImputer}.
   *
   * @return the changed copy
   */
  public NumberColumn missingAsMean() {
    return new NumberColumn(name(), Missing.MEAN, 0, standardized);
  }

  /**
   * Cells that are empty get the median of the others: half of them are below.
   *
   * @return the changed copy
   */
  public NumberColumn missingAsMedian() {
    return new NumberColumn(name(), Missing.MEDIAN, 0, standardized);
  }

  /**
   * Cells that are empty get a number.
   *
   * @param number a finite one of 32 bits
   * @return the changed copy
   */
  public NumberColumn missingAs(double number) {
    if (!Float.isFinite((float) number)) {
      throw new IllegalArgumentException(
          "what stands for an empty cell must be a finite 32-bit number but is " + number);
    }
    return new NumberColumn(name(), Missing.CONSTANT, number, standardized);
  }

  /**
   * Numbers get mean 0 and standard deviation 1, scikit-learn's {@code StandardScaler}: y = (x −
   * mean) / std, with the deviation of all numbers, not of a sample, after empty cells have got
   * theirs. A column that is everywhere the same becomes 0.
   *
   * @return the changed copy
   */
  public NumberColumn standardized() {
    return new NumberColumn(name(), missing, constant, true);
  }

  Missing missing() {
    return missing;
  }

  double constant() {
    return constant;
  }

  boolean isStandardized() {
    return standardized;
  }
}
