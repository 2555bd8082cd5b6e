package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.process.Hands;
import io.github.torchscribe.runtime.process.Pools;

/** Attention of a prediction, of which several threads have some heads each. */
final class Attended extends InParts {
  /** What a thread has to do at least, in multiplications: some ten microseconds. */
  private static final long LEAST_WORK = 600_000;

  private final HeadByHead[] parts;

  private Attended(Hands hands, int threads, HeadByHead... parts) {
    super(hands, threads, parts.length);
    this.parts = parts;
  }

  /**
   * Attention whose tensors stay where they are.
   *
   * @param hands who computes it
   * @param given what is read and written
   * @return null where it is better computed one operation after the other
   */
  static Attended of(Hands hands, HeadByHead.Given given) {
    if (!Pools.multipliesSmall() || !given.isReadAsItLies()) {
      return null;
    }
    long examples = given.query().size(0);
    long heads = given.query().size(1);
    long places = given.query().size(2);
    long work = 2 * examples * heads * places * given.key().size(2) * given.key().size(3);
    int threads = (int) Math.max(1, Math.min(hands.most(), work / LEAST_WORK));
    // A part is some examples, or some heads of one.
    long pieces = examples % threads == 0 ? 1 : Math.min(threads, heads);
    int count = (int) (pieces == 1 ? Math.min(threads, examples) : examples * pieces);
    HeadByHead[] parts = new HeadByHead[count];
    for (int i = 0; i < count; i++) {
      long first = pieces == 1 ? examples * i / count * heads : begin(i, pieces, heads);
      long end = pieces == 1 ? examples * (i + 1) / count * heads : begin(i + 1, pieces, heads);
      parts[i] = HeadByHead.of(given, () -> {}, first, end);
      if (parts[i] == null) {
        return null;
      }
    }
    return new Attended(hands, count == 1 ? 1 : threads, parts);
  }

  /** Where a part begins, of which each example has some. */
  private static long begin(long part, long pieces, long heads) {
    return part / pieces * heads + part % pieces * heads / pieces;
  }

  @Override
  boolean suits() {
    return Pools.openBlas() == 1;
  }

  @Override
  void computeWhole() {
    for (HeadByHead part : parts) {
      part.compute();
    }
  }

  @Override
  void computePart(int number) {
    parts[number].compute();
  }
}
