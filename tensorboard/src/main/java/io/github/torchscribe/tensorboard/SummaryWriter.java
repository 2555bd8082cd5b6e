package io.github.torchscribe.tensorboard;

import io.github.torchscribe.runtime.data.Picture;
import io.github.torchscribe.runtime.file.FileFailure;
import io.github.torchscribe.runtime.learner.Learner;
import io.github.torchscribe.runtime.learner.Parameter;
import io.github.torchscribe.runtime.learner.Summary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;

/**
 * Writes what TensorBoard shows, with the calls, names and meanings of {@code
 * torch.utils.tensorboard.SummaryWriter}.
 *
 * <pre>{@code
 * try (SummaryWriter writer = SummaryWriter.in(Path.of("runs/first"))) {
 *   writer.addScalar("Loss/train", loss, step);
 * }
 * }</pre>
 *
 * <p>Each writer begins a file of its own, so that several may write into a folder. What has been
 * added is handed to the system once a second, with the first call after that, and by {@link
 * #flush} and {@link #close}. All methods may be called by several threads.
 *
 * <p>Where a file cannot be written, methods throw {@link UncheckedIOException}, which says what
 * happened to which file; of what was added since the last second some is lost, what is there is
 * whole, and later calls try anew. After {@link #close} they throw {@link IllegalStateException}.
 */
public final class SummaryWriter implements AutoCloseable {
  private static final String VERSION = "brain.Event:2";
  private static final int SESSION_STARTS = 1;

  private final Path folder;
  private final EventFile file;
  private final Map<String, SummaryWriter> others = new LinkedHashMap<>();

