package io.github.torchscribe.samples.dates;

import java.time.LocalDate;
import java.time.Month;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How people write dates. Between slashes the month comes first, as in America; a year of two
 * digits is from 1950 to 2049.
 */
final class Writing {
  /** The first day that a year of two digits can mean. */
  static final LocalDate FIRST = LocalDate.of(1950, Month.JANUARY, 1);

  /** The day after the last one. */
  static final LocalDate END = LocalDate.of(2050, Month.JANUARY, 1);

  /** All ways; each also in small letters and in capitals. */
  static final List<String> FORMS =
      List.of(
          "{d} {mon} {year}",
          "{dd} {mon} {year}",
          "{d} {month} {year}",
          "{d}. {month} {year}",
          "{month} {d}, {year}",
          "{mon} {d}, {year}",
          "{mon} {d} '{yy}",
          "{month} {nth}, {year}",
          "the {nth} of {month}, {year}",
          "{nth} {month} {year}",
          "{d}-{mon}-{yy}",
          "{dd}{mon}{year}",
          "{d}.{m}.{yy}",
          "{dd}.{mm}.{yy}",
          "{d}.{m}.{year}",
          "{dd}.{mm}.{year}",
          "{d}.{roman}.{year}",
          "{m}/{d}/{yy}",
          "{m}/{d}/{year}",
          "{mm}/{dd}/{year}",
          "{year}/{mm}/{dd}",
          "{year}{mm}{dd}",
          "{year} {mon} {d}",
          "{year}, {month} {nth}",
          "{weekday}, {d} {month} {year}",
          "{weekday}, {month} {nth}, {year}",
          "{weekday} {m}/{d}/{yy}",
          "{wd} {d} {mon} {year}",
          "{wd}, {dd} {mon} {yy}",
          "{wd}, {d}.{m}.{yy}");

  private static final Pattern PART = Pattern.compile("\\{(\\w+)}");

  private static final List<String> ROMAN =
      List.of("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII");

  // Not a formatter of the JDK's: its names are not the same in all versions.
  private static final Map<String, Function<LocalDate, String>> PARTS =
      Map.ofEntries(
          Map.entry("d", date -> "" + date.getDayOfMonth()),
          Map.entry("dd", date -> two(date.getDayOfMonth())),
          Map.entry("nth", date -> date.getDayOfMonth() + ordinal(date.getDayOfMonth())),
          Map.entry("m", date -> "" + date.getMonthValue()),
          Map.entry("mm", date -> two(date.getMonthValue())),
          Map.entry("mon", date -> name(date.getMonth()).substring(0, 3)),
          Map.entry("month", date -> name(date.getMonth())),
          Map.entry("roman", date -> ROMAN.get(date.getMonthValue() - 1)),
          Map.entry("yy", date -> two(date.getYear() % 100)),
          Map.entry("year", date -> "" + date.getYear()),
          Map.entry("wd", date -> name(date.getDayOfWeek()).substring(0, 3)),
          Map.entry("weekday", date -> name(date.getDayOfWeek())));

  private Writing() {}

  /** A date in one of these ways. */
  static String of(LocalDate date, Random random) {
    String written = in(FORMS.get(random.nextInt(FORMS.size())), date);
    switch (random.nextInt(4)) {
      case 0:
        return written.toLowerCase(Locale.ROOT);
      case 1:
        return written.toUpperCase(Locale.ROOT);
      default:
        return written;
    }
  }

  /**
   * A date in a certain way.
   *
   * @param form one of {@link #FORMS}
   */
  static String in(String form, LocalDate date) {
    return PART.matcher(form).replaceAll(part -> part(part.group(1), date));
  }

  private static String part(String name, LocalDate date) {
    return Matcher.quoteReplacement(PARTS.get(name).apply(date));
  }

  private static String two(int number) {
    return String.format(Locale.ROOT, "%02d", number);
  }

  private static String name(Enum<?> constant) {
    String name = constant.name();
    return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
  }

  private static String ordinal(int day) {
    if (day / 10 == 1) {
      return "th";
    }
    switch (day % 10) {
      case 1:
        return "st";
      case 2:
        return "nd";
      case 3:
        return "rd";
      default:
        return "th";
    }
  }
}
