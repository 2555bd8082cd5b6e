package io.github.torchscribe.benchmarks.djl;

import ai.djl.MalformedModelException;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import io.github.torchscribe.benchmarks.common.Block;
import io.github.torchscribe.benchmarks.common.Given;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * DJL's contender with a network that PyTorch has traced: MiniLM, which it asks about sentences.
 *
 * <p>Arguments: a workload, the network's file, that of the sentences. DJL reads the number of
 * threads from {@code -Dai.djl.pytorch.num_threads}.
 */
public final class TracedContender {
  private TracedContender() {}

  /**
   * Runs the benchmark.
   *
   * @param args see above
   * @throws IOException when the file or the process' memory cannot be read
   * @throws ModelNotFoundException when there is no such file
   * @throws MalformedModelException when it is of another kind
   */
  public static void main(String[] args)
      throws IOException, ModelNotFoundException, MalformedModelException {
    int size = Block.batch(args[0]);
    Criteria<NDList, NDList> criteria =
        Criteria.builder()
            .setTypes(NDList.class, NDList.class)
            .optModelPath(Path.of(args[1]))
            .optTranslator(new NoopTranslator())
            .optEngine("PyTorch")
            .build();
    try (ZooModel<NDList, NDList> model = criteria.loadModel();
        Predictor<NDList, NDList> predictor = model.newPredictor();
        NDManager manager = NDManager.newBaseManager()) {
      List<NDList> asked = new ArrayList<>();
      List<Given> data = Given.read(Path.of(args[2]));
      for (int from = 0; from < data.get(0).shape()[0]; from += size) {
        asked.add(sentences(manager, data, from, size));
      }
      int[] next = {0};
      Block.serve(
          args[0],
          () -> {
            try (NDList output = predictor.predict(asked.get(next[0]++ % asked.size()))) {
              return output.singletonOrThrow().getFloat(0, 0);
            } catch (TranslateException e) {
              throw new IllegalStateException(e);
            }
          });
    }
  }

  /** Tokens, of what kind they are, and which of them are there. */
  private static NDList sentences(NDManager manager, List<Given> data, int from, int size) {
    Given ids = data.get(0).rows(from, size);
    Given types = data.get(1).rows(from, size);
    Given mask = data.get(2).rows(from, size);
    return new NDList(
        manager.create(ids.longs(), new Shape(ids.shape())),
        manager.create(types.longs(), new Shape(types.shape())),
        manager.create(mask.floats(), new Shape(mask.shape())));
  }
}
