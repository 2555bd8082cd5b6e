package io.github.torchscribe.processor.own;

import static io.github.torchscribe.processor.code.Expressions.constant;
import static io.github.torchscribe.processor.code.Expressions.operand;

import com.squareup.javapoet.ClassName;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.Expressions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;

/** A member of the user's annotation, as his method takes it. */
final class OwnValue {
  private static final String STRING = "java.lang.String";
  private static final Set<String> PLAIN = Set.of("int", "long", "float", "double", "boolean");

  /** What else a parameter may be. */
  private static final Map<String, Set<String>> WIDER =
      Map.of(
          "int", Set.of("long", "float", "double"),
          "long", Set.of("float", "double"),
          "float", Set.of("double"));

  private OwnValue() {}

  /** Whether there is a way to write values of a type. */
  static boolean canBeGiven(TypeMirror type) {
    if (type instanceof ArrayType array) {
      return isPlain(array.getComponentType());
    }
    return isPlain(type)
        || type instanceof DeclaredType declared
            && declared.asElement().getKind() == ElementKind.ENUM;
  }

  private static boolean isPlain(TypeMirror type) {
    return PLAIN.contains(type.toString()) || type.toString().equals(STRING);
  }

  /** Whether a parameter takes what a member gives. */
  static boolean fits(TypeMirror member, TypeMirror parameter) {
    return member.toString().equals(parameter.toString())
        || WIDER.getOrDefault(member.toString(), Set.of()).contains(parameter.toString());
  }

  /** A value as Java writes it. */
  static Expression of(Object value, TypeMirror type) {
    if (type instanceof ArrayType array) {
      TypeMirror element = array.getComponentType();
      List<Expression> all =
          value instanceof List<?> several
              ? several.stream().map(one -> of(one, element)).toList()
              : List.of(of(value, element));
      return Expressions.array(element.toString(), all);
    }
    if (value instanceof VariableElement constant) {
      ClassName home = ClassName.get((TypeElement) constant.getEnclosingElement());
      return constant(home, constant.getSimpleName().toString());
    }
    if (value instanceof Long number) {
      return Expressions.wide(number);
    }
    if (value instanceof Float number) {
      return Expressions.single(number);
    }
    return value instanceof Double number ? Expressions.any(number) : operand(value);
  }
}
