package io.github.torchscribe.runtime.torch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;

/** Values, each with a name, in an order; or a single one, whose name may be empty. */
final class ByName<T> {
  private final List<String> names;
  private final List<T> values;

  private ByName(List<String> names, List<T> values) {
    this.names = names;
    this.values = values;
  }

  static <T> ByName<T> of(List<String> names, List<T> values) {
    if (names.size() != values.size()) {
      throw new IllegalArgumentException(
          "there must be as many names as values, but there are "
              + names.size()
              + " and "
              + values.size());
    }
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i) == null || values.get(i) == null) {
        throw new IllegalArgumentException(
            names.get(i) == null
                ? "a name is null"
                : names.get(i).isEmpty()
                    ? "null was given"
                    : "null was given as \"" + names.get(i) + "\"");
      }
    }
    if (names.size() > 1 && names.contains("")) {
      throw new IllegalArgumentException(
          "where there are several each needs a name, but one has none among " + names);
    }
    if (new HashSet<>(names).size() < names.size()) {
      throw new IllegalArgumentException("two have the same name among " + names);
    }
    return new ByName<>(List.copyOf(names), List.copyOf(values));
  }

  ByName<T> and(String name, T value) {
    List<String> moreNames = new ArrayList<>(names);
    moreNames.add(name);
    List<T> moreValues = new ArrayList<>(values);
    moreValues.add(value);
    return of(moreNames, moreValues);
  }

  ByName<T> with(String name, T value) {
    List<T> changed = new ArrayList<>(values);
    changed.set(indexOf(name), value);
    return of(names, changed);
  }

  <U> ByName<U> map(Function<T, U> change) {
    if (values.size() == 1) { // for each batch, where it usually is
      return new ByName<>(names, List.of(change.apply(values.get(0))));
    }
    List<U> changed = new ArrayList<>();
    for (T value : values) { // a line of its own for what is never freed, and none of the JDK's
      changed.add(change.apply(value));
    }
    return new ByName<>(names, List.copyOf(changed));
  }

  int size() {
    return values.size();
  }

  List<String> names() {
    return names;
  }

  T get(int index) {
    return values.get(index);
  }

  T get(String name) {
    return values.get(indexOf(name));
  }

  private int indexOf(String name) {
    int index = names.indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException("there is none called \"" + name + "\", but " + they());
    }
    return index;
  }

  T only() {
    if (values.size() != 1) {
      throw new IllegalStateException("there is not one, but " + they() + "; say which by name");
    }
    return values.get(0);
  }

  private String they() {
    if (names.isEmpty()) {
      return "none at all";
    }
    return names.get(0).isEmpty() ? "a single one, without a name" : String.join(", ", names);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < values.size(); i++) {
      text.append(i == 0 ? "" : "; ")
          .append(names.get(i).isEmpty() ? "" : names.get(i) + ": ")
          .append(values.get(i));
    }
    return text.toString();
  }
}
