package io.github.torchscribe.runtime.engine;

import io.github.torchscribe.runtime.cuda.Recorder;
import io.github.torchscribe.runtime.generated.Buffers;
import io.github.torchscribe.runtime.generated.Costs;
import io.github.torchscribe.runtime.generated.Division;
import io.github.torchscribe.runtime.generated.Examples;
import io.github.torchscribe.runtime.generated.Network;
import io.github.torchscribe.runtime.generated.QuantizedWeights;
import io.github.torchscribe.runtime.generated.Share;
import io.github.torchscribe.runtime.generated.Squad;
import io.github.torchscribe.runtime.generated.StatedLoss;
import io.github.torchscribe.runtime.learner.Evaluation;
import io.github.torchscribe.runtime.process.Pools;
import io.github.torchscribe.runtime.torch.Arena;
import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Threads;
import io.github.torchscribe.runtime.torch.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A pass over batches, training or evaluation: how each is divided, and who computes the shares.
 */
public final class Pass implements AutoCloseable {
  /** What a thread has to do at least to be woken for it, in multiplications. */
  private static final long WORK_OF_A_HAND = 1_000_000;

  private final Engine engine;
  private final boolean training;
  private final Buffers buffers;
  private final List<Share> shares = new ArrayList<>();
  private final List<Squad> squads = new ArrayList<>();
  private int threads = 1;

  /** How many threads the only share has. */
  private int hands = 1;

  private Arena views;

  /** What {@link #isOneThread} was when shares were bound. */
  private boolean wasOneThread;

  private boolean keepsInput;

  /**
   * No batch yet.
   *
   * @param engine of the model
   * @param training with gradients
   */
  public Pass(Engine engine, boolean training) {
    this.engine = engine;
    this.training = training;
    buffers = new Buffers(engine.network(), training);
  }

  /**
   * From now on computes products with weights in 8 bits.
   *
   * @param weights have them
   */
  public void quantize(QuantizedWeights weights) {
    buffers.quantize(weights);
  }

  /** Makes ready for a batch, and takes the cores that work on it. */
  void begin(Examples batch) {
    // Some of libtorch's operations with an output of ours misread an input of another layout.
    take(contiguous(batch), engine.division(batch.size()));
    takeCores();
  }

  /** Goes on with the batch that forward has seen, which now has targets. */
  void goOn(Examples batch) {
    buffers.take(batch, buffers.division());
    takeCores();
  }

  /** For what is computed besides in a step, too: a norm depends on how many threads add up. */
  public void takeCores() {
    boolean answers = isAnswer();
    int granted =
        answers
            ? Pools.take(Pools.Need.WORKERS, buffers.usefulHands())
            : Pools.take(need(), workers());
    // Convolutions that are not libtorch's are divided among helpers, which have its cores.
    hands = answers ? granted : Pools.libtorch();
    threads = answers ? 1 : granted;
  }

  /**
   * Whether it is few examples that are asked about, whose parts are computed beside each other.
   */
  private boolean isAnswer() {
    return answersOne() || isProductsOfOne();
  }

  /** Whether what it is given stays where it is; what is replayed goes the way of batches. */
  private boolean answersOne() {
    return keepsInput && !training && !buffers.areRecorded();
  }

  /** Convolutions, and what else a network of these has, libtorch's threads divide. */
  private boolean isProductsOfOne() {
    Network network = engine.network();
    return !training
        && buffers.rows() == 1
        && network.isDivisible()
        && network.workload() == Workload.MATRIX_PRODUCTS
        && engine.device().type() == Device.Type.CPU;
  }

  /** How many threads an answer has work for: none is woken for less. */
  private int mostHands() {
    long work = buffers.rows() * engine.network().multiplyAdds();
    boolean divides = work >= 2 * WORK_OF_A_HAND && engine.device().type() == Device.Type.CPU;
    return divides ? (int) Math.min(Threads.count(), work / WORK_OF_A_HAND) : 1;
  }

  /** How many threads there may be where nobody has to be woken. */
  private int mostAwake() {
    return engine.device().type() == Device.Type.CPU ? Threads.count() : 1;
  }

  /** Whether there is memory, and the model is still where it was when this got it. */
  public boolean fits() {
    return buffers.hasRoomFor(1) && buffers.fits(engine.weights());
  }

