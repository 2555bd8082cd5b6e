package io.github.torchscribe.benchmarks.djl;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
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
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * DJL's contender.
 *
 * <p>Arguments: a workload, {@code trainer} for {@code EasyTrain.trainBatch} or {@code loop} for
 * the same by hand, threads, the folder with MNIST. DJL reads the number of threads from {@code
 * -Dai.djl.pytorch.num_threads}.
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
    Digits digits = Digits.read(Path.of(args[3]));
    Engine.getInstance().setRandomSeed(1);
    try (Model model = Model.newInstance(workload)) {
      model.setBlock(network(workload.replace(Block.PREDICT, "")));
      int batch = Block.batch(workload);
      boolean momentum = workload.startsWith("resnet");
      DefaultTrainingConfig config =
          new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
              .addTrainingListeners(TrainingListener.Defaults.basic())
              .optOptimizer(
                  Optimizer.sgd()
                      .setLearningRateTracker(Tracker.fixed(1e-2f))
                      .optMomentum(momentum ? 0.9f : 0)
                      .build());
      try (Trainer trainer = model.newTrainer(config)) {
        trainer.initialize(new Shape(batch, 1, 28, 28));
        if (workload.endsWith(Block.PREDICT)) {
          predict(workload, model, digits);
        } else {
          train(workload, args[1].equals("loop"), trainer, digits, batch);
        }
      }
    }
  }

  private static ai.djl.nn.Block network(String workload) {
    return switch (workload) {
      case "cnn" -> Networks.cnn();
      case "resnet" -> Networks.resnet();
      case "wide" -> Networks.mlp(4096);
      default -> Networks.mlp(200);
    };
  }

  private static void train(
      String workload, boolean loop, Trainer trainer, Digits digits, int batch) throws IOException {
    NDManager manager = trainer.getManager();
    List<NDArray> images = new ArrayList<>();
    List<NDArray> labels = new ArrayList<>();
    int count = digits.batches(batch);
    for (int i = 0; i < count; i++) {
      images.add(manager.create(digits.batch(i * batch, batch), new Shape(batch, 1, 28, 28)));
      float[] classes = new float[batch];
      for (int k = 0; k < batch; k++) {
        classes[k] = digits.labels()[i * batch + k];
      }
      labels.add(manager.create(classes, new Shape(batch, 1)));
    }
    int[] next = {0};
    Block.serve(
        workload,
        () -> {
          int i = next[0]++ % count;
          try (NDManager step = manager.newSubManager()) {
            NDArray input = images.get(i).reshape(batch, 1, 28, 28); // what follows goes with it
            input.attach(step);
            return loop
                ? byHand(trainer, input, labels.get(i))
                : byTrainer(trainer, step, input, labels.get(i));
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
    NDList targets = new NDList(labels.reshape(size, 1));
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
