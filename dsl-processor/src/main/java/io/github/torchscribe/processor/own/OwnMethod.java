package io.github.torchscribe.processor.own;

import static io.github.torchscribe.processor.own.OwnSignature.isTensor;
import static io.github.torchscribe.processor.own.OwnSignature.simple;

import com.squareup.javapoet.ClassName;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.Expressions;
import io.github.torchscribe.processor.declaration.Own;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;

/** The static method of the user's that a piece of his own is computed by. */
public final class OwnMethod {
  /** What a layer's method may take besides. */
  public static final String TRAINING = "training";

  private final Written written;
  private final Own own;
  private final String method;
  private final TypeElement home;
  private final ExecutableElement element;
  private final List<String> names;

  private OwnMethod(
      Written written, TypeElement home, ExecutableElement element, List<String> names) {
    this.written = written;
    this.own = written.own();
    this.method =
        element.getKind() == ElementKind.CONSTRUCTOR
            ? "the constructor"
            : element.getSimpleName().toString();
    this.home = home;
    this.element = element;
    this.names = names;
  }

  /**
   * Looks for it.
   *
   * @param written the piece
   * @param tensors what it takes first, for messages
   * @param byPlace whether those are told apart by their places, not by their names
   * @param report is told why it is none
   * @return empty where there is none that can be called
   */
  public static Optional<OwnMethod> find(
      Written written, String tensors, boolean byPlace, Report report) {
    String method = written.own().method();
    Optional<TypeElement> home = written.own().mark().named("value");
    if (home.isEmpty()) {
      report.say(
          Message.OWN_METHOD,
          written.own().at("value"),
          written.own().name(),
          method + "(" + tensors + ", …)",
          written.own().mark().value("value"),
          "that is no class; name one of yours");
      return Optional.empty();
    }
    List<ExecutableElement> all = written.own().methods();
    String wrong =
        all.isEmpty()
            ? "that has none; write it"
            : all.size() > 1
                ? "that has " + all.size() + " of the name; keep one"
                : OwnSignature.wrong(home.get(), all.get(0));
    if (!wrong.isEmpty()) {
      report.say(
          Message.OWN_METHOD,
          written.own().at("value"),
          written.own().name(),
          method + "(" + tensors + ", …)",
          home.get().getSimpleName(),
          wrong);
      return Optional.empty();
    }
    return named(written, home.get(), all.get(0), byPlace, report);
  }

  /** What is told apart by its place needs no name. */
  static Optional<OwnMethod> named(
      Written written, TypeElement home, ExecutableElement method, boolean byPlace, Report report) {
    Optional<List<String>> names = written.own().parameters(method);
    boolean isMethod = method.getKind() == ElementKind.METHOD; // of which the first has its place
    boolean named =
        method.getParameters().stream()
            .skip(isMethod ? 1 : 0)
            .anyMatch(one -> !byPlace || !isTensor(one.asType()));
    if (names.isEmpty() && named) {
      report.say(
          Message.OWN_NAMES_LOST,
          written.at(),
          isMethod ? method.getSimpleName() : "the constructor",
          home.getSimpleName(),
          written.own().name());
      return Optional.empty();
    }
    return Optional.of(
        new OwnMethod(
            written,
            home,
            method,
            names.orElseGet(
                () ->
                    method.getParameters().stream()
                        .map(one -> one.getSimpleName().toString())
                        .toList())));
  }

  /**
   * Checks that it can be called from the network's package.
   *
   * @param report is told when it cannot
   */
  public void checkVisible(Report report) {
    boolean isPublic = element.getModifiers().contains(Modifier.PUBLIC);
    Element e = home;
    for (; e.getKind() != ElementKind.PACKAGE; e = e.getEnclosingElement()) {
      isPublic &= e.getModifiers().contains(Modifier.PUBLIC);
    }
    if (!isPublic && !e.equals(own.home()) && !own.isDefinition()) {
      report.say(
          Message.OWN_HIDDEN,
          written.at(),
          method,
          home.getSimpleName(),
          own.home().getQualifiedName());
    }
  }

