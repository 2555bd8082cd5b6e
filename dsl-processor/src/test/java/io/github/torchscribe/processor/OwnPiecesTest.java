package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.Compilation;
import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.TensorDataset;
import io.github.torchscribe.runtime.learner.DivergedException;
import io.github.torchscribe.runtime.learner.Evaluation;
import io.github.torchscribe.runtime.process.Native;
import io.github.torchscribe.runtime.torch.Threads;
import java.util.List;
import java.util.Locale;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Layers and losses of the user's own, as they run: that numbers are right is in ParityTest. */
class OwnPiecesTest {
  /** In both worlds. */
  private static String net(String gradient, String loss, String forward) {
    return """
        @Network(input = 4, gradient = Network.Gradient.GRADIENT) @SGD(lr = 0.1)
        @Linear(3) @Layer(Net.Of.class) @Loss(Net.Of.class)
        public interface Net {
          final class Of {
            static Tensor forward(Tensor input) { return FORWARD; }
            static Tensor loss(Tensor output, Tensor target) { return LOSS; }
          }
        }
        @interface Unused {}
        """
        .replace("GRADIENT", gradient)
        .replace("FORWARD", forward)
        .replace("LOSS", loss);
  }

  private static String refused(String net) {
    try (Model model = Networks.model(net, 1);
        PointerScope scope = new PointerScope()) {
      Tensor input = torch.ones(8, 4);
      scope.attach(input);
      Tensor target = torch.ones(8, 3);
      return assertThrows(IllegalStateException.class, () -> model.step(input, target))
          .getMessage();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GENERATED", "AUTOGRAD"})
  void whatIsNoLossIsRefused(String gradient) {
    assertEquals(
        "Of.loss gave Float (8, 3) on the CPU, but a loss is a single number, the mean over the"
            + " rows it is given: take the mean",
        refused(net(gradient, "output.sub(target).abs()", "input")));
    String constant = refused(net(gradient, "output.detach().mean()", "input"));
    assertTrue(
        constant.startsWith("Of.loss gave what depends on nothing that it was given"), constant);
    assertEquals("Of.loss gave no tensor", refused(net(gradient, "null", "input")));
    assertTrue(
        refused(
                net(
                    gradient,
                    "output.to(org.bytedeco.pytorch.global.torch.ScalarType.Double).mean()",
                    "input"))
            .contains("but numbers of its input's type were to come"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"GENERATED", "AUTOGRAD"})
  void whatIsNotOfTheStatedShapeIsRefused(String gradient) {
    assertEquals(
        "Of.forward gave Float (8, 1) on the CPU, but (8, 3) was to come; state what it gives by"
            + " output of @Layer",
        refused(net(gradient, "output.mean()", "input.narrow(1, 0, 1)")));
    assertEquals("Of.forward gave no tensor", refused(net(gradient, "output.mean()", "null")));
  }

  @Test
  void whatLearnsBeforeALayerThatIsNotDifferentiableIsTold() {
    String said = refused(net("GENERATED", "output.mean()", "input.detach()"));
    assertTrue(said.startsWith("Of.forward gave what depends on nothing"), said);
  }

  /** Before all that learns nobody goes through it backward: it need not be differentiable. */
  @Test
  void whatComesBeforeAllThatLearnsIsNotRecorded() {
    String net =
        net("GENERATED", "output.sub(target).abs().mean()", "input.round()")
            .replace("@Linear(3) @Layer(Net.Of.class)", "@Layer(Net.Of.class) @Linear(3)");
    assertTrue(
        Networks.generated(Networks.compile(List.of(), Networks.IMPORTS + net), "NetModel")
            .contains("new OwnPiece(false, \"Of.forward\")"));
    try (PointerScope scope = new PointerScope();
        Model model = Networks.model(net, 1)) {
      Tensor input = torch.rand(8, 4);
      scope.attach(input);
      double before = model.step(input, torch.ones(8, 3));
      assertTrue(model.step(input, torch.ones(8, 3)) < before);
    }
  }

  /** In mixed precision, while training; PyTorch's autocast is what it is. */
  @Test
  void productsOfALayerAreInBfloat16() {
    String product = "torch.mm(input, torch.eye(input.size(1))).scalar_type().intern()";
    String net =
        "import org.bytedeco.pytorch.Scalar;\nimport org.bytedeco.pytorch.global.torch;\n"
            + net(
                    "GENERATED",
                    "output.mean()",
                    "input.mul(new Scalar(PRODUCT == torch.ScalarType.BFloat16 ? 2.0 : 1.0))")
                .replace("PRODUCT", product);
    String first =
        net.replace("@Linear(3) @Layer(Net.Of.class)", "@Layer(Net.Of.class) @Linear(3)");
    double lowered = Native.hasBfloat16() ? 2 : 1;
    try (PointerScope scope = new PointerScope();
        Model full = Networks.model(net, 1);
        Model mixed = Networks.model(mixed(net), 1);
        Model fullFirst = Networks.model(first, 1);
        Model mixedFirst = Networks.model(mixed(first), 1)) {
      Tensor input = torch.rand(8, 4);
      scope.attach(input);
      double mean = full.forward(input).mean().item_double();
      assertEquals(mean, full.backward(input, torch.ones(8, 3)), 1e-6);
      assertEquals(mean, mixed.forward(input).mean().item_double(), 1e-6);
      assertEquals(lowered * mean, mixed.backward(input, torch.ones(8, 3)), 0.02);
      double ofMore = fullFirst.forward(input.mul(new Scalar(lowered))).mean().item_double();
      assertEquals(ofMore, mixedFirst.backward(input, torch.ones(8, 3)), 0.02, "not recorded");
      assertFalse(torch.is_autocast_enabled(torch.DeviceType.CPU), "and off again");
    }
    assertEquals(
        "Of.forward gave no tensor", refused(mixed(net("GENERATED", "output.mean()", "null"))));
    assertFalse(torch.is_autocast_enabled(torch.DeviceType.CPU), "and off again");
  }

  private static String mixed(String net) {
    return net.replace("@SGD", "@Training(batchSize = 8, precision = Precision.BF16) @SGD");
  }

  @Test
  void aLossThatIsNoNumberEndsTheRun() {
    String net = net("GENERATED", "output.sub(output).div(output.sub(output)).mean()", "input");
    try (Model model = Networks.model(net, 1);
        Dataset data = new TensorDataset(torch.ones(8, 4), torch.ones(8, 3))) {
      DivergedException said =
          assertThrows(
              DivergedException.class, () -> Trainer.of(model).batchSize(4).run(data, data));
      assertTrue(
          said.getMessage().contains("the loss became NaN in epoch 0, step 0"), said::getMessage);
      assertTrue(said.getMessage().contains("@Loss(Net.Of.class)"), said::getMessage);
    }
  }

  /** A method of each kind of member; what it gives says what it was given. */
  private static final String MEMBERS =
      """
      @Network(input = 1) @Linear(1) @Mine(flags = {true, false}, texts = {"a\\"b", "c"})
      public interface Net {
        enum Kind { ONE, TWO }
        final class Of {
          static Tensor forward(
              Tensor input, boolean training, long big, float small, double none, double[] several,
              Kind kind, String[] texts, boolean[] flags, int[] sizes, double whole) {
            double sum = big + small + (Double.isNaN(none) ? 1 : 0) + several[0] + several[1]
                + kind.ordinal() + texts[0].length() + texts.length + (flags[0] ? 1 : 0)
                + flags.length + sizes[0] + whole + (training ? 1000 : 0);
            return input.mul(new org.bytedeco.pytorch.Scalar(0.0))
                .add(new org.bytedeco.pytorch.Scalar(sum));
          }
        }
      }
      @Layer(Net.Of.class)
      @interface Mine {
        long big() default 4_000_000_000L;
        float small() default 0.5f;
        double none() default Double.NaN;
        double[] several() default {-1.5, 2};
        Net.Kind kind() default Net.Kind.TWO;
        String[] texts();
        boolean[] flags();
        int[] sizes() default 3;
        int whole() default 7;
      }
      """;

  @Test
  void membersArriveAsTheyAreWritten() {
    try (Model model = Networks.model(MEMBERS, 1);
        PointerScope scope = new PointerScope()) {
      Tensor input = torch.ones(1, 1);
      scope.attach(input);
      Tensor output = model.forward(input);
      double wanted = 4_000_000_000L + 0.5 + 1 + 0.5 + 1 + 3 + 2 + 1 + 2 + 3 + 7;
      assertEquals((float) wanted, output.item_float());
    }
  }

  private static final String COUNTS =
      """
      @Network(input = 4) @SGD(lr = 0.1) @Linear(3) @Layer(Net.Of.class) @Mine
      public interface Net {
        final class Of {
          static Tensor forward(Tensor input, boolean training) {
            return training ? input.mul(new org.bytedeco.pytorch.Scalar(2.0)) : input;
          }
          static Tensor loss(Tensor output, Tensor target) {
            return output.mean().mul(new org.bytedeco.pytorch.Scalar(0.0))
                .add(new org.bytedeco.pytorch.Scalar((double) output.size(0)));
          }
        }
      }
      @Loss(value = Net.Of.class/**/)
      @interface Mine {}
      """;

  /** Unless somebody says that rows are apart from each other, all are seen at once. */
  @Test
  void aBatchIsDividedWhereThatIsStated() {
    int before = Threads.count();
    try (PointerScope scope = new PointerScope();
        Model whole = Networks.model(COUNTS.replace("/**/", ""), 1);
        Model divided =
            Networks.model(
                COUNTS
                    .replace("/**/", ", divisible = true")
                    .replace(
                        "@Layer(Net.Of.class)", "@Layer(value = Net.Of.class, divisible = true)"),
                1)) {
      Threads.set(2);
      Tensor input = torch.randn(4096, 4);
      scope.attach(input);
      Tensor target = torch.randn(4096, 3);
      assertEquals(4096, whole.step(input, target));
      assertEquals(2048, divided.step(input, target));
    } finally {
      Threads.set(before);
    }
  }

  @Test
  void trainingIsTold() {
    try (PointerScope scope = new PointerScope();
        Model model =
            Networks.model(
                COUNTS
                    .replace("/**/", "")
                    .replace(
                        "output.mean().mul(new org.bytedeco.pytorch.Scalar(0.0))", "output.sum()")
                    .replace(".add(new org.bytedeco.pytorch.Scalar((double) output.size(0)))", ""),
                1)) {
      Tensor input = torch.ones(4, 4);
      scope.attach(input);
      double evaluated = model.forward(input).sum().item_double();
      assertEquals(2 * evaluated, model.backward(input, torch.zeros(4, 3)), 1e-5);
    }
  }

  private static final String DECIDES =
      """
      @Network(input = 3) @SGD(lr = 0.1) @Linear(3) @Mine
      public interface Net {
        final class Of {
          static Tensor loss(Tensor output, Tensor target) { return output.mean(); }
        }
      }
      @Loss(value = Net.Of.class, targets = Loss.Targets.NONE)
      @interface Mine {}
      """;

  /** What targets are says how outputs are read, and what targets are refused. */
  @Test
  void targetsAreCheckedAndOutputsDecided() {
    TensorOptions longs = new TensorOptions(torch.ScalarType.Long);
    try (PointerScope scope = new PointerScope();
        Model classes = Networks.model(DECIDES.replace("NONE", "CLASSES"), 1);
        Model yes = Networks.model(DECIDES.replace("NONE", "YES_OR_NO"), 1)) {
      Tensor input = torch.randn(20, 3);
      scope.attach(input);
      Tensor output = classes.forward(input);
      Tensor best = output.argmax(new LongOptional(1), false);
      try (Dataset data = new TensorDataset(input, best)) {
        Evaluation all = classes.evaluate(data);
        assertEquals(List.of(20L, 1.0), List.of(all.decisions(), all.accuracy()));
      }
      Tensor above = output.gt(new Scalar(0.0)).to(torch.ScalarType.Float);
      try (Dataset data = new TensorDataset(input, above)) {
        Evaluation all = yes.evaluate(data);
        assertEquals(List.of(60L, 1.0), List.of(all.decisions(), all.accuracy()));
      }
      Tensor wrong = torch.full(new long[] {20}, new Scalar(3), longs);
      assertThrows(IllegalArgumentException.class, () -> classes.step(input, wrong));
    }
  }

  private static final String FROZEN =
      """
      @Network @SGD(lr = 0.1)
      public interface Net {
        @Linear(3)
        Tensor first(@Input(4) Tensor x);

        @Frozen @Mine(2)
        Tensor middle(Tensor first);

        @Linear(2) @MSELoss
        Tensor last(Tensor middle);

        final class Of {
          static Tensor forward(Tensor input, Tensor scale) { return input.mul(scale); }
        }
      }
      @Layer(value = Net.Of.class, learned = @Layer.Learned(name = "scale", val = "value"))
      @interface Mine { double value(); }
      """;

  /** What is frozen stays, and hands on what is before it. */
  @Test
  void whatItLearnsMayBeFrozen() {
    try (PointerScope scope = new PointerScope();
        Model model = Networks.model(FROZEN, 1)) {
      Tensor input = torch.ones(4, 4);
      scope.attach(input);
      Tensor before = model.forward(input).clone();
      model.step(input, torch.zeros(4, 2));
      assertEquals(2, StateDict.of(model).get("middle.scale").item_double());
      assertTrue(model.forward(input).sub(before).abs().max().item_double() > 0);
      double first = model.forward(input).pow(new Scalar(2)).mean().item_double();
      for (int i = 0; i < 50; i++) {
        model.step(input, torch.zeros(4, 2));
      }
      assertTrue(model.backward(input, torch.zeros(4, 2)) < 0.1 * first);
    }
  }

  private static final String PADDED =
      """
      @Network @SGD(lr = 0.1)
      public interface Net {
        @Embedding(value = {9, 4}, paddingIdx = 0, mask = true) @Mine @SelfAttention(heads = 2) @MeanOver(dim = 1) @Linear(2)
        @MSELoss
        Tensor out(@Input(5) Tensor words);

        final class Of {
          static Tensor forward(Tensor input) { return input.mul(input); }
        }
      }
      @Layer(value = Net.Of.class/**/)
      @interface Mine {}
      """;

  /** Unless it says that it keeps places apart, nobody behind it knows which are padding. */
  @Test
  void whatKeepsPlacesApartKeepsPadding() {
    for (String kept : List.of("", ", keepsPlaces = true")) {
      Compilation compilation =
          Networks.compile(List.of(), Networks.IMPORTS + PADDED.replace("/**/", kept));
      assertEquals(
          kept.isEmpty(),
          compilation.warnings().stream()
              .anyMatch(one -> one.getMessage(Locale.ROOT).startsWith("TS106")),
          compilation.diagnostics()::toString);
      assertEquals(List.of(), compilation.errors());
    }
  }

  private static final String OWN_FORWARD =
      """
      @Network(input = 4, output = 3) @SGD(lr = 0.1) @Loss(Net.Of.class)
      public interface Net {
        @Linear({4, 3}) @Mine(2)
        Tensor stack(Tensor x);

        default Tensor forward(Tensor x) {
          return stack(x);
        }

        final class Of {
          static Tensor forward(Tensor input, Tensor scale) { return input.mul(scale); }
          static Tensor loss(Tensor output, Tensor target) { return output.sub(target).abs().mean(); }
        }
      }
      @Layer(value = Net.Of.class, learned = @Layer.Learned(name = "scale", val = "value"))
      @interface Mine { double value(); }
      """;

  /** In a network with a forward of the user's own, it learns as all else. */
  @Test
  void learnsInAForwardOfTheUsersOwn() {
    try (PointerScope scope = new PointerScope();
        Model model = Networks.model(OWN_FORWARD, 1)) {
      assertEquals(
          List.of("stack.0.weight", "stack.0.bias", "stack.1.scale"),
          model.parameters().stream().map(one -> one.name()).toList());
      assertEquals(2, model.parameters().get(2).value().item_double());
      Tensor input = torch.ones(4, 4);
      scope.attach(input);
      Tensor target = torch.full(new long[] {4, 3}, new Scalar(9.0));
      double before = model.step(input, target);
      for (int i = 0; i < 20; i++) {
        model.step(input, target);
      }
      assertTrue(model.step(input, target) < before);
      assertTrue(model.parameters().get(2).value().item_double() != 2);
    }
  }
}
