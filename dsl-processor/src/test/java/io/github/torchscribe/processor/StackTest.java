package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.learner.Parameter;
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

  private static final String TWO_TABLES =
      """
      @Network(input = 3, output = 1)
      @MSELoss
      @SGD(lr = 0.1)
      public interface Net {
        @Embedding({4, 2}) @Flatten @Linear(1)
        Tensor colour(@Input(1) Tensor x);

        @Embedding({100, 2}) @Flatten @Linear(1)
        Tensor word(@Input(2) Tensor x);

        default Tensor forward(Tensor x) {
          return colour(x.narrow(1, 0, 1)).add(word(x.narrow(1, 1, 2)));
        }
      }
      """;

  /** Each table has its own range; the smaller one's was asked of all indices. */
  @Test
  void eachStacksIndicesAreOfItsOwnTable() {
    try (Model model = Networks.model(TWO_TABLES, 3);
        PointerScope scope = new PointerScope()) {
      Tensor input = torch.tensor(3L, 99, 7, 0, 5, 60).view(2, 3);
      scope.attach(input);
      float first = model.step(input, torch.ones(2, 1));
      assertTrue(model.step(input, torch.ones(2, 1)) < first);
      assertEquals(
          "colour of Net takes indices from 0 to 3, but was given 4",
          refused(model, torch.tensor(3L, 99, 7, 4, 5, 60).view(2, 3)));
      assertEquals(
          "Net takes indices from 0 to 99 as inputs, but example 1 of the batch has 100",
          refused(model, torch.tensor(3L, 99, 7, 0, 5, 100).view(2, 3)));
    }
  }

  private static String refused(Model model, Tensor input) {
    return assertThrows(IllegalArgumentException.class, () -> model.forward(input)).getMessage();
  }

  /** A forward that is inherited, also where the interface that has it says T for a Tensor. */
  @Test
  void forwardMayBeInherited() {
    String inherits =
        STACKS
                .replace("interface Net", "interface Net extends Chained<Tensor>")
                .replaceAll("default Tensor forward.*", "")
            + """
            interface Chained<T> {
              T encode(T x);
              T head(T code);
              default T forward(T x) { return head(encode(x)); }
            }
            """;
    try (Model own = Networks.model(STACKS, 3);
        Model inherited = Networks.model(inherits, 3);
        PointerScope scope = new PointerScope()) {
      Tensor input = torch.randn(7, 2, 3);
      scope.attach(input);
      assertTrue(own.forward(input).equal(inherited.forward(input)));
    }
  }

  /** Who writes the container of repeated layers has written them. */
  @Test
  void aContainerIsWhatItContains() {
    String container =
        STACKS.replace(
            "@Flatten @Linear(8) @Tanh @Linear(8)",
            "@Flatten @Linear.Repeated({@Linear(8), @Linear(8)})");
    try (Model model = Networks.model(container, 3)) {
      assertEquals("encode.2.bias", model.parameters().get(3).name());
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
