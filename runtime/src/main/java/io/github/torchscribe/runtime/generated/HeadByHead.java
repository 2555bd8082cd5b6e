package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.process.Blas;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * Attention between its projections, forward and, while training, backward, some heads at a time:
 * what they write is in the cache when it is read. Queries, keys and values are read where they
 * were projected, and their gradients take the same places, so that nothing is copied for all
 * heads.
 */
final class HeadByHead extends Prepared {
  /** Scores at a time, in numbers: with their weights they take half of a core's second cache. */
  private static final long AT_ONCE = 65_536;

  /** Of narrower products it is not known. */
  private static final int NARROWEST = 16;

  private static final long[] OF_KEYS = {-1};

  private final Runnable drop;
  private final Heads query;
  private final Heads key;
  private final Heads value;
  private final Heads merged;
  private final FloatPointer mask;
  private final FloatPointer hidden;
  private final float scale;
  private final int queries;
  private final int keys;
  private final HeadProducts products;
  private final Tensor room; // is there as long as its address is used
  private final HeadPlace turned;
  private final HeadPlace copy;
  private final Tensor scores;
  private final FloatPointer allWeights;
  private final FloatPointer someScores;
  private final FloatPointer allNoise;
  private final List<Some> parts = new ArrayList<>();
  private final Scalar farBelow = new Scalar(Attentive.FAR_BELOW);
  private final Scalar minusOne = new Scalar(-1.0);
  private final ScalarTypeOptional sameType = new ScalarTypeOptional();

  /** Heads that lie in (n, heads, places, D), each row in one piece. */
  private record Heads(FloatPointer data, long heads, long ofExample, long ofHead, int stride) {
    static Heads of(Tensor all) {
      return new Heads(
          all.data_ptr_float(),
          all.size(1),
          all.stride(0),
          all.stride(1),
          Math.toIntExact(all.stride(2)));
    }

    HeadPlace at(long head) {
      return new HeadPlace(data, head / heads * ofExample + head % heads * ofHead, stride);
    }
  }

  /** Some heads, the scores of which have one place with those of all others. */
  private record Some(
      long first,
      long count,
      Tensor scores,
      Tensor weights,
      Tensor noise,
      Tensor sums,
      Tensor scoresByHead,
      Tensor weightsByHead,
      Tensor hidden) {}

  private HeadByHead(Given given, Runnable drop, long begin, long end, Tensor room) {
    this.drop = drop;
    query = Heads.of(given.query);
    key = Heads.of(given.key);
    value = Heads.of(given.value);
    merged = Heads.of(given.merged);
    mask = !given.mask.defined() ? null : given.mask.data_ptr_float();
    hidden = !given.hidden.defined() ? null : given.hidden.data_ptr_float();
    scale = given.scale.toFloat();
    queries = (int) given.query.size(2);
    keys = (int) given.key.size(2);
    int width = (int) given.query.size(3);
    products = new HeadProducts(queries, keys, width, mask != null);
    this.room = room;
    turned = new HeadPlace(room.data_ptr_float(), 0, keys);
    copy = new HeadPlace(room.data_ptr_float(), (long) keys * width, width);
    long heads = given.query.size(1);
    long most = Math.min(end - begin, atOnce(heads, (long) queries * keys));
    scores = given.scores.view(-1, queries, keys).narrow(0, begin, most);
    someScores = scores.data_ptr_float();
    allWeights = given.weights.data_ptr_float();
    allNoise = !given.noise.defined() ? null : given.noise.data_ptr_float();
    for (long first = begin; first < end; first += most) {
      parts.add(some(given, first, Math.min(most, end - first), heads));
    }
  }

  /**
   * What is read and written.
   *
   * @param query (n, heads, L, D), becomes its gradient
   * @param key (n, heads, S, D), becomes its gradient
   * @param value (n, heads, S, D), becomes its gradient
   * @param scores (n, heads, L, S), of which the beginning is used
   * @param weights (n, heads, L, S)
   * @param merged (n, heads, L, D): what queries get; backward has its gradient there
   * @param mask (L, S): −∞ for what comes after, 0 elsewhere; or undefined
   * @param hidden (n, S): −1 for keys that are padding, 0 for others; or undefined
   * @param noise (n, heads, L, S): what of the weights stays; or undefined
   * @param scale of the scores
   */
  record Given(
      Tensor query,
      Tensor key,
      Tensor value,
      Tensor scores,
      Tensor weights,
      Tensor merged,
      Tensor mask,
      Tensor hidden,
      Tensor noise,
      Scalar scale) {
    /** Whether rows of queries, keys and values lie in one piece each. */
    boolean isReadAsItLies() {
      return Stream.of(query, key, value, merged)
              .allMatch(some -> some.stride(3) == 1 && some.stride(2) >= some.size(3))
          && scores.is_contiguous()
          && weights.is_contiguous();
    }
  }

  /**
   * Attention of a batch whose tensors stay where they are, in a processor's memory.
   *
   * @param given what is read and written
   * @param drop draws the noise, where there is some
   * @return null where it is better computed for all heads at once
   */
  static HeadByHead of(Given given, Runnable drop) {
    return of(given, drop, 0, given.query.size(0) * given.query.size(1));
  }

