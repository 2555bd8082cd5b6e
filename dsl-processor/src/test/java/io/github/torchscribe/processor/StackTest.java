package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Parameter;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

/** Layers on methods, put together by the user's own forward. */
class StackTest {
  private static final String STACKS =
      """
      @Network(input = {2, 3})
      @CrossEntropyLoss
      @SGD(lr = 0.1)
      public interface Net {
        @Flatten @Linear(8) @Tanh @Linear(8)
        Tensor encode(Tensor x);

        @Linear({8, 3})
        Tensor head(Tensor code);

        default Tensor forward(Tensor x) { return head(encode(x)); }
      }
      """;

  private static final String IN_A_ROW =
      """
      @Network(input = {2, 3})
      @Flatten @Linear(8) @Tanh @Linear(8) @Linear(3)
      @CrossEntropyLoss
      @SGD(lr = 0.1)
      public interface Net {}
      """;

  @Test
  void learnsAsTheSameLayersInARow() {
    torch.manual_seed(11);
    try (Model stacks = Networks.model(STACKS, 3);
        Model row = Networks.model(IN_A_ROW, 3);
        PointerScope scope = new PointerScope()) {
      Tensor input = torch.randn(7, 2, 3);
      scope.attach(input);
      Tensor target = torch.randint(3, new long[] {7}, new TensorOptions(torch.ScalarType.Long));
      for (int step = 0; step < 5; step++) {
        float expected = row.step(input, target);
        assertEquals(expected, stacks.step(input, target), 1e-5 * expected);
      }
      assertEquals(0, stacks.forward(input).sub(row.forward(input)).abs().max().item_float(), 1e-5);
    }
  }

  @Test
  void parametersCarryTheMethodsName() {
    try (Model model = Networks.model(STACKS, 3)) {
      assertEquals(
          List.of(
              "encode.1.weight",
              "encode.1.bias",
              "encode.3.weight",
              "encode.3.bias",
              "head.0.weight",
              "head.0.bias"),
          model.parameters().stream().map(Parameter::name).toList());
    }
  }

  @Test
  void saysWhenForwardGivesAnotherShape() {
    String declaration = STACKS.replace("head(encode(x))", "encode(x)");
    try (Model model = Networks.model(declaration, 3);
        PointerScope scope = new PointerScope()) {
      Tensor input = torch.randn(7, 2, 3);
      scope.attach(input);
      IllegalStateException thrown =
          assertThrows(IllegalStateException.class, () -> model.forward(input));
      assertEquals(
          "forward of Net gave Float (7, 8) on the CPU, but (7, 3) was to come; state what it gives"
              + " by @Network(output = …)",
          thrown.getMessage());
    }
  }

  @Test
  void theOutputCanBeStated() {
    String declaration =
        STACKS
            .replace("input = {2, 3}", "input = {2, 3}, output = {2}")
            .replace("head(encode(x))", "head(encode(x)).narrow(1, 0, 2)");
    try (Model model = Networks.model(declaration, 3);
        PointerScope scope = new PointerScope()) {
      Tensor input = torch.randn(7, 2, 3);
      scope.attach(input);
      assertEquals(2, model.forward(input).size(1));
    }
  }

  @Test
  void aStackReadsIndices() {
    String declaration =
        """
        @Network(input = {2, 5}, output = 1)
        @BCEWithLogitsLoss
        @Adam(lr = 0.02)
        public interface Net {
          @Embedding({9, 4}) @LSTM(6) @Dropout
          Tensor encode(@Input(5) Tensor sentence);

          @Linear({6, 1})
          Tensor compare(Tensor distance);

          default Tensor forward(Tensor pairs) {
            return compare(encode(pairs.select(1, 0)).sub(encode(pairs.select(1, 1))));
          }
        }
        """;
    try (Model model = Networks.model(declaration, 3);
        PointerScope scope = new PointerScope()) {
      Tensor input =
          torch.randint(9, new long[] {7, 2, 5}, new TensorOptions(torch.ScalarType.Long));
      Tensor target = torch.rand(7, 1).round();
      scope.attach(input);
      float first = model.step(input, target);
      float last = first;
      for (int step = 0; step < 50; step++) {
        last = model.step(input, target);
      }
      assertTrue(last < first / 2, first + " → " + last);
      IllegalArgumentException thrown =
          assertThrows(
              IllegalArgumentException.class,
              () -> model.forward(torch.tensor(0L, 1, 2, 3, 4, 5, 6, 7, 8, 9).view(1, 2, 5)));
      assertEquals(
          "Net takes indices from 0 to 8 as inputs, but example 0 of the batch has 9",
          thrown.getMessage());
    }
  }
}
