package io.github.torchscribe.processor.declaration;

import java.util.List;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;

/** What methods take and give, as members of a type that may have said what T is. */
record Signatures(Types types) {
  private static final String TENSOR = "org.bytedeco.pytorch.Tensor";

  /** Whether it is a method from one Tensor or several to a Tensor. */
  boolean takesAndGivesTensors(TypeElement type, ExecutableElement method) {
    return method.getTypeParameters().isEmpty()
        && !parameters(type, method).isEmpty()
        && parameters(type, method).stream().allMatch(Signatures::isTensor)
        && isTensor(of(type, method).getReturnType());
  }

  List<? extends TypeMirror> parameters(TypeElement type, ExecutableElement method) {
    return of(type, method).getParameterTypes();
  }

  TypeMirror result(TypeElement type, ExecutableElement method) {
    return of(type, method).getReturnType();
  }

  private ExecutableType of(TypeElement type, ExecutableElement method) {
    return (ExecutableType) types.asMemberOf((DeclaredType) type.asType(), method);
  }

  static boolean isTensor(TypeMirror type) {
    return type instanceof DeclaredType declared
        && ((TypeElement) declared.asElement()).getQualifiedName().contentEquals(TENSOR);
  }

  /** The exceptions that whoever calls it would have to catch. */
  List<? extends TypeMirror> checked(ExecutableElement method) {
    return method.getThrownTypes().stream().filter(type -> !isUnchecked(type)).toList();
  }

  private boolean isUnchecked(TypeMirror type) {
    String name = types.erasure(type).toString();
    return name.equals(RuntimeException.class.getName())
        || name.equals(Error.class.getName())
        || types.directSupertypes(type).stream().anyMatch(this::isUnchecked);
  }
}
