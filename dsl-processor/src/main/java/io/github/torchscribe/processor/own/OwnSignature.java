package io.github.torchscribe.processor.own;

import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;

/** What a method or a constructor of the user's looks like, before anything of it is called. */
final class OwnSignature {
  private static final String TENSOR = "org.bytedeco.pytorch.Tensor";

  private OwnSignature() {}

  /** Why a method cannot compute a piece; empty where it can. */
  static String wrong(TypeElement home, ExecutableElement method) {
    if (!method.getModifiers().contains(Modifier.STATIC)) {
      return "that is not static; let it be";
    }
    String why = whyNotCallable(home, method);
    if (!why.isEmpty()) {
      return why;
    }
    if (!isTensor(method.getReturnType())) {
      return "that gives " + simple(method.getReturnType()) + "; let it give a Tensor";
    }
    boolean takesTensor =
        !method.getParameters().isEmpty() && isTensor(method.getParameters().get(0).asType());
    return takesTensor ? "" : "that does not take a Tensor first; let it";
  }

  /** Why generated code cannot call a method or a constructor; empty where it can. */
  static String whyNotCallable(TypeElement home, ExecutableElement method) {
    if (method.getModifiers().contains(Modifier.PRIVATE)) {
      return "that is private; generated code calls it";
    }
    for (Element e = home; e.getKind() != ElementKind.PACKAGE; e = e.getEnclosingElement()) {
      if (e.getModifiers().contains(Modifier.PRIVATE)) {
        return e.getSimpleName() + " is private; generated code calls it";
      }
    }
    if (!method.getTypeParameters().isEmpty()) {
      return "that has type parameters; name the types";
    }
    return method.getThrownTypes().isEmpty()
        ? ""
        : "that throws "
            + simple(method.getThrownTypes().get(0))
            + ", which nobody catches; let it throw nothing";
  }

  /** Whether it is libtorch's. */
  static boolean isTensor(TypeMirror type) {
    return type instanceof DeclaredType declared
        && ((TypeElement) declared.asElement()).getQualifiedName().contentEquals(TENSOR);
  }

  /** A type without its package. */
  static String simple(TypeMirror type) {
    return type instanceof DeclaredType declared
        ? declared.asElement().getSimpleName().toString()
        : type.toString();
  }
}
