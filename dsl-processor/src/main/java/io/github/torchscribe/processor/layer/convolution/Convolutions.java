package io.github.torchscribe.processor.layer.convolution;

import io.github.torchscribe.dsl.nn.AdaptiveAvgPool2d;
import io.github.torchscribe.dsl.nn.AdaptiveAvgPool3d;
import io.github.torchscribe.dsl.nn.AdaptiveMaxPool2d;
import io.github.torchscribe.dsl.nn.AvgPool1d;
import io.github.torchscribe.dsl.nn.AvgPool2d;
import io.github.torchscribe.dsl.nn.AvgPool3d;
import io.github.torchscribe.dsl.nn.Conv1d;
import io.github.torchscribe.dsl.nn.Conv2d;
import io.github.torchscribe.dsl.nn.Conv3d;
import io.github.torchscribe.dsl.nn.ConvTranspose1d;
import io.github.torchscribe.dsl.nn.ConvTranspose2d;
import io.github.torchscribe.dsl.nn.ConvTranspose3d;
import io.github.torchscribe.dsl.nn.MaxPool1d;
import io.github.torchscribe.dsl.nn.MaxPool2d;
import io.github.torchscribe.dsl.nn.MaxPool3d;
import io.github.torchscribe.dsl.nn.PixelShuffle;
import io.github.torchscribe.dsl.nn.Upsample;
import io.github.torchscribe.dsl.nn.ZeroPad1d;
import io.github.torchscribe.dsl.nn.ZeroPad2d;
import io.github.torchscribe.processor.declaration.Kinds;
import io.github.torchscribe.processor.layer.Layer;

/** Convolutions, pools and what else is done to images: a line for each annotation. */
public final class Convolutions {
  private Convolutions() {}

  /**
   * Adds them.
   *
   * @param layers gets a line for each
   */
  public static void addTo(Kinds<Layer> layers) {
    layers
        .add(AdaptiveAvgPool2d.class, AdaptiveAvgPool2dLayer::new)
        .add(AdaptiveAvgPool3d.class, AdaptiveAvgPool3dLayer::new)
        .add(AdaptiveMaxPool2d.class, AdaptiveMaxPool2dLayer::new)
        .add(AvgPool1d.class, AvgPool1dLayer::new)
        .add(AvgPool2d.class, AvgPool2dLayer::new)
        .add(AvgPool3d.class, AvgPool3dLayer::new)
        .add(Conv1d.class, Conv1dLayer::new)
        .add(Conv2d.class, Conv2dLayer::new)
        .add(Conv3d.class, Conv3dLayer::new)
        .add(ConvTranspose1d.class, ConvTranspose1dLayer::new)
        .add(ConvTranspose2d.class, ConvTranspose2dLayer::new)
        .add(ConvTranspose3d.class, ConvTranspose3dLayer::new)
        .add(MaxPool1d.class, MaxPool1dLayer::new)
        .add(MaxPool2d.class, MaxPool2dLayer::new)
        .add(MaxPool3d.class, MaxPool3dLayer::new)
        .add(PixelShuffle.class, PixelShuffleLayer::new)
        .add(Upsample.class, UpsampleLayer::new)
        .add(ZeroPad1d.class, ZeroPad1dLayer::new)
        .add(ZeroPad2d.class, ZeroPad2dLayer::new);
  }
}
