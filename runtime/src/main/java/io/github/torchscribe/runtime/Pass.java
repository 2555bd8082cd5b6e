package io.github.torchscribe.runtime;

import io.github.torchscribe.runtime.data.Shapes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The memory of a pass, training or evaluation, and the shares that work in it. All buffers lie in
 * one block, at offsets that the processor chose; a batch that is not larger than the largest so
 * far allocates nothing.
 */
final class Pass implements AutoCloseable {
  /**
   * With fewer rows of a small network a worker spends more on meeting the others than it saves.
   */
  private static final long FEWEST_ROWS = 32;

  /** What a worker has to do at least, in multiplications of the forward pass. */
  private static final long LEAST_WORK = 5_000_000;

  private final Engine engine;
  private final boolean training;
  private final List<Share> shares = new ArrayList<>();
  private final FlatBuffers flat;
  private final long multiplyAdds;
  private long capacity;
  private long total;
  private int count;
  private int threads = 1;
  private Arena block;
  private Arena views;
  private Tensor memory;
  private Tensor input;
  private Tensor target;
  private Counted counted;
  private boolean keepsInput;

  Pass(Engine engine, boolean training) {
    this.engine = engine;
    this.training = training;
    flat = new FlatBuffers(engine);
    multiplyAdds = engine.blueprint().multiplyAdds();
  }

  /**
   * Into how many shares a batch is divided, at most.
   *
   * @param multiplyAdds for one row, forward
   */
  static int shares(long rows, int workers, long multiplyAdds) {
    long fewest = LEAST_WORK / Math.max(1, multiplyAdds) + 1;
    return (int) Math.max(1, Math.min(workers, rows / Math.min(fewest, FEWEST_ROWS)));
  }

  /** The first row of the share with a number; that of the next is after its last. */
  static long first(int number, long rows, int shares) {
    return number * rows / shares;
  }

  /** Makes ready for a batch. */
  void begin(Tensor batch, Tensor targets, Counted some, int workers) {
    input = batch;
    target = targets;
    counted = some;
    long rows = batch.size(0);
    int wanted = shares(rows, workers, multiplyAdds);
    if (rows == total && wanted == count) {
      return;
    }
    if (rows > capacity) {
      close();
      long floats = rows * engine.blueprint().floatsPerExample(training);
      block = Arena.filledBy(() -> memory = allocate(floats));
      capacity = rows;
    } else if (views != null) {
      views.close();
      views = null;
    }
    total = rows;
    count = wanted;
    while (shares.size() < count) {
      shares.add(engine.newShare());
    }
    try {
      views = Arena.filledBy(this::bind);
    } catch (RuntimeException | Error e) {
      close(); // half of the shares would be bound to this batch, half to the last
      throw e;
    }
  }

  /** Makes ready for batches that all come in one tensor: views of it are made but once. */
  void keepInput(Tensor batch) {
    keepsInput = true;
    begin(batch, null, Counted.examples(batch.size(0)), 1);
  }

  /** Says in how many threads the shares compute from now on: each its own, or several one. */
  void workedOnBy(int threads) {
    this.threads = threads;
  }

  boolean keepsInput() {
    return keepsInput;
  }

  private Tensor allocate(long floats) {
    return torch.empty(new long[] {floats}, device().options(torch.ScalarType.Float), null);
  }

  private void bind() {
    for (int i = 0; i < count; i++) {
      shares.get(i).bindTo(this, i);
      if (keepsInput) {
        shares.get(i).takeInput();
      }
    }
  }

  /**
   * Every share does one phase after the other; all wait for all in between. Unless autograd has to
   * watch, libtorch is told that it need not: its inference mode saves half a microsecond a call.
   */
  void run(List<Consumer<Share>> phases) {
    boolean autograd = training && engine.blueprint().usesAutograd();
    InferenceMode mode = new InferenceMode(!autograd);
    try {
      GradMode.set_enabled(autograd);
      runPhases(phases);
    } finally {
      mode.close(); // sets the gradient mode back, too
    }
  }

  private void runPhases(List<Consumer<Share>> phases) {
    IntConsumer[] numbered = new IntConsumer[phases.size()];
    for (int i = 0; i < numbered.length; i++) {
      Consumer<Share> phase = phases.get(i);
      numbered[i] = number -> phase.accept(shares.get(number));
    }
    engine.team().run(count, threads, numbered);
  }

  /** The batch's mean loss. */
  double loss() {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += shares.get(i).lossPart();
    }
    return sum;
  }

  /** What an evaluation of the batch came to. */
  Evaluation evaluation() {
    long correct = 0;
    long decisions = 0;
    for (int i = 0; i < count; i++) {
      correct += shares.get(i).correct();
      decisions += shares.get(i).decisions();
    }
    return Evaluation.ofBatch(loss(), counted.weight(), correct, decisions, total);
  }

  Tensor piece(long offset, long from, long rows, long... shape) {
    long size = Shapes.elements(shape);
    return memory
        .narrow(0, offset * capacity + from * size, rows * size)
        .view(Shapes.batch(rows, shape));
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

  /** Whether products compute in bfloat16. */
  boolean isMixed() {
    return training && engine.computesMixed();
  }

  /** Laid out as the flat parameters, for what training needs besides. */
  FlatBuffers flat() {
    return flat;
  }

  Weights weights() {
    return engine.weights();
  }

  boolean isTraining() {
    return training;
  }

  /** The model's stream on the CPU; on a GPU libtorch's own, since a stream belongs to a device. */
  GeneratorOptional generator() {
    return device().type() == Device.Type.CPU
        ? engine.randomness().generator()
        : new GeneratorOptional();
  }

  int count() {
    return count;
  }

  long total() {
    return total;
  }

  Tensor input() {
    return input;
  }

  Tensor target() {
    return target;
  }

  /** What counts of the batch's targets. */
  Counted counted() {
    return counted;
  }

  /** What classes weigh; null where all weigh the same. */
  double[] classWeights() {
    return engine.classWeights();
  }

  Device device() {
    return engine.device();
  }

  Blueprint blueprint() {
    return engine.blueprint();
  }

  /** Frees everything; the next batch allocates anew. */
  @Override
  public void close() {
    if (views != null) {
      views.close();
      views = null;
    }
    if (block != null) {
      block.close();
      block = null;
    }
    flat.close();
    total = 0;
    count = 0;
    capacity = 0;
  }
}
