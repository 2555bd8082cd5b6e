package io.github.torchscribe.runtime.engine;

import io.github.torchscribe.runtime.file.State;
import io.github.torchscribe.runtime.generated.Examples;
import io.github.torchscribe.runtime.generated.Weights;
import io.github.torchscribe.runtime.torch.Arena;
import io.github.torchscribe.runtime.torch.Device;
import java.io.IOException;
import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * What becomes of gradients before the optimizer has them: several are added up, and clipped; and
 * of what is learned after that: it is averaged.
 */
public final class Updates implements AutoCloseable {
  /** What {@code torch.nn.utils.clip_grad_norm_} adds to the norm. */
  private static final double NORM_EPS = 1e-6;

  private final double maxNorm;
  private final double maxValue;
  private final int batches;
  private final Optional<Average> average;
  private final Optional<Exchange> exchange;
  private int collected;
  private double weight;
  private Arena arena;
  private Tensor sum;
  private long length;

  /** Gradients as they are. */
  public Updates() {
    this(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 1, Optional.empty(), Optional.empty());
  }

  /**
   * Gradients as they are unless something else is asked for.
   *
   * @param maxNorm of all gradients together, or infinite
   * @param maxValue of each gradient, or infinite
   * @param batches how many make one update
   * @param average is told of each update; is closed with this
   * @param exchange with the other processes of a group
   */
  public Updates(
      double maxNorm,
      double maxValue,
      int batches,
      Optional<Average> average,
      Optional<Exchange> exchange) {
    this.maxNorm = maxNorm;
    this.maxValue = maxValue;
    this.batches = batches;
    this.average = average;
    this.exchange = exchange;
  }

  /** Whether gradients stay as they are, so that they need not exist at all. */
  boolean isPlain() {
    return keepsGradients() && exchange.isEmpty();
  }

  /** Whether the optimizer has each batch's gradients as they are. */
  boolean keepsGradients() {
    return batches == 1 && Double.isInfinite(maxNorm) && Double.isInfinite(maxValue);
  }

  /** Whether each batch makes an update, so that the same is done in each. */
  boolean areAlike() {
    return batches == 1 && exchange.isEmpty();
  }

  /** Whether nobody else is waited for. */
  boolean areOurs() {
    return exchange.isEmpty();
  }

  /** The exchange with other processes. */
  Optional<Exchange> exchange() {
    return exchange;
  }

  /** Whether the next batch begins an update. */
  public boolean begins() {
    return collected == 0;
  }

  /**
   * Takes a batch's gradients, in a scope that frees what is made.
   *
   * @param weights have the gradients of a mean, and then what the optimizer is to have when there
   *     are enough
   * @param batch counts as much as what that is a mean over
   * @return whether there are enough
   */
  boolean take(Weights weights, Examples batch) {
    if (batches > 1) {
      collect(weights, batch.weight());
      if (++collected < batches) {
        return false;
      }
    } else {
      exchange.ifPresent(others -> others.share(weights, batch));
    }
    finish(weights);
    return true;
  }

  private void collect(Weights weights, double counted) {
    if (sum == null) {
      takeRoom(weights);
    }
    if (counted > 0) { // else the mean is one over nothing, and so may be its gradient
      double factor = exchange.isPresent() ? exchange.get().factor(counted) : counted;
      sumOfGradients().add_(weights.gradients(), new Scalar(factor));
      weight += counted;
    }
  }

  private void takeRoom(Weights weights) {
    takeRoom(weights.gradients().numel(), weights.gradients().options());
  }

  private void takeRoom(long numbers, TensorOptions options) {
    length = numbers;
    long[] shape = {numbers + (exchange.isPresent() ? exchange.get().tail(batches) : 0)};
    arena = Arena.filledBy(() -> sum = torch.zeros(shape, options));
  }

  /** Without what is told others besides. */
  private Tensor sumOfGradients() {
    return sum.narrow(0, 0, length);
  }

  /** Makes an update of what has been taken until now. */
  void finish(Weights weights) {
    Tensor gradients = weights.gradients();
    divide(gradients);
    clip(gradients, !gradients.is_cuda());
  }

  private void divide(Tensor gradients) {
    if (batches > 1) {
      exchange.ifPresent(others -> weight = others.shareSums(sum, weight));
      gradients.copy_(sumOfGradients());
      if (weight > 0) { // else all were targets that do not count, and the sum is 0
        gradients.div_(new Scalar(weight));
      }
      sum.zero_();
      weight = 0;
      collected = 0;
    }
  }

  /**
   * Where others have collected a part of what the next update is made of: the first has all of it
   * from now on, as if it had collected it alone.
   */
  void bringTogether() {
    if (collected > 0 && exchange.isPresent()) {
      weight = exchange.get().shareSums(sum, weight);
      if (exchange.get().group().rank() > 0) {
        sum.zero_();
        weight = 0;
      }
    }
  }

  /**
   * Clips.
   *
   * @param waits whether the norm may be read, which a GPU would have to be waited for
   */
  void clip(Tensor gradients, boolean waits) {
    if (!Double.isInfinite(maxNorm) && waits) {
      double factor = maxNorm / (gradients.norm().item_double() + NORM_EPS);
      if (factor < 1) {
        gradients.mul_(new Scalar(factor));
      }
    } else if (!Double.isInfinite(maxNorm)) {
      Tensor factor = gradients.norm().add_(new Scalar(NORM_EPS)).reciprocal_();
      factor.mul_(new Scalar(maxNorm)).clamp_max_(new Scalar(1.0));
      gradients.mul_(factor);
    }
    if (!Double.isInfinite(maxValue)) {
      gradients.clamp_(
          new ScalarOptional(new Scalar(-maxValue)), new ScalarOptional(new Scalar(maxValue)));
    }
  }

  /** An update may have been made: if so, what was learned is averaged. */
  void updated() {
    if (begins()) {
      average.ifPresent(Average::updated);
    }
  }

  /** Has the model what it learns, before steps. */
  public void learn() {
    average.ifPresent(Average::hide);
  }

  /** Has the model what is to be measured and kept, after steps: the average, if there is one. */
  public void rest() {
    average.ifPresent(Average::show);
  }

  /** Brings a copy of the model's weights to what others are to have of it. */
  void putAverage(Tensor all) {
    average.ifPresent(some -> some.putInto(all));
  }

  void save(State state) {
    state.put("collected", collected);
    if (collected > 0) {
      state.put("sum", Device.cpu().duplicate(sumOfGradients()));
      state.put("weight", weight);
    }
    average.ifPresent(some -> some.save(state.part("average")));
  }

  void restore(State state, Device device) throws IOException {
    int saved = (int) state.whole("collected");
    close(); // also where nothing was collected: what is added to must be 0
    collected = 0;
    weight = 0;
    if (saved > 0) {
      Tensor savedSum = state.tensor("sum");
      double savedWeight = state.number("weight");
      takeRoom(savedSum.numel(), device.options(torch.ScalarType.Float));
      if (exchange.isEmpty() || exchange.get().group().rank() == 0) { // who has all of it
        sumOfGradients().copy_(savedSum);
        weight = savedWeight;
      }
      collected = saved;
    }
    if (average.isPresent()) {
      average.get().restore(state.part("average"));
    }
  }

  @Override
  public void close() {
    average.ifPresent(Average::close);
    if (arena != null) {
      arena.close();
      arena = null;
      sum = null;
    }
  }
}
