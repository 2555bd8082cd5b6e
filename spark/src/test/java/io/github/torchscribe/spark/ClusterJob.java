package io.github.torchscribe.spark;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.data.Mnist;
import io.github.torchscribe.runtime.learner.History;
import io.github.torchscribe.runtime.log.TrainingLog;
import io.github.torchscribe.samples.mnist.MlpModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.SparkStatusTracker;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.StageInfo;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.bytedeco.javacpp.PointerScope;

/**
 * What ClusterTest submits: does one thing after the other on the cluster, and writes what came of
 * each into a file.
 */
public final class ClusterJob {
  private final SparkSession spark;
  private final Path folder;
  private final Properties results = new Properties();

  private ClusterJob(SparkSession spark, Path folder) {
    this.spark = spark;
    this.folder = folder;
  }

  /** Takes the folder for data and results, what results are called, and what to do. */
  public static void main(String... args) throws IOException {
    SparkSession spark = SparkSession.builder().getOrCreate();
    ClusterJob job = new ClusterJob(spark, Path.of(args[0]));
    List<String> stages = new CopyOnWriteArrayList<>();
    spark.sparkContext().addSparkListener(new Stages(stages));
    try {
      for (String what : Arrays.copyOfRange(args, 2, args.length)) {
        long began = System.nanoTime();
        try {
          job.run(what);
        } catch (Exception e) { // Spark's own are checked, and nobody declares them
          job.put(what + ".failure", e.toString());
          e.printStackTrace();
        }
        job.put(what + ".seconds", (System.nanoTime() - began) / 1e9);
        job.store(args[1]);
      }
    } finally {
      spark.stop();
      Files.write(job.folder.resolve(args[1] + ".stages"), stages);
    }
  }

  /** After each thing, so that it is seen which does not end. */
  private void store(String name) throws IOException {
    try (Writer out = Files.newBufferedWriter(folder.resolve(name + ".properties"))) {
      results.store(out, null);
    }
  }

  /** What the driver knows of each stage that has ended, a line each. */
  private static final class Stages extends SparkListener {
    private final List<String> lines;

    Stages(List<String> lines) {
      this.lines = lines;
    }

    @Override
    public void onStageCompleted(SparkListenerStageCompleted completed) {
      StageInfo stage = completed.stageInfo();
      long took = (long) stage.completionTime().get() - (long) stage.submissionTime().get();
      lines.add(
          String.format(
              Locale.ROOT,
              "%3d.%d %2d tasks %7.1f s  %s%s",
              stage.stageId(),
              stage.attemptNumber(),
              stage.numTasks(),
              took / 1e3,
              stage.name(),
              stage.failureReason().isEmpty()
                  ? ""
                  : "  failed: " + stage.failureReason().get().lines().findFirst().orElse("")));
    }
  }

  private void put(String key, Object value) {
    results.setProperty(key, "" + value);
  }

  private void run(String what) {
    switch (what) {
      case "prepare" -> prepare();
      case "learn" -> learn();
      case "killed" -> killed();
      case "thrown" -> thrown();
      case "together" -> put(training(2).epochs(2).fit(test()).history(), "together");
      case "slots" -> training(3).fit(train());
      case "uneven" -> uneven();
      case "cancelled" -> cancelled();
      case "reading" -> new Reading(spark, train(), results).run();
      default -> throw new IllegalArgumentException(what);
    }
  }

  private void prepare() {
    Images.of(spark, true, 60_000).write().parquet(file("train"));
    Images.of(spark, false, 10_000).write().parquet(file("test"));
  }

  private String file(String name) {
    return folder.resolve(name + ".parquet").toUri().toString();
  }

  private Dataset<Row> train() {
    return spark.read().parquet(file("train"));
  }

  private Dataset<Row> test() {
    return spark.read().parquet(file("test"));
  }

  private static SparkTraining training(int processes) {
    return SparkTraining.of(MlpModel::create)
        .processes(processes)
        .batchSize(200 / processes)
        .features("features")
        .label("label");
  }

  /** The README's network, ten epochs; then predictions on the cluster and on the driver. */
  private void learn() {
    long began = System.nanoTime();
    SparkModel trained =
        training(2).checkpoints(folder.resolve("learn").toUri()).fit(train(), test());
    put("learn.training", (System.nanoTime() - began) / 1e9);
    put("learn.epochTime", trained.history().last().trainTime().toMillis());
    put(trained.history(), "learn");
    began = System.nanoTime();
    List<Row> rows = trained.transform(test()).orderBy("index").collectAsList();
    put("learn.predictions", rows.size() / ((System.nanoTime() - began) / 1e9));
    long same = 0;
    long right = 0;
    PointerScope scope = new PointerScope();
    try (Model model = trained.weightsInto(MlpModel.create());
        var images = Mnist.test()) {
      put("learn.driver", model.evaluate(images).correct());
      for (int from = 0; from < 10_000; from += 1_000) {
        long[] some = new long[1_000];
        Arrays.setAll(some, i -> i);
        for (int i = 0; i < some.length; i++) {
          some[i] += from;
        }
        long[] classes = model.predict(images.examples(some));
        for (int i = 0; i < classes.length; i++) {
          Row row = rows.get(from + i);
          double predicted = row.<Double>getAs("prediction");
          same += predicted == classes[i] ? 1 : 0;
          right += predicted == row.<Integer>getAs("label") ? 1 : 0;
        }
      }
    } finally {
      scope.close();
    }
    put("learn.same", same);
    put("learn.right.transformed", right);
  }

