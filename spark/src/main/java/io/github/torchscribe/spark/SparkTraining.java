package io.github.torchscribe.spark;

import io.github.torchscribe.runtime.Model;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Trains a network on a Spark cluster: processes that each have a part of a DataFrame's rows, and
 * share their gradients. They are the tasks of one barrier stage; where one dies, Spark begins them
 * all again, and they go on from the last checkpoint.
 *
 * <pre>{@code
 * SparkModel model =
 *     SparkTraining.of(MlpModel::create)
 *         .processes(4)
 *         .features("features")
 *         .label("label")
 *         .checkpoints("hdfs:///runs/digits")
 *         .fit(train, test);
 * model.transform(images).show();
 * }</pre>
 */
public final class SparkTraining {
  private static final Duration WAIT = Duration.ofMinutes(5);

  private final ModelFactory factory;
  private final Columns inputs = new Columns("input", "features(…)");
  private final Columns targets = new Columns("target", "label(…)");
  private final List<TrainerSettings> trainer = new ArrayList<>();
  private int processes = 1;
  private Duration timeout = WAIT;
  private URI checkpoints;
  private int everySteps;
  private boolean resumes;

  private SparkTraining(ModelFactory factory) {
    this.factory = factory;
  }

  /**
   * A training with the settings of the network's annotations, by one process.
   *
   * @param factory makes a model, for example {@code MlpModel::create}
   * @return to be told which columns to learn from
   */
  public static SparkTraining of(ModelFactory factory) {
    return new SparkTraining(factory);
  }

  /**
   * How many processes learn together. Each is a task, and they run at the same time: as many slots
   * must be free.
   *
   * @param count at least 1
   * @return this training
   */
  public SparkTraining processes(int count) {
    if (count < 1) {
      throw new IllegalArgumentException(
          "the number of processes must be at least 1 but is " + count);
    }
    processes = count;
    return this;
  }

  /**
   * The columns of the network's only input: arrays of numbers, vectors or numbers, which are put
   * one behind the other.
   *
   * @param columns at least one
   * @return this training
   */
  public SparkTraining features(String... columns) {
    return input("", columns);
  }

  /**
   * The columns of one of several inputs.
   *
   * @param name as the network calls it
   * @param columns at least one: arrays of numbers, vectors or numbers
   * @return this training
   */
  public SparkTraining input(String name, String... columns) {
    inputs.set(name, columns);
    return this;
  }

  /**
   * The columns of what the network's only loss takes. Where that is a class its number may be of
   * any numeric type.
   *
   * @param columns at least one: arrays of numbers, vectors or numbers
   * @return this training
   */
  public SparkTraining label(String... columns) {
    return target("", columns);
  }

  /**
   * The columns of what one of several losses takes.
   *
   * @param name of what has the loss
   * @param columns at least one: arrays of numbers, vectors or numbers
   * @return this training
   */
  public SparkTraining target(String name, String... columns) {
    targets.set(name, columns);
    return this;
  }

  /**
   * How often the rows are gone through, as {@code Trainer.epochs}.
   *
   * @param count at least 1
   * @return this training
   */
  public SparkTraining epochs(int count) {
    return trainer(some -> some.epochs(count));
  }

  /**
   * Rows for each step and process, as {@code Trainer.batchSize}: a step learns from as many of
   * each.
   *
   * @param count at least 1
   * @return this training
   */
  public SparkTraining batchSize(int count) {
    return trainer(some -> some.batchSize(count));
  }

  /**
   * What else there is to be said to each process' trainer, such as {@code trainer ->
   * trainer.clipGradNorm(1)}. It is called on the executors. Checkpoints and the group are set
   * afterwards.
   *
   * @param settings the same for all
   * @return this training
   */
  public SparkTraining trainer(TrainerSettings settings) {
    trainer.add(settings);
    return this;
  }

