package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.TensorDataset;
import io.github.torchscribe.runtime.learner.Parameter;
import java.util.List;
import java.util.Locale;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several batches that make one update are as one batch of all their examples. */
class AccumulationTest {
  /** Batches of 4 and less: 4 + 4 + 4, then 4 + 3. */
  private static final int SIZE = 19;

  private static final int BATCH = 4;
  private static final int BATCHES = 3;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@CrossEntropyLoss",
        "@CrossEntropyLoss(labelSmoothing = 0.3)",
        "@CrossEntropyLoss(ignoreIndex = 255)",
        "@CrossEntropyLoss(weight = {0.1, 1, 5})",
        "@CrossEntropyLoss(weight = {0.1, 1, 5}, ignoreIndex = 1, labelSmoothing = 0.3)",
        "@CrossEntropyLoss(dim = -1, ignoreIndex = -100)",
        "@LogSoftmax @NLLLoss(ignoreIndex = 255)",
        "@MSELoss",
        "@BCEWithLogitsLoss(posWeight = {1, 2, 3})",
      })
  void equalsOneBatch(String loss) {
    for (String gradient : List.of("GENERATED", "AUTOGRAD")) {
      try (PointerScope scope = new PointerScope();
          TensorDataset data = data(loss)) {
        Tensor expected = trained(loss, gradient, data, BATCH * BATCHES, 1);
        Tensor actual = trained(loss, gradient, data, BATCH, BATCHES);
        scope.attach(expected);
        assertTrue(
            torch.allclose(expected, actual, 1e-5, 1e-6, false),
            () -> gradient + " differs by " + expected.sub(actual).abs().max().item_float());
      }
    }
  }

  /** Targets are drawn unevenly: what is ignored comes early. */
  private static TensorDataset data(String loss) {
    torch.manual_seed(8);
    boolean places = loss.contains("dim = -1");
    long[] shape = places ? new long[] {SIZE, 5} : new long[] {SIZE};
    Tensor inputs = torch.randn(places ? new long[] {SIZE, 5, 6} : new long[] {SIZE, 6});
    if (!loss.contains("CrossEntropy") && !loss.contains("NLL")) {
      return new TensorDataset(inputs, torch.rand(SIZE, 3));
    }
    Tensor targets = torch.randint(3, shape, new TensorOptions(torch.ScalarType.Long));
    if (loss.contains("ignoreIndex")) {
      long ignored = Long.parseLong(loss.replaceAll(".*ignoreIndex = (-?\\d+).*", "$1"));
      targets.narrow(0, 0, 5).fill_(new Scalar(ignored));
      targets.narrow(0, 13, 2).fill_(new Scalar(ignored));
    }
    return new TensorDataset(inputs, targets);
  }

  private static Tensor trained(
      String loss, String gradient, TensorDataset data, int batchSize, int accumulated) {
    String network =
        String.format(
            Locale.ROOT,
            "@Network(input = {%s6}, gradient = Network.Gradient.%s) @Linear(3) %s"
                + " @SGD(lr = 0.5, momentum = 0.9) public interface Net {}",
            loss.contains("dim = -1") ? "5, " : "",
            gradient,
            loss);
    try (Model model = Networks.model(network, 3)) {
      Trainer.of(model)
          .epochs(2)
          .shuffle(false)
          .batchSize(batchSize)
          .accumulate(accumulated)
          .run(data, data);
      List<Parameter> parameters = model.parameters();
      return torch.cat(
          new TensorVector(parameters.get(0).value().flatten(), parameters.get(1).value()));
    }
  }

  /** y = w·x from w = 0: the gradient of one batch is the mean of −2·x·y. */
  @Test
  void weighsExamplesEqually() {
    String network =
        "@Network(input = 1) @Linear(value = 1, bias = false) @MSELoss @SGD(lr = 0.1)"
            + " public interface Net {}";
    try (PointerScope scope = new PointerScope();
        Model model = Networks.model(network, 3);
        TensorDataset data =
            new TensorDataset(torch.ones(3, 1), torch.tensor(new float[] {1, 5, 12}).view(3, 1))) {
      Tensor weight = model.parameters().get(0).value();
      scope.attach(weight);
      weight.zero_();
      Trainer.of(model).epochs(1).shuffle(false).batchSize(2).accumulate(2).run(data, data);
      assertEquals(0.1 * 2 * (1 + 5 + 12) / 3, weight.item_float(), 1e-6);
    }
  }
}
