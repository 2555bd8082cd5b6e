package io.github.torchscribe.processor.source;

import static io.github.torchscribe.processor.code.Expressions.call;
import static io.github.torchscribe.processor.code.Expressions.name;
import static javax.lang.model.element.Modifier.PRIVATE;

import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.ParameterSpec;
import com.squareup.javapoet.TypeSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds a method with its statements to a class. One that would be too long calls a method for each
 * section of the network; a local variable that several of them use becomes a field.
 */
final class Body {
  private final TypeSpec.Builder type;
  private final MethodSpec method;
  private final String what;
  private final List<Division.Section<Line>> sections;
  private final Map<String, Local> shared;

  private Body(
      TypeSpec.Builder type,
      MethodSpec method,
      String what,
      List<Division.Section<Line>> sections) {
    this.type = type;
    this.method = method;
    this.what = what;
    this.sections = sections;
    this.shared = shared(sections);
  }

  /**
   * Adds the method.
   *
   * @param method all but its statements
   * @param what its sections do, for their Javadoc
   */
  static void add(TypeSpec.Builder type, MethodSpec.Builder method, String what, Lines lines) {
    if (Division.isShort(lines.all())) {
      type.addMethod(method.addCode(lines.toCode()).build());
    } else {
      new Body(type, method.build(), what, Division.of(lines.all())).add();
    }
  }

  private void add() {
    Lines calls = new Lines();
    List<MethodSpec> methods = new ArrayList<>();
    SectionNames names = new SectionNames();
    for (Division.Section<Line> section : sections) {
      Lines lines = Lines.of(section.parts().stream().map(this::withFields).toList());
      if (section.place().isEmpty()) {
        calls.all().addAll(lines.all());
        continue;
      }
      List<ParameterSpec> parameters = parameters(section);
      String name = names.of(method.name, section);
      calls.add(call(name, parameters.stream().map(p -> name(p.name)).toList()));
      methods.add(
          MethodSpec.methodBuilder(name)
              .addJavadoc("$L of $L.\n", what, section.place())
              .addModifiers(PRIVATE)
              .addParameters(parameters)
              .addCode(lines.toCode())
              .build());
    }
    shared.values().forEach(local -> type.addField(local.type(), local.name(), PRIVATE));
    type.addMethod(method.toBuilder().addCode(calls.toCode()).build());
    type.addMethods(methods);
  }

  private Line withFields(Line line) {
    return line.local().filter(local -> shared.containsKey(local.name())).isPresent()
        ? line.withoutLocal()
        : line;
  }

  /** The locals that a section declares and another one uses. */
  private static Map<String, Local> shared(List<Division.Section<Line>> sections) {
    Map<String, Division.Section<Line>> homes = new HashMap<>();
    Map<String, Local> shared = new LinkedHashMap<>();
    Map<String, Local> locals = new HashMap<>();
    for (Division.Section<Line> section : sections) {
      for (Line line : section.parts()) {
        for (String name : line.names()) {
          if (homes.containsKey(name) && homes.get(name) != section) {
            shared.put(name, locals.get(name));
          }
        }
        line.local()
            .ifPresent(
                local -> {
                  homes.put(local.name(), section);
                  locals.put(local.name(), local);
                });
      }
    }
    return shared;
  }

  /** Those of the method's that a section needs. */
  private List<ParameterSpec> parameters(Division.Section<Line> section) {
    return method.parameters.stream()
        .filter(p -> section.parts().stream().anyMatch(line -> line.names().contains(p.name)))
        .toList();
  }
}