  /**
   * Writes a checkpoint after each epoch. When Spark begins again because a process has died, the
   * new ones go on from the last.
   *
   * @param folder for this run alone, in any of Hadoop's file systems: {@code hdfs:}, {@code s3a:},
   *     {@code file:} where every machine has the same folder
   * @return this training
   */
  public SparkTraining checkpoints(String folder) {
    return checkpoints(URI.create(folder));
  }

  /**
   * The same.
   *
   * @param folder for this run alone, in any of Hadoop's file systems
   * @return this training
   */
  public SparkTraining checkpoints(URI folder) {
    checkpoints = folder;
    return this;
  }

  /**
   * Writes a checkpoint after so many steps, too.
   *
   * @param steps at least 1
   * @return this training
   */
  public SparkTraining everySteps(int steps) {
    if (steps < 1) {
      throw new IllegalArgumentException(
          "the steps between checkpoints must be at least 1 but are " + steps);
    }
    everySteps = steps;
    return this;
  }

  /**
   * Goes on from the checkpoints that an application before this has left. Where there are none the
   * run begins anew.
   *
   * @return this training
   */
  public SparkTraining resume() {
    resumes = true;
    return this;
  }

  /**
   * How long a process waits for another before it gives up, and Spark begins again.
   *
   * @param time five minutes unless stated otherwise
   * @return this training
   */
  public SparkTraining timeout(Duration time) {
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException("the time to wait must be above 0 but is " + time);
    }
    timeout = time;
    return this;
  }

  /**
   * Trains. After each epoch the network is evaluated on the rows that it learns from.
   *
   * @param data rows to learn from, a row for each process at least
   * @return what was learned
   * @throws IllegalArgumentException when columns or rows do not fit the network; the message shows
   *     the row
   * @throws IllegalStateException when there are too few slots, or executors come and go
   */
  public SparkModel fit(Dataset<Row> data) {
    return fit(data, null);
  }

  /**
   * Trains. After each epoch the network is evaluated on other rows.
   *
   * @param train rows to learn from, a row for each process at least
   * @param test rows with the same columns, a row for each process at least
   * @return what was learned
   * @throws IllegalArgumentException when columns or rows do not fit the network; the message shows
   *     the row
   * @throws IllegalStateException when there are too few slots, or executors come and go
   */
  public SparkModel fit(Dataset<Row> train, Dataset<Row> test) {
    SparkContext spark = context(train);
    Map<String, List<String>> inputColumns;
    Map<String, List<String>> targetColumns;
    try (Model model = factory.create()) {
      inputColumns = inputs.of(model.inputs());
      targetColumns = targets.of(model.targets());
    }
    Selection selection = new Selection(inputColumns, targetColumns);
    Dataset<Row> rows = test == null ? selection.of(train) : selection.of(train, test);
    RowLayout layout = selection.layout(rows.schema());
    RunSettings settings = new RunSettings(factory, trainer, timeout, saving(spark));
    new Slots(spark, processes).require();
    Outcome outcome = Stage.run(rows.repartition(processes), settings, layout);
    return new SparkModel(factory, inputColumns, outcome.weights(), outcome.history());
  }

  private static SparkContext context(Dataset<Row> data) {
    try {
      return data.sparkSession().sparkContext();
    } catch (UnsupportedOperationException e) {
      throw new IllegalStateException(
          "this session is of Spark Connect, which has no barrier stages: submit the application to"
              + " the cluster, with spark-submit",
          e);
    }
  }

  private RunSettings.Saving saving(SparkContext spark) {
    if (checkpoints == null) {
      return null;
    }
    RunSettings.Saving saving =
        new RunSettings.Saving(
            checkpoints,
            everySteps,
            resumes,
            new SerializableConfiguration(spark.hadoopConfiguration()));
    try (CheckpointMirror there = new CheckpointMirror(null, checkpoints, saving.hadoop())) {
      if (there.hasAny() && !resumes) {
        throw new IllegalStateException(
            "there are checkpoints of another run in "
                + checkpoints
                + ": go on from them by resume(), or give this run a folder of its own");
      }
    }
    return saving;
  }
}
