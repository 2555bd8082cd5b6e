package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Checkpoints;
import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.TensorDataset;
import io.github.torchscribe.runtime.learner.History;
import io.github.torchscribe.runtime.learner.Parameter;
import io.github.torchscribe.runtime.log.TrainingLog;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is frozen stays as it is to the last bit; what learns at a rate of its own does so. */
class FrozenTest {
  private static final String NET =
      """
      @Network
      @%s
      %s
      public interface Net {
        @Linear(6) @BatchNorm1d @Tanh
        %s Tensor body(@Input(4) Tensor x);

        @Linear(5) @BatchNorm1d @Tanh
        Tensor neck(Tensor body);

        @Linear(3) @CrossEntropyLoss
        Tensor head(Tensor neck);
      }
      """;

  private static Model model(String optimizer, String onNet, String onBody) {
    return Networks.model(String.format(Locale.ROOT, NET, optimizer, onNet, onBody), 3);
  }

  private static TensorDataset data() {
    torch.manual_seed(5);
    return new TensorDataset(
        torch.randn(new long[] {20, 4}),
        torch.randint(3, new long[] {20}, new TensorOptions(torch.ScalarType.Long)));
  }

  private static Trainer trainer(Model model, int epochs) {
    return Trainer.of(model).epochs(epochs).batchSize(5);
  }

