package io.github.torchscribe.samples.games;

import io.github.torchscribe.samples.ThreadsOption;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Learns to keep a pole upright, by trying. */
@Command(
    name = "dqn",
    mixinStandardHelpOptions = true,
    description = "Q-learning by hand: a pole on a cart is kept upright for 200 steps.")
public final class DqnSample implements Callable<Integer> {
  private static final int ROUND = 10;
  private static final int TEST = 100;

  /** The game counts as solved at 195, a mean of 100 episodes; others shall come to that, too. */
  private static final double ENOUGH = 197;

  /** How often it tries something at random: in the first round, from then on less by a factor. */
  private static final double CURIOUS = 1;

  private static final double SETTLES = 0.8;
  private static final double LEAST_CURIOUS = 0.02;

  @Option(
      names = "--episodes",
      paramLabel = "N",
      description = "It learns from that many at most (default: ${DEFAULT-VALUE}).")
  private int most = 600;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "What weights and games are drawn from (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Mixin private ThreadsOption threads = new ThreadsOption();

  @Override
  public Integer call() {
    threads.apply();
    try (Player player = new Player(seed)) {
      double curiosity = CURIOUS;
      double played = 0;
      for (int episode = 0; episode < most && played < ENOUGH; episode += ROUND) {
        double now = curiosity;
        double learned = mean(ROUND, () -> player.learn(now));
        played = mean(TEST, player::play);
        print(
            "%d episodes: %.1f steps while it learns (%.0f %% at random), %.1f as well as it can%n",
            episode + ROUND, learned, 100 * curiosity, played);
        curiosity = Math.max(LEAST_CURIOUS, curiosity * SETTLES);
      }
      print(
          "%d other episodes: %.1f steps of at most %d%n",
          TEST, mean(TEST, player::play), CartPole.LIMIT);
    }
    return 0;
  }

  private static double mean(int episodes, IntSupplier plays) {
    return IntStream.range(0, episodes).map(i -> plays.getAsInt()).average().orElseThrow();
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format, values);
  }
}
