package io.github.torchscribe.processor.source;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.TypeSpec;
import io.github.torchscribe.processor.code.Types;
import io.github.torchscribe.processor.graph.Node;
import io.github.torchscribe.processor.plan.Buffer;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The fields of a share: the tensors of a pass, shaped for the batch at hand. They come into being
 * as steps ask for them.
 *
 * <p>A buffer {@code linear1} has the share's rows; {@code linear1Matrix} those as a matrix; {@code
 * allLinear1} the whole batch's as a matrix. {@code linear1Grad} is the loss' gradient with respect
 * to it, {@code linear1GradPartT} the share's part of its columns, for the second phase.
 */
final class ShareFields {
  /** A field, how it is bound, its shape for the comment, and the layer that it is of. */
  private record Field(ClassName type, Supplier<String> binding, String shape, String place) {}

  private final Map<String, Field> always = new LinkedHashMap<>();
  private final Map<String, Field> training = new LinkedHashMap<>();
  private final Map<String, Field> input = new LinkedHashMap<>();
  private final Map<String, Field> wholeInput = new LinkedHashMap<>();
  private String place = "";

  /** Of which layer all are that are asked for next. */
  void at(String path) {
    place = path;
  }

  /** What forward writes. */
  String activation(Buffer buffer) {
    if (buffer.slot().isEmpty()) {
      return buffer.name().equals("input")
          ? "input"
          : add(input, buffer.name(), () -> viewOfInput(buffer), buffer.shape().batch("n"));
    }
    return add(always, buffer.name(), () -> rows(buffer), buffer.shape().batch("n"));
  }

  /** What forward writes, as a matrix. */
  String activationMatrix(Buffer buffer) {
    if (buffer.shape().rank() == 1) {
      return activation(buffer);
    }
    if (buffer.slot().isEmpty()) {
      String view = "input.reshape(-1, " + buffer.shape().last() + ")";
      return add(input, buffer.name() + "Matrix", () -> view, matrixShape("n", buffer));
    }
    return add(
        always, buffer.name() + "Matrix", () -> matrix("matrix", buffer), matrixShape("n", buffer));
  }

  /** What forward writes, as a vector. */
  String activationRow(Buffer buffer) {
    if (buffer.slot().isEmpty()) {
      String view = "n == 1 ? input.reshape(-1) : null";
      return add(input, buffer.name() + "Row", () -> view, "");
    }
    String whole = activation(buffer);
    return add(always, buffer.name() + "Row", () -> whole + ".view(-1)", "");
  }

  /** What all shares' forward wrote, as a matrix. */
  String wholeActivation(Buffer buffer) {
    String name = "all" + Fields.capitalized(buffer.name());
    if (buffer.slot().isEmpty()) {
      String view = "wholeInput().reshape(-1, " + buffer.shape().last() + ")";
      return add(wholeInput, name, () -> view, matrixShape("total", buffer));
    }
    return add(training, name, () -> matrix("all", buffer), matrixShape("total", buffer));
  }

  /** What backward writes. */
  String gradient(Buffer buffer) {
    if (buffer.slot().isEmpty()) {
      return buffer.name() + "Grad"; // a local variable
    }
    return add(training, buffer.name() + "Grad", () -> rows(buffer), buffer.shape().batch("n"));
  }

  /** What backward writes, as a matrix. */
  String gradientMatrix(Buffer buffer) {
    return buffer.shape().rank() == 1
        ? gradient(buffer)
        : add(
            training,
            buffer.name() + "GradMatrix",
            () -> matrix("matrix", buffer),
            matrixShape("n", buffer));
  }

  /** The same, transposed. */
  String gradientMatrixT(Buffer buffer) {
    String matrix = gradientMatrix(buffer);
    return buffer.slot().isEmpty()
        ? matrix + ".t()"
        : add(training, matrix + "T", () -> matrix + ".t()", "");
  }

