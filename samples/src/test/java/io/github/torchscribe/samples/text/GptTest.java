package io.github.torchscribe.samples.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.TextGenerator;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.Subset;
import io.github.torchscribe.runtime.learner.Evaluation;
import java.io.IOException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The transformer learns the sonnets; at length with {@code -Dlong.tests=true}. */
class GptTest {
  private static final boolean LONG = Boolean.getBoolean("long.tests");

  @Test
  void learnsTheSonnetsAndWrites() throws IOException {
    String sonnets = GptSample.sonnets();
    try (Model model = GptModel.create();
        Dataset all = new TextDataset(Characters.indices(sonnets), Gpt.LENGTH);
        Dataset train = LONG ? all : new Subset(all, LongStream.range(0, 1_000).toArray())) {
      Trainer trainer = Trainer.of(model).epochs(LONG ? 4 : 3);
      Evaluation result = trainer.run(train, train).last().evaluation();
      // To know nothing is ln 96 = 4.6 nats; to know how often letters come, about 3.
      assertTrue(result.loss() < (LONG ? 0.25 : 1.9), result::toString);
      String written = written(model, "Shall I compare thee", 60);
      assertEquals(60, written.length());
      assertTrue(written.contains(" "), written);
      if (LONG) {
        assertTrue(written.contains("to a summer's day?"), written);
      }
    }
  }

  private static String written(Model model, String beginning, int count) {
    StringBuilder text = new StringBuilder();
    try (TextGenerator generator = TextGenerator.of(model).temperature(0.5).seed(1).sliding(32)) {
      for (long character : generator.generate(Characters.indices(beginning), count)) {
        text.append(Characters.character(character));
      }
    }
    return text.toString();
  }

  @Test
  void windowsAreFollowedByWhatComesNext() {
    try (TextDataset data = new TextDataset(Characters.indices("abcde"), 3)) {
      assertEquals(2, data.size());
      assertEquals("Long (N, 3), indices from 0 to 95", data.inputs().toString());
      long[] window = new long[3];
      data.examples(1).data_ptr_long().get(window);
      assertArrayEquals(Characters.indices("bcd"), window);
    }
  }

  @Test
  void namesTheLineOfACharacterThatItDoesNotKnow() {
    IllegalArgumentException thrown =
        assertThrows(IllegalArgumentException.class, () -> Characters.indices("a\nbé"));
    assertEquals(
        "line 2 of the text has the character 'é' (U+00E9); this sample knows ASCII's only",
        thrown.getMessage());
  }
}
