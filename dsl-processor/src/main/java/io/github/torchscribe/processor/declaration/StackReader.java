package io.github.torchscribe.processor.declaration;

import io.github.torchscribe.dsl.Input;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/** Reads the layers on the methods of an interface. */
final class StackReader {
  private static final String TENSOR = "org.bytedeco.pytorch.Tensor";
  private static final String FORWARD = "forward";

  private final Elements elements;
  private final SourceOrder order;
  private final Predicate<Written> isPart;
  private final Report report;

  /**
   * A reader.
   *
   * @param elements the compiler's
   * @param isPart which annotations a stack is made of
   * @param report is told what is wrong
   */
  StackReader(Elements elements, SourceOrder order, Predicate<Written> isPart, Report report) {
    this.elements = elements;
    this.order = order;
    this.isPart = isPart;
    this.report = report;
  }

  /** All stacks, in source order, with their layers made by a function. */
  List<Stack> read(TypeElement type, Function<List<Written>, List<Part>> parts) {
    List<Stack> stacks = new ArrayList<>();
    List<ExecutableElement> methods = ElementFilter.methodsIn(type.getEnclosedElements());
    for (ExecutableElement method : methods) {
      List<Written> layers = layers(method);
      if (!layers.isEmpty()) {
        if (isStack(method)) {
          String name = method.getSimpleName().toString();
          stacks.add(new Stack(name, parts.apply(layers), input(method)));
        } else {
          report.say(Message.NOT_A_STACK, layers.get(0).at(), method.getSimpleName());
        }
      }
    }
    if (!stacks.isEmpty()) {
      checkOthers(type, methods, stacks);
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
    return order.of(method.getParameters().get(0)).orElse(List.of()).stream()
        .filter(written -> written.type().equals(Input.class.getName()))
        .findFirst();
  }

  private static boolean isStack(ExecutableElement method) {
    return method.getModifiers().contains(Modifier.ABSTRACT)
        && method.getEnclosingElement().getKind() == ElementKind.INTERFACE
        && takesAndGivesATensor(method);
  }

  private static boolean takesAndGivesATensor(ExecutableElement method) {
    return method.getTypeParameters().isEmpty()
        && method.getParameters().size() == 1
        && method.getParameters().get(0).asType().toString().endsWith(TENSOR)
        && method.getReturnType().toString().equals(TENSOR);
  }

  /** The user's forward must be there, and nothing else without a body. */
  private void checkOthers(TypeElement type, List<ExecutableElement> methods, List<Stack> stacks) {
    boolean hasForward = false;
    for (ExecutableElement method : methods) {
      String name = method.getSimpleName().toString();
      boolean isDefault = method.getModifiers().contains(Modifier.DEFAULT);
      hasForward |= name.equals(FORWARD) && isDefault && takesAndGivesATensor(method);
      if (method.getModifiers().contains(Modifier.ABSTRACT) && layers(method).isEmpty()) {
        report.say(Message.NO_BODY, order.position(method), name, type.getSimpleName());
      }
    }
    if (!hasForward) {
      report.say(
          Message.NO_FORWARD, order.position(type), type.getSimpleName(), stacks.get(0).name());
    }
  }
}
