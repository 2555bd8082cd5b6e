package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.TensorDataset;
import io.github.torchscribe.runtime.learner.Parameter;
import io.github.torchscribe.runtime.torch.Tensors;
import io.github.torchscribe.runtime.torch.Threads;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks that are trained by hand: forward, backward from an output's gradient, update. */
class ByHandTest {
  private static final String MAKER =
      "@Network(input = 3, gradient = Network.Gradient.%s) @Adam(lr = 0.01)"
          + " @Linear(32) @Unflatten({2, 4, 4}) @BatchNorm2d @ReLU"
          + " @Conv2d(value = {2, 3}, kernelSize = 3, padding = Conv2d.SAME) @Tanh"
          + " public interface Maker {}";
  private static final String JUDGE =
      "@Network(input = {3, 4, 4}, gradient = Network.Gradient.%s, requiresGrad = true)"
          + " @SGD(lr = 0.01) @BCEWithLogitsLoss"
          + " @Conv2d(value = {3, 4}, kernelSize = 3) @LeakyReLU @Flatten @Linear(1)"
          + " public interface Judge {}";
  private static final String BOTH =
      "@Network(input = 3, gradient = Network.Gradient.AUTOGRAD) @SGD(lr = 0.01) @BCEWithLogitsLoss"
          + " @Named(\"maker\") @Use(Maker.class) @Named(\"judge\") @Use(Judge.class)"
          + " public interface Both {}\n";

  private static Model model(String source, String gradient) {
    return Networks.model(source.replace("%s", gradient), 3);
  }

  private static Model both() {
    String parts =
        (MAKER + "\n" + JUDGE).replace("%s", "AUTOGRAD").replace("public interface", "interface");
    return Networks.model(BOTH + parts, 3);
  }

  /** What both have learned, into one. */
  private static void copy(Model from, String prefix, Model to) {
    Map<String, Tensor> values = new HashMap<>();
    from.parameters().forEach(p -> values.put(prefix + p.name(), p.value()));
    for (Parameter parameter : to.parameters()) {
      if (values.containsKey(parameter.name())) {
        parameter.value().copy_(values.get(parameter.name()));
      }
    }
  }

  private static void assertNear(Tensor expected, Tensor actual, String what) {
    assertTrue(torch.allclose(expected, actual, 1e-4, 1e-6, false), what);
  }

  @ParameterizedTest
  @CsvSource({"GENERATED, 1", "GENERATED, 2", "AUTOGRAD, 1"})
  void oneTeachesTheOtherThroughItsInput(String gradient, int workers) {
    int before = Threads.count();
    Threads.set(workers);
    try (PointerScope scope = new PointerScope();
        Model maker = model(MAKER, gradient);
        Model judge = model(JUDGE, gradient);
        Model both = both()) {
      copy(maker, "maker.", both);
      copy(judge, "judge.", both);
      torch.manual_seed(4);
      Tensor noise = torch.randn(new long[] {96, 3});
      Tensor ones = torch.ones(96, 1);
      float expected = both.backward(noise, ones);

      Tensor made = maker.forwardTraining(noise);
      assertEquals(expected, judge.backward(made, ones), 1e-5);
      Tensor gradientOfMade = judge.inputGradient();
      maker.backward(gradientOfMade);
      Map<String, Tensor> whole = new HashMap<>();
      both.parameters().forEach(p -> whole.put(p.name(), p.gradient()));
      maker
          .parameters()
          .forEach(p -> assertNear(whole.get("maker." + p.name()), p.gradient(), p.name()));
      judge
          .parameters()
          .forEach(p -> assertNear(whole.get("judge." + p.name()), p.gradient(), p.name()));
      assertEquals(
          1, maker.buffers().get("2.num_batches_tracked").item_float(), "forward was once");

      Tensor first = maker.parameters().get(0).value().clone();
      maker.update();
      Tensor moved = first.sub(maker.parameters().get(0).value()).abs();
      assertEquals(0.01, moved.max().item_float(), 1e-4, "Adam's first step");
      assertEquals(
          made.mul(gradientOfMade).sum().item_float(),
          maker.backward(noise, gradientOfMade),
          1,
          "Σ");
      scope.attach(made);
    } finally {
      Threads.set(before);
    }
  }

