package io.github.torchscribe.processor;

import io.github.torchscribe.dsl.nn.AdaptiveAvgPool2d;
import io.github.torchscribe.dsl.nn.AvgPool2d;
import io.github.torchscribe.dsl.nn.BCELoss;
import io.github.torchscribe.dsl.nn.BCEWithLogitsLoss;
import io.github.torchscribe.dsl.nn.BatchNorm1d;
import io.github.torchscribe.dsl.nn.BatchNorm2d;
import io.github.torchscribe.dsl.nn.Conv1d;
import io.github.torchscribe.dsl.nn.Conv2d;
import io.github.torchscribe.dsl.nn.ConvTranspose2d;
import io.github.torchscribe.dsl.nn.CrossEntropyLoss;
import io.github.torchscribe.dsl.nn.Dropout;
import io.github.torchscribe.dsl.nn.Dropout2d;
import io.github.torchscribe.dsl.nn.ELU;
import io.github.torchscribe.dsl.nn.Embedding;
import io.github.torchscribe.dsl.nn.Flatten;
import io.github.torchscribe.dsl.nn.GELU;
import io.github.torchscribe.dsl.nn.GRU;
import io.github.torchscribe.dsl.nn.GroupNorm;
import io.github.torchscribe.dsl.nn.Hardswish;
import io.github.torchscribe.dsl.nn.Hardtanh;
import io.github.torchscribe.dsl.nn.HuberLoss;
import io.github.torchscribe.dsl.nn.KLDivLoss;
import io.github.torchscribe.dsl.nn.L1Loss;
import io.github.torchscribe.dsl.nn.LSTM;
import io.github.torchscribe.dsl.nn.LayerNorm;
import io.github.torchscribe.dsl.nn.LeakyReLU;
import io.github.torchscribe.dsl.nn.Linear;
import io.github.torchscribe.dsl.nn.LogSigmoid;
import io.github.torchscribe.dsl.nn.LogSoftmax;
import io.github.torchscribe.dsl.nn.MSELoss;
import io.github.torchscribe.dsl.nn.MaxPool2d;
import io.github.torchscribe.dsl.nn.Mish;
import io.github.torchscribe.dsl.nn.NLLLoss;
import io.github.torchscribe.dsl.nn.PReLU;
import io.github.torchscribe.dsl.nn.PositionalEmbedding;
import io.github.torchscribe.dsl.nn.RMSNorm;
import io.github.torchscribe.dsl.nn.ReLU;
import io.github.torchscribe.dsl.nn.ReLU6;
import io.github.torchscribe.dsl.nn.SELU;
import io.github.torchscribe.dsl.nn.SelfAttention;
import io.github.torchscribe.dsl.nn.SiLU;
import io.github.torchscribe.dsl.nn.Sigmoid;
import io.github.torchscribe.dsl.nn.SmoothL1Loss;
import io.github.torchscribe.dsl.nn.Softmax;
import io.github.torchscribe.dsl.nn.Softplus;
import io.github.torchscribe.dsl.nn.Softsign;
import io.github.torchscribe.dsl.nn.Tanh;
import io.github.torchscribe.dsl.nn.Unflatten;
import io.github.torchscribe.dsl.nn.Upsample;
import io.github.torchscribe.dsl.optim.Adadelta;
import io.github.torchscribe.dsl.optim.Adagrad;
import io.github.torchscribe.dsl.optim.Adam;
import io.github.torchscribe.dsl.optim.AdamW;
import io.github.torchscribe.dsl.optim.CosineAnnealingLR;
import io.github.torchscribe.dsl.optim.CosineAnnealingWarmRestarts;
import io.github.torchscribe.dsl.optim.ExponentialLR;
import io.github.torchscribe.dsl.optim.LBFGS;
import io.github.torchscribe.dsl.optim.LinearLR;
import io.github.torchscribe.dsl.optim.MultiStepLR;
import io.github.torchscribe.dsl.optim.NAdam;
import io.github.torchscribe.dsl.optim.OneCycleLR;
import io.github.torchscribe.dsl.optim.RMSprop;
import io.github.torchscribe.dsl.optim.ReduceLROnPlateau;
import io.github.torchscribe.dsl.optim.SGD;
import io.github.torchscribe.dsl.optim.StepLR;
import io.github.torchscribe.processor.declaration.Vocabulary;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.AdaptiveAvgPool2dLayer;
import io.github.torchscribe.processor.layer.AvgPool2dLayer;
import io.github.torchscribe.processor.layer.BatchNorm1dLayer;
import io.github.torchscribe.processor.layer.BatchNorm2dLayer;
import io.github.torchscribe.processor.layer.Conv1dLayer;
import io.github.torchscribe.processor.layer.Conv2dLayer;
import io.github.torchscribe.processor.layer.ConvTranspose2dLayer;
import io.github.torchscribe.processor.layer.Dropout2dLayer;
import io.github.torchscribe.processor.layer.DropoutLayer;
import io.github.torchscribe.processor.layer.EluLayer;
import io.github.torchscribe.processor.layer.EmbeddingLayer;
import io.github.torchscribe.processor.layer.FlattenLayer;
import io.github.torchscribe.processor.layer.GeluLayer;
import io.github.torchscribe.processor.layer.GroupNormLayer;
import io.github.torchscribe.processor.layer.GruLayer;
import io.github.torchscribe.processor.layer.HardswishLayer;
import io.github.torchscribe.processor.layer.HardtanhLayer;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.layer.LayerNormLayer;
import io.github.torchscribe.processor.layer.LeakyReluLayer;
import io.github.torchscribe.processor.layer.LinearLayer;
import io.github.torchscribe.processor.layer.LogSigmoidLayer;
import io.github.torchscribe.processor.layer.LogSoftmaxLayer;
import io.github.torchscribe.processor.layer.LstmLayer;
import io.github.torchscribe.processor.layer.MaxPool2dLayer;
import io.github.torchscribe.processor.layer.MishLayer;
import io.github.torchscribe.processor.layer.PositionalEmbeddingLayer;
import io.github.torchscribe.processor.layer.PreluLayer;
import io.github.torchscribe.processor.layer.Relu6Layer;
import io.github.torchscribe.processor.layer.ReluLayer;
import io.github.torchscribe.processor.layer.RmsNormLayer;
import io.github.torchscribe.processor.layer.SelfAttentionLayer;
import io.github.torchscribe.processor.layer.SeluLayer;
import io.github.torchscribe.processor.layer.SigmoidLayer;
import io.github.torchscribe.processor.layer.SiluLayer;
import io.github.torchscribe.processor.layer.SoftmaxLayer;
import io.github.torchscribe.processor.layer.SoftplusLayer;
import io.github.torchscribe.processor.layer.SoftsignLayer;
import io.github.torchscribe.processor.layer.TanhLayer;
import io.github.torchscribe.processor.layer.UnflattenLayer;
import io.github.torchscribe.processor.layer.UpsampleLayer;
import io.github.torchscribe.processor.loss.Bce;
import io.github.torchscribe.processor.loss.BceWithLogits;
import io.github.torchscribe.processor.loss.CrossEntropy;
import io.github.torchscribe.processor.loss.Huber;
import io.github.torchscribe.processor.loss.KlDiv;
import io.github.torchscribe.processor.loss.L1;
import io.github.torchscribe.processor.loss.Loss;
import io.github.torchscribe.processor.loss.MseLoss;
import io.github.torchscribe.processor.loss.Nll;
import io.github.torchscribe.processor.loss.SmoothL1;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.optim.Optimizer;
import io.github.torchscribe.processor.optim.Optimizers;
import io.github.torchscribe.processor.optim.Schedule;
import io.github.torchscribe.processor.optim.Schedules;
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

  private final Map<String, BiFunction<Written, Report, Schedule>> schedules =
      new LinkedHashMap<>();

  /** The whole catalogue. */
  public Catalogue() {
    layer(AdaptiveAvgPool2d.class, AdaptiveAvgPool2dLayer::new);
    layer(AvgPool2d.class, AvgPool2dLayer::new);
    layer(BatchNorm1d.class, BatchNorm1dLayer::new);
    layer(BatchNorm2d.class, BatchNorm2dLayer::new);
    layer(Conv1d.class, Conv1dLayer::new);
    layer(Conv2d.class, Conv2dLayer::new);
    layer(ConvTranspose2d.class, ConvTranspose2dLayer::new);
    layer(Dropout.class, DropoutLayer::new);
    layer(Dropout2d.class, Dropout2dLayer::new);
    layer(ELU.class, EluLayer::new);
    layer(Embedding.class, EmbeddingLayer::new);
    layer(Flatten.class, FlattenLayer::new);
    layer(GELU.class, GeluLayer::new);
    layer(GroupNorm.class, GroupNormLayer::new);
    layer(GRU.class, GruLayer::new);
    layer(Hardswish.class, HardswishLayer::new);
    layer(Hardtanh.class, HardtanhLayer::new);
    layer(LayerNorm.class, LayerNormLayer::new);
    layer(LeakyReLU.class, LeakyReluLayer::new);
    layer(Linear.class, LinearLayer::new);
    layer(LogSigmoid.class, LogSigmoidLayer::new);
    layer(LogSoftmax.class, LogSoftmaxLayer::new);
    layer(LSTM.class, LstmLayer::new);
    layer(MaxPool2d.class, MaxPool2dLayer::new);
    layer(Mish.class, MishLayer::new);
    layer(PositionalEmbedding.class, PositionalEmbeddingLayer::new);
    layer(PReLU.class, PreluLayer::new);
    layer(ReLU.class, ReluLayer::new);
    layer(ReLU6.class, Relu6Layer::new);
    layer(RMSNorm.class, RmsNormLayer::new);
    layer(SelfAttention.class, SelfAttentionLayer::new);
    layer(SELU.class, SeluLayer::new);
    layer(Sigmoid.class, SigmoidLayer::new);
    layer(SiLU.class, SiluLayer::new);
    layer(Softmax.class, SoftmaxLayer::new);
    layer(Softplus.class, SoftplusLayer::new);
    layer(Softsign.class, SoftsignLayer::new);
    layer(Tanh.class, TanhLayer::new);
    layer(Unflatten.class, UnflattenLayer::new);
    layer(Upsample.class, UpsampleLayer::new);

    loss(BCELoss.class, Bce::new);
    loss(BCEWithLogitsLoss.class, BceWithLogits::new);
    loss(CrossEntropyLoss.class, CrossEntropy::new);
    loss(HuberLoss.class, Huber::new);
    loss(KLDivLoss.class, KlDiv::new);
    loss(L1Loss.class, L1::new);
    loss(MSELoss.class, MseLoss::new);
    loss(NLLLoss.class, Nll::new);
    loss(SmoothL1Loss.class, SmoothL1::new);

    optimizer(Adadelta.class, Optimizers::adadelta);
    optimizer(Adagrad.class, Optimizers::adagrad);
    optimizer(Adam.class, Optimizers::adam);
    optimizer(AdamW.class, Optimizers::adamW);
    optimizer(LBFGS.class, Optimizers::lbfgs);
    optimizer(NAdam.class, Optimizers::nAdam);
    optimizer(RMSprop.class, Optimizers::rmsProp);
    optimizer(SGD.class, Optimizers::sgd);

    schedule(CosineAnnealingLR.class, Schedules::cosineAnnealingLr);
    schedule(CosineAnnealingWarmRestarts.class, Schedules::warmRestarts);
    schedule(ExponentialLR.class, Schedules::exponentialLr);
    schedule(LinearLR.class, Schedules::linearLr);
    schedule(MultiStepLR.class, Schedules::multiStepLr);
    schedule(OneCycleLR.class, Schedules::oneCycleLr);
    schedule(ReduceLROnPlateau.class, Schedules::reduceLrOnPlateau);
    schedule(StepLR.class, Schedules::stepLr);
  }

  private void schedule(
      Class<? extends Annotation> annotation, BiFunction<Written, Report, Schedule> reader) {
    schedules.put(annotation.getName(), reader);
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
    return new Vocabulary(
        layers.keySet(), losses.keySet(), optimizers.keySet(), schedules.keySet());
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

  /**
   * Reads a schedule's values.
   *
   * @param written one of the schedules' annotations
   * @param report is told what is wrong
   * @return the schedule
   */
  public Schedule schedule(Written written, Report report) {
    return schedules.get(written.type()).apply(written, report);
  }
}
