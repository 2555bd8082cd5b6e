package io.github.torchscribe.processor.source;

import static javax.lang.model.element.Modifier.FINAL;
import static javax.lang.model.element.Modifier.PRIVATE;
import static javax.lang.model.element.Modifier.PROTECTED;
import static javax.lang.model.element.Modifier.STATIC;

import com.squareup.javapoet.FieldSpec;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.TypeSpec;
import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.processor.code.Types;
import io.github.torchscribe.processor.plan.ParameterPlace;
import io.github.torchscribe.processor.plan.Plan;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** The constants and fields of a model, and the method that assigns these. */
final class ModelFields {
  private final Plan plan;
  private final Fields fields;
  private final boolean autograd;
  private final boolean trains;

  ModelFields(Plan plan, Fields fields) {
    this.plan = plan;
    this.fields = fields;
    autograd = plan.graph().gradient() == Network.Gradient.AUTOGRAD;
    trains = plan.graph().loss().isPresent();
  }

  /** Adds where everything lies in the flat buffer, and the numbers that steps use. */
  void addConstants(TypeSpec.Builder type) {
    addOffsets(type);
    addLongs(type);
  }

  private void addOffsets(TypeSpec.Builder type) {
    for (ParameterPlace place : places()) {
      type.addField(
          FieldSpec.builder(long.class, offset(place), PRIVATE, STATIC, FINAL)
              .addJavadoc(
                  "$L: where it begins in the flat buffer.\n",
                  Documentation.parameter(place.node(), place.parameter()))
              .initializer("$L", grouped(place.offset()))
              .build());
    }
  }

  /** Parameters, then what is remembered besides. */
  private List<ParameterPlace> places() {
    List<ParameterPlace> all = new ArrayList<>(plan.parameters());
    all.addAll(plan.state());
    return all;
  }

  private void addLongs(TypeSpec.Builder type) {
    fields
        .longs()
        .forEach(
            (name, values) ->
                type.addField(
                    FieldSpec.builder(long[].class, name, PRIVATE, STATIC, FINAL)
                        .initializer("{$L}", new Shape(values).list())
                        .build()));
  }

  /** Adds the tensors that parameters and what is remembered are read and written by. */
  void addFields(TypeSpec.Builder type) {
    if (autograd && trains) {
      type.addField(Types.TENSOR, "gradients", PRIVATE);
    }
    for (ParameterPlace place : plan.parameters()) {
      String parameter = parameter(place);
      type.addField(Types.TENSOR, parameter, PRIVATE);
      if (fields.isTransposed(parameter)) {
        type.addField(Types.TENSOR, parameter + "T", PRIVATE);
      }
      if (trains && !autograd) {
        type.addField(Types.TENSOR, gradient(place), PRIVATE);
      }
      addOptional(type, parameter);
    }
    for (ParameterPlace place : plan.state()) {
      type.addField(Types.TENSOR, parameter(place), PRIVATE);
      addOptional(type, parameter(place));
    }
    fields.scalars().keySet().forEach(scalar -> type.addField(Types.SCALAR, scalar, PRIVATE));
  }

  private void addOptional(TypeSpec.Builder type, String parameter) {
    if (fields.isOptional(parameter)) {
      type.addField(Types.TENSOR_OPTIONAL, parameter + "Optional", PRIVATE);
    }
  }

  /** Adds the method that assigns them. */
  void addBind(TypeSpec.Builder type) {
    Lines lines = new Lines();
    if (autograd && trains) {
      lines.add("this.gradients = gradients");
    }
    for (ParameterPlace place : plan.parameters()) {
      bindParameter(place, lines.at(place.node().path()));
    }
    for (ParameterPlace place : plan.state()) {
      lines.at(place.node().path()).add(parameter(place) + " = view(values, " + at(place));
      bindOptional(parameter(place), lines);
    }
    lines.at("");
    fields.scalars().forEach((scalar, value) -> lines.add(scalar + " = new Scalar(" + value + ")"));
    MethodSpec.Builder bind =
        MethodSpec.methodBuilder("bind")
            .addAnnotation(Override.class)
            .addModifiers(PROTECTED)
            .addParameter(Types.TENSOR, "values")
            .addParameter(Types.TENSOR, "gradients");
    Body.add(type, bind, "Parameters", lines);
  }

  private void bindParameter(ParameterPlace place, Lines lines) {
    String parameter = parameter(place);
    boolean leaf = autograd || place.node().layer().isRecorded();
    lines.add(parameter + (leaf ? " = leaf(values, gradients, " : " = view(values, ") + at(place));
    if (!autograd) {
      if (fields.isTransposed(parameter)) {
        lines.add(parameter + "T = " + parameter + ".t()");
      }
      if (trains) {
        lines.add(gradient(place) + " = view(gradients, " + at(place));
      }
    }
    bindOptional(parameter, lines);
  }

  private void bindOptional(String parameter, Lines lines) {
    if (fields.isOptional(parameter)) {
      lines.add(parameter + "Optional = new TensorOptional(" + parameter + ")");
    }
  }

  /** The end of a call that makes a view. */
  private String at(ParameterPlace place) {
    String shape = place.parameter().shape().list();
    return offset(place) + (shape.isEmpty() ? ")" : ", " + shape + ")");
  }

  private static String parameter(ParameterPlace place) {
    return Fields.parameter(place.node(), place.parameter().name());
  }

  private static String gradient(ParameterPlace place) {
    return Fields.gradient(place.node(), place.parameter().name());
  }

  /** The constant for a place in the flat buffer. */
  String offset(ParameterPlace place) {
    return fields.offset(place.node(), place.parameter().name());
  }

  /** As people read it: {@code 156_800}. */
  static String grouped(long number) {
    String digits = Documentation.number(number).replace(',', '_');
    return number > Integer.MAX_VALUE ? digits + "L" : digits;
  }
}
