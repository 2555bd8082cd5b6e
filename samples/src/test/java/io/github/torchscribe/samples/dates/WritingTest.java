package io.github.torchscribe.samples.dates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How dates are written, as texts and as indices. */
class WritingTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-11-27 | {d} {mon} {year}                   | 27 Nov 2026",
        "2026-11-27 | {month} {d}, {year}                | November 27, 2026",
        "2026-11-27 | {d}.{m}.{yy}                       | 27.11.26",
        "2026-11-27 | {weekday}, {month} {nth}, {year}   | Friday, November 27th, 2026",
        "2026-11-27 | {d}.{roman}.{year}                 | 27.XI.2026",
        "2009-02-03 | {wd}, {dd} {mon} {yy}              | Tue, 03 Feb 09",
        "2000-02-29 | {m}/{d}/{yy}                       | 2/29/00",
        "1950-01-01 | the {nth} of {month}, {year}       | the 1st of January, 1950",
        "2049-12-22 | {year}, {month} {nth}              | 2049, December 22nd",
        "1999-09-13 | {month} {nth}, {year}              | September 13th, 1999",
        "1999-09-23 | {nth} {month} {year}               | 23rd September 1999"
      })
  void inManyForms(LocalDate date, String form, String written) {
    assertTrue(Writing.FORMS.contains(form), form);
    assertEquals(written, Writing.in(form, date));
  }

  @Test
  void allOfThemHaveRoom() {
    for (String form : Writing.FORMS) {
      // No name is longer than these.
      String longest = Writing.in(form, LocalDate.of(2026, 9, 30));
      assertTrue(longest.contains("Wed") || !form.contains("{w"), longest);
      assertTrue(longest.length() <= Translator.LENGTH, longest);
    }
  }

  @Test
  void alsoInSmallLettersAndCapitals() {
    LocalDate date = LocalDate.of(2026, 11, 27);
    Random random = new Random(1);
    Set<String> written =
        IntStream.range(0, 2_000)
            .mapToObj(i -> Writing.of(date, random))
            .collect(Collectors.toSet());
    assertTrue(
        written.containsAll(List.of("27 Nov 2026", "27 nov 2026", "27 NOV 2026", "27.xi.2026")));
  }

  @Test
  void testsAreOfOtherDays() {
    Dates.Split dates = Dates.draw(3_000, 500, 1);
    Set<String> learned = days(dates.train());
    Set<String> tested = days(dates.test());
    assertTrue(learned.size() > 2_500 && tested.size() > 400);
    assertFalse(tested.stream().anyMatch(learned::contains));
    assertEquals(dates.train().pairs(), Dates.draw(3_000, 500, 1).train().pairs());
  }

  private static Set<String> days(Dates dates) {
    return dates.pairs().stream().map(Dates.Pair::iso).collect(Collectors.toSet());
  }

  @Test
  void becomesIndicesWithPaddingBehind() {
    long[] indices = Letters.indices("1 ~", 5);
    assertEquals(List.of(19L, 2L, 96L, 0L, 0L), Arrays.stream(indices).boxed().toList());
    assertEquals('~', Letters.character(96));
    assertEquals('?', Letters.character(Letters.BEGIN));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "März 1 | this sample knows ASCII's characters only, not 'ä' (U+00E4)",
        "123456 7 | '123456 7' has to have from 1 to 7 characters",
        "'' | '' has to have from 1 to 7 characters",
        "'  ' | '  ' has to have from 1 to 7 characters"
      })
  void refusesWhatItCannotRead(String text, String message) {
    Exception e = assertThrows(IllegalArgumentException.class, () -> Letters.indices(text, 7));
    assertEquals(message, e.getMessage());
  }
}
