package io.github.torchscribe.processor.declaration;

import io.github.torchscribe.dsl.From;
import io.github.torchscribe.dsl.Input;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/**
 * Reads the layers on the methods of an interface: values that take each other, or stacks that a
 * forward of the user's puts together.
 */
final class MethodReader {
  private static final Set<String> PROTECTED_IN_OBJECT = Set.of("clone", "finalize");

  private final Elements elements;
  private final Signatures signatures;
  private final SourceOrder order;
  private final Vocabulary vocabulary;
  private final TypeElement type;
  private final Report report;

  /**
   * A reader.
   *
   * @param elements the compiler's
   * @param signatures tells what methods take and give
   * @param order of annotations
   * @param vocabulary which annotations are what
   * @param type whose methods they are
   * @param report is told what is wrong
   */
  MethodReader(
      Elements elements,
      Signatures signatures,
      SourceOrder order,
      Vocabulary vocabulary,
      TypeElement type,
      Report report) {
    this.elements = elements;
    this.signatures = signatures;
    this.order = order;
    this.vocabulary = vocabulary;
    this.type = type;
    this.report = report;
  }

  /**
   * A method with annotations that say something of its value.
   *
   * @param element the method
   * @param annotations all on it, in source order
   * @param inherited whether another type declares it, which has been reported
   */
  record Marked(ExecutableElement element, List<Written> annotations, boolean inherited) {
    String name() {
      return element.getSimpleName().toString();
    }
  }

  /**
   * All such methods, in source order.
   *
   * @param place where the type is read
   */
  List<Marked> marked(Place place) {
    List<Marked> found = new ArrayList<>();
    for (ExecutableElement method : order.methods(type)) {
      List<Written> all = place.meant(annotations(method));
      if (all.isEmpty()) {
        checkParameters(method);
      } else {
        found.add(new Marked(method, all, false));
      }
    }
    if (type.getKind() == ElementKind.INTERFACE) {
      boolean own = !found.isEmpty();
      found.addAll(inherited(own));
      if (own) {
        checkWithoutBody();
      }
    }
    return found;
  }

  /** Whether a class file does not tell how methods take each other's values. */
  boolean areLost() {
    return !order.isCompiled(type)
        && !hasForward()
        && order.methods(type).stream()
            .filter(method -> order.of(method).map(this::isOfAValue).orElse(true))
            .anyMatch(method -> order.of(method).isEmpty() || order.parameters(method).isEmpty());
  }

  private boolean isOfAValue(List<Written> all) {
    return all.stream().anyMatch(vocabulary::saysOfAValue);
  }

  /** Whether the interface says itself how its methods are put together. */
  boolean hasForward() {
    return all().stream()
        .filter(method -> method.getSimpleName().contentEquals(ForwardCheck.FORWARD))
        .anyMatch(method -> !isCalledForward(method));
  }

  /** A value of the interface's own that has the name of what a model has itself. */
  private boolean isCalledForward(ExecutableElement method) {
    return method.getModifiers().contains(Modifier.ABSTRACT)
        && method.getEnclosingElement().equals(type)
        && order.of(method).stream().flatMap(List::stream).anyMatch(vocabulary::makesAValue);
  }

  /** What the interface is called. */
  String name() {
    return type.getSimpleName().toString();
  }

  /** What the interface is. */
  String kind() {
    return DeclarationReader.isBlock(type) ? "block" : "network";
  }

  /**
   * The names of methods that are no values, with those that it inherits.
   *
   * @param body whether they have one; of the others it has been said that they lack it
   */
  Set<String> others(boolean body) {
    return all().stream()
        .filter(method -> method.getModifiers().contains(Modifier.ABSTRACT) != body)
        .map(method -> method.getSimpleName().toString())
        .collect(Collectors.toSet());
  }

  /** A stack of a network with a forward of its own. */
  Stack stack(Marked method, Layers layers) {
    if (method.inherited) {
      return new Stack(method.name(), method.annotations, layers.parts(), Optional.empty(), false);
    }
    boolean takesOne = isValue(method.element) && method.element.getParameters().size() == 1;
    boolean wired = sayWired(method);
    // Of what is no interface it has been said that it has to be one.
    if (!takesOne && !wired && type.getKind() == ElementKind.INTERFACE) {
      report.say(Message.NOT_A_STACK, method.annotations.get(0).at(), method.name());
    }
    return new Stack(
        method.name(),
        method.annotations,
        layers.parts(),
        on(method.element, Input.class),
        takesOne && !wired);
  }

