package io.github.torchscribe.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.learner.DivergedException;
import io.github.torchscribe.runtime.learner.History;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Training and predictions in Spark's local mode, by one process: several would have a store that
 * listens. They are in ClusterTest, on a cluster.
 */
class LocalTrainingTest {
  private static final StructType POINTS =
      new StructType()
          .add("id", DataTypes.IntegerType)
          .add("features", DataTypes.createArrayType(DataTypes.FloatType))
          .add("label", DataTypes.IntegerType);

  private static List<Row> points(int count) {
    Random random = new Random(1);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int label = i % 3;
      List<Float> features = new ArrayList<>();
      for (int k = 0; k < 3; k++) {
        features.add((k == label ? 2 : 0) + (float) random.nextGaussian() / 2);
      }
      rows.add(RowFactory.create(i, features, label));
    }
    return rows;
  }

  private static Dataset<Row> frame(int count) {
    return LocalSpark.frame(POINTS, points(count));
  }

  private static SparkTraining training() {
    return SparkTraining.of(PointModel::create).features("features").label("label");
  }

  private static final Dataset<Row> HOMES =
      LocalSpark.frame(
          new StructType()
              .add("city", DataTypes.IntegerType)
              .add("rooms", DataTypes.IntegerType)
              .add("area", DataTypes.DoubleType)
              .add("kind", DataTypes.ShortType)
              .add("price", DataTypes.FloatType),
          IntStream.range(0, 24)
              .mapToObj(i -> RowFactory.create(i % 5, i % 4, i / 24d, (short) (i % 3), i / 10f))
              .toList());

  private static SparkTraining homes() {
    return SparkTraining.of(HomeModel::create)
        .input("city", "city")
        .input("numbers", "rooms", "area")
        .target("kind", "kind")
        .target("price", "price");
  }

  @AfterEach
  void readsAsAlways() {
    LocalSpark.session().sparkContext().conf().remove(Stage.ROWS);
  }

  @Test
  void whatIsLearnedIsWhatATrainerLearns() {
    SparkModel model = training().epochs(20).fit(frame(120), frame(30));
    assertEquals(20, model.history().epochs().size());
    assertEquals(History.End.COMPLETE, model.history().end());
    assertEquals(30, model.history().last().evaluation().size());
    assertTrue(model.history().last().evaluation().accuracy() > 0.9, "" + model.history().last());
  }

  @Test
  void withoutOtherRowsItIsEvaluatedOnThoseItLearnsFrom() {
    assertEquals(60, training().epochs(1).fit(frame(60)).history().last().evaluation().size());
  }

  @Test
  void publicRowsTeachTheSame() {
    Dataset<Row> rows = frame(60);
    double internal = training().epochs(3).fit(rows).history().last().trainLoss();
    LocalSpark.session().sparkContext().conf().set(Stage.ROWS, "public");
    assertEquals(internal, training().epochs(3).fit(rows).history().last().trainLoss(), 1e-6);
  }

  @Test
  void predictionsAreThoseOfTheModel() {
    SparkModel trained = training().epochs(5).fit(frame(90));
    List<Row> rows = points(40);
    List<Row> predicted =
        trained
            .prediction("class")
            .outputs("scores")
            .softmax("probability")
            .transform(LocalSpark.frame(POINTS, rows).repartition(3))
            .orderBy("id")
            .collectAsList();
    assertEquals(40, predicted.size());
    PointerScope scope = new PointerScope();
    try (Model model = trained.weightsInto(PointModel.create())) {
      Tensor input = torch.empty(40, 3);
      for (int i = 0; i < 40; i++) {
        List<Float> features = rows.get(i).getAs(1);
        for (int k = 0; k < 3; k++) {
          input.data_ptr_float().put(i * 3L + k, features.get(k));
        }
      }
      long[] classes = model.predict(input);
      Tensor scores = model.forward(input);
      Tensor softmax = torch.softmax(scores, 1);
      for (int i = 0; i < 40; i++) {
        Row row = predicted.get(i);
        assertEquals((int) row.<Integer>getAs("label"), i % 3);
        assertEquals(classes[i], row.<Double>getAs("class"));
        assertRow(scores.select(0, i), row.getList(row.fieldIndex("scores")));
        assertRow(softmax.select(0, i), row.getList(row.fieldIndex("probability")));
      }
    } finally {
      scope.close();
    }
  }

  private static void assertRow(Tensor expected, List<Float> numbers) {
    assertEquals(3, numbers.size());
    for (int i = 0; i < 3; i++) {
      assertEquals(expected.select(0, i).item_float(), numbers.get(i), 1e-5);
    }
  }

  @Test
  void networksOfSeveralPartsTakeTheirColumnsByName() {
    SparkModel model = homes().fit(HOMES);
    assertEquals(24, model.history().last().evaluation().parts().get("price").size());
    Row first = model.outputs("out").transform(HOMES).orderBy("price").first();
    assertTrue(first.<Double>getAs("prediction_kind") < 3);
    assertEquals(3, first.getList(first.fieldIndex("out_kind")).size());
    assertEquals(1, first.getList(first.fieldIndex("out_price")).size());
  }

  @Test
  void aModelGoesWhereBytesGo(@TempDir Path folder) throws IOException, ClassNotFoundException {
    SparkModel model = training().fit(frame(30)).prediction("class");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(model);
    }
    SparkModel copy;
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      copy = (SparkModel) in.readObject();
    }
    assertEquals(
        model.history().last().evaluation().loss(), copy.history().last().evaluation().loss());
    model.save(folder.resolve("a"));
    copy.save(folder.resolve("b"));
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("a")), Files.readAllBytes(folder.resolve("b")));
    assertEquals(
        model.transform(frame(9)).collectAsList(), copy.transform(frame(9)).collectAsList());
  }

  @Test
  void tooFewSlotsAreSaidBeforeAnythingRuns() {
    IllegalStateException refused =
        assertThrows(IllegalStateException.class, () -> training().processes(3).fit(frame(30)));
    assertEquals(
        "3 processes train at the same time, but the master local[2] has 2 slots; ask for fewer,"
            + " processes(2), or submit with a master of local[3]",
        refused.getMessage());
  }

  @Test
  void executorsThatComeAndGoAreRefused() {
    SparkConf conf = new SparkConf(false).set("spark.dynamicAllocation.enabled", "true");
    IllegalStateException refused =
        assertThrows(IllegalStateException.class, () -> Slots.requireFixed(conf, false));
    assertTrue(
        refused.getMessage().contains("--conf spark.dynamicAllocation.enabled=false"),
        refused.getMessage());
    Slots.requireFixed(new SparkConf(false), false);
  }

  @Test
  void eachProcessNeedsARow() {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> training().processes(2).fit(frame(1)));
    assertTrue(
        refused
            .getMessage()
            .startsWith("there are 1 rows to learn from for 2 processes, and each needs one"),
        refused.getMessage());
    refused =
        assertThrows(
            IllegalArgumentException.class, () -> training().processes(2).fit(frame(10), frame(1)));
    assertTrue(
        refused.getMessage().startsWith("there are 1 rows to be evaluated on for 2 processes"),
        refused.getMessage());
  }

  @Test
  void aRowThatDoesNotFitEndsTrainingAtOnce() {
    List<Row> rows = points(20);
    rows.set(7, RowFactory.create(7, List.of(1f), 2));
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> training().processes(2).fit(LocalSpark.frame(POINTS, rows)));
    assertEquals(
        "\"features\" has 1 number, but the network takes 3, Float (N, 3); the row is features ="
            + " [1.0], label = 2",
        refused.getMessage());
  }

  @Test
  void aRowThatDoesNotFitEndsPredictions() {
    SparkModel model = training().fit(frame(30));
    Dataset<Row> rows =
        LocalSpark.frame(POINTS, List.of(RowFactory.create(1, null, 2), points(1).get(0)));
    SparkException ended =
        assertThrows(SparkException.class, () -> model.transform(rows).collectAsList());
    assertTrue(
        ended.getMessage().contains("\"features\" is null; the row is features = null"),
        ended.getMessage());
  }

  @Test
  void aLossThatIsNoNumberIsNotTriedAgain() {
    assertThrows(
        DivergedException.class,
        () -> homes().trainer(trainer -> trainer.learningRate(1e30)).epochs(50).fit(HOMES));
  }

  @Test
  void columnsThatAreNotThereAreNamed() {
    assertEquals(
        "there is no column \"pixels\"; there are id, features, label",
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    SparkTraining.of(PointModel::create)
                        .features("pixels")
                        .label("label")
                        .fit(frame(3)))
            .getMessage());
    assertEquals(
        "say which columns are the target, by label(…)",
        assertThrows(
                IllegalArgumentException.class,
                () -> SparkTraining.of(PointModel::create).features("features").fit(frame(3)))
            .getMessage());
    assertEquals(
        "the network has no input \"x\"; it has a single one, without a name",
        assertThrows(
                IllegalArgumentException.class, () -> training().input("x", "id").fit(frame(3)))
            .getMessage());
    SparkModel model = training().fit(frame(3)).prediction("label");
    assertEquals(
        "there is a column \"label\" already: give the new one another name",
        assertThrows(IllegalArgumentException.class, () -> model.transform(frame(3))).getMessage());
  }

  @Test
  void aRunGoesOnFromItsCheckpoints(@TempDir Path folder) {
    SparkModel half = training().checkpoints(folder.toUri()).epochs(2).fit(frame(30));
    IllegalStateException refused =
        assertThrows(
            IllegalStateException.class,
            () -> training().checkpoints(folder.toUri()).fit(frame(30)));
    assertTrue(refused.getMessage().contains("resume()"), refused.getMessage());
    SparkModel whole = training().checkpoints(folder.toUri()).resume().epochs(4).fit(frame(30));
    assertEquals(4, whole.history().epochs().size());
    assertEquals(
        half.history().last().evaluation().loss(),
        whole.history().epochs().get(1).evaluation().loss());
    SparkModel undisturbed = training().epochs(4).fit(frame(30));
    assertEquals(
        undisturbed.history().last().evaluation().loss(),
        whole.history().last().evaluation().loss(),
        1e-6);
  }
}
