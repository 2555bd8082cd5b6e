package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.learner.Parameter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Methods that take each other's values, branches, blocks, sums where they stand, and names. */
class WiredTest {
  private static final Map<String, String> NETWORKS = new TreeMap<>();

  static {
    NETWORKS.put(
        "unet",
        """
        @Network(gradient = Network.Gradient.GENERATED)
        @MSELoss @SGD(lr = 0.05)
        public interface Net {
          @Conv2d(value = {4, 2}, kernelSize = 1)
          Tensor mask(Tensor both);

          @Concat @Conv2d(value = {16, 4}, kernelSize = 3, padding = Conv2d.SAME) @ReLU
          Tensor both(Tensor up, Tensor fine);

          @Upsample(scaleFactor = 2) @Conv2d(value = {12, 8}, kernelSize = 1)
          Tensor up(Tensor coarse);

          @MaxPool2d(2) @Conv2d(value = {8, 12}, kernelSize = 3, padding = Conv2d.SAME) @ReLU
          Tensor coarse(Tensor fine);

          @Conv2d(value = {1, 8}, kernelSize = 3, padding = Conv2d.SAME) @ReLU
          Tensor fine(@Input({1, 8, 8}) Tensor image);
        }
        """);
    NETWORKS.put(
        "diamond",
        """
        @Network(input = 6, gradient = Network.Gradient.GENERATED)
        @MSELoss @SGD(lr = 0.05)
        public interface Net {
          @Linear({6, 5}) @Tanh Tensor top(Tensor input);
          @Linear({5, 5}) @Sigmoid Tensor left(Tensor top);
          @Linear({5, 5}) Tensor right(Tensor top);
          @Multiply Tensor gated(Tensor left, Tensor right);
          @Add @ReLU @Linear({5, 3}) Tensor end(Tensor gated, Tensor top, @From("left") Tensor l);
        }
        """);
    NETWORKS.put(
        "attention",
        """
        @Network(gradient = Network.Gradient.GENERATED)
        @MSELoss @SGD(lr = 0.05)
        public interface Net {
          @Linear({6, 4}) Tensor left(@Input({5, 6}) Tensor words);
          @Linear({6, 3}) Tensor values(Tensor words);
          @Linear({4, 5}) @Softmax(dim = -1) Tensor weights(Tensor left);
          @MatMul Tensor mixed(Tensor weights, Tensor values);
          @Subtract @Linear({3, 2}) Tensor end(Tensor mixed, Tensor values);
        }
        """);
    NETWORKS.put(
        "inception",
        """
        @Network(input = {4, 6, 6}, gradient = Network.Gradient.GENERATED)
        @Use(value = Mixed.class, sizes = {4, 3}, times = 1)
        @Named("gate") @Use(value = Squeeze.class, sizes = {9, 2})
        @AdaptiveAvgPool2d(1) @Flatten @Named("fc") @Linear({9, 3})
        @MSELoss @SGD(lr = 0.05)
        public interface Net {}

        @Block @Branches(value = {One.class, Three.class, Pool.class}, sizes = {Size.A, Size.B})
        @Concat @ReLU
        interface Mixed {}
        @Block @Conv2d(value = {Size.A, Size.B}, kernelSize = 1) interface One {}
        @Block
        @Conv2d(value = {Size.A, 2 * Size.B}, kernelSize = 1) @BatchNorm2d @ReLU
        @Conv2d(value = {2 * Size.B, Size.B}, kernelSize = 3, padding = 1)
        interface Three {}
        @Block
        @MaxPool2d(value = 3, stride = 1, padding = 1)
        @Conv2d(value = {Size.A, Size.B}, kernelSize = 1)
        interface Pool {}
        @Block interface Squeeze {
          @AdaptiveAvgPool2d(1) @Named("fc1") @Conv2d(value = {Size.A, Size.B}, kernelSize = 1) @ReLU
          @Named("fc2") @Conv2d(value = {Size.B, Size.A}, kernelSize = 1) @Sigmoid
          Tensor scale(Tensor input);
          @Multiply Tensor scaled(Tensor scale, Tensor input);
        }
        """);
    // Each would be what belongs to the first.
    NETWORKS.put(
        "similar",
        """
        @Network(input = 4, gradient = Network.Gradient.GENERATED)
        @MSELoss @SGD(lr = 0.05)
        public interface Net {
          @Named("x") @Linear(4) @Named("xGrad") @Linear(4) @Named("xMatrix") @Linear(4)
          @Named("xWeight") @Linear(4) @Named("x_Grad") @Linear(4) @Named("xRow") @Linear(4)
          @Named("X") @Linear(4) @Named("xWeightGrad") @Linear(4) @Named("x_") @Linear(4)
          Tensor a(Tensor input);
          @Linear(4) Tensor allALinear_x_(Tensor a);
          @Use(Same.class) Tensor _a(Tensor allALinear_x_);
          @Linear(4) Tensor fc(Tensor _a);
          @Linear(4) Tensor allFc(Tensor fc);
          @Linear(4) Tensor fcLinearAll(Tensor allFc);
        }
        @Block
        @Named("x") @Linear(4) @Named("xGrad") @Linear(4) @Named("xMatrix") @Linear(4)
        interface Same {}
        """);
    // A layer called like the copy of what another reads.
    NETWORKS.put(
        "copies",
        """
        @Network(gradient = Network.Gradient.GENERATED)
        @SGD(lr = 0.05)
        public interface Net {
          @LayerNorm @Linear(6) Tensor a(@Input({3, 6, 6}) Tensor image);
          @Conv2d(value = 3, kernelSize = 1) Tensor c(Tensor image);
          @Concat @Named("concat.in2") @Conv2d(value = 4, kernelSize = 1) @Tanh
          Tensor m(Tensor c, Tensor a);
          @Flatten @Linear(3) @MSELoss Tensor out(Tensor m);
        }
        """);
    // Two that are spread out meet before the third is there.
    NETWORKS.put(
        "spread",
        """
        @Network(gradient = Network.Gradient.GENERATED)
        @SGD(lr = 0.05)
        public interface Net {
          @Conv2d(value = 4, kernelSize = 1) Tensor c(@Input({3, 6, 6}) Tensor image);
          @AdaptiveAvgPool2d(1) @Conv2d(value = 4, kernelSize = 1) Tensor a(Tensor c);
          @AdaptiveAvgPool2d(1) @Conv2d(value = 4, kernelSize = 1) @Sigmoid Tensor b(Tensor c);
          @Add Tensor s(Tensor a, Tensor b, Tensor c);
          @Multiply Tensor m(Tensor a, Tensor b, Tensor s);
          @Flatten @Linear(3) @MSELoss Tensor out(Tensor m);
        }
        """);
    NETWORKS.put(
        "resnet",
        """
        @Network(gradient = Network.Gradient.GENERATED)
        @MSELoss @SGD(lr = 0.05)
        public interface Net {
          @Conv2d(value = {3, 4}, kernelSize = 3, padding = 1, bias = false)
          Tensor conv1(@Input({3, 8, 8}) Tensor image);
          @BatchNorm2d @ReLU Tensor bn1(Tensor conv1);
          @Use(value = Basic.class, sizes = 4, times = 2) Tensor layer1(Tensor bn1);
          @Use(value = Down.class, sizes = {4, 6}) @Use(value = Basic.class, sizes = 6)
          Tensor layer2(Tensor layer1);
          @AdaptiveAvgPool2d(1) @Flatten @Named("fc") @Linear({6, 3}) Tensor head(Tensor layer2);
        }

        @Block
        @Named("conv1") @Conv2d(value = {Size.A, Size.A}, kernelSize = 3, padding = 1, bias = false)
        @Named("bn1") @BatchNorm2d @ReLU
        @Named("conv2") @Conv2d(value = {Size.A, Size.A}, kernelSize = 3, padding = 1, bias = false)
        @Named("bn2") @BatchNorm2d
        @Residual @ReLU
        interface Basic {}

        @Block
        @Named("conv1")
        @Conv2d(value = {Size.A, Size.B}, kernelSize = 3, stride = 2, padding = 1, bias = false)
        @Named("bn1") @BatchNorm2d @ReLU
        @Named("conv2") @Conv2d(value = {Size.B, Size.B}, kernelSize = 3, padding = 1, bias = false)
        @Named("bn2") @BatchNorm2d
        @Residual @Named("downsample") @Shortcut(value = Half.class, sizes = {Size.A, Size.B})
        @ReLU
        interface Down {}

        @Block
        @Conv2d(value = {Size.A, Size.B}, kernelSize = 1, stride = 2, bias = false) @BatchNorm2d
        interface Half {}
        """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unet",
        "diamond",
        "attention",
        "inception",
        "similar",
        "copies",
        "spread",
        "resnet"
      })
  void equalsAutograd(String name) {
    torch.manual_seed(11);
    String declared = NETWORKS.get(name);
    try (Model generated = Networks.model(declared, 5);
        Model autograd = Networks.model(declared.replace("GENERATED", "AUTOGRAD"), 5);
        PointerScope scope = new PointerScope()) {
      for (long n : new long[] {64, 7, 2}) {
        Tensor input = torch.randn(shape(generated, n));
        scope.attach(input);
        Tensor output = autograd.forward(input);
        assertNear("output", output, generated.forward(input));
        Tensor target = torch.randn_like(output);
        scope.attach(target);
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

  private static long[] shape(Model model, long n) {
    String[] sizes = model.summary().input().replaceAll("[^\\d,]", "").split(",");
    long[] shape = new long[sizes.length];
    shape[0] = n;
    for (int i = 1; i < sizes.length; i++) {
      shape[i] = Long.parseLong(sizes[i]);
    }
    return shape;
  }

  private static void compare(Model autograd, Model generated) {
    List<Parameter> expected = autograd.parameters();
    List<Parameter> actual = generated.parameters();
    double largest =
        expected.stream().map(Parameter::gradient).mapToDouble(WiredTest::largest).max().orElse(0);
    for (int i = 0; i < expected.size(); i++) {
      double difference = largest(expected.get(i).gradient().sub(actual.get(i).gradient()));
      assertTrue(difference <= 1e-5 * largest, actual.get(i).name() + " differs by " + difference);
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
  void partsAreCalledAsTheirMethodsAndNames() {
    assertEquals(
        List.of(
            "conv1.weight",
            "bn1.0.weight",
            "bn1.0.bias",
            "layer1.0.conv1.weight",
            "layer1.0.bn1.weight",
            "layer1.0.bn1.bias",
            "layer1.0.conv2.weight",
            "layer1.0.bn2.weight",
            "layer1.0.bn2.bias",
            "layer1.1.conv1.weight"),
        names("resnet").subList(0, 10));
    assertTrue(names("resnet").contains("layer2.0.downsample.0.weight"));
    assertTrue(names("resnet").contains("head.fc.bias"));
    assertEquals(
        List.of(
            "0.0.0.0.weight",
            "0.0.0.0.bias",
            "0.0.1.0.weight",
            "0.0.1.0.bias",
            "0.0.1.1.weight",
            "0.0.1.1.bias",
            "0.0.1.3.weight",
            "0.0.1.3.bias",
            "0.0.2.1.weight",
            "0.0.2.1.bias",
            "gate.scale.fc1.weight",
            "gate.scale.fc1.bias",
            "gate.scale.fc2.weight",
            "gate.scale.fc2.bias",
            "fc.weight",
            "fc.bias"),
        names("inception"));
  }

  private static List<String> names(String network) {
    try (Model model = Networks.model(NETWORKS.get(network), 5)) {
      return model.parameters().stream().map(Parameter::name).toList();
    }
  }
}
