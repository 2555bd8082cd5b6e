package io.github.torchscribe.benchmarks;

import io.github.torchscribe.benchmarks.common.Block;
import io.github.torchscribe.runtime.Example;
import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Predictor;
import io.github.torchscribe.runtime.data.Batch;
import io.github.torchscribe.runtime.learner.Summary;
import io.github.torchscribe.runtime.torch.Threads;
import java.io.IOException;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Trains or asks one network, as {@link Block} says.
 *
 * <p>Arguments: a workload, {@code generated}, {@code autograd}, {@code bf16} or {@code int8}, or
 * {@code product} for one product of two 1024 × 1024 matrices, threads. With {@code work} instead
 * of a mode it prints what a step's products and convolutions come to, in GFLOP. A workload that
 * ends with {@code -predict} is asked for one example at a time, or for as many as its name says.
 */
public final class Contender {
  /** The mode in which it is the machine that is measured. */
  private static final String PRODUCT = "product";

  /** The mode in which a predictor has weights in 8 bits. */
  private static final String INT8 = "int8";

  /** The mode in which nothing is measured. */
  private static final String WORK = "work";

  /** Rows and columns of the matrices of that product. */
  private static final long SIZE = 1024;

  private Contender() {}

  /**
   * Runs the benchmark.
   *
   * @param args see above
   * @throws IOException when the process' memory cannot be read
   */
  public static void main(String[] args) throws IOException {
    Threads.set(Integer.parseInt(args[2]));
    if (args[1].equals(PRODUCT)) {
      Block.serve(args[0], product());
      return;
    }
    boolean predicts = args[0].endsWith(Block.PREDICT);
    Workload workload = Workload.of(args[0].replace(Block.PREDICT, ""));
    if (args[1].equals(WORK)) {
      try (Model model = workload.create("generated")) {
        long rows = Block.batch(args[0]);
        System.out.println(2e-9 * rows * multiplyAdds(model.summary().layers(), predicts));
      }
      return;
    }
    if (args[1].equals(INT8)) {
      try (Model model = workload.create("generated");
          Predictor predictor = model.predictor().precision(Predictor.Precision.INT8)) {
        Block.serve(args[0], asker(predictor, workload));
      }
      return;
    }
    try (Model model = workload.create(args[1])) {
      if (!predicts) {
        System.out.println(
            "way: " + model.summary().division()); // what benchmarks/cores listens for
        Block.serve(args[0], trainer(model, workload.batches()));
      } else if (workload.asksBatches()) {
        Block.serve(args[0], asker(model, workload.batches()));
      } else {
        try (Predictor predictor = model.predictor()) {
          Block.serve(args[0], asker(predictor, workload));
        }
      }
    }
  }

  /**
   * For one example: forward, and where it learns the same again for the gradients of weights and
   * of inputs; nobody asks for the gradient of the network's own input.
   */
  private static long multiplyAdds(List<Summary.Layer> layers, boolean predicts) {
    long forward = layers.stream().mapToLong(Summary.Layer::multiplyAdds).sum();
    Summary.Layer first =
        layers.stream().filter(layer -> layer.parameters() > 0).findFirst().orElseThrow();
    return predicts ? forward : 3 * forward - first.multiplyAdds();
  }

  /** One product of large matrices, with all threads: what this machine can do. */
  private static DoubleSupplier product() {
    Threads.prepareFor(io.github.torchscribe.runtime.torch.Workload.MATRIX_PRODUCTS);
    Tensor left = torch.rand(SIZE, SIZE);
    Tensor right = torch.rand(SIZE, SIZE);
    Tensor result = torch.empty(SIZE, SIZE);
    return () -> {
      try (PointerScope scope = new PointerScope()) {
        scope.attach(torch.mm_out(result, left, right));
        return 0;
      }
    };
  }

  private static DoubleSupplier trainer(Model model, List<Batch> batches) {
    int[] next = {0};
    return () -> {
      Batch batch = batches.get(next[0]++ % batches.size());
      return model.step(batch.allInputs(), batch.allTargets());
    };
  }

  private static DoubleSupplier asker(Model model, List<Batch> batches) {
    int[] next = {0};
    return () -> {
      Batch batch = batches.get(next[0]++ % batches.size());
      try (PointerScope scope = new PointerScope()) {
        Tensor output = model.forward(batch.allInputs()).only();
        scope.attach(output);
        return output.data_ptr_float().get();
      }
    };
  }

  private static DoubleSupplier asker(Predictor predictor, Workload workload) {
    List<Batch> batches = workload.batches();
    return workload.namesInputs() ? namedAsker(predictor, batches) : asker(predictor, batches);
  }

  private static DoubleSupplier namedAsker(Predictor predictor, List<Batch> batches) {
    List<Example> examples = batches.stream().map(it -> Example.of(it.allInputs())).toList();
    int[] next = {0};
    return () ->
        predictor.predict(examples.get(next[0]++ % examples.size())).values().iterator().next()[0];
  }

  private static DoubleSupplier asker(Predictor predictor, List<Batch> batches) {
    Batch batch = batches.get(0);
    int size = (int) (batch.inputs().numel() / batch.size());
    float[][] examples = new float[batch.size()][size];
    for (int i = 0; i < examples.length; i++) {
      batch.inputs().data_ptr_float().position((long) i * size).get(examples[i]);
    }
    float[] output = new float[predictor.predict(examples[0]).length];
    int[] next = {0};
    return () -> {
      predictor.predict(examples[next[0]++ % examples.length], output);
      return output[0];
    };
  }
}
