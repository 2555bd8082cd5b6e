package io.github.torchscribe.processor.layer.basic;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToDoubleFunction;

/** A number that is computed of others, which have names: {@code C * 2 / groups}. */
final class Formula {
  private final String text;
  private final Set<String> names = new TreeSet<>();
  private final ToDoubleFunction<Map<String, Double>> value;
  private int at;

  /**
   * Reads one.
   *
   * @param text whole numbers and fractions, names, {@code + - * /} and parentheses
   * @throws IllegalArgumentException when it is something else; the message says what
   */
  Formula(String text) {
    this.text = text;
    value = sum();
    if (at < text.length()) {
      throw unexpected();
    }
  }

  private ToDoubleFunction<Map<String, Double>> sum() {
    ToDoubleFunction<Map<String, Double>> all = product();
    while (true) {
      if (takes('+')) {
        all = both(all, product(), (a, b) -> a + b);
      } else if (takes('-')) {
        all = both(all, product(), (a, b) -> a - b);
      } else {
        return all;
      }
    }
  }

  private ToDoubleFunction<Map<String, Double>> product() {
    ToDoubleFunction<Map<String, Double>> all = one();
    while (true) {
      if (takes('*')) {
        all = both(all, one(), (a, b) -> a * b);
      } else if (takes('/')) {
        all = both(all, one(), (a, b) -> a / b);
      } else {
        return all;
      }
    }
  }

  private static ToDoubleFunction<Map<String, Double>> both(
      ToDoubleFunction<Map<String, Double>> one,
      ToDoubleFunction<Map<String, Double>> other,
      DoubleBinaryOperator by) {
    return all -> by.applyAsDouble(one.applyAsDouble(all), other.applyAsDouble(all));
  }

  private ToDoubleFunction<Map<String, Double>> one() {
    if (takes('-')) {
      ToDoubleFunction<Map<String, Double>> of = one();
      return all -> -of.applyAsDouble(all);
    }
    if (takes('(')) {
      ToDoubleFunction<Map<String, Double>> inside = sum();
      if (!takes(')')) {
        throw unexpected();
      }
      return inside;
    }
    String word = word();
    if (word.isEmpty()) {
      throw unexpected();
    }
    if (Character.isDigit(word.charAt(0))) {
      double number = number(word);
      return all -> number;
    }
    names.add(word);
    return all -> all.getOrDefault(word, Double.NaN);
  }

  private static double number(String word) {
    try {
      return Double.parseDouble(word);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("\"" + word + "\" is neither a number nor a name", e);
    }
  }

  /** A name or a number; empty where there is none. */
  private String word() {
    skip();
    int from = at;
    while (at < text.length() && isOfAWord(text.charAt(at), from)) {
      at++;
    }
    String word = text.substring(from, at);
    skip();
    return word;
  }

  /** Exponents of numbers have signs. */
  private boolean isOfAWord(char letter, int from) {
    boolean sign = letter == '-' || letter == '+';
    return Character.isLetterOrDigit(letter)
        || letter == '_'
        || letter == '.'
        || sign
            && at > from
            && Character.isDigit(text.charAt(from))
            && Character.toLowerCase(text.charAt(at - 1)) == 'e';
  }

  private boolean takes(char sign) {
    skip();
    boolean there = at < text.length() && text.charAt(at) == sign;
    at += there ? 1 : 0;
    return there;
  }

  private void skip() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }

  private IllegalArgumentException unexpected() {
    return new IllegalArgumentException(
        at < text.length()
            ? "a number or a name was to come in place of \"" + text.substring(at) + "\""
            : "a number or a name was to come at its end");
  }

  /**
   * What it is computed of.
   *
   * @return names
   */
  Set<String> names() {
    return names;
  }

  /**
   * The name that it is.
   *
   * @return empty where anything is computed
   */
  Optional<String> name() {
    return Optional.of(text.strip()).filter(names::contains);
  }

  /**
   * The number.
   *
   * @param all numbers by name
   * @return NaN where one is missing
   */
  double value(Map<String, Double> all) {
    return value.applyAsDouble(all);
  }

  @Override
  public String toString() {
    return text;
  }
}
