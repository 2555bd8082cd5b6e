package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.process.Hands;
import io.github.torchscribe.runtime.process.Pools;
import io.github.torchscribe.runtime.torch.Arena;
import io.github.torchscribe.runtime.torch.Branches;
import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Peers;
import io.github.torchscribe.runtime.torch.Shapes;
import java.util.Arrays;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The memory of a pass, and the batch that is in it. All buffers lie in one block, at offsets that
 * the processor chose; a batch that is not larger than the largest so far allocates nothing.
 *
 * <p>While training the rows of a buffer lie together, those of all shares: the second phase reads
 * them as one matrix. Otherwise all that a share has lies together, for only the share itself reads
 * it: buffers of any size may then follow each other in one place, while another share is still
 * somewhere else in the network.
 */
public final class Buffers implements AutoCloseable {
  private final Network network;
  private final boolean training;
  private final long floatsPerRow;
  private final FlatBuffers flat;
  private final Hands hands = new Hands();
  private QuantizedWeights quantized;
  private int turned = TurnedWeights.NONE;
  private boolean multipliesSmall;
  private boolean mayReadTurned;
  private boolean turnsAtOnce;
  private boolean dependsOnTurned;
  private Setting setting;
  private long capacity;
  private Arena block;
  private Tensor memory;
  private GeneratorOptional generator;
  private int binding;
  private Draws draws;
  private Branches branches = Branches.NONE;
  private Examples examples;
  private long rows;
  private Division division = Division.NONE;

  /**
   * No memory yet.
   *
   * @param network whose pass it is
   * @param training with gradients
   */
  public Buffers(Network network, boolean training) {
    this(network, training, network.floatsPerExample(training));
  }

  private Buffers(Network network, boolean training, long floatsPerRow) {
    this.network = network;
    this.training = training;
    this.floatsPerRow = floatsPerRow;
    flat =
        new FlatBuffers(network.size() + network.frozenSize(), network.size() + network.tiedSize());
  }

  /**
   * No memory yet, and a row is a position of a text.
   *
   * @param network that writes texts
   */
  public static Buffers ofPositions(Network network) {
    return new Buffers(network, false, network.floatsPerPosition());
  }

  /**
   * What a pass works with, which changes only while it has no memory.
   *
   * @param device where it computes
   * @param weights of the model
   * @param mixed whether products compute in bfloat16
   * @param generator what layers such as dropout draw from
   * @param peers who has the other parts of each batch, for layers that want to know of all
   * @param classWeights what classes weigh in each loss; null where all weigh the same
   * @param firstLearned where the first parameter begins that is not frozen
   * @param frozen where what is remembered begins that stays as it is, ascending
   */
  public record Setting(
      Device device,
      Weights weights,
      boolean mixed,
      GeneratorOptional generator,
      Peers peers,
      double[][] classWeights,
      long firstLearned,
      long... frozen) {}

  /**
   * Whether there is memory for so many rows.
   *
   * @param rows of a batch
   * @return false before the first
   */
  public boolean hasRoomFor(long rows) {
    return rows <= capacity;
  }

  /**
   * Takes memory.
   *
   * @param rows of the largest batch
   * @param some what the pass works with
   */
  public void allocate(long rows, Setting some) {
    close();
    setting = some;
    generator = some.generator;
    long floats = rows * floatsPerRow;
    block =
        Arena.filledBy(
            () -> {
              memory =
                  torch.empty(
                      new long[] {floats}, some.device.options(torch.ScalarType.Float), null);
            });
    binding = some.weights.binding();
    capacity = rows;
  }

  /**
   * Takes a batch, for which there is room.
   *
   * @param batch what there is
   * @param way how it is divided
   */
  public void take(Examples batch, Division way) {
    examples = batch;
    rows = batch.size();
    division = way;
  }

  /**
   * The first row of a share; that of the next is after its last.
   *
   * @param number of the share, up to and including how many there are
   * @param rows of the batch
   * @param shares how many there are
   * @return from 0 to the number of rows
   */
  public static long first(int number, long rows, int shares) {
    return number * rows / shares;
  }

  /**
   * Whether what the memory was taken for is still so.
   *
   * @param some a model's weights now
   * @return false after it has moved, or failed to
   */
  public boolean fits(Weights some) {
    return setting.weights == some && binding == some.binding();
  }

  /**
   * Before shares are bound: decides how products are computed, and whether they read weights that
   * were turned beforehand.
   *
   * @param isPossible whether the pass has one thread for each product
   * @param atOnce whether weights are turned for the first answer already
   * @param changes how often weights may have changed until now
   */
  public void choose(boolean isPossible, boolean atOnce, long changes) {
    turnsAtOnce = atOnce;
    boolean isHere = setting.device.type() == Device.Type.CPU && Pools.multipliesSmall();
    multipliesSmall = isPossible && isHere;
    mayReadTurned = multipliesSmall && !training && quantized == null;
    dependsOnTurned = false;
    turned = mayReadTurned ? weights().turned().lastVersion(changes, atOnce) : TurnedWeights.NONE;
  }

  /** Whether each thread computes products for itself, for which OpenBLAS has small kernels. */
  boolean multipliesSmall() {
    return multipliesSmall;
  }

  /**
   * Whether shares would be bound in another way now; to be asked once before each answer.
   *
   * @param changes how often weights may have changed until now
   * @return true where weights have changed, or not for a long time
   */
  public boolean areOutdated(long changes) {
    return dependsOnTurned && weights().turned().version(changes, turnsAtOnce) != turned;
  }

