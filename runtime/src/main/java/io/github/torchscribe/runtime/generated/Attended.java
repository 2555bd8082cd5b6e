package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.process.Blas;
import io.github.torchscribe.runtime.process.Hands;
import io.github.torchscribe.runtime.process.Pools;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * softmax(Q·Kᵀ/√D + M)·V of a prediction, some heads at a time, while what they compute is in the
 * cache. Queries, keys and values are read, and the result is written, where products beside it
 * have them: no head's are copied. Several threads have some heads each.
 */
final class Attended extends InParts {
  /** What a thread has to do at least, in multiplications: some ten microseconds. */
  private static final long LEAST_WORK = 600_000;

  /** So many scores are made before their softmax. */
  private static final long AT_ONCE = 65_536;

  /** Of narrower matrices it is not known whether it is faster. */
  private static final int NARROWEST = 16;

  /** Rows of a head at a time, unless all of them are a small product. */
  private static final int FEWEST_ROWS = 16;

  private final Part[] parts;

  private Attended(Hands hands, Part... parts) {
    super(hands, parts.length);
    this.parts = parts;
  }

  /**
   * One matrix for each head of each example.
   *
   * @param first example's first head
   * @param example the distance from one example to the next
   * @param head the distance from one head to the next
   */
  private record Heads(Matrix first, long example, long head) {
    /** Null where BLAS cannot read them as they lie. */
    static Heads of(Tensor heads) {
      Matrix first = Matrix.ofFirst(heads.select(0, 0));
      return first == null || first.isTurned()
          ? null
          : new Heads(first, heads.stride(0), heads.stride(1));
    }

    /** Where a row of a head begins. */
    FloatPointer at(long example, long head, long row) {
      return first
          .data()
          .position(example * this.example + head * this.head + row * first.stride());
    }

    Heads anew() {
      return new Heads(first.anew(), example, head);
    }
  }

  /**
   * All that is read and written, for one thread, which moves pointers of its own.
   *
   * @param mask is added to the scores of each head, or null
   * @param hidden for each key of an example 0, or −1 where it is padding; or null
   * @param ones as many as there are queries, or null where nothing is hidden
   * @param room for the keys of a head, turned
   */
  private record Sequences(
      Heads query,
      Heads key,
      Heads value,
      Heads scores,
      Heads weights,
      Heads context,
      FloatPointer mask,
      FloatPointer hidden,
      FloatPointer ones,
      FloatPointer room) {
    int places() {
      return scores.first.rows();
    }

    int keys() {
      return scores.first.columns();
    }

    int width() {
      return query.first.columns();
    }

    /** So many rows of a head are one small product. */
    int rowsAtOnce() {
      return (int) Math.min(places(), SmallProducts.SMALL / ((long) keys() * width()));
    }

    Sequences anew(Tensor ownRoom) {
      return new Sequences(
          query.anew(),
          key.anew(),
          value.anew(),
          scores.anew(),
          weights.anew(),
          context.anew(),
          mask == null ? null : new FloatPointer(mask),
          hidden == null ? null : new FloatPointer(hidden),
          ones == null ? null : new FloatPointer(ones),
          ownRoom.data_ptr_float());
    }

    /** Scores of a head before its softmax. */
    void score(long example, long head, float scale) {
      FloatPointer turned = room.position(0);
      Blas.turn(keys(), width(), key.at(example, head, 0), key.first.stride(), turned);
      FloatPointer to = scores.at(example, head, 0);
      if (mask != null) {
        Blas.copy(places() * keys(), mask.position(0), to);
      } else if (hidden != null) { // the same for each query
        Blas.multiply(
            false,
            false,
            places(),
            keys(),
            1,
            (float) Attentive.FAR_BELOW,
            ones.position(0),
            1,
            hidden.position(example * keys()),
            keys(),
            false,
            to,
            keys());
      }
      boolean begins = mask == null && hidden == null;
      for (int row = 0; row < places(); row += rowsAtOnce()) {
        Blas.multiply(
            false,
            false,
            Math.min(rowsAtOnce(), places() - row),
            keys(),
            width(),
            scale,
            query.at(example, head, row),
            query.first.stride(),
            turned,
            keys(),
            !begins,
            scores.at(example, head, row),
            keys());
      }
    }

    /** The weighed values of a head. */
    void weigh(long example, long head) {
      for (int row = 0; row < places(); row += rowsAtOnce()) {
        Blas.multiply(
            false,
            false,
            Math.min(rowsAtOnce(), places() - row),
            width(),
            keys(),
            1,
            weights.at(example, head, row),
            keys(),
            value.at(example, head, 0),
            value.first.stride(),
            false,
            context.at(example, head, row),
            context.first.stride());
      }
    }
  }

