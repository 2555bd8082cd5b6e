package io.github.torchscribe.processor.layer.norm;

import io.github.torchscribe.dsl.nn.BatchNorm1d;
import io.github.torchscribe.dsl.nn.BatchNorm2d;
import io.github.torchscribe.dsl.nn.BatchNorm3d;
import io.github.torchscribe.dsl.nn.GroupNorm;
import io.github.torchscribe.dsl.nn.InstanceNorm1d;
import io.github.torchscribe.dsl.nn.InstanceNorm2d;
import io.github.torchscribe.dsl.nn.LayerNorm;
import io.github.torchscribe.dsl.nn.LocalResponseNorm;
import io.github.torchscribe.dsl.nn.Normalize;
import io.github.torchscribe.dsl.nn.RMSNorm;
import io.github.torchscribe.processor.declaration.Kinds;
import io.github.torchscribe.processor.layer.Layer;

/** The norms: a line for each annotation, with the class that knows it. */
public final class Norms {
  private Norms() {}

  /**
   * Adds them.
   *
   * @param layers gets a line for each
   */
  public static void addTo(Kinds<Layer> layers) {
    layers
        .add(BatchNorm1d.class, BatchNorm1dLayer::new)
        .add(BatchNorm2d.class, BatchNorm2dLayer::new)
        .add(BatchNorm3d.class, BatchNorm3dLayer::new)
        .add(GroupNorm.class, GroupNormLayer::new)
        .add(InstanceNorm1d.class, InstanceNorm1dLayer::new)
        .add(InstanceNorm2d.class, InstanceNorm2dLayer::new)
        .add(LayerNorm.class, LayerNormLayer::new)
        .add(LocalResponseNorm.class, LocalResponseNormLayer::new)
        .add(Normalize.class, NormalizeLayer::new)
        .add(RMSNorm.class, RmsNormLayer::new);
  }
}
