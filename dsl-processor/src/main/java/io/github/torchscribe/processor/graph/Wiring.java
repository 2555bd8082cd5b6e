package io.github.torchscribe.processor.graph;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Which values layers read. Value 0 is the network's input, value i + 1 what layer i gives; a layer
 * reads what the one before gives, unless a residual network forks.
 */
public final class Wiring {
  private static final int NOTHING = -1;

  private final int[] reads;
  private final int[] skipped;

  private Wiring(int layers) {
    reads = new int[layers];
    skipped = new int[layers];
    Arrays.setAll(reads, i -> i);
    Arrays.fill(skipped, NOTHING);
  }

  /**
   * Follows the layers.
   *
   * @param nodes in their order, each at its position
   * @return which values they read
   */
  public static Wiring of(List<Node> nodes) {
    Wiring wiring = new Wiring(nodes.size());
    Deque<Integer> forked = new ArrayDeque<>();
    Deque<Integer> mains = new ArrayDeque<>();
    for (Node node : nodes) {
      int i = node.index();
      switch (node.layer().flow()) {
        case FORK -> forked.push(i);
        case SWITCH -> {
          mains.push(i);
          wiring.reads[i] = forked.element();
        }
        case JOIN -> {
          int past = forked.pop();
          wiring.skipped[i] = ((Join) node.layer()).hasShortcut() ? mains.pop() : past;
        }
        case ON -> wiring.reads[i] = i;
      }
    }
    return wiring;
  }

  /**
   * What a layer reads.
   *
   * @param node the layer
   * @return the value's number
   */
  public int read(Node node) {
    return reads[node.index()];
  }

  /**
   * Whether a layer also reads what went past others.
   *
   * @param node the layer
   * @return true where a residual network ends
   */
  public boolean joins(Node node) {
    return skipped[node.index()] != NOTHING;
  }

  /**
   * What went past others.
   *
   * @param node a layer that {@linkplain #joins joins}
   * @return the value's number
   */
  public int skipped(Node node) {
    return skipped[node.index()];
  }
}
