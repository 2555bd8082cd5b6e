package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.process.Pools;
import io.github.torchscribe.runtime.torch.Shapes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a training step costs, by how a batch is divided, and which way is best. By rows workers do
 * not meet on their way through the network, but each reads all weights, and copies them into the
 * order that BLAS wants. Where the products of a share are divided among several, each reads some
 * of the weights, but they meet at each product, and what is no product is done by one of them.
 *
 * <p>All is counted from what is known of the network, and weighed by constants: what is chosen,
 * and so the last digits of what is computed, depends on the network, the batch and the number of
 * threads, and on nothing that is measured at the time.
 */
public final class Costs {
  /**
   * With fewer rows of a small network a worker spends more on meeting the others than it saves.
   */
  private static final long FEWEST_ROWS = 32;

  /** What a worker has to do at least, in multiplications of the forward pass. */
  private static final long LEAST_WORK = 5_000_000;

  /** So much of the time by rows another way must take at most. */
  private static final double GAIN = 0.8;

  private final Network network;
  private final List<Product> products = new ArrayList<>();
  private final long multiplications;
  private final long elements;

  /**
   * Of a network.
   *
   * @param network all that is known of it
   */
  public Costs(Network network) {
    this.network = network;
    Map<String, Slot> named = new HashMap<>(network.ties());
    network.parameters().forEach(slot -> named.put(slot.name(), slot));
    long within = 0;
    long all = 0;
    for (StatedLayer layer : network.layers()) {
      all += Shapes.elements(layer.output());
      for (String name : Product.NAMES) {
        Slot weight = named.get(layer.path() + name);
        if (layer.multiplyAdds() > 0 && weight != null && weight.shape().length == 2) {
          long rows = Shapes.elements(layer.output()) / layer.output()[layer.output().length - 1];
          products.add(new Product(rows, weight.shape()[0], weight.shape()[1], products.isEmpty()));
          within += rows * weight.size();
        }
      }
    }
    multiplications = Math.max(0, network.multiplyAdds() - within);
    elements = all;
  }

  /**
   * How a batch is divided.
   *
   * @param examples of the batch
   * @param threads that do the work
   * @return the same for the same arguments
   */
  public Division division(long examples, int threads) {
    if (!network.isDivisible()) {
      return Division.NONE;
    }
    int stated = Pools.shares();
    if (stated > 0) {
      int shares = (int) Math.max(1, Math.min(Math.min(stated, threads), examples));
      return new Division(shares, threads / shares * shares);
    }
    long each = Math.max(1, network.multiplyAdds());
    long fewest = Math.min(LEAST_WORK / each + 1, FEWEST_ROWS);
    int most = (int) Math.max(1, Math.min(threads, examples / fewest));
    int busy = (int) Math.max(most, Math.min(threads, examples * each / LEAST_WORK));
    return most == 1 || network.isMixed() ? Division.byRows(most) : best(examples, most, busy);
  }

  private Division best(long examples, int most, int busy) {
    Division best = Division.byRows(most);
    double least = GAIN * nanos(best, examples);
    for (int shares = 1; shares <= most; shares++) {
      Division way = new Division(shares, busy / shares * shares);
      double nanos = nanos(way, examples);
      if (way.each() > 1 && nanos < least) {
        best = way;
        least = nanos;
      }
    }
    return best;
  }

  /**
   * What a training step takes a worker, about: the one that leads a share, if there are others.
   */
  double nanos(Division way, long examples) {
    return load(way, examples).nanos();
  }

  /** What a worker does in a training step. */
  Load load(Division way, long examples) {
    double share = Math.ceil((double) examples / way.shares());
    Load sum = new Load(3 * multiplications * share, 0, 0, elements * share, 0);
    for (Product product : products) {
      sum = sum.and(product.step(way, examples));
    }
    return sum;
  }

  /** How many multiplications a product has at least that several workers compute together. */
  public static long leastProduct() {
    return Pools.shares() > 0 ? 1 : Product.LEAST;
  }
}
