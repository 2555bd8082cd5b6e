package io.github.torchscribe.samples.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far what a program prints may be from what a page shows. */
class ShownTest {
  private static Shown shown(String comment, String line) {
    String text = comment + "\n```prints\n" + line + "\n```\n";
    return new Shown(Page.of("docs/page.md", text).fences().get(0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "67 of 68 right           | 64 of 68 right           | true",
        "67 of 68 right           | 47 of 68 right           | false",
        "67 of 68 right           | 67 of 68 wrong           | false",
        "loss 0.0019              | loss 0.0020              | true",
        "loss 0.0019              | loss 0.0022              | false",
        "loss 1,024               | loss 1,050               | true",
        "loss 4e-5                | loss 6e-5                | false",
        "right in 0.1 s           | right in 12.75 s         | true",
        "right in 10 steps        | right in 12 steps        | false",
        "runs/20261127-175633/a   | runs/20280101-000000/a   | true",
      })
  void numbersAreOffByAPartOrALastDigit(String page, String printed, boolean isRight) {
    Shown shown = shown("<!-- varies: 5 % -->", page);
    assertEquals(isRight, shown.differs(printed + "\n").isEmpty(), () -> page + ": " + printed);
  }

  @Test
  void whatDoesNotVaryIsTheSame() {
    Shown shown = shown("", "67 of 68");
    assertEquals(true, shown.differs("67 of 68\n").isEmpty());
    assertEquals(false, shown.differs("66 of 68\n").isEmpty());
  }

  @Test
  void whatVariesSaysByHowMuch() {
    assertThrows(AssertionError.class, () -> shown("<!-- varies -->", "67 of 68"));
    assertThrows(AssertionError.class, () -> shown("<!-- varies: much -->", "67 of 68"));
  }
}
