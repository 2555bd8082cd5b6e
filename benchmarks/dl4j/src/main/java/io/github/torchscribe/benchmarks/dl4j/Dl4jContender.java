package io.github.torchscribe.benchmarks.dl4j;

import io.github.torchscribe.benchmarks.common.Block;
import io.github.torchscribe.benchmarks.common.Digits;
import io.github.torchscribe.benchmarks.common.Given;
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
 * <p>Arguments: a workload, the folder with MNIST, the file with PyTorch's weights. The number of
 * threads is in {@code OMP_NUM_THREADS}.
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
    Digits digits = Digits.read(Path.of(args[1]));
    MultiLayerNetwork network = network(workload);
    network.init();
    take(network, Given.read(Path.of(args[2])));
    if (workload.endsWith(Block.PREDICT)) {
      predict(workload, network, digits);
    } else {
      train(workload, network, digits);
    }
    System.exit(0); // its own threads go on
  }

  /** Of each layer that learns a weight and a bias; dense layers have theirs transposed. */
  private static void take(MultiLayerNetwork network, List<Given> weights) {
    int next = 0;
    for (int layer = 0; layer < network.getnLayers(); layer++) {
      if (network.getLayer(layer).numParams() > 0) {
        INDArray weight = array(weights.get(next));
        network.setParam(layer + "_W", weight.rank() == 2 ? weight.transpose() : weight);
        network.setParam(layer + "_b", array(weights.get(next + 1)).reshape(1, -1));
        next += 2;
      }
    }
  }

  private static INDArray array(Given given) {
    return Nd4j.create(given.floats(), given.shape(), 'c');
  }

  private static MultiLayerNetwork network(String workload) {
    boolean convolves = workload.startsWith("cnn");
    boolean predicts = workload.endsWith(Block.PREDICT); // others give no probabilities either
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(new Sgd(1e-2))
            .activation(Activation.RELU)
            .list();
    if (convolves) {
      layers
          .layer(new ConvolutionLayer.Builder(3, 3).nOut(32).build())
          .layer(new ConvolutionLayer.Builder(3, 3).nOut(64).build())
          .layer(new SubsamplingLayer.Builder().kernelSize(2, 2).stride(2, 2).build())
          .layer(new DenseLayer.Builder().nOut(128).build());
    } else {
      int width = workload.startsWith("wide") ? 4096 : 200;
      layers
          .layer(new DenseLayer.Builder().nOut(width).build())
          .layer(new DenseLayer.Builder().nOut(width).build());
    }
    layers
        .layer(
            new OutputLayer.Builder(predicts ? LossFunction.MSE : LossFunction.MCXENT)
                .activation(predicts ? Activation.IDENTITY : Activation.SOFTMAX)
                .nOut(10)
                .build())
        .setInputType(
            convolves ? InputType.convolutional(28, 28, 1) : InputType.feedForward(Digits.PIXELS));
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
