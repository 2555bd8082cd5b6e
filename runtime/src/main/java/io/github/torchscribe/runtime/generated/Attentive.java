package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Shapes;
import java.util.Arrays;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Attention, padding and dropout as functions that libtorch's autograd can differentiate. */
abstract class Attentive extends Targets {
  /** As the generated steps have it: far below every score. */
  static final double FAR_BELOW = 1e30;

  /** So few numbers are quicker changed here than libtorch is asked to. */
  private static final long SHORT = 4_096;

  /**
   * Dropout.
   *
   * @param input (n, …)
   * @param keep the probability with which an element stays
   * @param mask the shape of what is dropped or stays as one, without the batch dimension
   * @return a differentiable tensor
   */
  protected final Tensor dropped(Tensor input, double keep, long... mask) {
    if (!isTraining()) {
      return input;
    }
    Tensor noise = filled(0, Shapes.batch(input.size(0), mask));
    return input.mul(drawn(noise, keep).div_(new Scalar(keep)));
  }

  /**
   * What attention's products read or write, each head's by itself. A product of many matrices
   * wants them at even distances; those of one example are so where they lie, and are copied
   * nowhere.
   *
   * @param room for a copy: (n, heads, L, D)
   * @param original what would be copied, of the same shape
   * @return one of the two; backward needs both
   */
  protected final Tensor heads(Tensor room, Tensor original) {
    return n == 1 && !isTraining() ? original : room;
  }

  /**
   * Attention from queries, keys and values of each head, where they were projected, to what is
   * projected again; while training backward goes the same way, and gradients take the places of
   * what they are of.
   *
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
  protected final Prepared attendedByHeads(
      Tensor query,
      Tensor key,
      Tensor value,
      Tensor scores,
      Tensor weights,
      Tensor context,
      Scalar scale,
      Tensor mask,
      Tensor hidden) {
    Tensor none = new Tensor();
    return attendedByHeads(
        query, key, value, scores, weights, context, scale, mask, hidden, none, 1);
  }

  /**
   * The same with dropout, while training.
   *
   * @param query (n, heads, L, D)
   * @param key (n, heads, S, D)
   * @param value (n, heads, S, D)
   * @param scores room: (n, heads, L, S)
   * @param weights room: (n, heads, L, S)
   * @param context gets the result: (n, heads, L, D)
   * @param scale of the scores
   * @param mask (L, S), is added to the scores of each head; or undefined
   * @param hidden (n, S): 0, or −1 for keys that are padding; or undefined
   * @param noise room for what is dropped: (n, heads, L, S); or undefined
   * @param keep the probability with which a weight stays
   * @return null where it is better computed one operation after the other
   */
  protected final Prepared attendedByHeads(
      Tensor query,
      Tensor key,
      Tensor value,
      Tensor scores,
      Tensor weights,
      Tensor context,
      Scalar scale,
      Tensor mask,
      Tensor hidden,
      Tensor noise,
      double keep) {
    if (buffers().areRecorded()) {
      boolean isPlain = !hidden.defined() && !noise.defined();
      return isPlain ? FusedAttention.of(query, key, value, context, scale.toDouble(), mask) : null;
    }
    Tensor dropped = isTraining() ? noise : new Tensor();
    HeadByHead.Given given =
        new HeadByHead.Given(
            query, key, value, scores, weights, context, mask, hidden, dropped, scale);
    if (isTraining()) {
      Scalar kept = new Scalar(keep);
      return buffers().multipliesSmall()
          ? HeadByHead.of(given, () -> drawn(noise, keep).div_(kept))
          : null;
    }
    boolean isShared = buffers().division().each() > 1;
    return isShared || buffers().device().type() != Device.Type.CPU
        ? null
        : Attended.of(buffers().hands(), given);
  }

  /**
   * Which keys are padding, as scores are told.
   *
   * @param hidden gets −1 for those, 0 for others: (n, S)
   * @param isThere (n, S): 1, or 0 for padding
   */
  protected final void hide(Tensor hidden, Tensor isThere) {
    long count = hidden.numel();
    boolean isShort = count <= SHORT && hidden.is_cpu() && isThere.is_contiguous();
    if (!isTraining() && isShort && isThere.scalar_type().intern() == torch.ScalarType.Float) {
      float[] places = new float[(int) count];
      isThere.data_ptr_float().get(places);
      for (int i = 0; i < places.length; i++) {
        places[i] -= 1;
      }
      hidden.data_ptr_float().put(places);
    } else {
      hidden.copy_(isThere).sub_(ONE);
    }
  }

  /**
   * Which places are there.
   *
   * @param indices (n, L)
   * @param padding the index that stands for nothing
   * @return (n, L), 32-bit floats: 1, or 0 for padding
   */
  protected static Tensor isThere(Tensor indices, long padding) {
    return indices.ne(new Scalar(padding)).to(torch.ScalarType.Float);
  }

  /**
   * The numbers of places.
   *
   * @param length how many there are
   * @return (length), 64-bit integers from 0 on
   */
  protected final Tensor places(long length) {
    return torch.arange(new Scalar(length), buffers().device().options(torch.ScalarType.Long));
  }

  /**
   * Which places are there.
   *
   * @param lengths (n)
   * @param most how many places there are
   * @return (n, most), 32-bit floats: 1, or 0 for padding
   */
  protected final Tensor areThere(Tensor lengths, long most) {
    return places(most).lt(lengths.unsqueeze(1)).to(torch.ScalarType.Float);
  }

