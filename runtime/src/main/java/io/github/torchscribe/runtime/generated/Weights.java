package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.learner.Parameter;
import io.github.torchscribe.runtime.torch.Arena;
import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Shapes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A model's parameters, with what it remembers besides at their end, and their gradients: two flat
 * tensors on one device.
 */
public final class Weights implements AutoCloseable {
  /** What goes with gradients besides: see {@link #tail}. */
  private static final int OF_STEP = 4;

  private final Network network;
  private final Arena arena;
  private final int losses;
  private Tensor all;
  private Tensor values;
  private Tensor allGradients;
  private Tensor gradients;
  private final WeightCopies copies = new WeightCopies();
  private final TurnedWeights turned = new TurnedWeights();
  private Arena views;
  private int binding;

  /**
   * Allocates both.
   *
   * @param network whose they are
   * @param device where they are
   * @param old is copied from, or null: then all is zero
   */
  public Weights(Network network, Device device, Weights old) {
    this.network = network;
    losses = network.signature().losses().size();
    long size = network.size();
    arena =
        Arena.filledBy(
            () -> {
              all = zeros(size + network.frozenSize() + network.stateSize(), device);
              values = all.narrow(0, 0, size);
              allGradients = zeros(size + network.tiedSize() + tail(1), device);
              gradients = allGradients.narrow(0, 0, size);
              if (old != null) {
                all.copy_(old.all);
              }
            });
  }

  /** Has a model's views of both made, which live as long as these, in place of those before. */
  public void bind(Generated model) {
    Arena before = views;
    binding++;
    views = Arena.filledBy(() -> model.bind(all, allGradients));
    if (before != null) {
      before.close();
    }
  }

  /** How often views have been made: those before are gone. */
  int binding() {
    return binding;
  }

  private static Tensor zeros(long size, Device device) {
    return torch.zeros(new long[] {size}, device.options(torch.ScalarType.Float));
  }

  /** Fills a copy on the CPU. */
  public interface Filling<T, E extends Exception> {
    T fill(Tensor copy) throws E;
  }

  /** Lets somebody fill a copy on the CPU, and takes that over unless it fails. */
  public <T, E extends Exception> T change(Filling<T, E> filling) throws E {
    Tensor copy = Device.cpu().duplicate(all);
    T result = filling.fill(copy);
    all.copy_(copy);
    return result;
  }

  /** Takes over the values of others, of the same network on the same device. */
  public void set(Weights others) {
    all.copy_(others.all);
  }

  /** What is learned, what is frozen, and what is remembered besides. */
  public Tensor all() {
    return all;
  }

  /** What is learned, without what is remembered besides. */
  public Tensor values() {
    return values;
  }

  /** All parameters: what is learned, and what is frozen. */
  Tensor parameterValues() {
    return all.narrow(0, 0, network.size() + network.frozenSize());
  }

  /**
   * The gradients of what is learned, behind them what others give of some, and at the end room for
   * what the processes of a group tell each other with them.
   */
  public Tensor allGradients() {
    return allGradients;
  }

  /**
   * How much that takes.
   *
   * @param batches of which the gradients are sums
   * @return in numbers: for each batch and loss its sum and what that weighs, and for the step a
   *     few
   */
  public int tail(int batches) {
    return OF_STEP + 2 * losses * batches;
  }

  /** What is remembered of all batches, such as running means. */
  public Tensor remembered() {
    return all.narrow(0, network.size() + network.frozenSize(), network.stateSize());
  }

  /** The gradients of what is learned. */
  public Tensor gradients() {
    return gradients;
  }

  /** What predictions read in place of some of them. */
  WeightCopies copies() {
    return copies;
  }

  /** The same of products, in an order of their own. */
  TurnedWeights turned() {
    return turned;
  }

  /** 1 where a parameter has several dimensions, 0 for biases and what norms learn. */
  public Tensor decayMask() {
    Tensor mask = torch.zeros_like(values);
    for (Slot slot : network.parameters()) {
      if (slot.learns() && slot.shape().length > 1) {
        mask.narrow(0, slot.offset(), slot.size()).fill_(new Scalar(1.0));
      }
    }
    return mask;
  }

  /**
   * What is learned, and what is frozen, by name: views. Who has them may change them at any time.
   */
  public List<Parameter> parameters() {
    turned.share();
    List<Parameter> result = new ArrayList<>();
    for (Slot slot : network.parameters()) {
      result.add(
          new Parameter(
              slot.name(),
              view(all, slot.offset(), slot.shape()),
              slot.learns() ? view(gradients, slot.offset(), slot.shape()) : null));
    }
    return List.copyOf(result);
  }

  /** What is remembered besides, by name: views. */
  public Map<String, Tensor> buffers() {
    Map<String, Tensor> result = new LinkedHashMap<>();
    List<Slot> slots = network.slots();
    for (Slot slot : slots.subList(network.parameters().size(), slots.size())) {
      result.put(slot.name(), view(all, slot.offset(), slot.shape()));
    }
    return Collections.unmodifiableMap(result);
  }

  /** A piece of a flat tensor. */
  public static Tensor view(Tensor flat, long offset, long... shape) {
    return flat.narrow(0, offset, Shapes.elements(shape)).view(shape);
  }

  @Override
  public void close() {
    if (views != null) {
      views.close();
    }
    copies.close();
    turned.close();
    arena.close();
  }
}
