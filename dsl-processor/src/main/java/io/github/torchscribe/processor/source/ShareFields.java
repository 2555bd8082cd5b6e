package io.github.torchscribe.processor.source;

import static io.github.torchscribe.processor.code.Expressions.N;
import static io.github.torchscribe.processor.code.Expressions.NULL;
import static io.github.torchscribe.processor.code.Expressions.call;
import static io.github.torchscribe.processor.code.Expressions.choice;
import static io.github.torchscribe.processor.code.Expressions.equal;
import static io.github.torchscribe.processor.code.Expressions.name;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.TypeSpec;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.Types;
import io.github.torchscribe.processor.graph.Node;
import io.github.torchscribe.processor.plan.Buffer;
import io.github.torchscribe.processor.plan.Span;
import io.github.torchscribe.processor.plan.Stay;
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
 * linear1All} the whole batch's as a matrix. {@code linear1Grad} is the loss' gradient with respect
 * to it, {@code linear1GradPartT} the share's part of its columns, for the second phase.
 */
final class ShareFields {
  /**
   * A field.
   *
   * @param of what it shows: whoever asks for the same name means the same
   * @param binding how it is bound, once all is laid out
   * @param shape for the comment
   * @param place the layer that it is of
   */
  private record Field(
      ClassName type, Object of, Supplier<Expression> binding, String shape, String place) {}

  /** Whether there is one row at hand. */
  static final Expression IS_ONE = equal(N, 1);

  private static final Expression INPUT = name("input");

  private final Map<String, Field> always = new LinkedHashMap<>();
  private final Map<String, Field> training = new LinkedHashMap<>();
  private final Map<String, Field> input = new LinkedHashMap<>();
  private final Map<String, Field> wholeInput = new LinkedHashMap<>();
  private final Map<String, Field> atHand = new LinkedHashMap<>();
  private final boolean trains;
  private String place = "";

  /**
   * No fields yet.
   *
   * @param trains whether buffers also lie where they do while training
   */
  ShareFields(boolean trains) {
    this.trains = trains;
  }

  /** Of which layer all are that are asked for next. */
  void at(String path) {
    place = path;
  }

  /** What forward writes. */
  Expression activation(Buffer buffer) {
    if (buffer.isInput()) {
      return given(buffer);
    }
    if (buffer.span().isEmpty()) {
      Expression given = given(buffer);
      return add(
          input, buffer.name(), buffer, () -> viewOf(given, buffer), buffer.shape().batch("n"));
    }
    return add(always, buffer.name(), buffer, () -> rows(buffer), buffer.shape().batch("n"));
  }

  /** The network's input that a buffer is, or is a view of. */
  private Expression given(Buffer buffer) {
    Buffer.Given given = buffer.given().orElseThrow();
    return given.alone()
        ? INPUT
        : add(
            input,
            given.field(),
            given,
            () -> call("given", given.number()),
            given.shape().batch("n"));
  }

  /** What forward writes, as a matrix. */
  Expression activationMatrix(Buffer buffer) {
    if (buffer.shape().rank() == 1) {
      return activation(buffer);
    }
    if (buffer.span().isEmpty()) {
      Expression view = given(buffer).call("reshape", -1, buffer.shape().last());
      return add(input, buffer.name() + "Matrix", buffer, () -> view, matrixShape("n", buffer));
    }
    return add(
        always, buffer.name() + "Matrix", buffer, () -> matrix(buffer), matrixShape("n", buffer));
  }

  /** What forward writes, as a vector. */
  Expression activationRow(Buffer buffer) {
    if (buffer.span().isEmpty()) {
      Expression view = choice(IS_ONE, given(buffer).call("reshape", -1), NULL);
      return add(input, buffer.name() + "Row", buffer, () -> view, "");
    }
    requirePlace(buffer);
    Expression view = activation(buffer).call("view", -1);
    Expression row = buffer.isTurned() ? choice(IS_ONE, view, NULL) : view;
    return add(always, buffer.name() + "Row", buffer, () -> row, "");
  }

