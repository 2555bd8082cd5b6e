package io.github.torchscribe.runtime.json;

import java.util.List;
import java.util.Map;

/**
 * An object that was read, asked for what must be in it.
 *
 * @param all by name
 */
public record Members(Map<?, ?> all) {
  /**
   * Takes a value for an object.
   *
   * @param value what {@link Json#read} gave, or something in it
   * @return its members
   * @throws IllegalArgumentException when it is none
   */
  public static Members of(Object value) {
    return new Members(kind("an object", Map.class, value));
  }

  /**
   * Whether there is such a member.
   *
   * @param name of the member
   * @return true when there is
   */
  public boolean has(String name) {
    return all.containsKey(name);
  }

  /**
   * A text.
   *
   * @param name of the member
   * @return the text
   * @throws IllegalArgumentException when it is none, or not there
   */
  public String text(String name) {
    return kind("a text '" + name + "'", String.class, all.get(name));
  }

  /**
   * A number.
   *
   * @param name of the member
   * @return the number; NaN where it is none, such as one that is not finite, which JSON has not
   * @throws IllegalArgumentException when it is not there
   */
  public double number(String name) {
    if (!has(name)) {
      throw new IllegalArgumentException("there is no number '" + name + "'");
    }
    return all.get(name) instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  /**
   * Yes or no.
   *
   * @param name of the member
   * @return which
   * @throws IllegalArgumentException when it is neither, or not there
   */
  public boolean truth(String name) {
    return kind("a truth value '" + name + "'", Boolean.class, all.get(name));
  }

  /**
   * Several objects.
   *
   * @param name of the member
   * @return the members of each
   * @throws IllegalArgumentException when it is no list of objects, or not there
   */
  public List<Members> objects(String name) {
    return list(name).stream().map(Members::of).toList();
  }

  /**
   * Several texts.
   *
   * @param name of the member
   * @return each
   * @throws IllegalArgumentException when it is no list of texts, or not there
   */
  public List<String> texts(String name) {
    String what = "a list of texts '" + name + "'";
    return list(name).stream().map(one -> kind(what, String.class, one)).toList();
  }

  /**
   * Several numbers.
   *
   * @param name of the member
   * @return each; NaN where there is null, as for one that is not finite, which JSON has not
   * @throws IllegalArgumentException when it is no list of numbers, or not there
   */
  public double[] numbers(String name) {
    List<?> all = list(name);
    double[] numbers = new double[all.size()];
    for (int i = 0; i < numbers.length; i++) {
      Object one = all.get(i);
      numbers[i] =
          one == null
              ? Double.NaN
              : kind("a list of numbers '" + name + "'", Number.class, one).doubleValue();
    }
    return numbers;
  }

  private List<?> list(String name) {
    return kind("a list '" + name + "'", List.class, all.get(name));
  }

  private static <T> T kind(String what, Class<T> type, Object value) {
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException("where " + what + " must be there is " + value);
    }
    return type.cast(value);
  }
}