  private static Set<String> changed(Map<String, Tensor> before, Map<String, Tensor> after) {
    return before.keySet().stream()
        .filter(name -> !before.get(name).equal(after.get(name)))
        .map(name -> name.replaceAll("\\..*", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SGD(lr = 0.1)",
        "SGD(lr = 0.1, momentum = 0.9, weightDecay = 0.1)",
        "AdamW(lr = 0.01)",
        "LBFGS"
      })
  void aHundredStepsLeaveWhatIsFrozenBitForBit(String optimizer) {
    try (TensorDataset data = data();
        Model atRunTime = model(optimizer, "", "");
        Model stated = model(optimizer, "", "@Frozen")) {
      Map<String, Tensor> before = StateDict.of(atRunTime);
      trainer(atRunTime, 25).freeze("body").run(data, data);
      assertEquals(Set.of("head", "neck"), changed(before, StateDict.of(atRunTime)));
      assertTrue(stated.parameters().stream().anyMatch(p -> !p.learns()));
      trainer(stated, 25).run(data, data);
      assertEquals(Set.of("head", "neck"), changed(before, StateDict.of(stated)));
      // LBFGS sums over all, in another order; plain descent is one with its products where it can.
      if (!optimizer.equals("LBFGS") && !optimizer.equals("SGD(lr = 0.1)")) {
        assertEquals(
            Set.of(), changed(StateDict.of(atRunTime), StateDict.of(stated)), "both ways are one");
      }
    }
  }

  @Test
  void whatIsFrozenCountsInNoNorm() {
    try (TensorDataset data = data();
        Model atRunTime = model("SGD(lr = 0.1)", "", "");
        Model stated = model("SGD(lr = 0.1)", "", "@Frozen")) {
      trainer(atRunTime, 1).freeze("body").clipGradNorm(0.05).run(data, data);
      trainer(stated, 1).clipGradNorm(0.05).run(data, data);
      Map<String, Tensor> expected = StateDict.of(stated);
      StateDict.of(atRunTime)
          .forEach(
              (name, value) ->
                  assertTrue(torch.allclose(expected.get(name), value, 1e-5, 1e-6, false), name));
    }
  }

  /** Amid what learns gradients go through what is frozen. */
  @Test
  void whatIsBelowLearnsThroughIt() {
    try (TensorDataset data = data();
        Model model = model("Adam", "", "")) {
      Map<String, Tensor> before = StateDict.of(model);
      trainer(model, 2).freeze("neck", "head.bias").run(data, data);
      Map<String, Tensor> after = StateDict.of(model);
      assertEquals(Set.of("body", "head"), changed(before, after));
      assertTrue(before.get("head.bias").equal(after.get("head.bias")));
    }
  }

  /** A pattern of parameters alone lets a norm go on as it would. */
  @Test
  void aPatternMeansWhatItSays() {
    try (TensorDataset data = data();
        Model model = model("Adam", "", "")) {
      Map<String, Tensor> before = StateDict.of(model);
      trainer(model, 1).freeze("*.weight", "*.bias").learningRate("head.bias", 2);
      assertThrows(
          IllegalStateException.class,
          () -> trainer(model, 1).freeze("*.weight", "*.bias").run(data, data));
      trainer(model, 1).freeze("neck.*.weight", "body", "*.bias").run(data, data);
      Map<String, Tensor> after = StateDict.of(model);
      assertTrue(before.get("neck.0.weight").equal(after.get("neck.0.weight")));
      assertFalse(before.get("neck.1.running_mean").equal(after.get("neck.1.running_mean")));
    }
  }

  @Test
  void ratesAreOnesOfAnnotationsOrOfARun() {
    try (TensorDataset data = data();
        Model atRunTime = model("SGD(lr = 0.1)", "", "");
        Model stated =
            model(
                "SGD(lr = 0.1)",
                "@LearningRate(value = 3, of = {\"head\", \"neck.*.bias\"})",
                "@LearningRate(0.5)");
        Model plain = model("SGD(lr = 0.1)", "", "")) {
      trainer(atRunTime, 2)
          .learningRate("body", 0.5)
          .learningRate("head", 3)
          .learningRate("neck.*.bias", 3)
          .run(data, data);
      trainer(stated, 2).run(data, data);
      trainer(plain, 2).run(data, data);
      assertEquals(Set.of(), changed(StateDict.of(atRunTime), StateDict.of(stated)));
      assertFalse(changed(StateDict.of(plain), StateDict.of(stated)).isEmpty());
    }
  }

  /** What begins to learn later has bias corrections of its own, as PyTorch counts its steps. */
  @Test
  void whatIsThawedBeginsWithItsFirstStep() {
    try (TensorDataset data = data();
        Model model = model("Adam(lr = 0.01)", "", "")) {
      trainer(model, 5).freeze("body").run(data, data);
      Map<String, Tensor> before = StateDict.of(model);
      trainer(model, 1).batchSize(20).run(data, data);
      Tensor moved =
          torch.sub(StateDict.of(model).get("body.0.weight"), before.get("body.0.weight")).abs();
      assertEquals(0.01, moved.max().item_float(), 1e-4, "Adam's first step is of the rate's size");
      assertEquals(0.01, moved.median().item_float(), 1e-3);
    }
  }

  @Test
  void aRunThatGoesOnFreezesTheSame(@TempDir Path folder) {
    Checkpoints checkpoints = Checkpoints.in(folder);
    try (TensorDataset data = data();
        Model whole = model("Adam(lr = 0.01)", "", "");
        Model stopped = model("Adam(lr = 0.01)", "", "")) {
      trainer(whole, 4).freeze("body").learningRate("head", 2).run(data, data);
      Trainer first = trainer(stopped, 4).freeze("body").learningRate("head", 2);
      TrainingLog stop =
          new TrainingLog() {
            @Override
            public void epoch(History.Epoch epoch) {
              if (epoch.number() == 2) {
                first.stop();
              }
            }
          };
      first.checkpoints(checkpoints).log(stop).run(data, data);
      Trainer other = trainer(stopped, 4).freeze("neck").checkpoints(checkpoints).resume();
      String message =
          assertThrows(IllegalArgumentException.class, () -> other.run(data, data)).getMessage();
      assertTrue(message.contains("- frozen body\n  - rate of head 2.0\n  + frozen neck"), message);
      trainer(stopped, 4)
          .freeze("body")
          .learningRate("head", 2)
          .checkpoints(checkpoints)
          .resume()
          .run(data, data);
      assertEquals(Set.of(), changed(StateDict.of(whole), StateDict.of(stopped)));
    }
  }

  @Test
  void whatCannotBeIsSaid() {
    try (TensorDataset data = data();
        Model model = model("LBFGS", "", "");
        Model stated = model("Adam", "", "@Frozen")) {
      assertEquals(
          "no parameter of Net is called like \"boddy.*\"; they are body.0.weight, body.0.bias,"
              + " body.1.weight, body.1.bias, neck.0.weight, neck.0.bias, neck.1.weight, neck.1.bias,"
              + " head.weight, head.bias, …; * stands for anything, and the name of a part for all"
              + " that is in it",
          assertThrows(IllegalArgumentException.class, () -> Trainer.of(model).freeze("boddy.*"))
              .getMessage());
      assertEquals(
          "all parameters of Net are frozen: leave some that learn",
          assertThrows(
                  IllegalStateException.class, () -> trainer(model, 1).freeze("*").run(data, data))
              .getMessage());
      assertEquals(
          "Lbfgs takes all parameters of Net, at one learning rate: neither freeze some nor give them"
              + " rates of their own, or take another optimizer",
          assertThrows(
                  IllegalStateException.class,
                  () -> trainer(model, 1).learningRate("head", 2).run(data, data))
              .getMessage());
      Parameter frozen = stated.parameters().get(0);
      assertEquals(
          "body.0.weight is frozen: it has no gradient",
          assertThrows(IllegalStateException.class, frozen::gradient).getMessage());
      assertTrue(
          stated.summary().toString().contains("42 of them frozen"), stated.summary()::toString);
      trainer(stated, 1).run(data, data); // after errors all goes on
      trainer(model, 1).run(data, data);
    }
  }

  @Test
  void aRateOfWhatIsFrozenIsRefused() {
    try (Model declared = model("SGD(lr = 0.1)", "", "@Frozen");
        Model plain = model("SGD(lr = 0.1)", "", "");
        TensorDataset data = data()) {
      assertEquals(
          "nothing that is called like \"body.*\" learns in Net: it is @Frozen, and a learning rate"
              + " does not change that; train it in a network whose declaration says the same"
              + " without @Frozen, and hold it still by trainer.freeze where it is to stay",
          assertThrows(
                  IllegalArgumentException.class,
                  () -> trainer(declared, 1).learningRate("body.*", 0.1))
              .getMessage());
      trainer(declared, 1).learningRate("*.weight", 0.1).run(data, data); // the others learn
      Trainer both = trainer(plain, 1).learningRate("body.0", 0.1).freeze("body");
      assertEquals(
          "all that is called like \"body.0\" has a learning rate of its own in this run, and is"
              + " frozen: leave out the rate, or freeze less",
          assertThrows(IllegalArgumentException.class, () -> both.run(data, data)).getMessage());
      trainer(plain, 1).learningRate("body", 0.1).freeze("body.0").run(data, data);
    }
  }

  /** What LBFGS remembers of all together would move what is frozen now. */
  @Test
  void aSecondRunFreezesWhatTheFirstHasMoved() {
    try (TensorDataset data = data();
        Model model = model("LBFGS", "", "")) {
      trainer(model, 1).run(data, data);
      Map<String, Tensor> before = StateDict.of(model);
      trainer(model, 1).freeze("body").run(data, data);
      assertEquals(Set.of("head", "neck"), changed(before, StateDict.of(model)));
    }
  }

  private static final String TIED =
      """
      @Network @SGD(lr = 0.1)
      public interface Net {
        @Linear(value = 4, tied = "last") @Tanh
        Tensor first(@Input(4) Tensor x);

        @Linear(4) @Tanh
        Tensor middle(Tensor first);

        @Linear(4) @MSELoss
        Tensor last(Tensor middle);
      }
      """;

  private static Tensor ofLast(Model model, Function<Parameter, Tensor> what) {
    return model.parameters().stream()
        .filter(p -> p.name().equals("last.weight"))
        .map(what)
        .findFirst()
        .orElseThrow()
        .clone();
  }

  /** A layer below all that is frozen has a part in the gradient of what learns above. */
  @Test
  void aTiedWeightLearnsFromBelowWhatIsFrozen() {
    Tensor x = torch.rand(8, 4);
    Tensor y = torch.rand(8, 4);
    try (TensorDataset data = new TensorDataset(x, y);
        Model whole = Networks.model(TIED, 1);
        Model frozen = Networks.model(TIED, 1)) {
      whole.backward(x, y);
      Tensor before = ofLast(frozen, Parameter::value);
      trainer(frozen, 1).batchSize(8).freeze("first.0.bias", "middle").run(data, data);
      Tensor moved = before.sub(ofLast(frozen, Parameter::value)).div(new Scalar(0.1));
      assertTrue(torch.allclose(ofLast(whole, Parameter::gradient), moved, 1e-3, 1e-5, false));
    }
  }

  @Test
  void oneValueEitherLearnsOrNot() {
    try (TensorDataset data = new TensorDataset(torch.rand(8, 4), torch.rand(8, 4));
        Model model = Networks.model(TIED, 1)) {
      Trainer trainer = trainer(model, 1).freeze("first");
      String message =
          assertThrows(IllegalArgumentException.class, () -> trainer.run(data, data)).getMessage();
      assertTrue(message.startsWith("first.0.weight is frozen, but last.weight, whose"), message);
      trainer.freeze("last.weight").run(data, data);
    }
  }

  /** That what learns is set back does not hide why the run ended. */
  @Test
  void aLogMayCloseTheModel() {
    AssertionError expected = new AssertionError("seen");
    try (TensorDataset data = data();
        Model model = model("Adam", "", "")) {
      Runnable close = model::close;
      TrainingLog closing =
          new TrainingLog() {
            @Override
            public void step(Step step) {
              close.run();
              throw expected;
            }
          };
      Trainer trainer = trainer(model, 1).freeze("body").log(closing);
      assertSame(expected, assertThrows(AssertionError.class, () -> trainer.run(data, data)));
    }
  }

  /** A norm that evaluates learns nothing of examples: one is enough. */
  @Test
  void aFrozenNormTakesASingleExample() {
    String net =
        "@Network(input = 3) @MSELoss @SGD(lr = 0.1) %s @Linear(4) @BatchNorm1d @Linear(2)"
            + " public interface One {}";
    try (TensorDataset data = new TensorDataset(torch.rand(5, 3), torch.rand(5, 2));
        Model atRunTime = Networks.model(net.replace("%s", ""), 1);
        Model stated = Networks.model(net.replace("%s", "@Frozen({\"0\", \"1\"})"), 1)) {
      trainer(atRunTime, 2).batchSize(1).freeze("0", "1").run(data, data);
      trainer(stated, 2).batchSize(1).run(data, data);
      assertTrue(
          torch.allclose(
              StateDict.of(stated).get("2.weight"), StateDict.of(atRunTime).get("2.weight")));
      assertThrows(
          IllegalArgumentException.class, () -> trainer(atRunTime, 1).batchSize(1).run(data, data));
    }
  }
}
