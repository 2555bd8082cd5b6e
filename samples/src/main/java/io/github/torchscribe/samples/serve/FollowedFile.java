package io.github.torchscribe.samples.serve;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Predictor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Has a predictor answer by the weights that a file has now: when the file changes, they are loaded
 * into another model, and that is swapped in while questions come. Of a file that does not fit it
 * tells, and the weights stay as they are. {@link Model#save} replaces a file as a whole; who
 * copies one should do it beside and rename it.
 */
public final class FollowedFile implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(FollowedFile.class.getName());

  private final Path file;
  private final Supplier<? extends Model> models;
  private final Predictor predictor;
  private final Consumer<String> news;
  private final ScheduledExecutorService watch;
  private Stamp seen;
  private Model swappedIn;

  /**
   * What tells whether a file is another than it was. To be taken before the file is read: what is
   * written meanwhile is seen then.
   *
   * @param time when it was written; null where there is none
   * @param size in bytes
   * @param key its place on the disk, where the file system has one
   */
  public record Stamp(FileTime time, long size, Object key) {
    /**
     * A file's as it is now.
     *
     * @param file may be missing
     * @return its stamp
     */
    public static Stamp of(Path file) {
      try {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        return new Stamp(now.lastModifiedTime(), now.size(), now.fileKey());
      } catch (IOException e) {
        return new Stamp(null, 0, null);
      }
    }

    private boolean isThere() {
      return time != null;
    }
  }

  /**
   * The predictor's model has what the file had.
   *
   * @param file weights, as safetensors
   * @param loaded the file's stamp, taken before they were loaded into the predictor's model
   * @param models makes one for other weights
   * @param predictor goes over to it
   * @param news is told of each swap, and of files that do not fit
   */
  public FollowedFile(
      Path file,
      Stamp loaded,
      Supplier<? extends Model> models,
      Predictor predictor,
      Consumer<String> news) {
    this.file = file;
    this.models = models;
    this.predictor = predictor;
    this.news = news;
    seen = loaded;
    watch =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "followed-file");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Follows from now on.
   *
   * @param every how often the file is looked at
   */
  public void follow(Duration every) {
    long nanos = every.toNanos();
    watch.scheduleWithFixedDelay(this::look, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /** Throws nothing: it would not be called again, and nobody would know. */
  private void look() {
    try {
      Stamp now = Stamp.of(file);
      if (now.isThere() && !now.equals(seen)) {
        seen = now; // also where it does not fit: it is told of once
        swap();
        tell("answers come of " + file + " as it is now");
      }
    } catch (Throwable e) {
      Object why = e instanceof RuntimeException ? e.getMessage() : e;
      tell("the weights stay as they are: " + why);
    }
  }

  private void tell(String what) {
    try {
      news.accept(what);
    } catch (Throwable e) {
      LOG.log(System.Logger.Level.WARNING, "nobody could be told that " + what, e);
    }
  }

  private void swap() {
    Model next = models.get();
    try {
      next.load(file);
      predictor.swap(next);
    } catch (RuntimeException | Error e) {
      next.close();
      throw e;
    }
    Model before = swappedIn;
    swappedIn = next;
    if (before != null) {
      before.close();
    }
  }

  /** Follows no longer, and closes the model that was swapped in: the predictor is to be closed. */
  @Override
  public void close() {
    watch.shutdown();
    try {
      if (!watch.awaitTermination(1, TimeUnit.MINUTES)) {
        return; // a model is being loaded: the memory goes with the process
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    if (swappedIn != null) {
      swappedIn.close();
    }
  }
}
