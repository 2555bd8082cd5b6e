package io.github.torchscribe.samples.tables;

import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.Training;
import io.github.torchscribe.dsl.nn.BatchNorm1d;
import io.github.torchscribe.dsl.nn.CrossEntropyLoss;
import io.github.torchscribe.dsl.nn.Dropout;
import io.github.torchscribe.dsl.nn.Linear;
import io.github.torchscribe.dsl.nn.ReLU;
import io.github.torchscribe.dsl.optim.NAdam;
import io.github.torchscribe.dsl.optim.OneCycleLR;
import io.github.torchscribe.dsl.optim.ReduceLROnPlateau;

/** Has all that a run can remember: moments, momenta, running means, random masks, schedules. */
@Network(input = 2)
@Linear(16)
@BatchNorm1d
@ReLU
@Dropout(0.3)
@Linear(3)
@CrossEntropyLoss
@NAdam(lr = 0.01)
@OneCycleLR(maxLr = 0.02)
@ReduceLROnPlateau(patience = 0, factor = 0.5)
@Training(epochs = 4, batchSize = 20, seed = 1)
interface Restless {}
