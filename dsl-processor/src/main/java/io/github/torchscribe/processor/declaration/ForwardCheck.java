package io.github.torchscribe.processor.declaration;

import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Position;
import io.github.torchscribe.processor.message.Report;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;

/** Says why a network's forward cannot be called, where it has stacks on methods. */
record ForwardCheck(Signatures signatures, SourceOrder order, Report report) {
  static final String FORWARD = "forward";

  /**
   * Checks it.
   *
   * @param methods of the network, with those that it inherits
   */
  void check(TypeElement type, List<ExecutableElement> methods) {
    List<ExecutableElement> called =
        methods.stream().filter(method -> method.getSimpleName().contentEquals(FORWARD)).toList();
    if (called.stream().anyMatch(method -> wrong(type, method).isEmpty())) {
      return;
    }
    ExecutableElement method = called.get(0);
    Position position = order.position(method.getEnclosingElement().equals(type) ? method : type);
    report.say(
        Message.NOT_A_FORWARD, position, type.getSimpleName(), wrong(type, method).orElseThrow());
  }

  private Optional<String> wrong(TypeElement type, ExecutableElement method) {
    List<? extends TypeMirror> parameters = signatures.parameters(type, method);
    TypeMirror result = signatures.result(type, method);
    if (parameters.size() != 1) {
      return Optional.of(
          "takes " + (parameters.isEmpty() ? "nothing" : parameters.size() + " values"));
    }
    if (!Signatures.isTensor(parameters.get(0))) {
      return Optional.of("takes " + parameters.get(0));
    }
    if (!Signatures.isTensor(result)) {
      return Optional.of("gives " + result);
    }
    if (!signatures.checked(method).isEmpty()) {
      return Optional.of("throws " + signatures.checked(method).get(0));
    }
    if (!method.getTypeParameters().isEmpty()) {
      return Optional.of("has type parameters");
    }
    return method.getModifiers().contains(Modifier.DEFAULT)
        ? Optional.empty()
        : Optional.of(
            method.getModifiers().contains(Modifier.ABSTRACT)
                ? "has no body"
                : "is no default method");
  }
}
