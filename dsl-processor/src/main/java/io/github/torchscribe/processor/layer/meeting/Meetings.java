package io.github.torchscribe.processor.layer.meeting;

import io.github.torchscribe.dsl.Residual;
import io.github.torchscribe.dsl.nn.Add;
import io.github.torchscribe.dsl.nn.Bilinear;
import io.github.torchscribe.dsl.nn.Concat;
import io.github.torchscribe.dsl.nn.CosineSimilarity;
import io.github.torchscribe.dsl.nn.MatMul;
import io.github.torchscribe.dsl.nn.Multiply;
import io.github.torchscribe.dsl.nn.Subtract;
import io.github.torchscribe.processor.declaration.Kinds;
import io.github.torchscribe.processor.layer.Layer;

/** How values meet: a line for each annotation, with the class that knows it. */
public final class Meetings {
  private Meetings() {}

  /**
   * Adds what says itself which values meet.
   *
   * @param sums gets a line for each
   */
  public static void addSumsTo(Kinds<Layer> sums) {
    sums.add(Residual.class, AddLayer::new);
  }

  /**
   * Adds them.
   *
   * @param meetings gets a line for each
   */
  public static void addTo(Kinds<Layer> meetings) {
    meetings
        .add(Add.class, AddLayer::new)
        .add(Bilinear.class, BilinearLayer::new)
        .add(Concat.class, ConcatLayer::new)
        .add(CosineSimilarity.class, CosineSimilarityLayer::new)
        .add(MatMul.class, MatMulLayer::new)
        .add(Multiply.class, MultiplyLayer::new)
        .add(Subtract.class, SubtractLayer::new);
  }
}