  /**
   * The same of some heads alone, counted through all examples.
   *
   * @param given what is read and written
   * @param drop draws the noise, where there is some
   * @param begin the first: of an example, unless the last is of the same
   * @param end behind the last: of an example, unless the first is of the same
   * @return null where it is better computed for all heads at once
   */
  static HeadByHead of(Given given, Runnable drop, long begin, long end) {
    Tensor query = given.query;
    long ofHead = given.scores.size(2) * given.scores.size(3);
    long narrowest = Math.min(query.size(3), Math.min(given.scores.size(2), given.scores.size(3)));
    boolean isKnown = narrowest >= NARROWEST && ofHead <= Integer.MAX_VALUE; // BLAS' numbers
    if (!isKnown || given.scores.element_size() != Float.BYTES) {
      return null;
    }
    long room = query.size(3) * (query.size(2) + given.key.size(2));
    try (TensorOptions floats = torch.dtype(torch.ScalarType.Float)) {
      return new HeadByHead(given, drop, begin, end, torch.empty(new long[] {room}, floats, null));
    }
  }

  /** Whole examples, or some heads of one. */
  private static long atOnce(long heads, long ofHead) {
    long most = Math.max(1, AT_ONCE / ofHead);
    if (most >= heads) {
      return most - most % heads;
    }
    while (heads % most != 0) {
      most--;
    }
    return most;
  }

  private Some some(Given given, long first, long count, long heads) {
    long[] byHead = {Math.max(1, count / heads), Math.min(count, heads), queries, keys};
    Tensor of = scores.narrow(0, 0, count);
    Tensor weights = ofSome(given.weights, first, count);
    boolean hides = given.hidden.defined() && mask != null;
    return new Some(
        first,
        count,
        of,
        weights,
        !given.noise.defined() ? null : ofSome(given.noise, first, count),
        torch.empty(new long[] {count, queries, 1}, of.options(), null),
        hides ? of.view(byHead) : null,
        hides ? weights.view(byHead) : null,
        hides ? given.hidden.view(-1, 1, 1, keys).narrow(0, first / heads, byHead[0]) : null);
  }

  private Tensor ofSome(Tensor all, long first, long count) {
    return all.view(-1, queries, keys).narrow(0, first, count);
  }

  /** softmax(Q·Kᵀ/√D)·V, and the weights, which backward reads. */
  @Override
  public void compute() {
    if (allNoise != null) {
      drop.run();
    }
    for (Some some : parts) {
      for (long i = 0; i < some.count; i++) {
        HeadPlace of = scoresOf(i);
        begin(some.first + i, of);
        boolean adds = mask != null || hidden != null;
        turn(key.at(some.first + i));
        products.scores(query.at(some.first + i), turned, scale, adds, of);
      }
      weigh(some);
      for (long i = 0; i < some.count; i++) {
        HeadPlace of = some.noise == null ? weightsOf(some.first + i) : scoresOf(i);
        products.ofQueries(of, value.at(some.first + i), 1, merged.at(some.first + i));
      }
    }
  }

  /** Scores begin as what hides some of them. */
  private void begin(long head, HeadPlace scores) {
    if (mask != null) {
      Blas.copy(queries * keys, mask, scores.pointer());
    } else if (hidden != null) {
      FloatPointer row = hidden.position(head / query.heads * keys);
      Blas.begin(queries, keys, (float) Attentive.FAR_BELOW, row, scores.pointer(), keys);
    }
  }

  private void weigh(Some some) {
    if (some.hidden != null) {
      some.scoresByHead.add_(some.hidden, farBelow);
    }
    torch.softmax_out(some.weights, some.scores, -1);
    if (some.hidden != null) { // who sees padding alone attends to nothing
      some.weightsByHead.addcmul_(some.weightsByHead, some.hidden);
    }
    if (some.noise != null) {
      torch.mul_out(some.scores, some.weights, some.noise);
    }
  }

  /** From the gradient of what queries get to those of queries, keys and values. */
  @Override
  public void backward() {
    scores.zero_(); // what is hidden stays so
    for (Some some : parts) {
      for (long i = 0; i < some.count; i++) {
        turn(value.at(some.first + i));
        products.scores(merged.at(some.first + i), turned, 1, false, scoresOf(i));
      }
      throughSoftmax(some);
      for (long i = some.first; i < some.first + some.count; i++) {
        HeadPlace ofScores = scoresOf(i - some.first);
        HeadPlace of =
            some.noise == null ? weightsOf(i) : new HeadPlace(allNoise, i * queries * keys, keys);
        products.ofKeys(of, merged.at(i), 1, value.at(i));
        products.ofQueries(ofScores, key.at(i), scale, copy);
        products.ofKeys(ofScores, query.at(i), scale, key.at(i));
        HeadPlace to = query.at(i);
        Blas.copy(queries, copy.stride(), copy.pointer(), copy.stride(), to.pointer(), to.stride());
      }
    }
  }

  /** From the gradient of weights to that of scores: P·(∂P − Σ P·∂P). */
  private void throughSoftmax(Some some) {
    if (some.noise != null) {
      some.scores.mul_(some.noise);
      some.noise.mul_(some.weights);
    }
    some.scores.mul_(some.weights);
    torch.sum_out(some.sums, some.scores, OF_KEYS, true, sameType);
    some.scores.addcmul_(some.weights, some.sums, minusOne);
  }

  private HeadPlace scoresOf(long number) {
    return new HeadPlace(someScores, number * queries * keys, keys);
  }

  private HeadPlace weightsOf(long head) {
    return new HeadPlace(allWeights, head * queries * keys, keys);
  }

  private void turn(HeadPlace matrix) {
    Blas.turn(keys, copy.stride(), matrix.pointer(), matrix.stride(), turned.pointer());
  }
}
