package io.github.torchscribe.samples.tutorial;

import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.Training;
import io.github.torchscribe.dsl.nn.BCEWithLogitsLoss;
import io.github.torchscribe.dsl.nn.Flatten;
import io.github.torchscribe.dsl.nn.Linear;
import io.github.torchscribe.dsl.optim.SGD;

/** Logistic regression: the log-odds of a yes are a linear function of the pixels. */
@Network(input = {1, 28, 28})
@Flatten
@Linear(1)
@BCEWithLogitsLoss
@SGD(lr = 1e-2)
@Training(epochs = 3, batchSize = 200, seed = 1)
public interface Logistic {}