  /** Before an answer: makes anew what reads weights, where these lie in another way now. */
  public void renew() {
    if (buffers.areOutdated(engine.changes())) {
      forget();
      bind();
    }
  }

  /**
   * Makes ready for batches that all come in the same tensors: views of them are made but once.
   *
   * @param inputs theirs
   */
  public void keepInputs(Tensor... inputs) {
    keepsInput = true;
    take(Examples.without(inputs), Division.NONE);
  }

  /**
   * Makes ready for batches that all come in the same tensors, and for work on them that is the
   * same each time, so that it may be recorded.
   *
   * @param examples whose tensors they are
   * @param recorder of the device
   */
  void keep(Examples examples, Recorder recorder) {
    keepsInput = true;
    buffers.beRecorded(recorder.branches());
    take(examples, Division.NONE);
  }

  /** Does work that may be recorded, from its beginning. */
  void runAgain(List<Consumer<Share>> phases) {
    buffers.beginWork();
    run(phases);
  }

  /** Puts the losses of work that was recorded somewhere, without waiting. */
  void putLosses(Tensor numbers) {
    shares.get(0).putLosses(numbers);
  }

  /** Reads the losses of work that was recorded: waits until it is done. */
  void readLosses() {
    shares.get(0).readLosses();
  }

  /** Draws what is random in the work to come, where that may be recorded. */
  void draw() {
    InferenceMode mode = new InferenceMode(true); // in which the work has made them
    try {
      buffers.draw();
    } finally {
      mode.close();
    }
  }

  private Examples contiguous(Examples batch) {
    try {
      return batch.contiguous();
    } catch (RuntimeException e) {
      throw noRoom(e, batch.size(), 0);
    }
  }

  private void take(Examples batch, Division way) {
    long rows = batch.size();
    while (shares.size() < way.workers()) {
      shares.add(engine.model().share()); // first: where it fails, all is as it was
    }
    boolean isAsBefore =
        rows == buffers.rows()
            && way.equals(buffers.division())
            && isOneThread(way) == wasOneThread
            && !buffers.areOutdated(engine.changes());
    if (!isAsBefore) {
      makeRoom(rows);
    }
    buffers.take(batch, way);
    if (!isAsBefore) {
      bind();
    }
  }

  /**
   * Whether a product is computed by one thread. What is made ready is chosen by that, and so are
   * digits: whoever changes the number of threads gets those of a model that never had another.
   */
  private boolean isOneThread(Division way) {
    return isAnswer() || way.workers() > 1 || Threads.count() == 1;
  }

  private void makeRoom(long rows) {
    if (!buffers.hasRoomFor(rows)) {
      close();
      try {
        buffers.allocate(rows, engine.setting(training));
      } catch (RuntimeException e) {
        throw noRoom(e, rows, 0);
      }
    } else {
      forget();
    }
  }

  /** Frees what there is for a batch size. */
  private void forget() {
    for (Squad squad : squads) {
      squad.close();
    }
    squads.clear();
    shares.forEach(Share::forget);
    if (views != null) {
      views.close();
      views = null;
    }
  }

  private void bind() {
    // What is made ready for short products costs more than these, unless inputs stay.
    buffers.expectHands(isAnswer() ? mostHands() : 1, answersOne() ? mostAwake() : 1);
    Division way = buffers.division();
    wasOneThread = isOneThread(way);
    buffers.choose(wasOneThread && !buffers.areRecorded(), keepsInput, engine.changes());
    for (int i = 0; way.each() > 1 && i < way.shares(); i++) {
      squads.add(new Squad(way.each(), Costs.leastProduct(), engine.team()::isBroken));
    }
    try {
      views =
          Arena.filledBy(
              () -> {
                for (int i = 0; i < way.workers(); i++) {
                  Squad squad = squads.isEmpty() ? null : squads.get(i % way.shares());
                  shares.get(i).begin(buffers, i, squad, keepsInput);
                }
              });
    } catch (RuntimeException | Error e) {
      close(); // half of the shares would be bound to this batch, half to the last
      throw e;
    }
  }

  private int workers() {
    return buffers.division().workers();
  }

