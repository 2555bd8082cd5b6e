package io.github.torchscribe.processor.source;

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
  private final List<Division.Section> sections;
  private final Map<String, Lines.Local> shared;

  private Body(
      TypeSpec.Builder type, MethodSpec method, String what, List<Division.Section> sections) {
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
    for (Division.Section section : sections) {
      Lines lines = Lines.of(section.lines().stream().map(this::withFields).toList());
      if (section.place().isEmpty()) {
        calls.all().addAll(lines.all());
        continue;
      }
      List<ParameterSpec> parameters = parameters(section);
      String name = names.of(method.name, section);
      String arguments = String.join(", ", parameters.stream().map(p -> p.name).toList());
      calls.add(name + "(" + arguments + ")");
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
    return line.local() != null && shared.containsKey(line.local().name())
        ? line.withoutLocal()
        : line;
  }

  /** The locals that a section declares and another one uses. */
  private static Map<String, Lines.Local> shared(List<Division.Section> sections) {
    Map<String, Division.Section> homes = new HashMap<>();
    Map<String, Lines.Local> shared = new LinkedHashMap<>();
    Map<String, Lines.Local> locals = new HashMap<>();
    for (Division.Section section : sections) {
      for (Line line : section.lines()) {
        for (String word : line.words()) {
          if (homes.containsKey(word) && homes.get(word) != section) {
            shared.put(word, locals.get(word));
          }
        }
        if (line.local() != null) {
          homes.put(line.local().name(), section);
          locals.put(line.local().name(), line.local());
        }
      }
    }
    return shared;
  }

  /** Those of the method's that a section needs. */
  private List<ParameterSpec> parameters(Division.Section section) {
    return method.parameters.stream()
        .filter(p -> section.lines().stream().anyMatch(line -> line.words().contains(p.name)))
        .toList();
  }
}
