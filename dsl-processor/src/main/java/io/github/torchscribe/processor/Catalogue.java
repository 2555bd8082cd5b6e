package io.github.torchscribe.processor;

import io.github.torchscribe.dsl.nn.BCEWithLogitsLoss;
import io.github.torchscribe.dsl.nn.CrossEntropyLoss;
import io.github.torchscribe.dsl.nn.Flatten;
import io.github.torchscribe.dsl.nn.LeakyReLU;
import io.github.torchscribe.dsl.nn.Linear;
import io.github.torchscribe.dsl.nn.ReLU;
import io.github.torchscribe.dsl.nn.SELU;
import io.github.torchscribe.dsl.nn.Sigmoid;
import io.github.torchscribe.dsl.nn.Softplus;
import io.github.torchscribe.dsl.nn.Tanh;
import io.github.torchscribe.dsl.optim.SGD;
import io.github.torchscribe.processor.declaration.Vocabulary;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.FlattenLayer;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.layer.LeakyReluLayer;
import io.github.torchscribe.processor.layer.LinearLayer;
import io.github.torchscribe.processor.layer.ReluLayer;
import io.github.torchscribe.processor.layer.SeluLayer;
import io.github.torchscribe.processor.layer.SigmoidLayer;
import io.github.torchscribe.processor.layer.SoftplusLayer;
import io.github.torchscribe.processor.layer.TanhLayer;
import io.github.torchscribe.processor.loss.BceWithLogits;
import io.github.torchscribe.processor.loss.CrossEntropy;
import io.github.torchscribe.processor.loss.Loss;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.optim.Optimizer;
import io.github.torchscribe.processor.optim.SgdOptimizer;
import java.lang.annotation.Annotation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;

/** All that a network can be made of: a line for each annotation, with the class that knows it. */
public final class Catalogue {
  private final Map<String, BiFunction<Written, Report, Layer>> layers = new LinkedHashMap<>();
  private final Map<String, BiFunction<Written, Report, Loss>> losses = new LinkedHashMap<>();
  private final Map<String, BiFunction<Written, Report, Optimizer>> optimizers =
      new LinkedHashMap<>();

  /** The whole catalogue. */
  public Catalogue() {
    layer(Flatten.class, FlattenLayer::new);
    layer(LeakyReLU.class, LeakyReluLayer::new);
    layer(Linear.class, LinearLayer::new);
    layer(ReLU.class, ReluLayer::new);
    layer(SELU.class, SeluLayer::new);
    layer(Sigmoid.class, SigmoidLayer::new);
    layer(Softplus.class, SoftplusLayer::new);
    layer(Tanh.class, TanhLayer::new);

    loss(BCEWithLogitsLoss.class, BceWithLogits::new);
    loss(CrossEntropyLoss.class, CrossEntropy::new);

    optimizer(SGD.class, SgdOptimizer::new);
  }

  private void layer(
      Class<? extends Annotation> annotation, BiFunction<Written, Report, Layer> reader) {
    layers.put(annotation.getName(), reader);
  }

  private void loss(
      Class<? extends Annotation> annotation, BiFunction<Written, Report, Loss> reader) {
    losses.put(annotation.getName(), reader);
  }

  private void optimizer(
      Class<? extends Annotation> annotation, BiFunction<Written, Report, Optimizer> reader) {
    optimizers.put(annotation.getName(), reader);
  }

  /**
   * Which annotations are what.
   *
   * @return their qualified names
   */
  public Vocabulary vocabulary() {
    return new Vocabulary(layers.keySet(), losses.keySet(), optimizers.keySet());
  }

  /**
   * Reads a layer's values.
   *
   * @param written one of the layers' annotations
   * @param report is told what is wrong
   * @return the layer
   */
  public Layer layer(Written written, Report report) {
    return layers.get(written.type()).apply(written, report);
  }

  /**
   * Reads a loss' values.
   *
   * @param written one of the losses' annotations
   * @param report is told what is wrong
   * @return the loss
   */
  public Loss loss(Written written, Report report) {
    return losses.get(written.type()).apply(written, report);
  }

  /**
   * Reads an optimizer's values.
   *
   * @param written one of the optimizers' annotations
   * @param report is told what is wrong
   * @return the optimizer
   */
  public Optimizer optimizer(Written written, Report report) {
    return optimizers.get(written.type()).apply(written, report);
  }
}
