package io.github.torchscribe.runtime.engine;

import io.github.torchscribe.runtime.cuda.Recorder;
import io.github.torchscribe.runtime.data.Crew;
import io.github.torchscribe.runtime.generated.Buffers;
import io.github.torchscribe.runtime.generated.Costs;
import io.github.torchscribe.runtime.generated.Division;
import io.github.torchscribe.runtime.generated.Generated;
import io.github.torchscribe.runtime.generated.Network;
import io.github.torchscribe.runtime.generated.StatedLoss;
import io.github.torchscribe.runtime.generated.Weights;
import io.github.torchscribe.runtime.learner.Parameter;
import io.github.torchscribe.runtime.learner.Summary;
import io.github.torchscribe.runtime.optim.Optimizer;
import io.github.torchscribe.runtime.process.Native;
import io.github.torchscribe.runtime.process.Pools;
import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Gpu;
import io.github.torchscribe.runtime.torch.Peers;
import io.github.torchscribe.runtime.torch.Randomness;
import io.github.torchscribe.runtime.torch.Workload;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;

/**
 * A model's native side: its parameters, where they are, its workers, and what is done with them,
 * one operation at a time: training ({@link Steps}) and the rest ({@link Scoring}).
 */
public final class Engine implements AutoCloseable {
  private final Generated model;
  private final Network network;
  private final Operations operations;
  private final Team team;
  private final Optimizer optimizer;
  private final Randomness randomness;
  private final Steps steps;
  private final Scoring scoring;

  private final Costs costs;
  private volatile Divided divided = new Divided(0, 0, Division.NONE);
  private Device device = Device.cpu();
  private Weights weights;
  private Peers peers = Peers.NONE;
  private boolean isDivided;
  private Randomness masks;
  private final double[][] classWeights;
  private Learning learning;

  /**
   * Allocates the parameters and initialises them.
   *
   * @param model what the processor wrote
   * @param seed what initial weights and orders are drawn from
   */
  public Engine(Generated model, long seed) {
    this.model = model;
    operations = new Operations(model);
    network = model.network();
    costs = new Costs(network);
    learning = asStated();
    team = new Team(network.name());
    optimizer = network.newOptimizer().orElse(null);
    classWeights =
        network.signature().losses().stream()
            .map(StatedLoss::classWeights)
            .toArray(double[][]::new);
    randomness = new Randomness(seed);
    BatchCheck check = new BatchCheck(this, new SeenIndices());
    steps = new Steps(this, check);
    scoring = new Scoring(this, check);
    run(
        "initialisation",
        () -> {
          weights = new Weights(network, device, null);
          weights.bind(model);
          model.initialize(randomness.generator());
          if (optimizer != null && network.hasDecayOfWeightsOnly()) {
            optimizer.decayOnly(weights.decayMask());
          }
          return null;
        });
    Pools.opened();
  }

  /** What it computes. */
  public Network network() {
    return network;
  }

  /** Where the parameters are. */
  public Device device() {
    return device;
  }

  /**
   * What replays work of the model where it is; empty where nothing does, or where user code or
   * autograd may do another thing each time.
   */
  public Optional<Recorder> recorder() {
    return network.isRecorded() && !network.usesAutograd() ? Recorder.of(device) : Optional.empty();
  }

  /** What the model draws from. */
  public Randomness randomness() {
    return randomness;
  }

  /** Training, step by step. */
  public Steps steps() {
    return steps;
  }

  /** The network as it is, without training it. */
  public Scoring scoring() {
    return scoring;
  }

  Generated model() {
    return model;
  }

  Weights weights() {
    return weights;
  }

  Team team() {
    return team;
  }

  /** What ends the workers of a model that nobody closed; knows nothing of the model. */
  public Runnable endOfWorkers() {
    return team::close;
  }

  /** What a pass works with from now on, until its memory is freed. */
  Buffers.Setting setting(boolean training) {
    return new Buffers.Setting(
        device,
        weights,
        training && computesMixed(),
        (masks == null ? randomness : masks).generator(device),
        training ? peers : Peers.NONE,
        classWeights,
        learning.first(),
        learning.frozenState());
  }