  /** What all shares' forward wrote, as a matrix. */
  Expression wholeActivation(Buffer buffer) {
    String name = buffer.name() + "All";
    if (buffer.span().isEmpty()) {
      Buffer.Given given = buffer.given().orElseThrow();
      Expression whole = given.alone() ? call("wholeInput") : call("wholeInput", given.number());
      Expression view = whole.call("reshape", -1, buffer.shape().last());
      return add(wholeInput, name, buffer, () -> view, matrixShape("total", buffer));
    }
    return add(training, name, buffer, () -> all(buffer), matrixShape("total", buffer));
  }

  /** What backward writes. */
  Expression gradient(Buffer buffer) {
    if (buffer.span().isEmpty()) {
      return name(gradientName(buffer)); // a local variable
    }
    return add(
        training, gradientName(buffer), buffer, () -> rows(buffer), buffer.shape().batch("n"));
  }

  /** What backward writes, as a matrix. */
  Expression gradientMatrix(Buffer buffer) {
    return buffer.shape().rank() == 1
        ? gradient(buffer)
        : add(
            training,
            gradientMatrixName(buffer),
            buffer,
            () -> matrix(buffer),
            matrixShape("n", buffer));
  }

  /** The same, transposed. */
  Expression gradientMatrixT(Buffer buffer) {
    Expression transposed = gradientMatrix(buffer).call("t");
    return buffer.span().isEmpty()
        ? transposed
        : add(training, gradientMatrixName(buffer) + "T", buffer, () -> transposed, "");
  }

  /** The share's part of the columns of what all shares' backward wrote, transposed. */
  Expression gradientPart(Buffer buffer) {
    return add(
        training,
        buffer.name() + "GradPartT",
        buffer,
        () -> call("part", all(buffer).call("t")),
        "part of " + matrixShape("total", buffer) + ", transposed");
  }

  /** The share's part of a parameter. */
  Expression parameterPart(Node node, String name) {
    return part(Fields.parameter(node, name));
  }

  /** The share's part of a parameter's gradient. */
  Expression parameterGradientPart(Node node, String name) {
    return part(Fields.gradient(node, name));
  }

  /** The name of a parameter in bfloat16. */
  static String lowered(String parameter) {
    return parameter + "16";
  }

  /** A parameter in bfloat16, while training. */
  Expression lowered(Node node, String name) {
    String field = Fields.parameter(node, name);
    return add(always, lowered(field), field, () -> call("lowered", name(field)), "");
  }

  /** The share's part of a parameter's gradient in bfloat16. */
  Expression loweredGradientPart(Node node, String name) {
    String field = Fields.gradient(node, name);
    return add(
        training,
        field + "16Part",
        field,
        () -> call("part", call("loweredGradient", name(field))),
        "");
  }

  /** What the share gives to a parameter's gradient. */
  Expression parameterGradientPiece(Node node, String name) {
    String field = Fields.gradient(node, name);
    return add(training, field + "Piece", field, () -> call("piece", name(field)), "");
  }

  private Expression part(String field) {
    return add(training, field + "Part", field, () -> call("part", name(field)), "");
  }

  /** Something of forward or the loss that depends on the batch size alone. */
  Expression always(String name, ClassName type, Expression binding) {
    return put(always, name, new Field(type, binding, () -> binding, "", place));
  }

  /** Something of forward that depends on what the network is given. */
  Expression ofGiven(String name, ClassName type, Expression binding) {
    return put(input, name, new Field(type, binding, () -> binding, "", place));
  }

  /** Something of backward that depends on the batch size alone. */
  Expression whileTraining(String name, ClassName type, Expression binding) {
    return put(training, name, new Field(type, binding, () -> binding, "", place));
  }

