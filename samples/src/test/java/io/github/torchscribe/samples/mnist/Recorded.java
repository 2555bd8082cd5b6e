package io.github.torchscribe.samples.mnist;

import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.nn.CrossEntropyLoss;
import io.github.torchscribe.dsl.nn.Flatten;
import io.github.torchscribe.dsl.nn.Linear;
import io.github.torchscribe.dsl.nn.Tanh;
import io.github.torchscribe.dsl.optim.Adam;

/** The gradient of this is libtorch's autograd's. */
@Network(
    input = {1, 28, 28},
    gradient = Network.Gradient.AUTOGRAD)
@Flatten
@Linear({784, 64})
@Tanh
@Linear(10)
@CrossEntropyLoss
@Adam
interface Recorded {}
