package io.github.torchscribe.samples.mnist;

import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.nn.CrossEntropyLoss;
import io.github.torchscribe.dsl.nn.Flatten;
import io.github.torchscribe.dsl.nn.LSTM;
import io.github.torchscribe.dsl.nn.Linear;
import io.github.torchscribe.dsl.nn.Unflatten;
import io.github.torchscribe.dsl.optim.SGD;

/** Autograd takes part in the gradient of this, in the middle of what is written out. */
@Network(input = {1, 28, 28})
@Flatten
@Unflatten({7, 112})
@LSTM(48)
@Linear(10)
@CrossEntropyLoss
@SGD(lr = 1e-2)
interface Remembering {}
