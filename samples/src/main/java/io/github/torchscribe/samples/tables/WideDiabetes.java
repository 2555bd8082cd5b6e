package io.github.torchscribe.samples.tables;

import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.Training;
import io.github.torchscribe.dsl.nn.Linear;
import io.github.torchscribe.dsl.nn.MSELoss;
import io.github.torchscribe.dsl.nn.SiLU;
import io.github.torchscribe.dsl.optim.AdamW;
import io.github.torchscribe.dsl.optim.CosineAnnealingLR;

/** {@link Diabetes} with four times as many neurons, which a search may choose. */
@Network(input = 10)
@Linear(64)
@SiLU
@Linear(1)
@MSELoss
@AdamW(lr = 0.1, weightDecay = 0.1)
@CosineAnnealingLR(tMax = 60)
@Training(epochs = 60, batchSize = 32, seed = 1)
public interface WideDiabetes {}
