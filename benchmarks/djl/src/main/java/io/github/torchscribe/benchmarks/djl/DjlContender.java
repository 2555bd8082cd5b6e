package io.github.torchscribe.benchmarks.djl;

import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.Batch;
import ai.djl.training.listener.EvaluatorTrainingListener;
import ai.djl.training.listener.TrainingListener;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import ai.djl.translate.Batchifier;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import io.github.torchscribe.benchmarks.common.Block;
import io.github.torchscribe.benchmarks.common.Digits;
import io.github.torchscribe.benchmarks.common.Given;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * DJL's contender.
 *
 * <p>Arguments: a workload, {@code trainer} for {@code EasyTrain.trainBatch} or {@code loop} for
 * the same by hand, the folder with MNIST or the file with texts, the file with PyTorch's weights.
 * DJL reads the number of threads from {@code -Dai.djl.pytorch.num_threads}.
 */
public final class DjlContender {
  private static final int ASKED = 200;

  private DjlContender() {}

  /**
   * Runs the benchmark.
   *
   * @param args see above
   * @throws IOException when MNIST cannot be read
   */
  public static void main(String[] args) throws IOException {
    String workload = args[0];
    try (Model model = Model.newInstance(workload)) {
      model.setBlock(network(workload.replace(Block.PREDICT, "")));
      int batch = Block.batch(workload);
      boolean reads = workload.equals("transformer");
      DefaultTrainingConfig config =
          new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
              .addTrainingListeners(TrainingListener.Defaults.basic())
              .optOptimizer(optimizer(workload));
      try (Trainer trainer = model.newTrainer(config)) {
        trainer.initialize(
            reads ? new Shape(batch, TransformerNetwork.LENGTH) : new Shape(batch, 1, 28, 28));
        take(model.getBlock(), Given.read(Path.of(args[3])));
        if (workload.endsWith(Block.PREDICT)) {
          predict(workload, model, Digits.read(Path.of(args[2])));
          return;
        }
        NDManager manager = trainer.getManager();
        List<NDList> batches =
            reads
                ? texts(manager, Given.read(Path.of(args[2])), batch)
                : images(manager, Digits.read(Path.of(args[2])), batch);
        train(workload, args[1].equals("loop"), trainer, batches);
      }
    }
  }

  /** DJL keeps parameters and running statistics in the order in which PyTorch does. */
  private static void take(ai.djl.nn.Block block, List<Given> weights) {
    List<Parameter> parameters = block.getParameters().values();
    if (parameters.size() != weights.size()) {
      throw new IllegalStateException(
          parameters.size() + " parameters, but PyTorch has " + weights.size());
    }
    for (int i = 0; i < weights.size(); i++) {
      NDArray array = parameters.get(i).getArray();
      if (!array.getShape().equals(new Shape(weights.get(i).shape()))) {
        throw new IllegalStateException(
            parameters.get(i).getName()
                + " has the shape "
                + array.getShape()
                + ", but PyTorch's "
                + Arrays.toString(weights.get(i).shape()));
      }
      array.set(weights.get(i).floats());
    }
  }

  private static Optimizer optimizer(String workload) {
    return workload.equals("transformer")
        ? Optimizer.adamW().optLearningRateTracker(Tracker.fixed(1e-3f)).build()
        : Optimizer.sgd()
            .setLearningRateTracker(Tracker.fixed(1e-2f))
            .optMomentum(workload.startsWith("resnet") ? 0.9f : 0)
            .build();
  }

  private static ai.djl.nn.Block network(String workload) {
    return switch (workload) {
      case "cnn" -> Networks.cnn();
      case "resnet" -> Networks.resnet();
      case "wide" -> Networks.mlp(4096);
      case "transformer" -> TransformerNetwork.create();
      default -> Networks.mlp(200);
    };
  }

  private static List<NDList> images(NDManager manager, Digits digits, int size) {
    List<NDList> batches = new ArrayList<>();
    for (int i = 0; i < digits.batches(size); i++) {
      float[] classes = new float[size];
      for (int k = 0; k < size; k++) {
        classes[k] = digits.labels()[i * size + k];
      }
      batches.add(
          new NDList(
              manager.create(digits.batch(i * size, size), new Shape(size, 1, 28, 28)),
              manager.create(classes, new Shape(size, 1))));
    }
    return batches;
  }

  /** Texts, and what comes next in them. */
  private static List<NDList> texts(NDManager manager, List<Given> data, int size) {
    List<NDList> batches = new ArrayList<>();
    for (int from = 0; from < data.get(0).shape()[0]; from += size) {
      Given texts = data.get(0).rows(from, size);
      Given next = data.get(1).rows(from, size);
      batches.add(
          new NDList(
              manager.create(texts.longs(), new Shape(texts.shape())),
              manager
                  .create(next.longs(), new Shape(next.shape()))
                  .expandDims(2)
                  .toType(DataType.FLOAT32, true)));
    }
    return batches;
  }

  private static void train(String workload, boolean loop, Trainer trainer, List<NDList> batches)
      throws IOException {
    int[] next = {0};
    Block.serve(
        workload,
        () -> {
          NDList batch = batches.get(next[0]++ % batches.size());
          try (NDManager step = trainer.getManager().newSubManager()) {
            NDArray input = batch.get(0).reshape(batch.get(0).getShape());
            input.attach(step); // what follows goes with it
            return loop
                ? byHand(trainer, input, batch.get(1))
                : byTrainer(trainer, step, input, batch.get(1));
          }
        });
  }

  private static double byHand(Trainer trainer, NDArray input, NDArray labels) {
    float value;
    try (GradientCollector collector = trainer.newGradientCollector()) {
      NDList output = trainer.forward(new NDList(input));
      NDArray loss = trainer.getLoss().evaluate(new NDList(labels), output);
      loss.attach(input.getManager());
      collector.backward(loss);
      value = loss.getFloat();
    }
    trainer.step();
    return value;
  }

  /** The trainer's listeners read the loss, too. */
  private static double byTrainer(Trainer trainer, NDManager step, NDArray input, NDArray labels) {
    int size = (int) input.getShape().get(0);
    NDList data = new NDList(input);
    NDList targets = new NDList(labels.reshape(labels.getShape()));
    targets.attach(step);
    Batch batch = new Batch(step, data, targets, size, Batchifier.STACK, Batchifier.STACK, 0, 0);
    EasyTrain.trainBatch(trainer, batch);
    trainer.step();
    return trainer.getLoss().getAccumulator(EvaluatorTrainingListener.TRAIN_ALL);
  }

  private static void predict(String workload, Model model, Digits digits) throws IOException {
    try (Predictor<NDList, NDList> predictor = model.newPredictor(new NoopTranslator());
        NDManager manager = NDManager.newBaseManager()) {
      List<NDList> asked = new ArrayList<>();
      for (int i = 0; i < ASKED; i++) {
        asked.add(new NDList(manager.create(digits.images()[i], new Shape(1, 1, 28, 28))));
      }
      int[] next = {0};
      Block.serve(
          workload,
          () -> {
            try (NDList output = predictor.predict(asked.get(next[0]++ % ASKED))) {
              return output.singletonOrThrow().getFloat(0, 0);
            } catch (TranslateException e) {
              throw new IllegalStateException(e);
            }
          });
    }
  }
}