  /** Forward and backward apart are forward and backward together, whoever computes. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "1; @LSTM(value = {5, 4}) @LayerNorm @Linear(2)", // autograd records
        "2; @Conv1d(value = 4, kernelSize = 1) @MaxPool1d(2) @Flatten @LayerNorm @Linear(2)",
        "2; @Flatten @Linear(64) @Tanh @Linear(2)"
      })
  void apartAndTogetherAreOne(int workers, String layers) {
    String net =
        "@Network(input = {3, 5}, requiresGrad = true) @MSELoss @SGD(lr = 0.1) "
            + layers
            + " public interface Net {}";
    int before = Threads.count();
    Threads.set(workers);
    try (PointerScope scope = new PointerScope();
        Model apart = Networks.model(net, 1);
        Model together = Networks.model(net, 1)) {
      Tensor target = torch.rand(96, 2);
      Tensor x = torch.rand(96, 3, 5);
      scope.attach(x);
      float loss = together.backward(x, target);
      Tensor input = x.clone();
      Tensor output = apart.forwardTraining(input);
      input.close(); // what backward reads is kept
      System.gc();
      // Without gradients products of few rows add up in another order.
      assertTrue(torch.allclose(output, together.forward(x), 1e-5, 1e-6, false));
      assertEquals(loss, apart.backward(target));
      for (int i = 0; i < apart.parameters().size(); i++) {
        Tensor expected = together.parameters().get(i).gradient();
        assertTrue(expected.equal(apart.parameters().get(i).gradient()));
      }
      assertTrue(together.inputGradient().equal(apart.inputGradient()));
      assertEquals(loss, together.step(x, target));
      apart.update();
      for (int i = 0; i < apart.parameters().size(); i++) {
        Tensor expected = together.parameters().get(i).value();
        assertNear(expected, apart.parameters().get(i).value(), "after a step");
      }
    } finally {
      Threads.set(before);
    }
  }

  /** As PyTorch's backward adds, where a network is asked to. */
  @Test
  void gradientsOfSeveralBatchesAreAdded() {
    String net =
        "@Network(input = 3, requiresGrad = true) @MSELoss @Adam @Linear(4) @BatchNorm1d @Tanh"
            + " @Linear(2) public interface Net {}";
    try (PointerScope scope = new PointerScope();
        Model model = Networks.model(net, 1)) {
      Tensor x = torch.rand(6, 3);
      Tensor y = torch.rand(9, 3);
      Tensor target = torch.rand(9, 2);
      scope.attach(x);
      Map<String, Tensor> sum = new HashMap<>();
      model.backward(x, target.narrow(0, 0, 6));
      model.parameters().forEach(p -> sum.put(p.name(), p.gradient().clone()));
      float alone = model.backward(y, target);
      model.parameters().forEach(p -> sum.get(p.name()).add_(p.gradient()));
      Tensor inputGradient = model.inputGradient();

      model.backward(x, target.narrow(0, 0, 6));
      assertEquals(alone, model.accumulate(y, target));
      model.parameters().forEach(p -> assertNear(sum.get(p.name()), p.gradient(), p.name()));
      assertTrue(inputGradient.equal(model.inputGradient()), "of the last batch alone");

      model.backward(x, target.narrow(0, 0, 6));
      model.forwardTraining(y);
      assertEquals(alone, model.accumulate(target));
      model.parameters().forEach(p -> assertNear(sum.get(p.name()), p.gradient(), p.name()));
    }
  }

  private static final String PORTS =
      """
      @Network @SGD(lr = 0.1)
      public interface Net {
        @Linear(4) @Tanh @Output Tensor a(@Input(value = 3, requiresGrad = true) Tensor x);
        @Linear(4) Tensor b(@Input(value = 2, requiresGrad = true) Tensor y);
        @Add @Linear(2) @Output Tensor c(Tensor a, Tensor b, @Input(4) Tensor z);
      }
      """;

