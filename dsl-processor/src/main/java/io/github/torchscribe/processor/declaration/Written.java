package io.github.torchscribe.processor.declaration;

import com.sun.source.tree.Tree;
import io.github.torchscribe.processor.compiler.Notation;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Position;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Shape;
import java.lang.annotation.Annotation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.DoublePredicate;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.util.ElementFilter;

/** One annotation as it stands in the source: its values, and where each of them is. */
public final class Written {
  private final Element element;
  private final AnnotationMirror mirror;
  private final Map<String, AnnotationValue> values;
  private final Notation notation;
  private final Sizes sizes;
  private final Definition definition;

  Written(Element element, AnnotationMirror mirror, Notation notation) {
    this(element, mirror, notation, Definition.NONE);
  }

  Written(Element element, AnnotationMirror mirror, Notation notation, Definition definition) {
    this(element, mirror, values(mirror), notation, Sizes.NONE, definition);
  }

  private static Map<String, AnnotationValue> values(AnnotationMirror mirror) {
    Map<String, AnnotationValue> values = new HashMap<>();
    for (ExecutableElement member :
        ElementFilter.methodsIn(mirror.getAnnotationType().asElement().getEnclosedElements())) {
      if (member.getDefaultValue() != null) {
        values.put(nameOf(member), member.getDefaultValue());
      }
    }
    mirror.getElementValues().forEach((member, value) -> values.put(nameOf(member), value));
    return values;
  }

  private Written(
      Element element,
      AnnotationMirror mirror,
      Map<String, AnnotationValue> values,
      Notation notation,
      Sizes sizes,
      Definition definition) {
    this.element = element;
    this.mirror = mirror;
    this.values = values;
    this.notation = notation;
    this.sizes = sizes;
    this.definition = definition;
  }

  /** The same where a block is used with sizes. */
  Written with(Sizes given) {
    return new Written(element, mirror, values, notation, given, definition);
  }

  /**
   * The annotation's type.
   *
   * @return its qualified name
   */
  public String type() {
    return ((TypeElement) mirror.getAnnotationType().asElement()).getQualifiedName().toString();
  }

  /**
   * What it is known as: its type, or for an annotation of the user's what makes it a piece.
   *
   * @return a qualified name
   */
  public String kind() {
    return definition.mark().map(mark -> mark.type()).orElseGet(this::type);
  }

  /**
   * What a generated class calls it that carries the order of annotations.
   *
   * @return the simple name of one of ours, the qualified name of another
   */
  public String carriedName() {
    return definition.mark().isPresent() ? type() : name();
  }

  /**
   * What it says as a piece of the user's own.
   *
   * @return only where its {@link #kind} is one
   */
  public Own own() {
    return new Own(this, element, definition);
  }

  /** The annotation, as the language model has it. */
  AnnotationMirror mirror() {
    return mirror;
  }

  /** What it stands on. */
  Element home() {
    return element;
  }

  /**
   * Whether it is an annotation.
   *
   * @param annotation any
   * @return true where that is its type
   */
  public boolean is(Class<? extends Annotation> annotation) {
    return type().equals(annotation.getName());
  }

  /**
   * The annotation's simple name, which is the name of PyTorch's class.
   *
   * @return for example {@code Linear}
   */
  public String name() {
    return mirror.getAnnotationType().asElement().getSimpleName().toString();
  }

  /**
   * The annotation, for a message.
   *
   * @return for example {@code @Linear({784, 200})}
   */
  public String text() {
    return new Excerpt(mirror, notation, sizes).text();
  }

  /**
   * Looks at all numbers that are written.
   *
   * @param looks is told each, as it is written, and where
   */
  void eachNumber(BiConsumer<Number, Position> looks) {
    mirror
        .getElementValues()
        .forEach(
            (key, value) -> {
              String member = nameOf(key);
              if (value.getValue() instanceof Number number) {
                looks.accept(number, at(member));
              } else if (value.getValue() instanceof List<?> list) {
                for (int i = 0; i < list.size(); i++) {
                  if (((AnnotationValue) list.get(i)).getValue() instanceof Number number) {
                    looks.accept(number, at(member, i));
                  }
                }
              }
            });
  }

  /**
   * The values of an {@code int[]} member.
   *
   * @param member its name
   * @return the numbers; a value that does not compile, which the compiler reports, is 1
   */
  public List<Long> sizes(String member) {
    return values.get(member).getValue() instanceof List<?> list
        ? list.stream().map(v -> meant(((AnnotationValue) v).getValue()).longValue()).toList()
        : List.of();
  }

  /**
   * The values of an {@code int[]} member that are sizes, and reports those that are none: they are
   * 0, as nobody knows what was meant.
   *
   * @param member its name
   * @param least how many there must be
   * @param most how many there may be
   * @param what they are, in words
   * @param report is told
   * @return the sizes; empty where there are too few or too many
   */
  public List<Long> sizes(String member, int least, int most, String what, Report report) {
    List<Long> sizes = sizes(member);
    if (sizes.size() < least || sizes.size() > most) {
      report.say(Message.WRONG_COUNT, at(member), name(), what, sizes.size());
      return List.of();
    }
    for (int i = 0; i < sizes.size(); i++) {
      if (sizes.get(i) < 1) {
        report.say(Message.SIZE_NOT_POSITIVE, at(member, i), sizes.get(i));
      }
    }
    return sizes.stream().map(size -> Math.max(size, 0)).toList();
  }

  /**
   * The shape that an {@code int[]} member states, as far as its sizes are some; what is wrong with
   * them is reported.
   *
   * @param member its name
   * @param least how many sizes there must be
   * @param most how many there may be
   * @param what they are, in words
   * @param report is told
   * @return what is known of it
   */
  public Shape shape(String member, int least, int most, String what, Report report) {
    List<Long> sizes = sizes(member, least, most, what, report);
    return sizes.isEmpty() ? Shape.ANY : new Shape(sizes);
  }

