"""What Gymnasium's CartPole does: the numbers that the sample dqn's game is compared with.

usage: cartpole.py > samples/src/test/resources/games/cartpole.txt     (needs gymnasium==1.2.3)
A line for each step: what is pushed (-1 where an episode begins), the four numbers of the state, whether it is lost.
"""
import random
import gymnasium

game = gymnasium.make("CartPole-v1").unwrapped
random.seed(1)
for seed in range(3):
    state, _ = game.reset(seed=seed)
    print(-1, *state.tolist(), 0)
    lost = False
    for step in range(60):
        # Nearly upright at first, then to one side: both ends of an episode are seen.
        action = int(state[2] + 0.5 * state[3] > 0) if step < 40 else seed % 2
        if random.random() < 0.2:
            action = 1 - action
        state, _, lost, _, _ = game.step(action)
        print(action, *state.tolist(), int(lost))
        if lost:
            break