  @Test
  void severalOutputsHaveGradientsByName() {
    try (PointerScope scope = new PointerScope();
        Model generated = Networks.model(PORTS, 1);
        Model autograd =
            Networks.model(
                PORTS.replace("@Network", "@Network(gradient = Network.Gradient.AUTOGRAD)"), 1)) {
      Tensors inputs =
          Tensors.of("x", torch.rand(5, 3)).and("y", torch.rand(5, 2)).and("z", torch.rand(5, 4));
      Tensors gradients = Tensors.of("c", torch.rand(5, 2)).and("a", torch.rand(5, 4));
      scope.attach(inputs.get(0));
      float expected = autograd.backward(inputs, gradients);
      generated.forwardTraining(inputs);
      assertEquals(expected, generated.backward(gradients), 1e-5);
      for (int i = 0; i < generated.parameters().size(); i++) {
        Parameter p = generated.parameters().get(i);
        assertNear(autograd.parameters().get(i).gradient(), p.gradient(), p.name());
      }
      assertEquals(List.of("x", "y"), generated.inputGradients().names());
      for (String name : List.of("x", "y")) {
        assertNear(autograd.inputGradients().get(name), generated.inputGradients().get(name), name);
      }
      assertFalse(generated.summary().toString().contains("loss"));
    }
  }

  @Test
  void whatCannotBeIsSaid() {
    try (PointerScope scope = new PointerScope();
        Model maker = model(MAKER, "GENERATED");
        Model judge = model(JUDGE, "GENERATED");
        TensorDataset data = new TensorDataset(torch.rand(4, 3), torch.rand(4, 3, 4, 4))) {
      Tensor noise = torch.rand(4, 3);
      scope.attach(noise);
      String byHand =
          "Maker has no loss and is trained by hand: give backward the gradient of its output, then"
              + " update it; or annotate it, for example with @CrossEntropyLoss";
      says(byHand, () -> Trainer.of(maker).run(data, data));
      says(byHand, () -> maker.evaluate(data));
      says(byHand, () -> maker.step(noise, torch.rand(4, 3, 4, 4)));
      says(
          "Maker has nothing to go back from: call forwardTraining before each backward",
          () -> maker.backward(torch.rand(4, 3, 4, 4)));
      maker.forwardTraining(noise);
      says(
          "Maker takes Float (N, 3, 4, 4) as gradients, with N 4 as for the inputs, on cpu, but was"
              + " given Float (3, 3, 4, 4) on the CPU",
          () -> maker.backward(torch.rand(3, 3, 4, 4)));
      maker.backward(torch.rand(4, 3, 4, 4)); // a wrong one has not cost the forward
      says(
          "Maker has nothing to go back from: call forwardTraining before each backward",
          () -> maker.backward(torch.rand(4, 3, 4, 4)));
      says(
          "Maker does not compute the gradient of its input: ask for it where that is stated, by"
              + " @Network(input = …, requiresGrad = true) or @Input(…, requiresGrad = true)",
          maker::inputGradient);
      says("Judge has no gradient of its input yet: call backward before", judge::inputGradient);
      says("the gradient for Maker is null", () -> maker.backward((Tensor) null));
    }
  }

  private static void says(String message, Executable does) {
    assertEquals(message, assertThrows(RuntimeException.class, does).getMessage());
  }

  /** What forward has kept is of the weights as they were. */
  @Test
  void nothingGoesBackThroughOtherWeights() {
    try (PointerScope scope = new PointerScope();
        Model model = model(MAKER, "GENERATED");
        Model other = model(MAKER, "GENERATED")) {
      Tensor noise = torch.rand(4, 3);
      Tensor gradient = torch.ones(4, 3, 4, 4);
      scope.attach(noise);
      model.backward(noise, gradient);
      model.forwardTraining(noise);
      model.update();
      assertThrows(IllegalStateException.class, () -> model.backward(gradient));
      model.forwardTraining(noise);
      model.copyFrom(other);
      assertThrows(IllegalStateException.class, () -> model.backward(gradient));
    }
  }

  /** What autograd has recorded goes with backward, whoever still has the output. */
  @Test
  void anOutputHoldsNoGraph() {
    try (PointerScope scope = new PointerScope();
        Model model = model(MAKER, "AUTOGRAD")) {
      Tensor output = model.forwardTraining(torch.rand(4, 3));
      scope.attach(output);
      assertFalse(output.requires_grad());
      model.backward(torch.ones(4, 3, 4, 4));
    }
  }
}
