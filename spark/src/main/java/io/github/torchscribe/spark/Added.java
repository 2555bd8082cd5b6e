package io.github.torchscribe.spark;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.torch.TensorSpec;
import io.github.torchscribe.runtime.torch.TensorSpecs;
import io.github.torchscribe.runtime.torch.Tensors;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * A column that predictions add.
 *
 * @param column its name
 * @param what is in it
 * @param of whose: a loss' name for classes, an output's otherwise
 * @param alone whether it is a single number for each row
 */
record Added(String column, What what, String of, boolean alone) implements Serializable {
  /** What is in a column. */
  enum What {
    CLASSES,
    NUMBERS,
    SOFTMAX
  }

  /** As Spark ML has it: a single prediction is a number of 64 bits, also where it is a class. */
  DataType type() {
    if (alone) {
      return DataTypes.DoubleType;
    }
    return DataTypes.createArrayType(
        what == What.CLASSES ? DataTypes.LongType : DataTypes.FloatType, false);
  }

  /** The columns that are wanted of a model; it is asked once, to see what it gives. */
  static List<Added> of(Model model, SparkModel.Wanted wanted) {
    List<Added> all = new ArrayList<>();
    PointerScope scope = new PointerScope();
    try {
      Tensors example = example(model.inputs());
      Tensors outputs = model.forward(example);
      if (!wanted.prediction().isEmpty()) {
        Map<String, long[]> classes =
            !model.deciding().isEmpty() ? model.predict(example) : Map.of();
        classes.forEach(
            (loss, one) ->
                all.add(
                    new Added(
                        name(wanted.prediction(), loss), What.CLASSES, loss, one.length == 1)));
        if (classes.isEmpty()) {
          all.addAll(numbers(wanted.prediction(), What.NUMBERS, outputs));
        }
      }
      all.addAll(
          numbers(wanted.outputs(), What.NUMBERS, outputs).stream().map(Added::many).toList());
      all.addAll(
          numbers(wanted.softmax(), What.SOFTMAX, outputs).stream().map(Added::many).toList());
    } finally {
      scope.close();
    }
    return all;
  }

  private static List<Added> numbers(String column, What what, Tensors outputs) {
    if (column.isEmpty()) {
      return List.of();
    }
    List<Added> all = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      String output = outputs.names().get(i);
      if (what == What.SOFTMAX && outputs.get(i).dim() != 2) {
        throw new IllegalStateException(
            output
                + " has "
                + (outputs.get(i).dim() - 1)
                + " dimensions; a softmax is of one, the classes");
      }
      all.add(
          new Added(
              outputs.size() == 1 ? column : name(column, output),
              what,
              output,
              outputs.get(i).numel() == 1));
    }
    return all;
  }

  private Added many() {
    return new Added(column, what, of, false);
  }

  private static String name(String column, String of) {
    return of.isEmpty() ? column : column + "_" + of;
  }

  /** One that any network takes: nothing of it is padding. */
  private static Tensors example(TensorSpecs specs) {
    Tensors example = specs.empty(1);
    for (int i = 0; i < specs.size(); i++) {
      TensorSpec spec = specs.get(i);
      long value = spec.areIndices() && spec.padding().orElse(0) != 0 ? 0 : 1;
      Tensor part = example.get(i);
      part.fill_(new Scalar(spec.areIndices() ? Math.min(value, spec.count() - 1) : 1));
    }
    return example;
  }
}
