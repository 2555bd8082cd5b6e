package io.github.torchscribe.benchmarks.djl;

import ai.djl.MalformedModelException;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import io.github.torchscribe.benchmarks.common.Block;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * DJL's contender with a network that PyTorch has traced: MiniLM, which it asks about random
 * sentences.
 *
 * <p>Arguments: a workload, the file. DJL reads the number of threads from {@code
 * -Dai.djl.pytorch.num_threads}.
 */
public final class TracedContender {
  private static final int SENTENCES = 64;
  private static final int WORDS = 30_522;
  private static final int LENGTH = 48;
  private static final int SHORTEST = 8;

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
      for (int i = 0; i < SENTENCES / size; i++) {
        asked.add(sentences(manager, size));
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

  /** What is padded to 48 tokens, of which 8 or more are there. */
  private static NDList sentences(NDManager manager, int size) {
    NDArray ids = manager.randomInteger(0, WORDS, new Shape(size, LENGTH), DataType.INT64);
    NDArray lengths =
        manager.randomInteger(SHORTEST, LENGTH + 1, new Shape(size, 1), DataType.INT64);
    NDArray mask = manager.arange(LENGTH).toType(DataType.INT64, false).lt(lengths);
    return new NDList(ids, ids.zerosLike(), mask.toType(DataType.FLOAT32, false));
  }
}
