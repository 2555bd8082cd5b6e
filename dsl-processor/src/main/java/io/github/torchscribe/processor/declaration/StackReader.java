package io.github.torchscribe.processor.declaration;

import io.github.torchscribe.dsl.Input;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/** Reads the layers on the methods of an interface. */
final class StackReader {
  private static final Set<String> PROTECTED_IN_OBJECT = Set.of("clone", "finalize");

  private final Elements elements;
  private final Signatures signatures;
  private final SourceOrder order;
  private final Predicate<Written> isPart;
  private final Report report;

  /**
   * A reader.
   *
   * @param elements the compiler's
   * @param signatures tells what methods take and give
   * @param order of annotations
   * @param isPart which annotations a stack is made of
   * @param report is told what is wrong
   */
  StackReader(
      Elements elements,
      Signatures signatures,
      SourceOrder order,
      Predicate<Written> isPart,
      Report report) {
    this.elements = elements;
    this.signatures = signatures;
    this.order = order;
    this.isPart = isPart;
    this.report = report;
  }

  /** All stacks, in source order, with their layers made by a function. */
  List<Stack> read(TypeElement type, Function<List<Written>, List<Part>> parts) {
    List<Stack> stacks = new ArrayList<>();
    for (ExecutableElement method : ElementFilter.methodsIn(type.getEnclosedElements())) {
      List<Written> layers = layers(method);
      if (layers.isEmpty()) {
        checkInput(method);
        continue;
      }
      boolean fits = isStack(type, method);
      // Of what is no interface it has been said that it has to be one.
      if (!fits && type.getKind() == ElementKind.INTERFACE) {
        report.say(Message.NOT_A_STACK, layers.get(0).at(), method.getSimpleName());
      }
      stacks.add(
          new Stack(method.getSimpleName().toString(), parts.apply(layers), input(method), fits));
    }
    if (type.getKind() == ElementKind.INTERFACE) {
      checkInherited(type, stacks, parts);
      if (!stacks.isEmpty()) {
        checkWithoutBody(type);
        checkImplementable(type);
        new ForwardCheck(signatures, order, report).check(type, all(type), stacks);
      }
    }
    return stacks;
  }

  private List<Written> layers(ExecutableElement method) {
    Optional<List<Written>> all = order.of(method);
    if (all.isEmpty()) {
      order.sayHidden(method, report);
      return List.of();
    }
    return all.get().stream().filter(isPart).toList();
  }

  private Optional<Written> input(ExecutableElement method) {
    return method.getParameters().stream().flatMap(p -> stated(p).stream()).findFirst();
  }

  private Optional<Written> stated(VariableElement parameter) {
    return order.of(parameter).orElse(List.of()).stream()
        .filter(written -> written.type().equals(Input.class.getName()))
        .findFirst();
  }

  private void checkInput(ExecutableElement method) {
    input(method)
        .ifPresent(
            written ->
                report.say(Message.INPUT_WITHOUT_LAYERS, written.at(), method.getSimpleName()));
  }

  private boolean isStack(TypeElement type, ExecutableElement method) {
    return method.getModifiers().contains(Modifier.ABSTRACT)
        && type.getKind() == ElementKind.INTERFACE
        && signatures.takesAndGivesATensor(type, method);
  }

  /** All methods of an interface, with those that it inherits. */
  private List<ExecutableElement> all(TypeElement type) {
    return ElementFilter.methodsIn(elements.getAllMembers(type)).stream()
        .filter(method -> method.getEnclosingElement().getKind() == ElementKind.INTERFACE)
        .toList();
  }

  /** Layers are read where the network itself declares the method. */
  private void checkInherited(
      TypeElement type, List<Stack> stacks, Function<List<Written>, List<Part>> parts) {
    boolean implemented = !stacks.isEmpty();
    for (ExecutableElement method : all(type)) {
      Element home = method.getEnclosingElement();
      if (home.equals(type) || !method.getModifiers().contains(Modifier.ABSTRACT)) {
        continue;
      }
      List<Written> layers = order.of(method).orElse(List.of()).stream().filter(isPart).toList();
      if (implemented || !layers.isEmpty()) {
        String name = method.getSimpleName().toString();
        report.say(
            Message.INHERITED,
            order.position(type),
            name,
            type.getSimpleName(),
            home.getSimpleName());
        stacks.add(new Stack(name, parts.apply(layers), Optional.empty(), false));
      }
    }
  }

  /** Generated code has a class that implements it. */
  private void checkImplementable(TypeElement type) {
    if (type.getModifiers().contains(Modifier.SEALED)) {
      sayNotImplementable(type, "it is sealed");
    }
    for (ExecutableElement method : all(type)) {
      String name = method.getSimpleName().toString();
      if (PROTECTED_IN_OBJECT.contains(name) && method.getParameters().isEmpty()) {
        sayNotImplementable(type, "every class has another " + name + "()");
      }
    }
  }

  private void sayNotImplementable(TypeElement type, String why) {
    report.say(Message.NOT_IMPLEMENTABLE, order.position(type), type.getSimpleName(), why);
  }

  private void checkWithoutBody(TypeElement type) {
    for (ExecutableElement method : ElementFilter.methodsIn(type.getEnclosedElements())) {
      if (method.getModifiers().contains(Modifier.ABSTRACT)
          && layers(method).isEmpty()
          && !method.getSimpleName().contentEquals(ForwardCheck.FORWARD)) {
        report.say(
            Message.NO_BODY, order.position(method), method.getSimpleName(), type.getSimpleName());
      }
    }
  }
}
