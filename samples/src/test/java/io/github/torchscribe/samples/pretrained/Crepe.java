package io.github.torchscribe.samples.pretrained;

import io.github.torchscribe.dsl.Named;
import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.nn.BatchNorm2d;
import io.github.torchscribe.dsl.nn.Conv2d;
import io.github.torchscribe.dsl.nn.Flatten;
import io.github.torchscribe.dsl.nn.Linear;
import io.github.torchscribe.dsl.nn.MaxPool2d;
import io.github.torchscribe.dsl.nn.Permute;
import io.github.torchscribe.dsl.nn.ReLU;
import io.github.torchscribe.dsl.nn.Reshape;
import io.github.torchscribe.dsl.nn.Sigmoid;
import io.github.torchscribe.dsl.nn.ZeroPad2d;

/**
 * torchcrepe's {@code tiny}: of 1,024 samples of sound how likely each of 360 pitches is. Its parts
 * are called as there.
 */
@Network(input = 1024)
@Reshape({1, 1024, 1})
@ZeroPad2d({0, 0, 254, 254})
@Named("conv1")
@Conv2d(
    value = 128,
    kernelSize = {512, 1},
    stride = {4, 1})
@ReLU
@Named("conv1_BN")
@BatchNorm2d(eps = Crepe.EPS, momentum = 0)
@MaxPool2d({2, 1})
@ZeroPad2d({0, 0, 31, 32})
@Named("conv2")
@Conv2d(
    value = 16,
    kernelSize = {64, 1})
@ReLU
@Named("conv2_BN")
@BatchNorm2d(eps = Crepe.EPS, momentum = 0)
@MaxPool2d({2, 1})
@ZeroPad2d({0, 0, 31, 32})
@Named("conv3")
@Conv2d(
    value = 16,
    kernelSize = {64, 1})
@ReLU
@Named("conv3_BN")
@BatchNorm2d(eps = Crepe.EPS, momentum = 0)
@MaxPool2d({2, 1})
@ZeroPad2d({0, 0, 31, 32})
@Named("conv4")
@Conv2d(
    value = 16,
    kernelSize = {64, 1})
@ReLU
@Named("conv4_BN")
@BatchNorm2d(eps = Crepe.EPS, momentum = 0)
@MaxPool2d({2, 1})
@ZeroPad2d({0, 0, 31, 32})
@Named("conv5")
@Conv2d(
    value = 32,
    kernelSize = {64, 1})
@ReLU
@Named("conv5_BN")
@BatchNorm2d(eps = Crepe.EPS, momentum = 0)
@MaxPool2d({2, 1})
@ZeroPad2d({0, 0, 31, 32})
@Named("conv6")
@Conv2d(
    value = 64,
    kernelSize = {64, 1})
@ReLU
@Named("conv6_BN")
@BatchNorm2d(eps = Crepe.EPS, momentum = 0)
@MaxPool2d({2, 1})
@Permute({2, 1, 3})
@Flatten
@Named("classifier")
@Linear(360)
@Sigmoid
public interface Crepe {
  /** As it was converted from TensorFlow. */
  double EPS = 0.0010000000474974513;
}
