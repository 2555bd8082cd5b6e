package io.github.torchscribe.processor;

import static io.github.torchscribe.processor.NamedNetworks.compile;
import static io.github.torchscribe.processor.NamedNetworks.model;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.learner.Parameter;
import java.util.List;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

/** Stacks may be called like what their layers call, like each other, like what is generated. */
class StackNamesTest {
  /** Stacks called like what their layers call, like each other, like what is generated. */
  private static final List<String> NAMES =
      List.of(
          "linear",
          "Linear",
          "LINEAR",
          "tanh",
          "Rows",
          "network",
          "Stacks",
          "Whole",
          "loss",
          "backward",
          "bind",
          "checked",
          "rows",
          "input",
          "output",
          "create",
          "encode",
          "enCode",
          "encodeLayers",
          "encodeLayersLayers",
          "größe",
          "grösse",
          "yield",
          "record",
          "equals",
          "wait",
          "kaimingUniform",
          "a$b",
          "__",
          "n",
          "gradients",
          "copy_",
          "BLUEPRINT");

  @Test
  void ofStacks() {
    String plain = NAMES.stream().map(name -> "@Linear(8) @Tanh").collect(Collectors.joining("\n"));
    String stacks =
        NAMES.stream()
            .map(name -> "@Linear(8) @Tanh T " + name + "(@Input(8) T x);\n")
            .collect(Collectors.joining());
    String calls = String.join("(this.", NAMES) + "(x)" + ")".repeat(NAMES.size() - 1);
    String network =
        "@SuppressWarnings({\"torchscribe:TS101\", \"torchscribe:TS102\"})\n"
            + "@Network(input = 8, gradient = Network.Gradient.AUTOGRAD) @MSELoss @SGD(lr = 0.1) ";
    String forward = " default T forward(T x) { return this." + calls + "; }";
    try (Model expected =
            model(compile("test", network + plain + " public interface Net {}"), "test.NetModel");
        Model actual =
            model(
                compile("test", network + "public interface Net {" + stacks + forward + "}"),
                "test.NetModel");
        PointerScope scope = new PointerScope()) {
      Tensor input = torch.randn(7, 8);
      scope.attach(input);
      assertEquals(
          List.of("linear.0.weight", "linear.0.bias", "Linear.0.weight"),
          actual.parameters().subList(0, 3).stream().map(Parameter::name).toList());
      // The outermost call is of the first name, so weights are drawn from the last layer on.
      for (int i = 0; i < NAMES.size(); i++) {
        for (int j = 0; j < 2; j++) {
          actual
              .parameters()
              .get(2 * i + j)
              .value()
              .copy_(expected.parameters().get(2 * (NAMES.size() - 1 - i) + j).value());
        }
      }
      assertEquals(expected.step(input, input), actual.step(input, input));
      assertTrue(expected.forward(input).equal(actual.forward(input)));
    }
  }

  /** What values are called means nothing to generated code, either; input is the network's. */
  @Test
  void ofWiredMethods() {
    List<String> names = NAMES.stream().filter(name -> !name.equals("input")).toList();
    String plain = names.stream().map(name -> "@Linear(8) @Tanh").collect(Collectors.joining("\n"));
    StringBuilder wired = new StringBuilder();
    String last = "@Input(8) T first";
    for (String name : names) {
      wired.append("@Linear(8) @Tanh T " + name + "(" + last + ");\n");
      last = "@From(\"" + name + "\") T _x";
    }
    for (String gradient : List.of("GENERATED", "AUTOGRAD")) {
      String network =
          "@SuppressWarnings({\"torchscribe:TS101\", \"torchscribe:TS102\"})\n"
              + "@Network(INPUTgradient = Network.Gradient."
              + gradient
              + ") @MSELoss @SGD(lr = 0.1) ";
      String chain = network.replace("INPUT", "input = 8, ") + plain + " public interface Net {}";
      String wires = network.replace("INPUT", "") + "public interface Net {" + wired + "}";
      try (Model expected = model(compile("test", chain), "test.NetModel");
          Model actual = model(compile("test", wires), "test.NetModel");
          PointerScope scope = new PointerScope()) {
        Tensor input = torch.randn(7, 8);
        scope.attach(input);
        assertEquals(
            List.of("linear.0.weight", "linear.0.bias", "Linear.0.weight"),
            actual.parameters().subList(0, 3).stream().map(Parameter::name).toList());
        assertEquals(expected.step(input, input), actual.step(input, input));
        assertTrue(expected.forward(input).equal(actual.forward(input)));
      }
    }
  }
}
