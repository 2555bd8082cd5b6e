package io.github.torchscribe.samples.mnist;

import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.nn.ReLU;

/** Much memory, little to compute. */
@Network(input = 1_024)
@ReLU
interface Wide {}
