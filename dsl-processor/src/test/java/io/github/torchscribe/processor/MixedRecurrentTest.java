package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.learner.Parameter;
import io.github.torchscribe.runtime.process.Native;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Recurrent layers in mixed precision that are wide enough for it: narrower ones, as the parity
 * table's are, stay in 32 bits.
 */
class MixedRecurrentTest {
  /** Of the gradient. PyTorch's autocast is off these by up to 0.0095, the worst of 20 draws. */
  private static final double SMOOTH = 0.02;

  /** Where rounding decides about a ReLU; PyTorch's is off by up to 0.034. */
  private static final double WITH_RELU = 0.05;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@LSTM(64)",
        "@LSTM(value = 64, numLayers = 2, bidirectional = true, output = Hidden.SEQUENCE)",
        "@GRU(256)",
        "@GRU(value = 256, numLayers = 2, bidirectional = true, output = Hidden.SEQUENCE)",
        "@GRU(value = 256, bias = false, output = Hidden.STATE)",
        "@RNN(256)",
        "@RNN(value = 256, nonlinearity = RNN.Nonlinearity.RELU, output = Hidden.SEQUENCE)",
      })
  void computesWhatFullPrecisionDoes(String layer) {
    String training = "@Training(batchSize = 16) public interface Net {}";
    String full =
        "@Network(input = {9, 16}) LAYER @Flatten @Linear(3) @CrossEntropyLoss @SGD(lr = 0.1)\n"
                .replace("LAYER", layer)
            + training;
    String mixed = full.replace("batchSize = 16", "batchSize = 16, precision = Precision.BF16");
    torch.manual_seed(11);
    for (long batch : new long[] {16, 1}) {
      double off = off(full, mixed, batch);
      double most = layer.contains("RELU") ? WITH_RELU : SMOOTH;
      assertTrue(off <= most, layer + " of " + batch + ": off by " + off + " of the gradient");
      assertTrue(!Native.hasBfloat16() || off > 1e-4, layer + " is not in bfloat16: " + off);
    }
  }

  private static double off(String full, String mixed, long batch) {
    try (Model one = Networks.model(full, 3);
        Model other = Networks.model(mixed, 3);
        PointerScope scope = new PointerScope()) {
      Tensor input = torch.randn(batch, 9, 16);
      scope.attach(input);
      Tensor target =
          torch.randint(3, new long[] {batch}, new TensorOptions(torch.ScalarType.Long));
      Tensor evaluated = one.forward(input);
      assertTrue(torch.allclose(evaluated, other.forward(input), 1e-5, 1e-6, false), "evaluation");
      assertEquals(one.backward(input, target), other.backward(input, target), 0.02, "loss");
      return off(one.parameters(), other.parameters());
    }
  }

  private static double off(List<Parameter> full, List<Parameter> mixed) {
    double error = 0;
    double size = 0;
    for (int i = 0; i < full.size(); i++) {
      Tensor expected = full.get(i).gradient();
      double off = torch.sub(expected, mixed.get(i).gradient()).norm().item_float();
      double norm = expected.norm().item_float();
      error += off * off;
      size += norm * norm;
    }
    return Math.sqrt(error / size);
  }
}
