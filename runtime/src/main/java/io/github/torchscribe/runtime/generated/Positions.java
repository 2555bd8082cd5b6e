package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.torch.Shapes;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Positions of one text, each a row: those at hand are computed from what is remembered of those
 * before. The processor writes a subclass for each network that writes texts.
 */
public abstract class Positions extends Share {
  /** Of the positions at hand the first, counted from 0. */
  protected long first;

  /** How many positions there are, those at hand among them. */
  protected long reached;

  private long length;
  private Tensor memory;
  private Tensor later;
  private DoubleOptional scale;

  /** Positions of no text yet. */
  protected Positions() {}

  /** Assigns the fields that depend on which positions are at hand. */
  protected void bindAtHand() {}

  /**
   * Takes so many positions of a text, in a scope that is open as long as they are computed.
   *
   * @param buffers that have the tokens at hand
   * @param remembered of all positions, in one piece
   * @param most how many positions a text has
   */
  public final void begin(Buffers buffers, Tensor remembered, long most) {
    memory = remembered;
    length = most;
    scale = new DoubleOptional();
    begin(buffers, 0, null, true);
    later = n == 1 ? null : causalMask(most);
  }

  /**
   * Computes positions.
   *
   * @param from the first one at hand: those before it have been computed
   * @return their scores: (n, 1, V), which the next pass overwrites
   */
  public final Tensor read(long from) {
    first = from;
    reached = from + n;
    bindAtHand();
    return forward(input);
  }

  /**
   * What is remembered of all positions of the text.
   *
   * @param offset of it, in floats for each position
   * @param shape for one position
   * @return (length, shape…)
   */
  protected final Tensor remembered(long offset, long... shape) {
    return memory
        .narrow(0, offset * length, length * Shapes.elements(shape))
        .view(Shapes.batch(length, shape));
  }

  /**
   * What is at hand of something that has all positions.
   *
   * @param all (length, …)
   * @return (n, …), or (…) of a single position
   */
  protected final Tensor atHand(Tensor all) {
    return n == 1 ? all.select(0, first) : all.narrow(0, first, n);
  }

  /**
   * What each position at hand attends to: softmax(Q·Kᵀ/√D)·V over those before it and itself.
   *
   * @param query (1, heads, n, D)
   * @param key (1, heads, reached, D)
   * @param value (1, heads, reached, D)
   * @return (n, heads · D)
   */
  protected final Tensor attended(Tensor query, Tensor key, Tensor value) {
    Tensor mask = later.narrow(0, first, n).narrow(1, 0, reached);
    Tensor all = attended(query, key, value, new TensorOptional(mask));
    return all.transpose(1, 2).reshape(n, -1);
  }

  /**
   * The same for a single position at hand, from which nothing is hidden.
   *
   * @param query (1, heads, 1, D)
   * @param key (1, heads, reached, D)
   * @param value (1, heads, reached, D)
   * @return (heads · D)
   */
  protected final Tensor attendedByOne(Tensor query, Tensor key, Tensor value) {
    return attended(query, key, value, NONE).reshape(-1);
  }

  private Tensor attended(Tensor query, Tensor key, Tensor value, TensorOptional mask) {
    return torch.scaled_dot_product_attention(query, key, value, mask, 0, false, scale, false);
  }
}