  /**
   * The values of a {@code double[]} member.
   *
   * @param member its name
   * @return the numbers; a value that does not compile, which the compiler reports, is 1
   */
  public List<Double> numbers(String member) {
    return values.get(member).getValue() instanceof List<?> list
        ? list.stream().map(v -> number(((AnnotationValue) v).getValue()).doubleValue()).toList()
        : List.of();
  }

  /**
   * Whether the annotation has a member.
   *
   * @param member its name
   * @return true also where only its default holds
   */
  public boolean has(String member) {
    return values.containsKey(member);
  }

  /**
   * The value of a number.
   *
   * @param member its name
   * @return the number; 1 when it does not compile
   */
  public Number number(String member) {
    return meant(values.get(member).getValue());
  }

  private Number meant(Object value) {
    return value instanceof Integer whole && sizes.replaces(whole)
        ? (Number) sizes.of(whole)
        : number(value);
  }

  private static Number number(Object value) {
    return value instanceof Number number ? number : 1;
  }

  /**
   * The value of any member, as the language model has it; numbers as they are meant.
   *
   * @param member its name
   * @return a number, a truth value, a text, a constant, a type, or a list of such values
   */
  public Object value(String member) {
    Object value = values.get(member).getValue();
    if (value instanceof List<?> list) {
      return list.stream().map(one -> plain(((AnnotationValue) one).getValue())).toList();
    }
    return plain(value);
  }

  private Object plain(Object value) {
    return value instanceof Integer ? Integer.valueOf(meant(value).intValue()) : value;
  }

  /**
   * The value of a boolean member.
   *
   * @param member its name
   * @return its value
   */
  public boolean flag(String member) {
    return Boolean.TRUE.equals(values.get(member).getValue());
  }

  /**
   * The value of an enum member.
   *
   * @param member its name
   * @param type the enum
   * @param <E> the enum
   * @param otherwise taken when the value does not compile
   * @return the constant
   */
  public <E extends Enum<E>> E constant(String member, Class<E> type, E otherwise) {
    return values.get(member).getValue() instanceof VariableElement constant
        ? Enum.valueOf(type, constant.getSimpleName().toString())
        : otherwise;
  }

  /**
   * The type that a {@code Class} member names.
   *
   * @param member its name
   * @return empty when it does not compile, or is no class or interface
   */
  public Optional<TypeElement> named(String member) {
    return type(values.get(member).getValue());
  }

  /**
   * The types that a {@code Class[]} member names.
   *
   * @param member its name
   * @return in order; empty where one does not compile
   */
  List<Optional<TypeElement>> allNamed(String member) {
    return values.get(member).getValue() instanceof List<?> list
        ? list.stream().map(v -> type(((AnnotationValue) v).getValue())).toList()
        : List.of();
  }

  private static Optional<TypeElement> type(Object value) {
    return value instanceof DeclaredType type
        ? Optional.of((TypeElement) type.asElement())
        : Optional.empty();
  }

  /**
   * The value of a {@code String} member.
   *
   * @param member its name
   * @return the text
   */
  public String string(String member) {
    return String.valueOf(values.get(member).getValue());
  }

  /**
   * The annotations that a member holds.
   *
   * @param member its name
   * @return in order
   */
  public List<Written> inside(String member) {
    return values.containsKey(member) && values.get(member).getValue() instanceof List<?> list
        ? list.stream()
            .map(v -> (AnnotationMirror) ((AnnotationValue) v).getValue())
            .map(one -> new Written(element, one, Notation.HIDDEN))
            .toList()
        : List.of();
  }

  /**
   * The values of a {@code String[]} member.
   *
   * @param member its name
   * @return the texts, in order
   */
  public List<String> texts(String member) {
    return values.get(member).getValue() instanceof List<?> list
        ? list.stream().map(v -> ((AnnotationValue) v).getValue().toString()).toList()
        : List.of();
  }

  /**
   * Reads a number and reports one that is out of its range.
   *
   * @param member its name
   * @param must the range, in words
   * @param holds the range
   * @param report is told
   * @return the number
   */
  public double checked(String member, String must, DoublePredicate holds, Report report) {
    Number value = number(member);
    if (!holds.test(value.doubleValue())) {
      report.say(Message.OUT_OF_RANGE, at(member), member, name(), must, value);
    }
    return value.doubleValue();
  }

  /**
   * The whole annotation's place.
   *
   * @return for messages
   */
  public Position at() {
    return position(null, notation.tree());
  }

  /**
   * The place of a member's value.
   *
   * @param member its name
   * @return for messages; the annotation's where the value is not written
   */
  public Position at(String member) {
    return position(written(member), notation.tree(member));
  }

  /**
   * The place of one value of an array.
   *
   * @param member the array's name
   * @param index counted from 0
   * @return for messages
   */
  public Position at(String member, int index) {
    AnnotationValue value = written(member);
    if (value != null && value.getValue() instanceof List<?> list && index < list.size()) {
      value = (AnnotationValue) list.get(index);
    }
    return position(value, notation.tree(member, index));
  }

  private Position position(AnnotationValue value, Tree tree) {
    return new Position(element, mirror, value, tree, notation.unit(), sizes.use());
  }

  private AnnotationValue written(String member) {
    return mirror.getElementValues().entrySet().stream()
        .filter(e -> nameOf(e.getKey()).equals(member))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  private static String nameOf(ExecutableElement member) {
    return member.getSimpleName().toString();
  }
}