  /**
   * Which places are there where a token stands before the others.
   *
   * @param isThere (n, L): 1, or 0 for padding
   * @return (n, L + 1), with 1 for the token
   */
  protected static Tensor tokenIsThere(Tensor isThere) {
    return torch.constant_pad_nd(isThere, new long[] {1, 0}, new Scalar(1.0));
  }

  /**
   * The mean of the places that are there.
   *
   * @param input (n, L, …)
   * @param isThere (n, L): 1, or 0 for padding
   * @param keepdim whether the dimension stays, with size 1
   * @return (n, …) or (n, 1, …)
   */
  protected static Tensor meanOfThere(Tensor input, Tensor isThere, boolean keepdim) {
    long[] places = {1};
    ScalarTypeOptional same = new ScalarTypeOptional();
    Tensor weights = isThere.div(isThere.sum(places, true, same));
    return input.mul(spread(weights, input)).sum(places, keepdim, same);
  }

  /**
   * The same with padding far below all that is there.
   *
   * @param input (n, L, …)
   * @param isThere (n, L): 1, or 0 for padding
   * @return (n, L, …)
   */
  protected static Tensor withoutPadding(Tensor input, Tensor isThere) {
    return input.add(spread(hidden(isThere), input));
  }

  /** 0 for places that are there, far below all scores for padding. */
  private static Tensor hidden(Tensor isThere) {
    return isThere.sub(new Scalar(1.0)).mul(new Scalar(FAR_BELOW));
  }

  /** What is said of places, as often as each has numbers. */
  private static Tensor spread(Tensor places, Tensor input) {
    long[] shape = new long[(int) input.dim()];
    Arrays.fill(shape, 1);
    shape[0] = input.size(0);
    shape[1] = input.size(1);
    return places.view(shape);
  }

  /**
   * Multi-head self-attention.
   *
   * @param input (n, L, E)
   * @param inWeight (3E, E): makes queries, keys and values of it
   * @param inBias (3E), or undefined
   * @param outWeight (E, E): is applied to what was attended to
   * @param outBias (E), or undefined
   * @param heads how many
   * @param causal whether a place sees only what is not after it
   * @return (n, L, E)
   */
  protected static Tensor selfAttention(
      Tensor input,
      Tensor inWeight,
      Tensor inBias,
      Tensor outWeight,
      Tensor outBias,
      long heads,
      boolean causal) {
    long length = input.size(1);
    long width = input.size(2);
    Tensor projected =
        torch.linear(input, inWeight, inBias).view(-1, length, 3, heads, width / heads);
    Tensor attended =
        torch.scaled_dot_product_attention(
            projected.select(2, 0).transpose(1, 2),
            projected.select(2, 1).transpose(1, 2),
            projected.select(2, 2).transpose(1, 2),
            new TensorOptional(),
            0,
            causal,
            new DoubleOptional(),
            false);
    return torch.linear(attended.transpose(1, 2).reshape(-1, length, width), outWeight, outBias);
  }

  /**
   * Multi-head attention.
   *
   * @param query (n, L, E)
   * @param key (n, S, K)
   * @param value (n, S, V)
   * @param queryWeight (E, E): makes queries
   * @param keyWeight (E, K): makes keys
   * @param valueWeight (E, V): makes values
   * @param inBias (3E): is added to the three, or undefined
   * @param outWeight (E, E): is applied to what was attended to
   * @param outBias (E), or undefined
   * @param heads how many
   * @param causal whether a place sees only what is not after it
   * @param dropout the probability with which a weight becomes 0, while training
   * @param isThere (n, S): 1, or 0 for keys that are padding; or undefined
   * @return (n, L, E)
   */
  protected final Tensor attention(
      Tensor query,
      Tensor key,
      Tensor value,
      Tensor queryWeight,
      Tensor keyWeight,
      Tensor valueWeight,
      Tensor inBias,
      Tensor outWeight,
      Tensor outBias,
      long heads,
      boolean causal,
      double dropout,
      Tensor isThere) {
    long width = query.size(2);
    Tensor q = projected(query, queryWeight, inBias, 0, heads);
    Tensor k = projected(key, keyWeight, inBias, 1, heads);
    Tensor v = projected(value, valueWeight, inBias, 2, heads);
    Tensor scores = torch.matmul(q, k.transpose(-2, -1)).div(new Scalar(Math.sqrt(width / heads)));
    if (causal) {
      scores = scores.add(causalMask(query.size(1), key.size(1)));
    }
    if (isThere.defined()) {
      scores = scores.add(hidden(isThere).view(-1, 1, 1, key.size(1)));
    }
    Tensor weights = scores.softmax(-1);
    if (isThere.defined() && causal) { // a query that sees padding alone attends to nothing
      weights = weights.mul(isThere.view(-1, 1, 1, key.size(1)));
    }
    if (dropout > 0) {
      weights = dropped(weights, 1 - dropout, heads, query.size(1), key.size(1));
    }
    Tensor attended = torch.matmul(weights, v).transpose(1, 2);
    return torch.linear(attended.reshape(-1, query.size(1), width), outWeight, outBias);
  }

  /** Queries, keys or values of each head: (n, heads, L, E/heads). */
  private static Tensor projected(
      Tensor input, Tensor weight, Tensor bias, long which, long heads) {
    long width = weight.size(0);
    Tensor shift = bias.defined() ? bias.narrow(0, which * width, width) : bias;
    return torch
        .linear(input, weight, shift)
        .view(-1, input.size(1), heads, width / heads)
        .transpose(1, 2);
  }
}
