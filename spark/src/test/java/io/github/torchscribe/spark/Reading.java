package io.github.torchscribe.spark;

import io.github.torchscribe.runtime.torch.TensorSpec;
import io.github.torchscribe.runtime.torch.TensorSpecs;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.spark.ml.functions;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction1;

/** How fast rows become tensors: rows of each kind, read in both ways, in each of two tasks. */
final class Reading {
  private static final ClassTag<String> TEXTS = ClassTag$.MODULE$.apply(String.class);
  private static final int ROUNDS = 3;

  private final SparkSession spark;
  private final Dataset<Row> images;
  private final Properties results;

  Reading(SparkSession spark, Dataset<Row> images, Properties results) {
    this.spark = spark;
    this.images = images;
    this.results = results;
  }

  void run() {
    Column pixels = images.col("features");
    measure("floats", images);
    measure("doubles", images.withColumn("features", pixels.cast("array<double>")));
    measure(
        "vectors",
        images.withColumn("features", functions.array_to_vector(pixels.cast("array<double>"))));
  }

  private void measure(String kind, Dataset<Row> data) {
    Selection selection =
        new Selection(Map.of("", List.of("features")), Map.of("", List.of("label")));
    Dataset<Row> chosen = selection.of(data).repartition(2);
    RowLayout layout = selection.layout(chosen.schema());
    for (int round = 0; round < ROUNDS; round++) {
      note(
          kind + ".internal",
          chosen.queryExecution().toRdd(),
          new Timed<>(layout, new InternalCells()));
      note(kind + ".public", chosen.rdd(), new Timed<>(layout, new RowCells()));
    }
  }

  /** The last round's rows in a second, of both tasks together: the JVM has seen them before. */
  private <R> void note(String what, RDD<R> rows, Timed<R> timed) {
    String[] all = (String[]) rows.mapPartitions(timed, false, TEXTS).collect();
    double sum = 0;
    for (String one : all) {
      sum += Double.parseDouble(one);
    }
    results.setProperty("reading." + what, "" + Math.round(sum));
  }

  private static final class Timed<R>
      extends AbstractFunction1<scala.collection.Iterator<R>, scala.collection.Iterator<String>>
      implements java.io.Serializable {
    private static final long serialVersionUID = 1;

    private final RowLayout layout;
    private final Cells<R> cells;

    Timed(RowLayout layout, Cells<R> cells) {
      this.layout = layout;
      this.cells = cells;
    }

    @Override
    public scala.collection.Iterator<String> apply(scala.collection.Iterator<R> rows) {
      TensorSpecs inputs = TensorSpecs.of(TensorSpec.numbers(1, 28, 28));
      TensorSpecs targets = TensorSpecs.of(TensorSpec.indices(10));
      Iterator<R> each = CollectionConverters.asJava(rows);
      each.hasNext(); // has the shuffle done
      long began = System.nanoTime();
      try (PartitionReader<R> reader = new PartitionReader<>(layout, cells, inputs, targets)) {
        long count = reader.addAll(each).trainRows();
        reader.train().close();
        double seconds = (System.nanoTime() - began) / 1e9;
        return CollectionConverters.asScala(List.of("" + count / seconds).iterator());
      }
    }
  }
}