  /**
   * From now on others compute other parts of the same batches. What is random in a pass is drawn
   * from a stream of its own then: orders are common, masks are not.
   *
   * @return that stream
   */
  public Randomness join(Peers some) {
    return run(
        "joining a group",
        () -> {
          leaveGroup();
          peers = some;
          masks = new Randomness(0);
          return masks;
        });
  }

  /** Batches are this process' own again. */
  void leave() {
    if (operations.isOpen()) {
      run(
          "leaving a group",
          () -> {
            leaveGroup();
            return null;
          });
    }
  }

  private void leaveGroup() {
    freeBuffers();
    peers = Peers.NONE;
    if (isDivided) {
      isDivided = false;
      divide(Peers.NONE);
    }
    if (masks != null) {
      masks.close();
      masks = null;
    }
  }

  /** Has the optimizer remember this process' part alone, until the group is left. */
  void divideOptimizer(Peers among) {
    run(
        "dividing the optimizer's state",
        () -> {
          divide(among);
          isDivided = true;
          return null;
        });
  }

  private void divide(Peers among) {
    requireOptimizer().divide(among);
    if (network.hasDecayOfWeightsOnly()) {
      optimizer.decayOnly(weights.decayMask());
    }
  }

  /**
   * The optimizer.
   *
   * @throws IllegalStateException when there is none
   */
  public Optimizer requireOptimizer() {
    if (optimizer == null) {
      throw new IllegalStateException(
          network.name() + " has no optimizer: annotate it, for example with @SGD(lr = 1e-2)");
    }
    learning.require(optimizer);
    return optimizer;
  }

  /** All parameters: live views. */
  public List<Parameter> parameters() {
    return operations.alone(() -> weights.parameters());
  }

  /** All that is remembered besides, by name: live views. */
  public Map<String, Tensor> buffers() {
    return operations.alone(() -> weights.buffers());
  }

  /** Moves all, or nothing when something cannot be. */
  public void move(Device target) {
    run(
        "moving to " + target,
        () -> {
          if (!target.equals(device)) {
            moveAll(target);
          }
          return null;
        });
  }

  private void moveAll(Device target) {
    freeBuffers();
    Weights there = new Weights(network, target, weights);
    try {
      there.bind(model);
      if (optimizer != null) {
        optimizer.to(target);
      }
    } catch (RuntimeException | Error e) {
      weights.bind(model);
      there.close();
      throw e;
    }
    weights.close();
    weights = there;
    device = target;
  }

  /** What passes have is made anew for the next batch. */
  private void freeBuffers() {
    steps.freeBuffers();
    scoring.freeBuffers();
  }

  /**
   * What targets' classes weigh in a loss from now on, instead of what is stated.
   *
   * @param loss its number
   */
  public void classWeights(int loss, double... numbers) {
    run(
        "setting class weights",
        () -> {
          freeBuffers();
          classWeights[loss] = numbers.clone();
          return null;
        });
  }

  /** Who has the other parts of each batch. */
  Peers peers() {
    return peers;
  }

  /** What learns from now on. */
  public void learn(Learning what) {
    run(
        "setting what learns",
        () -> {
          if (what.first() != learning.first()
              || !Arrays.equals(what.frozenState(), learning.frozenState())) {
            freeBuffers();
          }
          if (optimizer != null && !what.learnsSame(learning)) {
            optimizer.othersLearn();
          }
          if (!what.groups().equals(learning.groups())) {
            steps.forgetRecorded();
          }
          learning = what;
          return null;
        });
  }

  /** What learns is again what annotations say; of a model that has been closed nothing does. */
  public void learnAsStated() {
    if (operations.isOpen()) {
      learn(asStated());
    }
  }

  /** As annotations say, and nothing besides. */
  private Learning asStated() {
    return new Learning(network, List.of(), Map.of());
  }

  /** What learns at present. */
  public Learning learning() {
    return learning;
  }

  /** Null where all weigh the same in a loss. */
  public double[] classWeights(int loss) {
    return classWeights[loss];
  }

