package io.github.torchscribe.processor;

import static io.github.torchscribe.processor.TextGeneratorTest.COUNT;
import static io.github.torchscribe.processor.TextGeneratorTest.GATED;
import static io.github.torchscribe.processor.TextGeneratorTest.GPT;
import static io.github.torchscribe.processor.TextGeneratorTest.LENGTH;
import static io.github.torchscribe.processor.TextGeneratorTest.PROMPT;
import static io.github.torchscribe.processor.TextGeneratorTest.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.TextGenerator;
import java.util.Arrays;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;

/** Where a text ends, what a generator refuses, and how it ends itself. */
class TextGeneratorLimitsTest {
  @Test
  void endsWhereItIsToldTo() {
    try (Model model = Networks.model(GPT, 3);
        TextGenerator generator = TextGenerator.of(model).temperature(0)) {
      long[] all = generator.generate(PROMPT, 10);
      assertEquals(10, all.length);
      assertEquals(TextGenerator.Ending.COUNT, generator.ending());
      long stop = all[6];
      int first = (int) Arrays.stream(all).takeWhile(token -> token != stop).count();
      long[] until = generator.stop(stop).generate(PROMPT, 10);
      assertArrayEquals(Arrays.copyOf(all, first + 1), until, "with the token to stop at");
      assertEquals(TextGenerator.Ending.STOP, generator.ending());
      assertEquals(0, generator.generate(PROMPT, 0).length);
      assertEquals(1, generator.stop().generate(text(LENGTH), 5).length, "as long as the network");
      assertEquals(TextGenerator.Ending.FULL, generator.ending());
    }
  }

  @Test
  void refusesWhatItCannotDo() {
    try (Model model = Networks.model(GATED, 3);
        TextGenerator generator = TextGenerator.of(model)) {
      refused("goes on from at least one token, but the text is empty", generator::scores);
      refused("goes on from", () -> generator.generate(new long[0], 3));
      refused(
          "Net takes 48 tokens, but the text has 49; cut its beginning, or call sliding",
          () -> generator.generate(text(49), 3));
      refused(
          "token 1 of the text is 24, but Net knows those from 0 to 23",
          () -> generator.scores(1, 24));
      refused("token 0 of the text is -1", () -> generator.scores(-1));
      refused(
          "token 2 of the text is 0, which stands for padding", () -> generator.scores(1, 2, 0));
      refused("the temperature must be at least 0 but is -0.1", () -> generator.temperature(-0.1));
      refused("the temperature", () -> generator.temperature(Double.NaN));
      refused("topP must be above 0 and at most 1 but is 0.0", () -> generator.topP(0));
      refused("topP must be above 0 and at most 1 but is 1.01", () -> generator.topP(1.01));
      refused("topK must be at least 1 but is 0", () -> generator.topK(0));
      refused("a token to stop at must be from 0 to 23 but is 24", () -> generator.stop(3, 24));
      refused("from 1 to 48 but is 49", () -> generator.sliding(49));
      refused("the number of scores must be 24 but is 2", () -> generator.choose(1, 2));
      refused("the number of tokens must be at least 0", () -> generator.generate(PROMPT, -1));
      failed("the score of token 1 is NaN", () -> generator.choose(nan()));
      failed(
          "this generator is in the middle of a text: make another one",
          () -> generator.generate(PROMPT, 3, token -> generator.scores(1).length > 0));
      assertEquals(3, generator.generate(PROMPT, 3).length, "as if nothing had been");
    }
  }

  @Test
  void endsWithItsModelOrBefore() {
    Model model = Networks.model(GATED, 3);
    TextGenerator closed = TextGenerator.of(model);
    closed.scores(1);
    closed.close();
    closed.close();
    failed("this generator is closed", () -> closed.scores(1));
    TextGenerator left = TextGenerator.of(model);
    left.scores(1);
    model.close();
    failed("Net is closed", () -> left.scores(1));
    failed("Net is closed", () -> TextGenerator.of(model));
    left.close();
  }

  private static float[] nan() {
    float[] scores = new float[COUNT];
    scores[1] = Float.NaN;
    return scores;
  }

  private static void refused(String message, Runnable call) {
    says(message, assertThrows(IllegalArgumentException.class, call::run));
  }

  private static void failed(String message, Runnable call) {
    says(message, assertThrows(IllegalStateException.class, call::run));
  }

  private static void says(String message, RuntimeException thrown) {
    assertTrue(thrown.getMessage().contains(message), thrown::getMessage);
  }

  /** Whoever is given the tokens may close what writes them; nothing is kept then. */
  @Test
  void aTakerMayCloseIt() {
    try (Model model = Networks.model(GPT, 1)) {
      TextGenerator generator = TextGenerator.of(model);
      LongPredicate closing =
          token -> {
            generator.close();
            return true;
          };
      assertEquals(1, generator.generate(new long[] {1, 2}, 5, closing).length);
      assertEquals(TextGenerator.Ending.TAKER, generator.ending());
      assertThrows(IllegalStateException.class, () -> generator.scores(1));
    }
  }
}
