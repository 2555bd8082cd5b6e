package io.github.torchscribe.samples.games;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Predictor;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Plays, remembers, and learns from what it remembers: double Q-learning (van Hasselt 2015). */
final class Player implements AutoCloseable {
  private static final int BATCH = 64;
  private static final int KEPT = 10_000;
  private static final double DISCOUNT = 0.99;

  /** How far the target network goes towards the other with each step. */
  private static final double FOLLOWS = 0.02;

  private final RandomGenerator random;
  private final Memory memory = new Memory(KEPT);
  private final Model worth;
  private final Model target;
  private final Predictor predictor;

  Player(long seed) {
    random = new SplittableRandom(seed);
    worth = WorthModel.create(seed);
    target = WorthModel.create(seed);
    predictor = worth.predictor();
  }

  /**
   * Plays an episode and learns with each move.
   *
   * @param curiosity how often it tries something at random, from 0 to 1
   * @return what the episode has brought
   */
  int learn(double curiosity) {
    CartPole game = new CartPole(random);
    while (!game.isOver()) {
      float[] state = game.state();
      int action = random.nextDouble() < curiosity ? random.nextInt(CartPole.ACTIONS) : best(state);
      game.push(action);
      memory.add(state, action, game.state(), game.isLost());
      step();
    }
    return game.steps();
  }

  /** Plays an episode as well as it can. */
  int play() {
    CartPole game = new CartPole(random);
    while (!game.isOver()) {
      game.push(best(game.state()));
    }
    return game.steps();
  }

  private int best(float... state) {
    float[] worths = predictor.predict(state);
    return worths[1] > worths[0] ? 1 : 0;
  }

  /** A step of learning. */
  private void step() {
    try (PointerScope scope = new PointerScope()) {
      Memory.Moves moves = memory.draw(BATCH, random);
      scope.attach(moves.states());

      // What the move has brought, 1, and what the next state is worth to who then plays his best.
      Tensor best = torch.argmax(worth.forward(moves.next()), new LongOptional(1), true);
      Tensor later = target.forward(moves.next()).gather(1, best).squeeze(1);
      Tensor wanted = later.mul(moves.goesOn()).mul(new Scalar(DISCOUNT)).add(new Scalar(1));

      // The loss is of libtorch's own; its gradient is all that the network asks for.
      Tensor output = worth.forwardTraining(moves.states()).set_requires_grad(true);
      Tensor taken = output.gather(1, moves.actions()).squeeze(1);
      torch.smooth_l1_loss(taken, wanted).backward();
      worth.backward(output.grad());
      worth.update();
      target.copyFrom(worth, FOLLOWS);
    }
  }

  @Override
  public void close() {
    predictor.close();
    worth.close();
    target.close();
  }
}
