package io.github.torchscribe.spark;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.learner.History;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * A network with what it has learned, which predicts a DataFrame's rows on the cluster. It can be
 * sent anywhere: it consists of bytes, and of what makes a model.
 */
public final class SparkModel implements Serializable {
  private static final long serialVersionUID = 1;

  private final ModelFactory factory;
  private final LinkedHashMap<String, List<String>> inputs;
  private final byte[] weights;
  private final History history;
  private final Wanted wanted;

  SparkModel(
      ModelFactory factory, Map<String, List<String>> inputs, byte[] weights, History history) {
    this(factory, new LinkedHashMap<>(inputs), weights, history, new Wanted("prediction", "", ""));
  }

  private SparkModel(
      ModelFactory factory,
      LinkedHashMap<String, List<String>> inputs,
      byte[] weights,
      History history,
      Wanted wanted) {
    this.factory = factory;
    this.inputs = inputs;
    this.weights = weights;
    this.history = history;
    this.wanted = wanted;
  }

  /**
   * What each epoch came to; none where the network was trained elsewhere.
   *
   * @return the run's
   */
  public History history() {
    return history;
  }

  /**
   * Another name for the column of predictions: the class, where the network decides, else its
   * numbers. A single one is a {@code double}, as Spark ML has it, several are an array. Of several
   * losses that decide each has a column, behind whose name comes the loss'.
   *
   * @param column {@code prediction} unless stated otherwise
   * @return the changed copy
   */
  public SparkModel prediction(String column) {
    return wanting(new Wanted(column, wanted.outputs, wanted.softmax));
  }

  /**
   * Adds a column with the network's numbers as they are, an array of floats. Of several outputs
   * each has a column, behind whose name comes the output's.
   *
   * @param column its name
   * @return the changed copy
   */
  public SparkModel outputs(String column) {
    return wanting(new Wanted(wanted.prediction, column, wanted.softmax));
  }

  /**
   * Adds a column with the softmax of the network's numbers: the probability of each class, with
   * {@code @CrossEntropyLoss}.
   *
   * @param column its name
   * @return the changed copy
   */
  public SparkModel softmax(String column) {
    return wanting(new Wanted(wanted.prediction, wanted.outputs, column));
  }

  private SparkModel wanting(Wanted other) {
    return new SparkModel(factory, inputs, weights, history, other);
  }

  /**
   * Predicts, partition by partition, when the rows are asked for.
   *
   * @param data has the columns that the network was trained with
   * @return the same rows with more columns
   * @throws IllegalArgumentException when there are other columns, or one of a name that is to be
   *     added; a row that does not fit the network ends the job, whose message shows the row
   */
  public Dataset<Row> transform(Dataset<Row> data) {
    StructType schema = data.schema();
    RowLayout layout =
        RowLayout.of(
            inputs,
            Map.of(),
            null,
            column -> Cell.of(column, schema.fieldIndex(column), Selection.type(schema, column)));
    List<Added> added;
    try (Model model = model()) {
      added = Added.of(model, wanted);
    }
    StructType wider = schema;
    for (Added one : added) {
      if (List.of(wider.fieldNames()).contains(one.column())) {
        throw new IllegalArgumentException(
            "there is a column \"" + one.column() + "\" already: give the new one another name");
      }
      wider = wider.add(one.column(), one.type(), false);
    }
    return data.mapPartitions(new Predictions(this, layout, added), Encoders.row(wider));
  }

  /**
   * Writes the weights, as {@link Model#save(Path)} does.
   *
   * @param path where to, on the machine of the driver
   */
  public void save(Path path) {
    try (Model model = model()) {
      model.save(path);
    }
  }

  /**
   * Gives a model the weights.
   *
   * @param model of the same network
   * @return that model
   */
  public Model weightsInto(Model model) {
    LocalFolder.read(weights, model::load);
    return model;
  }

  /** A model with the weights, which the caller closes. */
  Model model() {
    Model model = factory.create();
    try {
      return weightsInto(model);
    } catch (RuntimeException | Error e) {
      model.close();
      throw e;
    }
  }

  /**
   * The columns that are added; an empty name where one is not.
   *
   * @param prediction a class, or the network's numbers
   * @param outputs the network's numbers
   * @param softmax their softmax
   */
  record Wanted(String prediction, String outputs, String softmax) implements Serializable {}
}
