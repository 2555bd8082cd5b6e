package io.github.torchscribe.runtime.engine;

import io.github.torchscribe.runtime.distributed.Group;
import io.github.torchscribe.runtime.generated.Counted;
import io.github.torchscribe.runtime.generated.Examples;
import io.github.torchscribe.runtime.generated.StatedLoss;
import io.github.torchscribe.runtime.generated.Weights;
import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Randomness;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * What the processes of a group tell each other while they train: for each update one message, with
 * the gradients, and behind them the losses, what they are means over, and who wants the run to
 * end.
 *
 * <p>Each process has the mean over its own part of a batch. All together have that of the whole
 * batch: the means weighed by what counts in each part.
 */
public final class Exchange implements AutoCloseable {
  private static final Wish[] WISHES = Wish.values();

  private final Engine engine;
  private final Group group;
  private final Randomness masks;
  private final List<StatedLoss> losses;
  private final long seed;
  private final List<Told> untold = new ArrayList<>();
  private Optional<Wish> wish = Optional.empty();
  private Optional<Wish> common = Optional.empty();

  /**
   * What a batch came to here.
   *
   * @param loss becomes known when all have told theirs
   * @param means of each loss
   * @param weights what each is a mean over
   */
  private record Told(StepLoss loss, double[] means, double[] weights) {}

  /**
   * Has an engine train with others. Weights, random streams and seeds are those of rank 0 from now
   * on.
   */
  public Exchange(Engine engine, Group group) {
    this.engine = engine;
    this.group = group;
    losses = engine.network().signature().losses();
    seed = Long.parseLong(group.texts("" + engine.randomness().seed()).get(0));
    masks = engine.join(group);
    try {
      engine.run("sending rank 0's weights", this::beginAlike);
    } catch (RuntimeException | Error e) {
      engine.leave();
      throw e;
    }
  }

  private Void beginAlike() {
    engine.steps().forget();
    group.broadcast(engine.weights().all());
    Tensor stream = engine.randomness().state();
    group.broadcast(stream);
    engine.randomness().state(stream);
    return null;
  }

  /** Each process' optimizer remembers from now on what its part of the parameters needs alone. */
  public void divideOptimizer() {
    engine.divideOptimizer(group);
  }

  /**
   * Before a checkpoint that the first process writes: the others tell it what their optimizers
   * remember, which it asks for as it {@linkplain EngineState#save saves}.
   */
  public void tellFirst() {
    if (group.rank() > 0) {
      engine.run(
          "telling rank 0 what the optimizer remembers",
          () -> {
            engine.requireOptimizer().tell();
            return null;
          });
    }
  }

  /** The group. */
  public Group group() {
    return group;
  }

  /**
   * Before a batch: masks are others on each rank and in each step, and the same when a run goes
   * on.
   *
   * @param step how many batches there have been
   */
  public void begin(long step) {
    masks.reseed(mixed(seed + mixed(group.rank() + (step << 20))));
  }