  private Pools.Need need() {
    if (workers() > 1 || engine.device().type() != Device.Type.CPU) {
      return Pools.Need.WORKERS;
    }
    return engine.network().workload() == Workload.CONVOLUTIONS
        ? Pools.Need.LIBTORCH
        : Pools.Need.OPENBLAS;
  }

  /**
   * Every share does one phase after the other; all wait for all in between. Unless autograd has to
   * watch, libtorch is told that it need not: its inference mode saves half a microsecond a call.
   *
   * @param phases what each does
   */
  public void run(List<Consumer<Share>> phases) {
    boolean autograd = training && engine.network().usesAutograd();
    boolean before = allowTensorFloat32(engine.network().allowsTensorFloat32());
    InferenceMode mode = new InferenceMode(!autograd);
    try {
      GradMode.set_enabled(autograd);
      buffers.takeHands(hands);
      runPhases(phases);
    } catch (RuntimeException e) {
      throw noRoom(e, buffers.rows(), buffers.bytes());
    } finally {
      buffers.releaseHands();
      mode.close(); // sets the gradient mode back, too
      allowTensorFloat32(before);
    }
  }

  /**
   * Says what a batch needs where there is no memory for it, and lets go of what there is of the
   * pass: a smaller batch needs less. Other exceptions stay as they are.
   */
  RuntimeException noRoom(RuntimeException e, long rows, long held) {
    Network network = engine.network();
    long each = network.floatsPerExample(training) + network.floatsBrought(training);
    long planned = Float.BYTES * each;
    Optional<NoRoom> found = NoRoom.of(e, new NoRoom.Need(engine.device(), rows, planned, held));
    if (found.isPresent() && !keepsInput) { // else it is whoever reads these inputs that lets go
      close();
    }
    return found.isPresent() ? found.get() : e;
  }

  /**
   * Whether a GPU's products may round their factors: a setting of the whole process, and so set
   * back behind the pass.
   *
   * @return what it was
   */
  private boolean allowTensorFloat32(boolean allowed) {
    if (engine.device().type() == Device.Type.CPU) {
      return false;
    }
    boolean before = torch.globalContext().allowTF32CuBLAS();
    if (before != allowed) {
      torch.globalContext().setAllowTF32CuBLAS(allowed);
    }
    return before;
  }

  private void runPhases(List<Consumer<Share>> phases) {
    if (workers() == 1) {
      for (int i = 0; i < phases.size(); i++) {
        phases.get(i).accept(shares.get(0)); // without an object for each prediction
      }
      return;
    }
    IntConsumer[] numbered = new IntConsumer[phases.size()];
    for (int i = 0; i < numbered.length; i++) {
      Consumer<Share> phase = phases.get(i);
      numbered[i] = number -> phase.accept(shares.get(number));
    }
    for (int i = 0; i < squads.size(); i++) {
      squads.get(i).open();
    }
    engine.team().run(workers(), threads, numbered);
  }

  /**
   * The batch's mean loss, or the weighted sum of all that have one: nothing may count in one of
   * several.
   */
  double loss() {
    List<StatedLoss> losses = engine.network().signature().losses();
    if (losses.size() == 1) {
      return loss(0) * losses.get(0).weight();
    }
    double sum = 0;
    boolean any = false;
    for (int i = 0; i < losses.size(); i++) {
      if (buffers.counted(i).counting() > 0) {
        sum += loss(i) * losses.get(i).weight();
        any = true;
      }
    }
    return any ? sum : Double.NaN;
  }

  /** The batch's mean of one of the losses. */
  double loss(int which) {
    double sum = 0;
    for (int i = 0; i < buffers.shares(); i++) {
      sum += shares.get(i).lossPart(which);
    }
    return sum;
  }

  /**
   * What an evaluation of the batch came to in one of the losses.
   *
   * @param loss what that loss was
   */
  Evaluation evaluation(int which, double loss) {
    long correct = 0;
    long decisions = 0;
    for (int i = 0; i < buffers.shares(); i++) {
      correct += shares.get(i).correct(which);
      decisions += shares.get(i).decisions(which);
    }
    return Evaluation.ofBatch(
        loss, buffers.counted(which).weight(), correct, decisions, buffers.rows());
  }

  /** Frees everything; the next batch allocates anew. */
  @Override
  public void close() {
    forget();
    buffers.close();
  }
}
