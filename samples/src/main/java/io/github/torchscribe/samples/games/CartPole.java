package io.github.torchscribe.samples.games;

import java.util.random.RandomGenerator;

/**
 * A pole stands on a cart, and falls unless the cart is pushed to the left or to the right in time
 * (Barto, Sutton and Anderson 1983). Equations, numbers and limits are those of Gymnasium's {@code
 * CartPole-v0}: each step is worth 1, an episode ends when the pole leans by more than 12° or the
 * cart is 2.4 from the middle, and after 200 steps, which is no end of the game itself.
 */
final class CartPole {
  /** The cart's place and speed, the pole's angle and its speed. */
  static final int STATE = 4;

  /** To the left, to the right. */
  static final int ACTIONS = 2;

  /** After so many steps an episode is cut short. */
  static final int LIMIT = 200;

  private static final double GRAVITY = 9.8;
  private static final double POLE = 0.1;
  private static final double TOTAL = 1 + POLE; // with the cart
  private static final double HALF_LENGTH = 0.5;
  private static final double FORCE = 10;
  private static final double TIME = 0.02;
  private static final double FARTHEST = 2.4;
  private static final double STEEPEST = 12 * 2 * Math.PI / 360;
  private static final double START = 0.05;

  private double x;
  private double speed;
  private double angle;
  private double turning;
  private int steps;

  /** At rest but for a little, which is drawn. */
  CartPole(RandomGenerator random) {
    this(
        random.nextDouble(-START, START),
        random.nextDouble(-START, START),
        random.nextDouble(-START, START),
        random.nextDouble(-START, START));
  }

  CartPole(double x, double speed, double angle, double turning) {
    this.x = x;
    this.speed = speed;
    this.angle = angle;
    this.turning = turning;
  }

  /**
   * Pushes the cart.
   *
   * @param action 0 to the left, 1 to the right
   */
  void push(int action) {
    double force = action == 1 ? FORCE : -FORCE;
    double sin = Math.sin(angle);
    double cos = Math.cos(angle);
    double moved = (force + POLE * HALF_LENGTH * turning * turning * sin) / TOTAL;
    double turns =
        (GRAVITY * sin - cos * moved) / (HALF_LENGTH * (4.0 / 3 - POLE * cos * cos / TOTAL));
    double gains = moved - POLE * HALF_LENGTH * turns * cos / TOTAL;
    x += TIME * speed;
    speed += TIME * gains;
    angle += TIME * turning;
    turning += TIME * turns;
    steps++;
  }

  /** What is seen of it. */
  float[] state() {
    return new float[] {(float) x, (float) speed, (float) angle, (float) turning};
  }

  /** Whether the pole has fallen, or the cart has gone too far. */
  boolean isLost() {
    return Math.abs(x) > FARTHEST || Math.abs(angle) > STEEPEST;
  }

  /** Whether the episode is over. */
  boolean isOver() {
    return isLost() || steps >= LIMIT;
  }

  /** What the episode has brought. */
  int steps() {
    return steps;
  }
}