  /** One bit more changes half of all: the finalizer of SplittableRandom. */
  private static long mixed(long number) {
    long z = (number ^ number >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }

  /** What this process wants is told with the next message. */
  public void wish(Optional<Wish> some) {
    wish = some;
  }

  /** What one of all wanted when the last message was sent. */
  public Optional<Wish> common() {
    return common;
  }

  /** Takes what a batch came to here; it is known what it came to together after the message. */
  StepLoss add(Pass pass, Examples batch) {
    double[] means = new double[losses.size()];
    double[] weights = new double[losses.size()];
    for (int i = 0; i < means.length; i++) {
      Counted counted = batch.counted()[i];
      weights[i] = counted.counting() == 0 ? 0 : counted.weight();
      means[i] = weights[i] == 0 ? 0 : pass.loss(i);
    }
    StepLoss loss = new StepLoss();
    untold.add(new Told(loss, means, weights));
    return loss;
  }

  /** Makes of the gradient of this process' part that of the whole batch. */
  void share(Weights weights, Examples batch) {
    Tensor gradients = weights.gradients();
    double full = full(batch);
    weigh(gradients, batch.weight() / (part() * full * group.size()));
    double together = shareSums(weights.allGradients(), batch.weight());
    if (together > 0) { // else they are zero
      weigh(gradients, full * group.size() / together);
    }
  }

  /**
   * Makes of the sum of some batches' gradients, each times what it is a mean over, that of all,
   * and tells what there is to be told besides.
   *
   * @param sums with room for a {@linkplain Weights#tail tail} behind them
   * @param weight what those of this process weigh
   * @return what all weigh
   */
  double shareSums(Tensor sums, double weight) {
    float[] tail = tail(weight);
    Tensor behind = sums.narrow(0, sums.numel() - tail.length, tail.length);
    put(tail, behind);
    group.sum(sums);
    take(behind, tail);
    hear(tail);
    return tail[0];
  }

  /** How much room is wanted behind sums of the gradients of some batches. */
  int tail(int batches) {
    return engine.weights().tail(batches);
  }

  /** What a batch's gradient is to be multiplied by for a sum: what it is a mean over. */
  double factor(double weight) {
    return weight / part();
  }

  /** What the gradient of a batch's own mean has been multiplied by already. */
  private double part() {
    return engine.network().dividesLosses() ? 1.0 / group.size() : 1;
  }

  /** What a batch would weigh if all of it counted, on each rank the same. */
  private static double full(Examples batch) {
    return batch.counted().length == 1 ? batch.counted()[0].targets() : batch.size();
  }

  private static void weigh(Tensor gradients, double factor) {
    if (factor == 0) {
      gradients.zero_(); // of a mean over nothing
    } else if (factor != 1) {
      gradients.mul_(new Scalar(factor));
    }
  }

  /** What is told behind gradients. */
  private float[] tail(double weight) {
    float[] tail = new float[tail(untold.size())];
    int at = 0;
    tail[at++] = (float) weight;
    for (Wish some : WISHES) {
      tail[at++] = wanted(some);
    }
    for (Told told : untold) {
      for (int i = 0; i < losses.size(); i++) {
        tail[at++] = (float) (told.means[i] * told.weights[i]);
        tail[at++] = (float) told.weights[i];
      }
    }
    return tail;
  }

  /** How many of those who are here want it. */
  private int wanted(Wish some) {
    return wish.isPresent() && wish.get() == some ? 1 : 0;
  }

  private static void put(float[] numbers, Tensor where) {
    if (where.is_cuda()) {
      where.copy_(torch.tensor(numbers));
    } else {
      where.data_ptr_float().put(numbers);
    }
  }

  private static void take(Tensor where, float[] numbers) {
    where.cpu().data_ptr_float().get(numbers);
  }

  private void hear(float... tail) {
    hearWishes(i -> tail[1 + i] > 0);
    int at = 1 + WISHES.length;
    for (Told told : untold) {
      become(told.loss, at, tail);
      at += 2 * losses.size();
    }
    untold.clear();
  }

  /** Of several the first counts; what this process wanted has been told. */
  private void hearWishes(IntPredicate isWanted) {
    common = Optional.empty();
    for (int i = WISHES.length - 1; i >= 0; i--) {
      if (isWanted.test(i)) {
        common = Optional.of(WISHES[i]);
      }
    }
    wish = Optional.empty();
  }

  /** As {@link Pass#loss} puts several together: nothing may count in one of them. */
  private void become(StepLoss loss, int from, float... tail) {
    Map<String, Float> parts = new LinkedHashMap<>();
    double sum = 0;
    boolean any = false;
    for (int i = 0; i < losses.size(); i++) {
      double weight = tail[from + 2 * i + 1];
      double mean = weight == 0 ? Double.NaN : tail[from + 2 * i] / weight;
      if (losses.size() > 1) {
        parts.put(losses.get(i).name(), (float) mean);
      }
      if (weight != 0) { // also where it is no number
        sum += mean * losses.get(i).weight();
        any = true;
      }
    }
    loss.become(any ? (float) sum : Float.NaN, parts);
    if (!any) {
      loss.countNothing();
    }
  }

  /**
   * Adds up what all have, and tells the wishes besides.
   *
   * @param numbers of each rank as many; becomes the sums
   */
  public void sum(double[] numbers) {
    double[] all = new double[numbers.length + WISHES.length];
    System.arraycopy(numbers, 0, all, 0, numbers.length);
    for (int i = 0; i < WISHES.length; i++) {
      all[numbers.length + i] = wanted(WISHES[i]);
    }
    PointerScope scope = new PointerScope();
    try {
      long[] shape = {all.length};
      Tensor message = torch.empty(shape, Device.cpu().options(torch.ScalarType.Double), null);
      message.data_ptr_double().put(all);
      group.sum(message);
      message.data_ptr_double().get(all);
    } finally {
      scope.close();
    }
    System.arraycopy(all, 0, numbers, 0, numbers.length);
    hearWishes(i -> all[numbers.length + i] > 0);
  }

  /**
   * After an epoch: were ranks to part ways by a last bit, as processors of different kinds might
   * have it, all would have rank 0's weights again, and hear of it.
   */
  public void compareWeights() {
    List<String> digests = group.texts(new EngineState(engine).weightsDigest());
    for (int rank = 1; rank < digests.size(); rank++) {
      if (!digests.get(rank).equals(digests.get(0))) {
        System.getLogger(Exchange.class.getName())
            .log(
                Level.WARNING,
                "The weights of rank "
                    + rank
                    + " have become others than those of rank 0, which all ranks have from now on:"
                    + " do their processors differ?");
        engine.run("sending rank 0's weights", this::beginAlike);
        return;
      }
    }
  }

  /** What is remembered of batches, as running means, becomes the mean of what all remember. */
  public void averageRemembered() {
    if (engine.network().stateSize() > 0) {
      engine.run(
          "averaging running statistics",
          () -> {
            Tensor remembered = engine.weights().remembered();
            Tensor first = remembered.clone();
            group.broadcast(first);
            // Of differences: what is frozen, or a norm's over all ranks, stays bit for bit.
            group.sum(remembered.sub_(first));
            remembered.div_(new Scalar((double) group.size())).add_(first);
            return null;
          });
    }
  }

  @Override
  public void close() {
    engine.leave();
  }
}