  private boolean sayWired(Marked method) {
    Optional<Written> loss =
        method.annotations.stream().filter(vocabulary::saysWhereItGoes).findFirst();
    Optional<Written> from = on(method.element, From.class);
    String wired = null;
    if (isValue(method.element) && method.element.getParameters().size() > 1) {
      wired = method.name() + " takes several values";
      report.say(
          Message.WIRED_WITH_FORWARD,
          order.position(method.element.getParameters().get(1)),
          wired,
          type.getSimpleName());
    } else if (from.isPresent()) {
      wired = "@From says what " + method.name() + " takes";
      report.say(Message.WIRED_WITH_FORWARD, from.get().at(), wired, type.getSimpleName());
    }
    loss.ifPresent(
        written ->
            report.say(
                Message.WIRED_WITH_FORWARD,
                written.at(),
                "@" + written.name() + " is on what " + method.name() + " gives",
                type.getSimpleName()));
    return wired != null || loss.isPresent();
  }

  /** Whether a method is one from Tensors to a Tensor, without a body. */
  boolean isValue(ExecutableElement method) {
    return method.getModifiers().contains(Modifier.ABSTRACT)
        && type.getKind() == ElementKind.INTERFACE
        && signatures.takesAndGivesTensors(type, method);
  }

  private List<Written> annotations(ExecutableElement method) {
    Optional<List<Written>> all = order.of(method);
    if (all.isEmpty()) {
      order.sayHidden(method, report);
      return List.of();
    }
    return isOfAValue(all.get()) ? all.get() : List.of();
  }

  /** An annotation on one of a method's parameters. */
  private Optional<Written> on(ExecutableElement method, Class<? extends Annotation> annotation) {
    return method.getParameters().stream()
        .flatMap(parameter -> order.on(parameter, annotation).stream())
        .findFirst();
  }

  private void checkParameters(ExecutableElement method) {
    for (VariableElement parameter : method.getParameters()) {
      order
          .on(parameter, Input.class)
          .ifPresent(
              written ->
                  report.say(Message.INPUT_WITHOUT_LAYERS, written.at(), method.getSimpleName()));
      order
          .on(parameter, From.class)
          .ifPresent(
              written ->
                  report.say(Message.FROM_WITHOUT_LAYERS, written.at(), method.getSimpleName()));
    }
  }

  /** All methods of an interface, with those that it inherits. */
  private List<ExecutableElement> all() {
    return ElementFilter.methodsIn(elements.getAllMembers(type)).stream()
        .filter(method -> method.getEnclosingElement().getKind() == ElementKind.INTERFACE)
        .toList();
  }

  /** Layers are read where the network itself declares the method. */
  private List<Marked> inherited(boolean implemented) {
    List<Marked> found = new ArrayList<>();
    for (ExecutableElement method : all()) {
      Element home = method.getEnclosingElement();
      if (home.equals(type) || !method.getModifiers().contains(Modifier.ABSTRACT)) {
        continue;
      }
      List<Written> layers =
          order.of(method).orElse(List.of()).stream().filter(vocabulary::saysOfAValue).toList();
      if (implemented || !layers.isEmpty()) {
        report.say(
            Message.INHERITED,
            order.position(type),
            method.getSimpleName(),
            type.getSimpleName(),
            home.getSimpleName());
        if (!layers.isEmpty()) {
          found.add(new Marked(method, layers, true));
        }
      }
    }
    return found;
  }

  /** What is generated for a forward has a class that implements the interface. */
  void checkForward() {
    if (type.getKind() != ElementKind.INTERFACE) {
      return;
    }
    if (type.getModifiers().contains(Modifier.SEALED)) {
      sayNotImplementable("it is sealed");
    }
    for (ExecutableElement method : all()) {
      String name = method.getSimpleName().toString();
      if (PROTECTED_IN_OBJECT.contains(name) && method.getParameters().isEmpty()) {
        sayNotImplementable("every class has another " + name + "()");
      }
    }
    new ForwardCheck(signatures, order, report).check(type, all());
  }

  private void sayNotImplementable(String why) {
    report.say(Message.NOT_IMPLEMENTABLE, order.position(type), type.getSimpleName(), why);
  }

  /** A loss alone is enough: it reads what the method takes. */
  private boolean isEnough(Written written) {
    return vocabulary.makesAValue(written) || vocabulary.losses().contains(written.kind());
  }

  /** A method with neither layers nor a body gives nothing. */
  private void checkWithoutBody() {
    for (ExecutableElement method : ElementFilter.methodsIn(type.getEnclosedElements())) {
      if (method.getModifiers().contains(Modifier.ABSTRACT)
          && order.of(method).filter(all -> all.stream().noneMatch(this::isEnough)).isPresent()
          && !method.getSimpleName().contentEquals(ForwardCheck.FORWARD)) {
        report.say(
            Message.NO_BODY, order.position(method), method.getSimpleName(), type.getSimpleName());
      }
    }
  }
}
