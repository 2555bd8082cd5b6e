package io.github.torchscribe.spark;

import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** The stage in which all processes run at the same time, each with a partition. */
final class Stage {
  /** {@code public} where Spark's own rows are not to be read, which its API does not promise. */
  static final String ROWS = "spark.torchscribe.rows";

  private static final ClassTag<byte[]> BYTES = ClassTag$.MODULE$.apply(byte[].class);

  private Stage() {}

  /**
   * Trains.
   *
   * @param rows as many partitions as processes
   * @param settings of the run
   * @param layout of the rows
   * @return what rank 0 gave
   */
  static Outcome run(Dataset<Row> rows, RunSettings settings, RowLayout layout) {
    RDD<byte[]> trained =
        readsInternalRows(rows.sparkSession().sparkContext().conf())
            ? stage(
                rows.queryExecution().toRdd(),
                new TrainingTask<>(settings, layout, new InternalCells()))
            : stage(rows.rdd(), new TrainingTask<>(settings, layout, new RowCells()));
    // Spark begins a barrier stage again only where it is not the last one: so a shuffle follows.
    List<byte[]> given = JavaRDD.fromRDD(trained, BYTES).repartition(1).collect();
    Outcome outcome = Outcome.of(given.get(0));
    if (outcome.failure() != null) {
      throw outcome.failure();
    }
    return outcome;
  }

  private static <R> RDD<byte[]> stage(RDD<R> rows, TrainingTask<R> task) {
    return rows.barrier().mapPartitions(task, false, BYTES);
  }

  /** Whether Spark's own rows are read: where this version has them as we know them. */
  static boolean readsInternalRows(SparkConf conf) {
    return !conf.get(ROWS, "").equals("public") && InternalCells.work();
  }
}