  private SummaryWriter(Path folder, OptionalLong purgeStep) {
    this.folder = folder;
    try {
      file = EventFile.in(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(FileFailure.of(folder, e), e);
    }
    try {
      begin(purgeStep);
    } catch (RuntimeException | Error e) {
      try {
        file.close();
      } catch (IOException other) {
        e.addSuppressed(other);
      }
      throw e;
    }
  }

  private void begin(OptionalLong purgeStep) {
    add(OptionalLong.empty(), event -> begin(event).put(10, new Message().put(1, "torchscribe")));
    if (purgeStep.isPresent()) {
      add(purgeStep, SummaryWriter::begin);
      add(purgeStep, event -> event.put(7, new Message().put(1, SESSION_STARTS)));
    }
    flush();
  }

  private static Message begin(Message event) {
    return event.put(3, VERSION);
  }

  /**
   * Begins to write.
   *
   * @param logDir the folder of a run, which is made where it is missing; TensorBoard shows all
   *     runs below the folder that it is started with
   * @return to be closed
   */
  public static SummaryWriter in(Path logDir) {
    return new SummaryWriter(logDir, OptionalLong.empty());
  }

  /**
   * Goes on with a run that had come further before it broke off: what other files of the folder
   * have of this step and later ones is hidden.
   *
   * @param logDir the folder of the run
   * @param purgeStep the first that is written again
   * @return to be closed
   */
  public static SummaryWriter in(Path logDir, long purgeStep) {
    return new SummaryWriter(logDir, OptionalLong.of(purgeStep));
  }

  /**
   * The folder of the run.
   *
   * @return as it was given
   */
  public Path logDir() {
    return folder;
  }

  /**
   * A point of a curve.
   *
   * @param tag what the curve is called; those with the same text before the first slash stand
   *     together
   * @param value is kept in 32 bits; may be NaN or infinite, which is drawn as a triangle
   * @param step where the point is
   */
  public void addScalar(String tag, double value, long step) {
    addSummary(Summaries.scalar(tag, value), step);
  }

  /**
   * A point of each of several curves in one chart: each is a run of its own, in a folder below
   * this one's.
   *
   * @param mainTag what the chart is called
   * @param values by what the curves are called
   * @param step where the points are
   */
  public void addScalars(String mainTag, Map<String, ? extends Number> values, long step) {
    values.forEach(
        (tag, value) ->
            other(mainTag.replace('/', '_') + "_" + tag)
                .addScalar(mainTag, value.doubleValue(), step));
  }

  private SummaryWriter other(String name) {
    synchronized (others) {
      file.requireOpen(); // nobody would close another
      return others.computeIfAbsent(name, any -> in(below(any)));
    }
  }

  /** A folder of a run below this one's, wherever a name says that it is. */
  private Path below(String name) {
    Path path = folder.resolve(name).normalize();
    if (!path.startsWith(folder.normalize()) || path.equals(folder.normalize())) {
      throw new IllegalArgumentException(name + " is no folder below " + folder);
    }
    return path;
  }

  /**
   * How numbers are spread, in TensorFlow's bins: 0 and ±1.1ⁿ·10⁻¹².
   *
   * @param tag what the histogram is called
   * @param values of any shape; what is NaN or infinite is left out
   * @param step when they were so
   * @throws IllegalArgumentException where there is no finite number
   */
  public void addHistogram(String tag, Tensor values, long step) {
    addHistogram(tag, Numbers.histogram(values), step);
  }

  /**
   * How numbers are spread, in TensorFlow's bins: 0 and ±1.1ⁿ·10⁻¹².
   *
   * @param tag what the histogram is called
   * @param values what is NaN or infinite is left out
   * @param step when they were so
   * @throws IllegalArgumentException where there is no finite number
   */
  public void addHistogram(String tag, double[] values, long step) {
    Histogram histogram = new Histogram();
    for (double value : values) {
      histogram.add(value);
    }
    addHistogram(tag, histogram, step);
  }

  void addHistogram(String tag, Histogram histogram, long step) {
    if (histogram.isEmpty()) {
      throw new IllegalArgumentException("no value of " + tag + " is a finite number");
    }
    addSummary(Summaries.histogram(tag, histogram), step);
  }

  /**
   * An image.
   *
   * @param tag what it is called
   * @param image (3, H, W), (1, H, W) or (H, W): bytes, or numbers from 0 to 1, beyond which they
   *     are clipped
   * @param step when it was so
   */
  public void addImage(String tag, Tensor image, long step) {
    addImage(tag, Picture.clipped(image), step);
  }

  /**
   * An image.
   *
   * @param tag what it is called
   * @param image is kept as a PNG
   * @param step when it was so
   */
  public void addImage(String tag, Picture image, long step) {
    addSummary(Summaries.image(tag, image), step);
  }

  /**
   * Several images, eight beside each other.
   *
   * @param tag what they are called
   * @param images (N, 3, H, W) or (N, 1, H, W): bytes, or numbers from 0 to 1
   * @param step when they were so
   */
  public void addImages(String tag, Tensor images, long step) {
    addImage(tag, Numbers.grid(images), step);
  }

  /**
   * A text.
   *
   * @param tag what it is called
   * @param text Markdown
   * @param step when it was so
   */
  public void addText(String tag, String text, long step) {
    addSummary(Summaries.text(tag, text), step);
  }

  /**
   * The graph of a network: layers and what they learn, with the shapes that flow between them.
   *
   * @param learner for example a model
   */
  public void addGraph(Learner learner) {
    addGraph(learner.summary(), learner.parameters());
  }

  /**
   * The graph of a network.
   *
   * @param network what it consists of
   * @param parameters what its layers learn; may be empty
   */
  public void addGraph(Summary network, List<Parameter> parameters) {
    Message graph = NetworkGraph.of(network, parameters);
    add(OptionalLong.empty(), event -> event.put(4, graph.bytes()));
  }

  /**
   * What a run had and what it came to, for the page that compares runs: a run of its own, in a
   * folder below this one's that is called by the time.
   *
   * @param hparams numbers, texts, true or false, by name
   * @param metrics by tags, which no scalar has
   */
  public void addHparams(Map<String, ?> hparams, Map<String, ? extends Number> metrics) {
    Instant now = Clock.systemUTC().instant();
    String name = String.format(Locale.ROOT, "%.7f", seconds(now));
    addHparams(hparams, metrics, name);
  }

  /**
   * What a run had and what it came to, for the page that compares runs.
   *
   * @param hparams numbers, texts, true or false, by name
   * @param metrics by tags, which no scalar has
   * @param runName the folder of that, below this one's
   * @throws IllegalArgumentException where a value is something else
   */
  public void addHparams(
      Map<String, ?> hparams, Map<String, ? extends Number> metrics, String runName) {
    file.requireOpen();
    try (SummaryWriter run = in(below(runName))) {
      run.beginSession(hparams, metrics.keySet());
      run.endSession(true);
      metrics.forEach((tag, value) -> run.addScalar(tag, value.doubleValue(), 0));
    }
  }

  /** Says what a run has, and which of its scalars it is to be compared by. */
  void beginSession(Map<String, ?> hparams, Collection<String> metrics) {
    addSummary(Hyperparameters.experiment(hparams, metrics), 0);
    addSummary(Hyperparameters.start(hparams), 0);
  }

  void endSession(boolean successful) {
    addSummary(Hyperparameters.end(successful), 0);
  }

  private void addSummary(Message summary, long step) {
    add(OptionalLong.of(step), event -> event.put(5, summary));
  }

  private void add(OptionalLong step, UnaryOperator<Message> what) {
    Message event = new Message().put(1, seconds(Clock.systemUTC().instant()));
    step.ifPresent(number -> event.put(2, number));
    attempt(() -> file.add(what.apply(event).bytes()));
  }

  private static double seconds(Instant time) {
    return Duration.between(Instant.EPOCH, time).toNanos() / 1e9;
  }

  /** Hands the system what has been added until now. */
  public void flush() {
    synchronized (others) {
      all(SummaryWriter::flush, file::flush);
    }
  }

  /** Something that writes. */
  private interface Writing {
    void run() throws IOException;
  }

  private void attempt(Writing writing) {
    try {
      writing.run();
    } catch (IOException e) {
      throw new UncheckedIOException(FileFailure.of(file.path(), e), e);
    }
  }

  /** Does something with all of a writer's files, also where it fails with some. */
  private void all(Consumer<SummaryWriter> other, Writing own) {
    RuntimeException failure = null;
    for (SummaryWriter some : others.values()) {
      failure = tried(() -> other.accept(some), failure);
    }
    failure = tried(() -> attempt(own), failure);
    if (failure != null) {
      throw failure;
    }
  }

  private static RuntimeException tried(Runnable what, RuntimeException before) {
    try {
      what.run();
    } catch (RuntimeException e) {
      if (before == null) {
        return e;
      }
      before.addSuppressed(e);
    }
    return before;
  }

  @Override
  public void close() {
    synchronized (others) {
      all(SummaryWriter::close, file::close);
    }
  }
}
