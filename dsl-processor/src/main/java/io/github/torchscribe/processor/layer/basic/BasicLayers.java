package io.github.torchscribe.processor.layer.basic;

import io.github.torchscribe.dsl.nn.Dropout;
import io.github.torchscribe.dsl.nn.Dropout1d;
import io.github.torchscribe.dsl.nn.Dropout2d;
import io.github.torchscribe.dsl.nn.Flatten;
import io.github.torchscribe.dsl.nn.Linear;
import io.github.torchscribe.dsl.nn.MaxOver;
import io.github.torchscribe.dsl.nn.MeanOver;
import io.github.torchscribe.dsl.nn.Narrow;
import io.github.torchscribe.dsl.nn.Permute;
import io.github.torchscribe.dsl.nn.Reshape;
import io.github.torchscribe.dsl.nn.Select;
import io.github.torchscribe.dsl.nn.Unflatten;
import io.github.torchscribe.processor.declaration.Kinds;
import io.github.torchscribe.processor.layer.Layer;

/** The layers of all networks: a line for each annotation, with the class that knows it. */
public final class BasicLayers {
  private BasicLayers() {}

  /**
   * Adds them.
   *
   * @param layers gets a line for each
   */
  public static void addTo(Kinds<Layer> layers) {
    layers
        .add(Dropout.class, DropoutLayer::new)
        .add(Dropout1d.class, Dropout1dLayer::new)
        .add(Dropout2d.class, Dropout2dLayer::new)
        .add(Flatten.class, FlattenLayer::new)
        .add(io.github.torchscribe.dsl.nn.Layer.class, OwnLayer::new)
        .add(Linear.class, LinearLayer::new)
        .add(MaxOver.class, MaxOverLayer::new)
        .add(MeanOver.class, MeanOverLayer::new)
        .add(Narrow.class, NarrowLayer::new)
        .add(Permute.class, PermuteLayer::new)
        .add(Reshape.class, ReshapeLayer::new)
        .add(Select.class, SelectLayer::new)
        .add(Unflatten.class, UnflattenLayer::new);
  }
}
