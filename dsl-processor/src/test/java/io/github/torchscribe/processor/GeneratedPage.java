package io.github.torchscribe.processor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A page of the documentation that a test writes with {@code -Dgolden.update=true}. */
record GeneratedPage(String name) {
  /** Fails where the page is not what it should be, and says how it becomes that. */
  void requireToBe(String wanted) throws IOException {
    Path page = Path.of("../docs").resolve(name);
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(page, wanted);
    }
    String[] there = Files.readString(page).split("\n", -1);
    String[] lines = wanted.split("\n", -1);
    for (int i = 0; i < Math.max(there.length, lines.length); i++) {
      String is = i < there.length ? there[i] : "";
      String shouldBe = i < lines.length ? lines[i] : "";
      if (!is.equals(shouldBe)) {
        throw new AssertionError(
            String.format(
                Locale.ROOT,
                "docs/%s is not up to date; the same test with -Dgolden.update=true writes it"
                    + " anew.%nLine %d is%n%s%nand should be%n%s",
                name,
                i + 1,
                is,
                shouldBe));
      }
    }
  }
}
