package io.github.torchscribe.processor.source;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.FieldSpec;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.TypeSpec;
import io.github.torchscribe.processor.layer.Shape;
import io.github.torchscribe.processor.plan.Block;
import io.github.torchscribe.processor.plan.Buffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import javax.lang.model.element.Modifier;

/**
 * One of a model's two nested classes with the tensors of a pass. Fields come into being as steps
 * ask for them.
 */
final class BufferClass {
  /** A field, how it is bound for n examples, and its shape. */
  private record Field(ClassName type, Supplier<String> binding, String shape) {}

  private final String name;
  private final String variable;
  private final Map<String, Field> bound = new LinkedHashMap<>();
  private final Map<String, Field> fromInput = new LinkedHashMap<>();

  /**
   * A class without fields.
   *
   * @param name of the class
   * @param variable that holds it where steps use it
   */
  BufferClass(String name, String variable) {
    this.name = name;
    this.variable = variable;
  }

  /** A buffer in its own shape. */
  String plain(Buffer buffer) {
    String shape = buffer.shape().batch("n");
    if (buffer.slot().isEmpty()) {
      boolean whole = buffer.name().equals("input");
      String view = whole ? "input" : "input.reshape(n, " + buffer.shape().list() + ")";
      return add(fromInput, buffer.name(), Runtime.TENSOR, () -> view, shape);
    }
    return add(bound, buffer.name(), Runtime.TENSOR, () -> piece(buffer, "n"), shape);
  }

  /** A buffer as a matrix: all dimensions but the last are rows. */
  String rows(Buffer buffer) {
    Shape shape = buffer.shape();
    if (shape.rank() == 1) {
      return plain(buffer);
    }
    String field = buffer.name() + "Rows";
    String count = "n * " + shape.elements() / shape.last();
    String matrix = "(" + count + ", " + shape.last() + ")";
    if (buffer.slot().isEmpty()) {
      String view = "input.reshape(-1, " + shape.last() + ")";
      return add(fromInput, field, Runtime.TENSOR, () -> view, matrix);
    }
    Buffer flat = new Buffer(buffer.name(), Shape.of(shape.last()), buffer.slot());
    return add(bound, field, Runtime.TENSOR, () -> piece(flat, count), matrix);
  }

  /** A buffer as a matrix, transposed. */
  String transposedRows(Buffer buffer) {
    String rows = rows(buffer).substring(variable.length() + 1);
    String shape = bound.get(rows).shape();
    return add(bound, rows + "T", Runtime.TENSOR, () -> rows + ".t()", "transposed " + shape);
  }

  /** Something else that depends on the batch size alone. */
  String other(String field, ClassName type, String binding) {
    return add(bound, field, type, () -> binding, "");
  }

  private static String piece(Buffer buffer, String count) {
    return "rows("
        + buffer.slot().orElseThrow().offset()
        + ", "
        + count
        + ", "
        + buffer.shape().list()
        + ")";
  }

  private String add(
      Map<String, Field> to, String field, ClassName type, Supplier<String> binding, String shape) {
    to.putIfAbsent(field, new Field(type, binding, shape));
    return variable + "." + field;
  }

  /** Assigns, at the beginning of forward, the fields that are views of the network's input. */
  void bindInput(Lines lines) {
    fromInput.forEach(
        (field, view) ->
            lines.add(variable + "." + field + " = " + view.binding().get(), view.shape()));
  }

  boolean viewsInput() {
    return fromInput.values().stream().anyMatch(field -> field.binding().get().contains("n, "));
  }

  TypeSpec toType(ClassName model, String doc, Block block) {
    TypeSpec.Builder type =
        TypeSpec.classBuilder(name)
            .addModifiers(Modifier.PRIVATE, Modifier.FINAL)
            .superclass(Runtime.BUFFERS)
            .addJavadoc("$L\n", doc);
    fromInput.forEach((field, view) -> type.addField(declare(field, view)));
    bound.forEach((field, tensor) -> type.addField(declare(field, tensor)));
    type.addMethod(
        MethodSpec.constructorBuilder()
            .addStatement("super($T.this, $L)", model, block.size())
            .build());
    Lines lines = new Lines();
    bound.forEach(
        (field, tensor) -> lines.add(field + " = " + tensor.binding().get(), tensor.shape()));
    return type.addMethod(
            MethodSpec.methodBuilder("bind")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PROTECTED)
                .addParameter(long.class, "n")
                .addCode(lines.toCode())
                .build())
        .build();
  }

  private static FieldSpec declare(String name, Field field) {
    return FieldSpec.builder(field.type(), name).build();
  }
}