  /** Whether products of a training step are in bfloat16, where a processor has that. */
  boolean computesMixed() {
    return network.isMixed() && (device.type() != Device.Type.CPU || Native.hasBfloat16());
  }

  /** Says so where a network is not trained in the precision that it asks for. */
  public void sayWhetherMixed() {
    if (network.isMixed() && !computesMixed()) {
      System.getLogger(Engine.class.getName())
          .log(
              Level.WARNING,
              network.name()
                  + " asks for precision BF16, but this processor has no instructions for"
                  + " bfloat16: training computes in 32-bit floats.");
    }
  }

  /** How a batch is divided. */
  Division division(long rows) {
    if (device.type() != Device.Type.CPU) {
      return Division.NONE;
    }
    int threads = Pools.threads();
    Divided last = divided;
    if (rows != last.rows || threads != last.threads) {
      last = new Divided(rows, threads, costs.division(rows, threads));
      divided = last;
    }
    return last.way;
  }

  /** How a batch of so many rows was divided among so many threads. */
  private record Divided(long rows, int threads, Division way) {}

  /** What the network consists of, and how batches as it is trained with are divided. */
  public Summary summary() {
    Summary summary = network.summary();
    int batch = network.training().batchSize();
    if (device.type() != Device.Type.CPU) {
      return Gpu.of(device)
          .map(gpu -> summary.divided(gpu.room(batch, summary.stepBytes(batch))))
          .orElse(summary);
    }
    int threads = Pools.threads();
    Division way = division(batch);
    boolean convolves = network.workload() == Workload.CONVOLUTIONS;
    String whose = threads == 1 ? "" : convolves ? ", libtorch's threads" : ", OpenBLAS' threads";
    return summary.divided(
        String.format(
            Locale.ROOT,
            "a batch of %d on %d thread%s: %s%s",
            batch,
            threads,
            threads == 1 ? "" : "s",
            way,
            way.workers() == 1 ? whose : ""));
  }

  /**
   * {@link Crew#divide}: each worker gathers the rows that are its share of the step to come, which
   * its core then has at hand.
   */
  public void gather(int size, Crew.Part part) {
    operations.alone(
        () -> {
          int count = Math.min(size, division(size).workers());
          IntConsumer share =
              i ->
                  part.gather(
                      (int) Buffers.first(i, size, count), (int) Buffers.first(i + 1, size, count));
          Pools.begin();
          try {
            team.run(count, Pools.take(Pools.Need.WORKERS_WITHOUT_PRODUCTS, count), share);
          } finally {
            Pools.end();
          }
          return null;
        });
  }

  /** Grows whenever weights may have changed; asked by what only reads them. */
  public long changes() {
    return operations.changes();
  }

  /** Runs something that only reads weights, beside others that do. */
  public void read(Runnable operation) {
    operations.read(operation);
  }

  /** The same of something that allocates, and with what it makes. */
  <T> T read(String doing, Supplier<T> operation) {
    return operations.read(doing, operation);
  }

  /** Runs something that neither reads nor changes the model, for which nobody waits. */
  <T> T apart(String doing, Supplier<T> operation) {
    return operations.apart(doing, operation);
  }

  /** Runs an operation alone, in a scope that frees what it allocates, with readable errors. */
  <T> T run(String doing, Supplier<T> operation) {
    return operations.run(doing, operation);
  }

  /** The same of one that changes no weights. */
  <T> T look(String doing, Supplier<T> operation) {
    return operations.look(doing, operation);
  }

  /** What libtorch has thrown, outside of an operation, in Java's terms. */
  RuntimeException readable(String doing, RuntimeException e) {
    return operations.readable(doing, e);
  }

  /** After {@link #close()} nothing goes. */
  public void requireOpen() {
    operations.requireOpen();
  }

  @Override
  public void close() {
    operations.end(this::free);
  }

  private void free() {
    Pools.closed();
    team.close();
    steps.close();
    scoring.freeBuffers();
    if (optimizer != null) {
      optimizer.close();
    }
    weights.close();
    randomness.close();
    if (masks != null) {
      masks.close();
    }
  }
}
