package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.process.Hands;
import io.github.torchscribe.runtime.process.Pools;
import java.util.function.LongUnaryOperator;

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
    LongUnaryOperator begin;
    int count;
    if (examples % threads == 0 || heads == 1) { // a part is some examples
      count = (int) Math.min(threads, examples);
      begin = part -> examples * part / count * heads;
    } else { // or some heads of one
      long pieces = Math.min(threads, heads);
      count = (int) (examples * pieces);
      begin = part -> part / pieces * heads + part % pieces * heads / pieces;
    }
    HeadByHead[] parts = new HeadByHead[count];
    for (int i = 0; i < count; i++) {
      parts[i] = HeadByHead.of(given, () -> {}, begin.applyAsLong(i), begin.applyAsLong(i + 1));
      if (parts[i] == null) {
        return null;
      }
    }
    return new Attended(hands, count == 1 ? 1 : threads, parts);
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
