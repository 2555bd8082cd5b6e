package io.github.torchscribe.spark;

import io.github.torchscribe.samples.mnist.MlpModel;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What docs/spark.md begins with: it compiles, and a test of the pages compares the two. */
final class Shown {
  private Shown() {}

  static void train(SparkSession spark, Dataset<Row> images) {
    Dataset<Row> train = spark.read().parquet("hdfs:///digits/train");
    Dataset<Row> test = spark.read().parquet("hdfs:///digits/test");

    SparkModel model =
        SparkTraining.of(MlpModel::create)
            .processes(4) // as many tasks, all at the same time
            .batchSize(50) // of each: a step learns from 200 rows
            .features("features")
            .label("label")
            .checkpoints("hdfs:///digits/run-7")
            .fit(train, test); // or fit(train), evaluated on what it learns from

    model.history().last().evaluation().accuracy();
    model.transform(images).write().parquet("hdfs:///digits/predicted");
    model.save(Path.of("digits.safetensors")); // on the driver; or weightsInto(MlpModel.create())
  }
}
