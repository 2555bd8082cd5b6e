package io.github.torchscribe.dsl;

/**
 * Sizes that a {@link Block} leaves to those who use it: {@code sizes} of {@link Use} and of {@link
 * Branches} says what {@link #A}, {@link #B} and so on are, in this order. They stand wherever an
 * annotation inside the block takes a whole number, and may be multiplied: {@code 4 * Size.A}.
 * Whole numbers are sizes, {@code heads}, {@code groups}, {@code kernelSize}, {@code stride},
 * {@code padding}, {@code times} of {@link Use}, and {@code sizes} of what is used inside.
 *
 * <p>A block begins with {@link #A} and leaves none out. What cannot be computed, as a half or a
 * sum, is a size of its own.
 *
 * <p>Their values say nothing but which is which: a multiple of one, up to 63 times, is none of
 * another, and whatever else is computed with them (sums, quotients) is no multiple of any, so that
 * it is an error and no number.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Block
 * @Conv2d(value = {Size.A, Size.B}, kernelSize = 1) @ReLU
 * @Conv2d(value = {Size.B, 4 * Size.B}, kernelSize = 3, padding = Conv2d.SAME)
 * interface Widen {}
 *
 * @Use(value = Widen.class, sizes = {64, 32})
 * }</pre>
 */
public final class Size {
  /** The first of the sizes that a use gives. */
  public static final int A = -24_354_427;

  /** The second of the sizes that a use gives. */
  public static final int B = -25_504_411;

  /** The third of the sizes that a use gives. */
  public static final int C = -26_654_431;

  /** The fourth of the sizes that a use gives. */
  public static final int D = -27_803_161;

  /** The fifth of the sizes that a use gives. */
  public static final int E = -28_953_679;

  /** The sixth of the sizes that a use gives. */
  public static final int F = -30_102_431;

  /** The seventh of the sizes that a use gives. */
  public static final int G = -31_252_961;

  /** The eighth of the sizes that a use gives. */
  public static final int H = -32_361_031;

  private Size() {}
}
