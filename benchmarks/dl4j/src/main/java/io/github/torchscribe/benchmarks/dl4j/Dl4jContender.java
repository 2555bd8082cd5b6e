package io.github.torchscribe.benchmarks.dl4j;

import io.github.torchscribe.benchmarks.common.Block;
import io.github.torchscribe.benchmarks.common.Digits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Deeplearning4j's contender.
 *
 * <p>Arguments: a workload, threads, the folder with MNIST. The number of threads has to be in
 * {@code OMP_NUM_THREADS}, too.
 */
public final class Dl4jContender {
  private static final int ASKED = 200;

  private Dl4jContender() {}

  /**
   * Runs the benchmark.
   *
   * @param args see above
   * @throws IOException when MNIST cannot be read
   */
  public static void main(String[] args) throws IOException {
    String workload = args[0];
    Digits digits = Digits.read(Path.of(args[2]));
    MultiLayerNetwork network = network(workload.replace(Block.PREDICT, ""));
    network.init();
    if (workload.endsWith(Block.PREDICT)) {
      predict(workload, network, digits);
    } else {
      train(workload, network, digits);
    }
    System.exit(0); // its own threads go on
  }

  private static MultiLayerNetwork network(String workload) {
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(new Sgd(1e-2))
            .activation(Activation.RELU)
            .list();
    if (workload.equals("cnn")) {
      layers
          .layer(new ConvolutionLayer.Builder(3, 3).nOut(32).build())
          .layer(new ConvolutionLayer.Builder(3, 3).nOut(64).build())
          .layer(new SubsamplingLayer.Builder().kernelSize(2, 2).stride(2, 2).build())
          .layer(new DenseLayer.Builder().nOut(128).build());
    } else {
      int width = workload.equals("wide") ? 4096 : 200;
      layers
          .layer(new DenseLayer.Builder().nOut(width).build())
          .layer(new DenseLayer.Builder().nOut(width).build());
    }
    layers
        .layer(
            new OutputLayer.Builder(LossFunction.MCXENT)
                .activation(Activation.SOFTMAX)
                .nOut(10)
                .build())
        .setInputType(
            workload.equals("cnn")
                ? InputType.convolutional(28, 28, 1)
                : InputType.feedForward(Digits.PIXELS));
    return new MultiLayerNetwork(layers.build());
  }

  private static INDArray array(float[] numbers, int size, String workload) {
    return workload.startsWith("cnn")
        ? Nd4j.create(numbers, new long[] {size, 1, 28, 28}, 'c')
        : Nd4j.create(numbers, new long[] {size, Digits.PIXELS}, 'c');
  }

  private static void train(String workload, MultiLayerNetwork network, Digits digits)
      throws IOException {
    int batch = Block.batch(workload);
    List<INDArray> images = new ArrayList<>();
    List<INDArray> labels = new ArrayList<>();
    int count = digits.batches(batch);
    for (int i = 0; i < count; i++) {
      images.add(array(digits.batch(i * batch, batch), batch, workload));
      INDArray classes = Nd4j.zeros(batch, 10);
      for (int k = 0; k < batch; k++) {
        classes.putScalar(k, digits.labels()[i * batch + k], 1);
      }
      labels.add(classes);
    }
    int[] next = {0};
    Block.serve(
        workload,
        () -> {
          int i = next[0]++ % count;
          network.fit(images.get(i), labels.get(i));
          return network.score();
        });
  }

  private static void predict(String workload, MultiLayerNetwork network, Digits digits)
      throws IOException {
    List<INDArray> asked = new ArrayList<>();
    for (int i = 0; i < ASKED; i++) {
      asked.add(array(digits.images()[i], 1, workload));
    }
    int[] next = {0};
    Block.serve(workload, () -> network.output(asked.get(next[0]++ % ASKED)).getFloat(0, 0));
  }
}
