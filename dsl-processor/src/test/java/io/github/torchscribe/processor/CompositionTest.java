package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.learner.Parameter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks inside networks, and residual ones: against autograd, and their parameters' names. */
class CompositionTest {
  private static final String BLOCKS =
      """
      @Network(input = 8) @Residual @Linear(8) @ReLU @Linear(8) interface Dense {}
      @Network(input = 8) @Residual @ReLU @Linear(8) @Tanh @Linear(8) interface PreActivated {}
      @Network(input = 8) @Residual @Tanh interface Plain {}
      @Network(input = 8) @Linear(8) @Linear(8) interface Two {}
      @Network(input = 8) @Linear(8) @Sigmoid interface Part {}
      @Network(input = 8) @Residual @Use(Dense.class) @Use(Part.class) interface Outer {}
      @Network(input = {4, 6, 6}) @Residual
      @Conv2d(value = 4, kernelSize = 3, padding = Conv2d.SAME, bias = false) @BatchNorm2d @ReLU
      @Conv2d(value = 4, kernelSize = 3, padding = Conv2d.SAME, bias = false) @BatchNorm2d
      interface Same {}
      @Network(input = {4, 6, 6}) @Residual @Shortcut(Halve.class)
      @Conv2d(value = 6, kernelSize = 3, stride = 2, padding = 1) @ReLU
      @Conv2d(value = 6, kernelSize = 3, padding = Conv2d.SAME)
      interface Down {}
      @Network(input = {4, 6, 6}) @Conv2d(value = 6, kernelSize = 1, stride = 2) interface Halve {}
      @Network(input = 8) @Residual @Shortcut(Activated.class) @Linear(5) interface Activate {}
      @Network(input = 8) @ReLU @Linear(5) interface Activated {}
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "input = 6 | @Linear(8) @Use(Dense.class) @Linear(3)",
        "input = 6 | @Linear(8) @ReLU @Use(value = Dense.class, times = 3) @ReLU @Linear(3)",
        "input = 8 | @Use(Dense.class) @Linear(3)",
        "input = 8 | @Use(PreActivated.class) @Linear(3)",
        "input = 6 | @Linear(8) @Tanh @Use(PreActivated.class) @Use(Plain.class) @Linear(3)",
        "input = 6 | @Linear(8) @Use(Outer.class) @Use(Part.class) @Linear(3)",
        "input = 8 | @Use(Plain.class) @Use(Outer.class) @Linear(3)",
        "input = 6 | @Linear(8) @Use(Activate.class) @ReLU @Linear(3)",
        "input = 8 | @Use(Activate.class) @Linear(3)",
        "input = 8 | @Residual @Linear(8) @ReLU",
        "input = 8 | @Residual @Linear(8) @Use(Dense.class) @Tanh",
        "input = {2, 6, 6} | @Conv2d(value = 4, kernelSize = 3, padding = 1) @ReLU"
            + " @Use(value = Same.class, times = 2) @ReLU @Use(Down.class) @AdaptiveAvgPool2d(1)"
            + " @Flatten @Linear(3)",
        "input = {4, 6, 6} | @Use(Down.class) @ReLU @Flatten @Linear(3)",
        // 1.0 and 10 are two, in whatever generated code calls them
        "input = 8 | @Linear(8) @Use(Two.class) @Linear(8) @Linear(8) @Linear(8) @Linear(8) @Linear(8)"
            + " @Linear(8) @Linear(8) @Linear(8) @Linear(8) @Linear(3)"
      })
  void equalsAutograd(String network) {
    torch.manual_seed(11);
    try (Model generated = model(network, "GENERATED");
        Model autograd = model(network, "AUTOGRAD");
        PointerScope scope = new PointerScope()) {
      for (long n : new long[] {64, 3, 7}) {
        Tensor input = torch.randn(shape(network, n));
        scope.attach(input);
        Tensor output = autograd.forward(input);
        assertNear("output", output, generated.forward(input));
        Tensor target =
            torch.randint(output.size(1), new long[] {n}, new TensorOptions(torch.ScalarType.Long));
        float loss = autograd.backward(input, target);
        assertEquals(loss, generated.backward(input, target), 1e-5 * loss);
        compare(autograd, generated);
        for (int step = 0; step < 3; step++) {
          loss = autograd.step(input, target);
          assertEquals(loss, generated.step(input, target), 1e-5 * loss, "step " + step);
        }
      }
    }
  }

  private static void compare(Model autograd, Model generated) {
    Map<String, Tensor> expected =
        autograd.parameters().stream()
            .collect(Collectors.toMap(Parameter::name, Parameter::gradient));
    assertEquals(expected.size(), generated.parameters().size());
    double largest =
        expected.values().stream().mapToDouble(CompositionTest::largest).max().orElse(0);
    for (Parameter parameter : generated.parameters()) {
      double difference = largest(expected.get(parameter.name()).sub(parameter.gradient()));
      assertTrue(difference <= 1e-5 * largest, parameter.name() + " differs by " + difference);
    }
  }

  private static void assertNear(String what, Tensor expected, Tensor actual) {
    double difference = largest(expected.sub(actual));
    assertTrue(difference <= 1e-5 * largest(expected), what + " differs by " + difference);
  }

  private static double largest(Tensor tensor) {
    return tensor.abs().max().item_double();
  }

  @Test
  void parametersAreNamedAsInSequential() {
    try (Model model =
        model(
            "input = {4, 6, 6} | @Use(value = Same.class, times = 2) @Use(Down.class) @Flatten"
                + " @Linear(3)",
            "GENERATED")) {
      assertEquals(
          List.of(
              "0.0.weight",
              "0.1.weight",
              "0.1.bias",
              "0.3.weight",
              "0.4.weight",
              "0.4.bias",
              "1.0.weight",
              "1.1.weight",
              "1.1.bias",
              "1.3.weight",
              "1.4.weight",
              "1.4.bias",
              "2.0.weight",
              "2.0.bias",
              "2.2.weight",
              "2.2.bias",
              "2.shortcut.0.weight",
              "2.shortcut.0.bias",
              "4.weight",
              "4.bias"),
          model.parameters().stream().map(Parameter::name).toList());
      assertEquals(model.parameterCount(), model.summary().parameters());
    }
  }

  private static Model model(String network, String gradient) {
    String[] parts = network.split(" \\| ");
    return Networks.model(
        "@Network("
            + parts[0]
            + ", gradient = Network.Gradient."
            + gradient
            + ")\n"
            + "@SuppressWarnings({\"torchscribe:TS101\", \"torchscribe:TS102\"})\n"
            + parts[1]
            + "\n@CrossEntropyLoss @SGD(lr = 0.05) public interface Net {}\n"
            + BLOCKS,
        5);
  }

  private static long[] shape(String network, long n) {
    String[] sizes = network.replaceAll("input = \\{?([\\d, ]+)\\}? \\|.*", "$1").split(", *");
    long[] shape = new long[sizes.length + 1];
    shape[0] = n;
    for (int i = 0; i < sizes.length; i++) {
      shape[i + 1] = Long.parseLong(sizes[i].strip());
    }
    return shape;
  }
}