  /** Something that depends on which positions of a text are at hand. */
  Expression atHand(String name, Expression binding) {
    return put(atHand, name, new Field(binding.type(), binding, () -> binding, "", place));
  }

  static String gradientName(Buffer buffer) {
    return buffer.name() + "Grad";
  }

  private static String gradientMatrixName(Buffer buffer) {
    return gradientName(buffer) + (buffer.shape().rank() == 1 ? "" : "Matrix");
  }

  private static Expression viewOf(Expression given, Buffer buffer) {
    return buffer.form().isChannelsLast()
        ? call("channelsLast", given, buffer.shape())
        : given.call("reshape", N, buffer.shape());
  }

  private Expression add(
      Map<String, Field> to, String name, Object of, Supplier<Expression> binding, String shape) {
    return put(to, name, new Field(Types.TENSOR, of, binding, shape, place));
  }

  private Expression put(Map<String, Field> to, String name, Field field) {
    for (Map<String, Field> some : all()) {
      Field there = some.get(name);
      if (there != null && !(some == to && there.of().equals(field.of()))) {
        throw new IllegalStateException(name + " would be two fields: " + there + " and " + field);
      }
    }
    to.putIfAbsent(name, field);
    return name(name);
  }

  private List<Map<String, Field>> all() {
    return List.of(always, training, input, wholeInput, atHand);
  }

  private Expression rows(Buffer buffer) {
    if (buffer.isTurned()) {
      return call("productRows", offset(buffer), buffer.turned(), buffer.shape());
    }
    String last = buffer.form().isChannelsLast() ? "Last" : "";
    String rows = buffer.isBrought() && trains ? "brought" : "rows";
    return call(method(rows + last, buffer), offset(buffer), buffer.shape());
  }

  private Expression matrix(Buffer buffer) {
    requirePlace(buffer);
    return matrix(buffer.isTurned() ? "productMatrix" : "matrix", buffer, offset(buffer));
  }

  /** All shares' rows, which only backward reads. */
  private static Expression all(Buffer buffer) {
    requirePlace(buffer);
    return matrix("all", buffer, buffer.span().orElseThrow().training().offset());
  }

  /** A view that is made once for a batch size shows one place. */
  private static void requirePlace(Buffer buffer) {
    if (buffer.isBrought()) {
      throw new IllegalStateException(buffer.name() + " lies elsewhere in each step");
    }
  }

  private static Expression matrix(String call, Buffer buffer, Object offset) {
    Shape shape = buffer.shape();
    long perExample = shape.elements() / shape.last();
    return call(method(call, buffer), offset, perExample, shape.last());
  }

  /** The runtime's method for the buffer's precision. */
  private static String method(String name, Buffer buffer) {
    return name + (buffer.form().isLowered() ? "16" : "");
  }

  private static String matrixShape(String rows, Buffer buffer) {
    Shape shape = buffer.shape();
    long perExample = shape.elements() / shape.last();
    String count = perExample == 1 ? rows : rows + "·" + perExample;
    return "(" + count + ", " + shape.last() + ")";
  }

  /** Where it lies: what forward writes may lie elsewhere where there is no backward. */
  private Object offset(Buffer buffer) {
    Span span = buffer.span().orElseThrow();
    long training = span.training().offset();
    long otherwise = span.otherwise().map(Stay::offset).orElse(training);
    if (span.isBrought()) {
      return otherwise;
    }
    return training == otherwise || !trains ? otherwise : call("at", training, otherwise);
  }

  void declare(TypeSpec.Builder share) {
    for (Map<String, Field> fields : all()) {
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

  Lines bindAtHand() {
    return binding(atHand);
  }

  private static Lines binding(Map<String, Field> fields) {
    Lines lines = new Lines();
    fields.forEach(
        (name, field) ->
            lines.at(field.place()).assign(name, field.binding().get(), field.shape()));
    return lines;
  }
}
