package io.github.torchscribe.spark;

import io.github.torchscribe.runtime.Model;
import java.io.Serializable;

/**
 * Makes a model wherever one is needed: on the driver and in each task. {@code MlpModel::create} is
 * one.
 */
@FunctionalInterface
public interface ModelFactory extends Serializable {
  /**
   * Makes a model.
   *
   * @return a new one, of the same network each time, which whoever asked closes
   */
  Model create();
}