  /**
   * Heads whose scores are made before their softmax.
   *
   * @param begin the first, counted through all examples
   * @param end behind the last
   * @param scores theirs
   * @param weights what becomes of these
   */
  private record Some(long begin, long end, Tensor scores, Tensor weights) {}

  /** What one thread computes. */
  private record Part(Sequences all, long heads, float scale, List<Some> some) {
    void compute() {
      for (Some next : some) {
        for (long i = next.begin; i < next.end; i++) {
          all.score(i / heads, i % heads, scale);
        }
        torch.softmax_out(next.weights, next.scores, -1);
        for (long i = next.begin; i < next.end; i++) {
          all.weigh(i / heads, i % heads);
        }
      }
    }
  }

  /**
   * Attention whose tensors stay where they are.
   *
   * @param hands who computes it
   * @param query (n, heads, L, D)
   * @param key (n, heads, S, D)
   * @param value (n, heads, S, D)
   * @param scores room: (n, heads, L, S)
   * @param weights room: (n, heads, L, S)
   * @param context gets the result: (n, heads, L, D)
   * @param scale of the scores
   * @param mask (L, S), is added to the scores of each head; or undefined
   * @param hidden (n, S): 0, or −1 for keys that are padding; or undefined
   * @return null where it is better computed one operation after the other
   */
  static Attended of(
      Hands hands,
      Tensor query,
      Tensor key,
      Tensor value,
      Tensor scores,
      Tensor weights,
      Tensor context,
      float scale,
      Tensor mask,
      Tensor hidden) {
    if (!isSmall(query.size(2), key.size(2), query.size(3))
        || !Pools.multipliesSmall()
        || mask.defined() && hidden.defined() // then padding may be all that is seen
        || !scores.is_contiguous()
        || !weights.is_contiguous()) {
      return null;
    }
    Heads q = Heads.of(query);
    Heads k = Heads.of(key);
    Heads v = Heads.of(value);
    Heads c = Heads.of(context);
    if (q == null || k == null || v == null || c == null) {
      return null;
    }
    long heads = query.size(1);
    long all = query.size(0) * heads;
    long work = 2 * all * query.size(2) * key.size(2) * query.size(3);
    int among = (int) Math.max(1, Math.min(hands.most(), Math.min(all, work / LEAST_WORK)));
    Sequences sequences =
        new Sequences(
            q,
            k,
            v,
            Heads.of(scores),
            Heads.of(weights),
            c,
            mask.defined() ? mask.data_ptr_float() : null,
            hidden.defined() ? hidden.data_ptr_float() : null,
            hidden.defined() ? torch.ones(query.size(2)).data_ptr_float() : null,
            null);
    Part[] parts = new Part[among];
    for (int i = 0; i < among; i++) {
      Tensor room = torch.empty(new long[] {key.size(2) * key.size(3)}, key.options(), null);
      List<Some> some = some(first(i, among, all, 1), first(i + 1, among, all, 1), scores, weights);
      parts[i] = new Part(sequences.anew(room), heads, scale, some);
    }
    return new Attended(hands, parts);
  }

  /** Whether a head's products are small ones, some rows at a time. */
  private static boolean isSmall(long places, long keys, long width) {
    return Math.min(places, Math.min(keys, width)) >= NARROWEST
        && Math.min(places, FEWEST_ROWS) * keys * width <= SmallProducts.SMALL;
  }

  private static List<Some> some(long begin, long end, Tensor scores, Tensor weights) {
    Tensor from = scores.flatten(0, 1);
    Tensor to = weights.flatten(0, 1);
    long most = Math.max(1, AT_ONCE / (scores.size(2) * scores.size(3)));
    List<Some> all = new ArrayList<>();
    for (long at = begin; at < end; at += most) {
      long count = Math.min(most, end - at);
      all.add(new Some(at, at + count, from.narrow(0, at, count), to.narrow(0, at, count)));
    }
    return all;
  }

  @Override
  boolean suits() {
    return Pools.openBlas() == 1;
  }

  @Override
  void computeWhole() {
    for (Part part : parts) {
      part.compute();
    }
  }

  @Override
  void computePart(int number) {
    parts[number].compute();
  }
}
