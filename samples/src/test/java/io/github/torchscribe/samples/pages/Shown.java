package io.github.torchscribe.samples.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a page shows of a program's output. A line "…" stands for any lines. Where a comment above
 * says that it varies, other numbers may stand in place of its numbers, {@code <!-- varies: 5 %
 * -->} such as differ by so much.
 */
final class Shown {
  private static final Pattern NUMBER =
      Pattern.compile("\\d+(?:,\\d{3})+|\\d+(?:\\.\\d+)?(?:[eE][-+]?\\d+)?");

  private final Page.Fence fence;
  private final List<Double> numbers = new ArrayList<>();
  private final Pattern pattern;

  Shown(Page.Fence fence) {
    this.fence = fence;
    StringBuilder regex = new StringBuilder();
    fence.text().lines().forEach(line -> regex.append(line(line)));
    pattern = Pattern.compile(regex.toString());
  }

  private String line(String line) {
    if (line.strip().equals("…")) {
      return "(?:.*\n)*?";
    }
    if (!fence.said().containsKey("varies")) {
      return Pattern.quote(line) + "\n";
    }
    StringBuilder regex = new StringBuilder();
    Matcher number = NUMBER.matcher(line);
    int from = 0;
    while (number.find()) {
      regex
          .append(text(line.substring(from, number.start())))
          .append('(')
          .append(NUMBER)
          .append(')');
      numbers.add(value(number.group()));
      from = number.end();
    }
    return regex.append(text(line.substring(from))).append("\n").toString();
  }

  /** Columns move where numbers are longer; and what is left of a number may be below zero. */
  private static String text(String text) {
    StringBuilder regex = new StringBuilder();
    for (String word : text.split("(?<= )(?! )|(?<! )(?= )")) {
      regex.append(word.isBlank() ? " *" : Pattern.quote(word));
    }
    return regex.toString();
  }

  private static double value(String number) {
    return Double.parseDouble(number.replace(",", ""));
  }

  /** What is wrong with it, if something is. */
  Optional<String> differs(String printed) {
    Matcher matcher = pattern.matcher(printed);
    if (!matcher.matches()) {
      return Optional.of(fence.where() + ": shows\n" + fence.text() + "but it prints\n" + printed);
    }
    String tolerance = fence.said().getOrDefault("varies", "");
    if (tolerance.isBlank()) {
      return Optional.empty();
    }
    double part = Double.parseDouble(tolerance.replace("%", "").strip()) / 100;
    for (int i = 0; i < numbers.size(); i++) {
      double shown = numbers.get(i);
      double real = value(matcher.group(i + 1));
      if (Math.abs(real - shown) > part * Math.abs(shown)) {
        return Optional.of(
            fence.where() + ": shows " + shown + ", prints " + real + " of\n" + printed);
      }
    }
    return Optional.empty();
  }
}
