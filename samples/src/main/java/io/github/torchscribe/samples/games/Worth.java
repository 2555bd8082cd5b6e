package io.github.torchscribe.samples.games;

import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.nn.Linear;
import io.github.torchscribe.dsl.nn.ReLU;
import io.github.torchscribe.dsl.optim.Adam;

/**
 * Says of a state what each action is worth, Q(s, a): all that is gained from there on. It has no
 * loss: only the worth of the action that was taken is known.
 */
@Network(input = CartPole.STATE)
@Linear(128)
@ReLU
@Linear(128)
@ReLU
@Linear(CartPole.ACTIONS)
@Adam(lr = 1e-3)
interface Worth {}