  /**
   * How many tensors it takes before all else.
   *
   * @return at least 1
   */
  public int tensorsFirst() {
    int count = 0;
    while (count < element.getParameters().size() && isTensor(type(count))) {
      count++;
    }
    return count;
  }

  /**
   * Checks what it takes by name.
   *
   * @param from the first such parameter, counted from 0
   * @param learned tensors that it may take
   * @param report is told of parameters that nobody gives
   */
  public void checkNamed(int from, Set<String> learned, Report report) {
    for (int i = from; i < names.size(); i++) {
      String wrong = wrong(i, learned);
      if (!wrong.isEmpty()) {
        report.say(
            Message.OWN_PARAMETER,
            own.at(),
            method,
            home.getSimpleName(),
            simple(type(i)) + " " + names.get(i),
            wrong);
      }
    }
  }

  private String wrong(int index, Set<String> learned) {
    String called = names.get(index);
    if (isTensor(type(index))) {
      return learned.contains(called)
          ? ""
          : learned.isEmpty()
              ? "@" + own.name() + " learns nothing; say it by learned of @Layer"
              : "it learns " + String.join(", ", learned) + "; rename the parameter";
    }
    Optional<ExecutableElement> member = member(called);
    if (member.isEmpty()) {
      return isTraining(index)
          ? ""
          : "@" + own.name() + " has no member of that name; add it, or rename the parameter";
    }
    TypeMirror given = member.get().getReturnType();
    if (!OwnValue.canBeGiven(given)) {
      return "the member is " + simple(given) + ", which cannot be handed on; remove the parameter";
    }
    return OwnValue.fits(given, type(index))
        ? ""
        : "the member is " + simple(given) + "; let both be the same";
  }

  private boolean isTraining(int index) {
    return names.get(index).equals(TRAINING)
        && type(index).toString().equals("boolean")
        && own.mark().has("learned");
  }

  private Optional<ExecutableElement> member(String called) {
    return own.members().stream()
        .filter(one -> one.getSimpleName().contentEquals(called))
        .findFirst();
  }

  /**
   * Checks that it takes what is learned.
   *
   * @param learned names
   * @param report is told of those that it does not
   */
  public void checkTakes(Set<String> learned, Report report) {
    learned.stream()
        .filter(one -> !names.contains(one))
        .forEach(
            one ->
                report.say(
                    Message.OWN_UNUSED,
                    own.at("learned"),
                    own.name(),
                    one,
                    method,
                    home.getSimpleName()));
  }

  /**
   * A call of it.
   *
   * @param tensors those before all else
   * @param learned the others, by the names of {@code learnedNames}, in their order
   * @param learnedNames what is learned
   * @return the call
   */
  public Expression call(
      List<Expression> tensors, List<Expression> learned, List<String> learnedNames) {
    List<Expression> arguments = new ArrayList<>(tensors);
    arguments.addAll(arguments(tensors.size(), learned, learnedNames));
    return Expressions.call(ClassName.get(home), method, arguments);
  }

  private List<Expression> arguments(
      int from, List<Expression> learned, List<String> learnedNames) {
    List<Expression> arguments = new ArrayList<>();
    for (int i = from; i < names.size(); i++) {
      String called = names.get(i);
      if (isTensor(type(i))) {
        arguments.add(learned.get(learnedNames.indexOf(called)));
      } else {
        Optional<ExecutableElement> member = member(called);
        arguments.add(
            member.isPresent()
                ? OwnValue.of(written.value(called), member.get().getReturnType())
                : Expressions.call("isTraining"));
      }
    }
    return arguments;
  }

  /** Whether nobody has said what members are. */
  boolean isOfDefinition() {
    return own.isDefinition();
  }

  /** A new object, of a constructor. */
  Expression construction() {
    return Expressions.create(ClassName.get(home), arguments(0, List.of(), List.of()));
  }

  /**
   * What it is called, for messages as the network runs.
   *
   * @return for example {@code Swish.forward}
   */
  public String label() {
    return home.getSimpleName() + "." + method;
  }

  /**
   * The class that has it.
   *
   * @return its simple name
   */
  public String home() {
    return home.getSimpleName().toString();
  }

  private TypeMirror type(int index) {
    return element.getParameters().get(index).asType();
  }
}
