package io.github.torchscribe.samples.pages;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a page shows of a program's output. A line "…" stands for any lines. Where a comment above
 * says so, {@code <!-- varies: 5 % -->}, numbers may be off by so much, and by one in their last
 * digit; so that what the page says of them stays true on other processors. What no two runs have
 * alike, moments and how long something took, may be any.
 */
final class Shown {
  private static final Pattern NUMBER =
      Pattern.compile("\\d+(?:,\\d{3})+|\\d+(?:\\.\\d+)?(?:[eE][-+]?\\d+)?");

  private static final Pattern OF_EACH_RUN =
      Pattern.compile("\\d{8}-\\d{6}|\\d+(?:\\.\\d+)?(?= s\\b)");

  private static final Pattern PART = Pattern.compile("(\\d+) %");

  private final Page.Fence fence;
  private final double part;
  private final List<String> numbers = new ArrayList<>();
  private final Pattern pattern;

  Shown(Page.Fence fence) {
    this.fence = fence;
    String varies = fence.said().get("varies");
    Matcher tolerance = PART.matcher(varies == null ? "0 %" : varies);
    if (!tolerance.matches()) {
      throw new AssertionError(fence.where() + ": by how much? As in <!-- varies: 5 % -->");
    }
    part = Double.parseDouble(tolerance.group(1)) / 100;
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
    Matcher number = Pattern.compile("(" + OF_EACH_RUN + ")|" + NUMBER).matcher(line);
    int from = 0;
    while (number.find()) {
      regex.append(text(line.substring(from, number.start())));
      if (number.group(1) == null) {
        regex.append('(').append(NUMBER).append(')');
        numbers.add(number.group());
      } else {
        regex.append("(?:").append(OF_EACH_RUN).append(')');
      }
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

  /** What one in it is worth. */
  private static double lastDigit(String number) {
    return new BigDecimal(number.replace(",", "")).ulp().doubleValue();
  }

  /** What is wrong with it, if something is. */
  Optional<String> differs(String printed) {
    Matcher matcher = pattern.matcher(printed);
    if (!matcher.matches()) {
      return Optional.of(fence.where() + ": shows\n" + fence.text() + "but it prints\n" + printed);
    }
    for (int i = 0; i < numbers.size(); i++) {
      double shown = value(numbers.get(i));
      double real = value(matcher.group(i + 1));
      if (Math.abs(real - shown) > part * Math.abs(shown) + 1.001 * lastDigit(numbers.get(i))) {
        return Optional.of(
            fence.where() + ": shows " + shown + ", prints " + real + " of\n" + printed);
      }
    }
    return Optional.empty();
  }
}
