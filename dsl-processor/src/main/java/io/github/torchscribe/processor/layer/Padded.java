package io.github.torchscribe.processor.layer;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What says which places of a layer's output are padding, where the layer knows it itself.
 *
 * @param which of the values that the layer reads it is known from
 * @param layer makes of that value 1 for each place that is there and 0 for each that is padding;
 *     empty where the value is that already
 * @param nothing the index of which an example may not consist alone, where the value is indices
 */
public record Padded(int which, Optional<Layer> layer, OptionalLong nothing) {}
