package io.github.torchscribe.samples.mnist;

import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.nn.Layer;
import io.github.torchscribe.dsl.nn.Linear;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;

/** Divides by how much the numbers of an example differ, which is 0 where all are alike. */
@Network(input = 4)
@Layer(Standardised.WithinAnExample.class)
@Linear(2)
interface Standardised {
  /** Mean 0 and variance 1, with nothing added to it. */
  final class WithinAnExample {
    private WithinAnExample() {}

    static Tensor forward(Tensor input) {
      Tensor centred = input.sub(mean(input));
      return centred.div(mean(centred.square()).sqrt());
    }

    private static Tensor mean(Tensor some) {
      return some.mean(new long[] {1}, true, new ScalarTypeOptional());
    }
  }
}