  /** Whether products read weights that were turned beforehand. */
  boolean readTurned() {
    dependsOnTurned = mayReadTurned;
    return turned != TurnedWeights.NONE;
  }

  /** Rows of a buffer: those of a share, or, while training, all. */
  Tensor piece(long offset, long from, long some, long... shape) {
    long size = Shapes.elements(shape);
    long begin = training ? offset * capacity + from * size : from * floatsPerRow + offset * some;
    return memory.narrow(0, begin, some * size).view(Shapes.batch(some, shape));
  }

  /**
   * The same of a buffer whose numbers are bfloat16 in mixed precision: they take half of its
   * memory.
   */
  Tensor piece16(long offset, long from, long rows, long... shape) {
    if (!isMixed()) {
      return piece(offset, from, rows, shape);
    }
    long size = Shapes.elements(shape);
    return memory
        .narrow(0, offset * capacity, (size * capacity + 1) / 2)
        .view(torch.ScalarType.BFloat16)
        .narrow(0, from * size, rows * size)
        .view(Shapes.batch(rows, shape));
  }

  boolean isMixed() {
    return setting.mixed;
  }

  /** A share's pieces of the parameters' gradients; the first has the gradients themselves. */
  Tensor pieces(int share) {
    return flat.pieces(share, setting.device);
  }

  /** All parameters in bfloat16, as they were when the step began. */
  Tensor loweredValues() {
    return flat.loweredValues(setting.device);
  }

  /** Room for gradients of products in bfloat16. */
  Tensor loweredGradients() {
    return flat.loweredGradients(setting.device);
  }

  Weights weights() {
    return setting.weights;
  }

  boolean isTraining() {
    return training;
  }

  /** A mask drawn from the model's random stream: 1 with a probability, otherwise 0. */
  Tensor drawn(Tensor mask, double probability) {
    if (draws == null) {
      return mask.bernoulli_(probability, generator);
    }
    draws.fill(mask, probability, generator);
    return mask;
  }

  /**
   * From now on the same work is done again and again, and may be recorded.
   *
   * @param ways on which parts of it go beside each other
   */
  public void beRecorded(Branches ways) {
    draws = new Draws();
    branches = ways;
  }

  Branches branches() {
    return branches;
  }

  /** Before the work is done once more, recorded or not: draws what is random in it. */
  public void draw() {
    draws.draw(generator);
  }

  /** The work begins, maybe once more with what has been drawn: a recording may have failed. */
  public void beginWork() {
    draws.begin();
  }

  /** Whether the work that reads this may be recorded. */
  public boolean areRecorded() {
    return draws != null;
  }

  /** How many rows the batch has; 0 where there is none. */
  public long rows() {
    return rows;
  }

  /**
   * Over how many rows the loss is a mean, of which this pass gives the gradient: those of all
   * peers, where losses are divided by what they are told.
   */
  long total() {
    return training && network.dividesLosses() ? rows * setting.peers.size() : rows;
  }

  /** How the batch is divided. */
  public Division division() {
    return division;
  }

  /** How many shares have rows of it. */
  public int shares() {
    return division.shares();
  }

  Tensor input(int which) {
    return examples.inputs()[which];
  }

  /** What a loss compares with; null where it compares outputs with each other. */
  Tensor target(int loss) {
    return examples.targets()[loss];
  }

  /** What counts of the batch's targets in a loss. */
  public Counted counted(int loss) {
    return examples.counted()[loss];
  }

  double[] classWeights(int loss) {
    return setting.classWeights[loss];
  }

  /** Whether a parameter before an offset is not frozen, or an input's gradient is asked for. */
  boolean learnsBefore(long offset) {
    return setting.firstLearned < offset || !network.inputsWithGradient().isEmpty();
  }

  /** Whether what is remembered is not frozen. */
  boolean learns(Tensor remembered) {
    return setting.frozen.length == 0
        || Arrays.binarySearch(setting.frozen, remembered.storage_offset()) < 0;
  }

  /**
   * From now on products are computed with weights in 8 bits.
   *
   * @param weights have them
   */
  public void quantize(QuantizedWeights weights) {
    quantized = weights;
  }

  /** Null where products are computed in 32-bit floats. */
  QuantizedWeights quantized() {
    return quantized;
  }

  /** Who computes what a share can divide among several threads. */
  Hands hands() {
    return hands;
  }

  /**
   * Says how many threads there may be for a share, before one is bound.
   *
   * @param threads the calling one among them
   * @param briefly how many for what is so short that nobody is woken for it
   */
  public void expectHands(int threads, int briefly) {
    hands.expect(threads, briefly);
  }

  /** For how many threads there are parts, the calling one among them. */
  public int usefulHands() {
    return hands.useful();
  }

  /**
   * Takes helpers for the only share, for as long as it computes.
   *
   * @param threads that the operation has, the calling one among them
   */
  public void takeHands(int threads) {
    hands.take(threads);
  }

  /** Gives the helpers back. */
  public void releaseHands() {
    hands.release();
  }

  Peers peers() {
    return setting.peers;
  }

  /** What the loss is a mean over, as the batches of peers weigh against each other. */
  double weight() {
    return examples.weight();
  }

  Device device() {
    return setting.device;
  }

  Network network() {
    return network;
  }

  /** How many bytes the block has. */
  public long bytes() {
    return Float.BYTES * capacity * floatsPerRow;
  }

  /** Frees everything; the next batch allocates anew. */
  @Override
  public void close() {
    if (block != null) {
      block.close();
      block = null;
    }
    flat.close();
    if (draws != null) {
      draws.close();
    }
    rows = 0;
    division = Division.NONE;
    capacity = 0;
  }
}
