package io.github.torchscribe.samples.games;

import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** What was tried lately, and what came of it: a replay buffer. */
final class Memory {
  private final int most;
  private final float[] states;
  private final float[] next;
  private final long[] actions;
  private final float[] goesOn;
  private int count;
  private int place;

  /** Room for so many moves; then the oldest make way. */
  Memory(int most) {
    this.most = most;
    states = new float[most * CartPole.STATE];
    next = new float[most * CartPole.STATE];
    actions = new long[most];
    goesOn = new float[most];
  }

  /**
   * Moves, row by row; the tensors are the caller's.
   *
   * @param states (N, 4) before
   * @param actions (N, 1) what was done
   * @param next (N, 4) after
   * @param goesOn (N) 0 where the game was lost, 1 elsewhere
   */
  record Moves(Tensor states, Tensor actions, Tensor next, Tensor goesOn) {}

  void add(float[] state, int action, float[] after, boolean lost) {
    System.arraycopy(state, 0, states, place * CartPole.STATE, CartPole.STATE);
    System.arraycopy(after, 0, next, place * CartPole.STATE, CartPole.STATE);
    actions[place] = action;
    goesOn[place] = lost ? 0 : 1;
    place = (place + 1) % most;
    count = Math.min(count + 1, most);
  }

  /** Draws moves, each of those that are there with the same chance. */
  Moves draw(int n, RandomGenerator random) {
    float[] before = new float[n * CartPole.STATE];
    float[] after = new float[n * CartPole.STATE];
    long[] done = new long[n];
    float[] on = new float[n];
    for (int i = 0; i < n; i++) {
      int which = random.nextInt(count);
      System.arraycopy(states, which * CartPole.STATE, before, i * CartPole.STATE, CartPole.STATE);
      System.arraycopy(next, which * CartPole.STATE, after, i * CartPole.STATE, CartPole.STATE);
      done[i] = actions[which];
      on[i] = goesOn[which];
    }
    return new Moves(
        torch.tensor(before).view(n, CartPole.STATE),
        torch.tensor(done).unsqueeze(1),
        torch.tensor(after).view(n, CartPole.STATE),
        torch.tensor(on));
  }
}