  private void put(History history, String what) {
    put(what + ".epochs", history.epochs().size());
    put(what + ".right", history.last().evaluation().correct());
    put(what + ".evaluated", history.last().evaluation().size());
    put(what + ".loss", history.last().evaluation().loss());
  }

  /** Rank 1's executor is killed at a step of the sixth epoch. */
  private void killed() {
    String notes = folder.resolve("killed-notes").toString();
    SparkTraining training =
        training(2)
            .checkpoints(folder.resolve("killed").toUri())
            .everySteps(100)
            .trainer(trainer -> trainer.log(new Notes(notes, 1650)));
    put(training.fit(train(), test()).history(), "killed");
    for (int attempt = 0; attempt < 2; attempt++) {
      put("killed.began." + attempt, Notes.read(Path.of(notes), attempt));
    }
  }

  /** Writes down at which step each attempt begins, and kills rank 1's process in the first. */
  private static final class Notes implements TrainingLog {
    private final String folder;
    private final int last;
    private int steps;

    Notes(String folder, int last) {
      this.folder = folder;
      this.last = last;
    }

    @Override
    public boolean everyRank() {
      return true;
    }

    @Override
    public void step(Step step) {
      BarrierTaskContext context = BarrierTaskContext.get();
      if (context.partitionId() != 1) {
        return;
      }
      int attempt = context.stageAttemptNumber();
      if (steps++ == 0) {
        note(attempt, step.epoch() * 300 + step.number());
      }
      if (attempt == 0 && steps == last) {
        kill();
      }
    }

    private void note(int attempt, int step) {
      try {
        Files.createDirectories(Path.of(folder));
        Files.writeString(Path.of(folder, "" + attempt), "" + step);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    static String read(Path folder, int attempt) {
      try {
        return Files.readString(folder.resolve("" + attempt));
      } catch (IOException e) {
        return e.toString();
      }
    }

    private static void kill() {
      try {
        new ProcessBuilder("kill", "-KILL", "" + ProcessHandle.current().pid()).start().waitFor();
        Thread.sleep(10_000); // it does not come to that
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Rank 1 throws where it is tried first. */
  private void thrown() {
    SparkTraining training =
        training(2)
            .epochs(1)
            .trainer(
                trainer -> {
                  BarrierTaskContext context = BarrierTaskContext.get();
                  if (context.partitionId() == 1 && context.stageAttemptNumber() == 0) {
                    throw new IllegalStateException("rank 1 throws on purpose");
                  }
                });
    put(training.fit(test()).history(), "thrown");
  }

  /** All rows lie in one partition, others are empty; then there are fewer rows than processes. */
  private void uneven() {
    Dataset<Row> one = test().limit(1001).coalesce(1);
    Dataset<Row> uneven = one.union(test().filter("label > 100"));
    put(training(2).epochs(1).fit(uneven, test().limit(5)).history(), "uneven");
    try {
      training(2).fit(test().limit(1));
    } catch (IllegalArgumentException e) {
      put("uneven.few", e.getMessage());
    }
  }

  /** Somebody gives the job up while a network is trained; its slots are free again soon. */
  private void cancelled() {
    Thread canceller = new Thread(this::cancelTraining);
    canceller.start();
    try {
      training(2).epochs(1_000_000).fit(test());
    } catch (Exception e) {
      put("cancelled.by", e.toString());
    }
    put("cancelled.rows", training(2).epochs(1).fit(test()).history().last().evaluation().size());
  }

  private void cancelTraining() {
    try {
      while (!trains()) {
        Thread.sleep(200);
      }
      Thread.sleep(2_000);
      spark.sparkContext().cancelAllJobs();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean trains() {
    SparkStatusTracker tracker = spark.sparkContext().statusTracker();
    return Arrays.stream(tracker.getActiveStageIds())
        .mapToObj(tracker::getStageInfo)
        .anyMatch(
            stage ->
                stage.isDefined()
                    && stage.get().name().contains("Stage.java")
                    && stage.get().numActiveTasks() == 2);
  }
}
