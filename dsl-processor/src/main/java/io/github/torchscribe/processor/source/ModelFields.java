package io.github.torchscribe.processor.source;

import static io.github.torchscribe.processor.code.Expressions.call;
import static io.github.torchscribe.processor.code.Expressions.create;
import static io.github.torchscribe.processor.code.Expressions.grouped;
import static io.github.torchscribe.processor.code.Expressions.name;
import static javax.lang.model.element.Modifier.FINAL;
import static javax.lang.model.element.Modifier.PRIVATE;
import static javax.lang.model.element.Modifier.PROTECTED;
import static javax.lang.model.element.Modifier.STATIC;

import com.squareup.javapoet.FieldSpec;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.TypeSpec;
import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.Text;
import io.github.torchscribe.processor.code.Types;
import io.github.torchscribe.processor.plan.ParameterPlace;
import io.github.torchscribe.processor.plan.Plan;
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
    trains = plan.graph().hasLoss();
  }

  /** Adds where everything lies in the flat buffer, and the numbers that steps use. */
  void addConstants(TypeSpec.Builder type) {
    addOffsets(type);
    addLongs(type);
  }

  private void addOffsets(TypeSpec.Builder type) {
    for (ParameterPlace place : places()) {
      type.addField(
          FieldSpec.builder(long.class, offsetName(place), PRIVATE, STATIC, FINAL)
              .addJavadoc(
                  "$L: where it begins in the flat buffer$L.\n",
                  Documentation.parameter(place.node(), place.parameter()),
                  place.parameter().tie().isPresent() ? " of gradients" : "")
              .initializer(new Text("").add(grouped(place.offset())).line())
              .build());
    }
  }

  /** Parameters, what others share of their gradients, then what is remembered besides. */
  private List<ParameterPlace> places() {
    List<ParameterPlace> all = new ArrayList<>(plan.parameters());
    all.addAll(sharedGradients());
    all.addAll(plan.state());
    return all;
  }

  /** The layers that use another's parameter and give a part of its gradient. */
  private List<ParameterPlace> sharedGradients() {
    return trains && !autograd
        ? plan.ties().stream().filter(place -> place.parameter().learns()).toList()
        : List.of();
  }

  private void addLongs(TypeSpec.Builder type) {
    fields
        .longs()
        .forEach(
            (name, values) ->
                type.addField(
                    FieldSpec.builder(long[].class, name, PRIVATE, STATIC, FINAL)
                        .initializer(new Text("").add("{").list(values).add("}").line())
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
      if (trains && !autograd && place.parameter().learns()) {
        type.addField(Types.TENSOR, gradient(place), PRIVATE);
      }
      addOptional(type, parameter);
    }
    sharedGradients().forEach(place -> type.addField(Types.TENSOR, gradient(place), PRIVATE));
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
      lines.assign("this.gradients", name("gradients"));
    }
    for (ParameterPlace place : plan.parameters()) {
      bindParameter(place, lines.at(place.node().path()));
    }
    for (ParameterPlace place : sharedGradients()) {
      lines.at(place.node().path()).assign(gradient(place), view("gradients", place));
    }
    for (ParameterPlace place : plan.state()) {
      lines.at(place.node().path()).assign(parameter(place), view("values", place));
      bindOptional(parameter(place), lines);
    }
    lines.at("");
    fields.scalars().forEach((scalar, value) -> lines.assign(scalar, create(Types.SCALAR, value)));
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
    boolean learns = place.parameter().learns();
    boolean leaf = learns && autograd;
    lines.assign(
        parameter,
        leaf ? call("leaf", name("values"), name("gradients"), at(place)) : view("values", place));
    if (!autograd) {
      if (fields.isTransposed(parameter)) {
        lines.assign(parameter + "T", name(parameter).call("t"));
      }
      if (trains && learns) {
        lines.assign(gradient(place), view("gradients", place));
      }
    }
    bindOptional(parameter, lines);
  }

  private void bindOptional(String parameter, Lines lines) {
    if (fields.isOptional(parameter)) {
      lines.assign(parameter + "Optional", create(Types.TENSOR_OPTIONAL, name(parameter)));
    }
  }

  private Expression view(String of, ParameterPlace place) {
    return call("view", name(of), at(place));
  }

  /** Where it begins, and its shape. */
  private List<Object> at(ParameterPlace place) {
    return List.of(offset(place), place.parameter().shape());
  }

  private static String parameter(ParameterPlace place) {
    return Fields.parameter(place.node(), place.parameter().name());
  }

  private static String gradient(ParameterPlace place) {
    return Fields.gradient(place.node(), place.parameter().name());
  }

  /** The constant for a place in the flat buffer. */
  Expression offset(ParameterPlace place) {
    return name(offsetName(place));
  }

  private String offsetName(ParameterPlace place) {
    return fields.offset(place.node(), place.parameter().name());
  }
}
