package io.github.torchscribe.samples.games;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.samples.Printed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The game is Gymnasium's, and is learned: one seed in each build, three in long tests. */
class DqnSampleTest {
  private static final boolean LONG = Boolean.getBoolean("long.tests");

  @Test
  void theGameIsGymnasiums() throws IOException {
    CartPole game = null;
    for (String line : Files.readAllLines(Path.of("src/test/resources/games/cartpole.txt"))) {
      double[] numbers = Arrays.stream(line.split(" ")).mapToDouble(Double::parseDouble).toArray();
      if (numbers[0] < 0) {
        game = new CartPole(numbers[1], numbers[2], numbers[3], numbers[4]);
      } else {
        game.push((int) numbers[0]);
      }
      float[] expected = new float[CartPole.STATE];
      for (int i = 0; i < expected.length; i++) {
        expected[i] = (float) numbers[1 + i];
      }
      assertArrayEquals(expected, game.state(), 1e-5f, line);
      assertEquals(numbers[5] == 1, game.isLost(), line);
    }
  }

  @Test
  void anEpisodeIsCutShortButNotLost() {
    CartPole game = new CartPole(0, 0, 0, 0);
    while (!game.isOver()) {
      float[] state = game.state();
      game.push(state[0] + state[1] + 10 * state[2] + 3 * state[3] > 0 ? 1 : 0);
    }
    assertEquals(CartPole.LIMIT, game.steps());
    assertFalse(game.isLost());
  }

  /** The oldest make way, and rows belong together. */
  @Test
  void theMemoryKeepsWhatWasLast() {
    Memory memory = new Memory(5);
    for (int i = 0; i < 12; i++) {
      memory.add(new float[] {i, i, i, i}, i % 2, new float[] {-i, -i, -i, -i}, i % 3 == 0);
    }
    try (PointerScope scope = new PointerScope()) {
      Memory.Moves moves = memory.draw(200, new SplittableRandom(1));
      scope.attach(moves.states());
      assertEquals(7, moves.states().min().item_float());
      assertEquals(11, moves.states().max().item_float());
      for (int row = 0; row < 200; row++) {
        float i = moves.states().select(0, row).select(0, 2).item_float();
        assertEquals(-i, moves.next().select(0, row).select(0, 1).item_float());
        assertEquals(i % 2, moves.actions().select(0, row).item_long());
        assertEquals(i % 3 == 0 ? 0 : 1, moves.goesOn().select(0, row).item_float());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void solvesTheGame(int seed) {
    if (!LONG && seed > 1) {
      return;
    }
    String said = Printed.by(new DqnSample(), "--threads", "1", "--seed", "" + seed);
    Matcher result = Pattern.compile("100 other episodes: (\\d+\\.\\d) steps").matcher(said);
    assertTrue(result.find(), said);
    assertTrue(Double.parseDouble(result.group(1)) >= 195, said);
  }
}