  /** The share's part of the columns of what all shares' backward wrote, transposed. */
  String gradientPart(Buffer buffer) {
    return add(
        training,
        buffer.name() + "GradPartT",
        () -> "part(" + matrix("all", buffer) + ".t())",
        "part of " + matrixShape("total", buffer) + ", transposed");
  }

  /** The share's part of a parameter. */
  String parameterPart(Node node, String name) {
    return part(Fields.parameter(node, name));
  }

  /** The share's part of a parameter's gradient. */
  String parameterGradientPart(Node node, String name) {
    return part(Fields.gradient(node, name));
  }

  /** A parameter in bfloat16, while training. */
  String lowered(Node node, String name) {
    String field = Fields.parameter(node, name);
    return add(always, field + "16", () -> "lowered(" + field + ")", "");
  }

  /** The share's part of a parameter's gradient in bfloat16. */
  String loweredGradientPart(Node node, String name) {
    String field = Fields.gradient(node, name);
    return add(training, field + "16Part", () -> "part(loweredGradient(" + field + "))", "");
  }

  /** What the share gives to a parameter's gradient. */
  String parameterGradientPiece(Node node, String name) {
    String field = Fields.gradient(node, name);
    return add(training, field + "Piece", () -> "piece(" + field + ")", "");
  }

  private String part(String field) {
    return add(training, field + "Part", () -> "part(" + field + ")", "");
  }

  /** Something of forward or the loss that depends on the batch size alone. */
  String always(String name, ClassName type, String binding) {
    always.putIfAbsent(name, new Field(type, () -> binding, "", place));
    return name;
  }

  /** Something of backward that depends on the batch size alone. */
  String whileTraining(String name, ClassName type, String binding) {
    training.putIfAbsent(name, new Field(type, () -> binding, "", place));
    return name;
  }

  private static String viewOfInput(Buffer buffer) {
    String shape = buffer.shape().list();
    return buffer.form().isChannelsLast()
        ? "channelsLast(input, " + shape + ")"
        : "input.reshape(n, " + shape + ")";
  }

  private String add(Map<String, Field> to, String name, Supplier<String> binding, String shape) {
    to.putIfAbsent(name, new Field(Types.TENSOR, binding, shape, place));
    return name;
  }

  private static String rows(Buffer buffer) {
    return call("rows" + (buffer.form().isChannelsLast() ? "Last" : ""), buffer)
        + offset(buffer)
        + ", "
        + buffer.shape().list()
        + ")";
  }

  private static String matrix(String call, Buffer buffer) {
    Shape shape = buffer.shape();
    long perExample = shape.elements() / shape.last();
    return call(call, buffer) + offset(buffer) + ", " + perExample + ", " + shape.last() + ")";
  }

  /** Of the runtime's method for the buffer's precision. */
  private static String call(String method, Buffer buffer) {
    return method + (buffer.form().isLowered() ? "16(" : "(");
  }

  private static String matrixShape(String rows, Buffer buffer) {
    Shape shape = buffer.shape();
    long perExample = shape.elements() / shape.last();
    String count = perExample == 1 ? rows : rows + "·" + perExample;
    return "(" + count + ", " + shape.last() + ")";
  }

  private static long offset(Buffer buffer) {
    return buffer.slot().orElseThrow().offset();
  }

  void declare(TypeSpec.Builder share) {
    for (Map<String, Field> fields : List.of(always, training, input, wholeInput)) {
      fields.forEach((name, field) -> share.addField(field.type(), name));
    }
  }

  Lines bindAlways() {
    return binding(always);
  }

  Lines bindTraining() {
    return binding(training);
  }

  Lines bindInput() {
    return binding(input);
  }

  Lines bindWholeInput() {
    return binding(wholeInput);
  }

  private static Lines binding(Map<String, Field> fields) {
    Lines lines = new Lines();
    fields.forEach(
        (name, field) ->
            lines.at(field.place()).add(name + " = " + field.binding().get(), field.shape()));
    return lines;
  }
}
