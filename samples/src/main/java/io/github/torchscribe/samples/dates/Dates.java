package io.github.torchscribe.samples.dates;

import io.github.torchscribe.runtime.data.NamedDataset;
import io.github.torchscribe.runtime.torch.Longs;
import io.github.torchscribe.runtime.torch.TensorSpec;
import io.github.torchscribe.runtime.torch.TensorSpecs;
import io.github.torchscribe.runtime.torch.Tensors;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.Tensor;

/**
 * Written dates and what they are in ISO 8601: two inputs, the source and the target as far as it
 * is written, and for each of its places the character that comes next.
 */
final class Dates implements NamedDataset {
  private static final int TEST_SHARE = 10;

  private final List<Pair> pairs;

  private Dates(List<Pair> pairs) {
    this.pairs = pairs;
  }

  /**
   * A date in two languages.
   *
   * @param written as people do
   * @param iso such as {@code 2026-11-27}
   */
  record Pair(String written, String iso) {
    private static Pair of(LocalDate date, Random random) {
      return new Pair(Writing.of(date, random), date.toString());
    }
  }

  /** What is learned from, and what tests it: other days, not other ways to write the same. */
  record Split(Dates train, Dates test) {}

  /**
   * Draws both.
   *
   * @param train how many to learn from, at least 1
   * @param test how many to test with, at least 1
   * @param seed of another seed days, ways and their order are others
   */
  static Split draw(int train, int test, long seed) {
    if (train < 1 || test < 1) {
      throw new IllegalArgumentException(
          "there must be at least 1 date, not " + Math.min(train, test));
    }
    List<LocalDate> days = Writing.FIRST.datesUntil(Writing.END).collect(Collectors.toList());
    Random random = new Random(seed);
    Collections.shuffle(days, random);
    int kept = days.size() / TEST_SHARE;
    return new Split(
        draw(train, days.subList(kept, days.size()), random),
        draw(test, days.subList(0, kept), random));
  }

  private static Dates draw(int count, List<LocalDate> days, Random random) {
    return new Dates(
        IntStream.range(0, count)
            .mapToObj(i -> Pair.of(days.get(random.nextInt(days.size())), random))
            .toList());
  }

  /** All of them. */
  List<Pair> pairs() {
    return pairs;
  }

  @Override
  public long size() {
    return pairs.size();
  }

  @Override
  public TensorSpecs inputSpecs() {
    return TensorSpecs.of("source", TensorSpec.indices(Letters.COUNT, Translator.LENGTH))
        .and("target", TensorSpec.indices(Letters.COUNT, Translator.WRITTEN));
  }

  @Override
  public TensorSpecs targetSpecs() {
    return TensorSpecs.of("next", TensorSpec.indices(Letters.COUNT, Translator.WRITTEN));
  }

  @Override
  public void gather(Tensor indices, Tensors inputs, Tensors targets) {
    long[] chosen = Longs.of(indices);
    try (LongPointer source = inputs.get("source").data_ptr_long();
        LongPointer target = inputs.get("target").data_ptr_long();
        LongPointer next = targets.get("next").data_ptr_long()) {
      for (int i = 0; i < chosen.length; i++) {
        Pair pair = pairs.get((int) chosen[i]);
        long[] iso = Letters.indices(pair.iso(), Translator.WRITTEN);
        source
            .position((long) i * Translator.LENGTH)
            .put(Letters.indices(pair.written(), Translator.LENGTH));
        // What is right stands there, whatever the network would have written (teacher forcing).
        long begin = (long) i * Translator.WRITTEN;
        target.position(begin).put(Letters.BEGIN);
        target.position(begin + 1).put(iso, 0, iso.length - 1);
        next.position(begin).put(iso);
      }
    }
  }

  @Override
  public void close() {
    // Java's own memory
  }
}
