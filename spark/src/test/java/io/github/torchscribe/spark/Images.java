package io.github.torchscribe.spark;

import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.Mnist;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** MNIST's images as rows, made on the executors. */
final class Images {
  private static final int PIXELS = 784;

  private static final StructType SCHEMA =
      new StructType()
          .add("index", DataTypes.LongType)
          .add("features", DataTypes.createArrayType(DataTypes.FloatType, false))
          .add("label", DataTypes.IntegerType);

  private Images() {}

  static org.apache.spark.sql.Dataset<Row> of(SparkSession spark, boolean train, int count) {
    MapPartitionsFunction<Long, Row> rows = indices -> rows(train, indices);
    return spark.range(0, count, 1, 4).mapPartitions(rows, Encoders.row(SCHEMA));
  }

  private static Iterator<Row> rows(boolean train, Iterator<Long> indices) {
    List<Long> some = new ArrayList<>();
    indices.forEachRemaining(some::add);
    long[] chosen = some.stream().mapToLong(i -> i).toArray();
    List<Row> rows = new ArrayList<>();
    PointerScope scope = new PointerScope();
    try (Dataset mnist = train ? Mnist.train() : Mnist.test()) {
      Tensor images = mnist.inputs().empty(chosen.length);
      Tensor labels = mnist.targets().empty(chosen.length);
      mnist.gather(torch.tensor(chosen), images, labels);
      float[] pixels = new float[chosen.length * PIXELS];
      images.data_ptr_float().get(pixels);
      for (int i = 0; i < chosen.length; i++) {
        float[] image = Arrays.copyOfRange(pixels, i * PIXELS, (i + 1) * PIXELS);
        rows.add(RowFactory.create(chosen[i], image, (int) labels.data_ptr_long().get(i)));
      }
    } finally {
      scope.close();
    }
    return rows.iterator();
  }
}
