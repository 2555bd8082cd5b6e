package io.github.torchscribe.processor.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.processor.CompilesOnly;
import io.github.torchscribe.processor.Declared;
import io.github.torchscribe.processor.tensor.Precision;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The flat tensor, and the memory of forward. Of the layers used here {@code @ReLU} and
 * {@code @Tanh} work in place, and their backward reads their output; that of {@code @GELU} reads
 * its input; {@code @Flatten} is a view.
 */
@CompilesOnly
class PlannerTest {
  @Test
  void parametersLieInTheOrderOfLayersAndWhatIsRememberedBehindThem() {
    Plan plan = Planned.of("@Network(input = 4) @Linear(3) @BatchNorm1d @Linear(2)").plan();
    assertEquals(
        List.of("0.weight 0", "0.bias 12", "1.weight 15", "1.bias 18", "2.weight 21", "2.bias 27"),
        plan.parameters().stream().map(place -> place.name() + " " + place.offset()).toList());
    assertEquals(29, plan.parameterCount());
    assertEquals(
        List.of("1.running_mean 29", "1.running_var 32", "1.num_batches_tracked 35"),
        plan.state().stream().map(place -> place.name() + " " + place.offset()).toList());
  }

  @Test
  void anActivationOverwritesWhatNobodysBackwardReads() {
    Planned net = Planned.of("@Network(input = 4) @Linear(3) @ReLU");
    assertTrue(net.at("1").inPlace());
    assertSame(net.output("0"), net.output("1"));
  }

  @Test
  void whatTheLayerBeforeReadsInBackwardIsKept() {
    Planned net = Planned.of("@Network(input = 4) @Linear(3) @Tanh @ReLU");
    assertTrue(net.at("1").inPlace());
    assertFalse(net.at("2").inPlace(), "Tanh's backward reads its output");
    assertNotSame(net.output("1"), net.output("2"));
  }

  @Test
  void whatItReadsItselfInBackwardIsKept() {
    assertFalse(Planned.of("@Network(input = 4) @Linear(3) @GELU").at("1").inPlace());
  }

  @Test
  void theNetworksInputIsNeverOverwritten() {
    Planned net = Planned.of("@Network(input = 4) @ReLU @Linear(3)");
    assertFalse(net.at("0").inPlace());
    assertTrue(net.at("0").input().span().isEmpty());
    Planned behindView = Planned.of("@Network(input = {2, 2}) @Flatten @ReLU @Linear(3)");
    assertFalse(behindView.at("1").inPlace());
  }

  @Test
  void aViewIsTheSameMemoryInAnotherShape() {
    Planned net = Planned.of("@Network(input = {2, 4}) @Linear(3) @Flatten @Linear(3)");
    assertSame(net.output("0"), net.output("1"));
    assertEquals(net.at("1").node().output(), net.at("1").output().shape());
    assertFalse(net.at("1").inPlace());
  }

  @Test
  void pastAViewWhoWroteTheMemoryStillCounts() {
    Planned kept = Planned.of("@Network(input = {2, 4}) @Linear(3) @Tanh @Flatten @ReLU");
    assertNotSame(kept.output("2"), kept.output("3"));
    Planned free = Planned.of("@Network(input = {2, 4}) @Linear(3) @Flatten @ReLU");
    assertSame(free.output("1"), free.output("2"));
  }

  @Test
  void whatGoesPastIsNotOverwritten() {
    Planned net =
        Planned.of(
            "@Network(input = 4) @Linear(3) @Use(Inner.class)",
            "@Network(input = 3) @Residual @ReLU @Linear(3) @ReLU interface Inner {}");
    assertNotSame(net.output("0"), net.output("1.0"));
    assertSame(net.output("1.1"), net.output("1.2"), "inside, as anywhere");
    assertSame(net.output("0"), net.at("1.sum").inputs().get(1).span().orElseThrow());
    assertNotSame(net.output("1.2"), net.output("1.sum"));
    assertNotSame(net.output("0"), net.output("1.sum"));
  }

  @Test
  void aShortcutOverwritesNeitherWhatWasForkedNorWhatTheOthersGave() {
    Planned net =
        Planned.of(
            "@Network(input = 4) @Linear(3) @Use(Inner.class)",
            "@Network(input = 3) @Residual @Shortcut(Other.class) @Linear(3) interface Inner {}",
            "@Network(input = 3) @ReLU interface Other {}");
    assertSame(net.output("0"), net.at("1.shortcut.0").input().span().orElseThrow());
    assertNotSame(net.output("0"), net.output("1.shortcut.0"));
    assertNotSame(net.output("1.0"), net.output("1.shortcut.0"));
    assertSame(net.output("1.0"), net.at("1.sum").input().span().orElseThrow());
  }

  @Test
  void behindAJoinNothingGoesPastAnyMore() {
    Planned net =
        Planned.of(
            "@Network(input = 3) @Linear(3) @Use(Inner.class) @ReLU",
            "@Network(input = 3) @Residual @Linear(3) interface Inner {}");
    assertTrue(net.at("2").inPlace());
  }

  @Test
  void memoryHasThePrecisionOfWhatLiesThere() {
    Planned net =
        Planned.of(
            "@Network(input = 4) @Linear(3) @LayerNorm @Linear(2) @MSELoss @SGD"
                + " @Training(precision = Precision.BF16)");
    assertEquals(Precision.LOWERED, net.output("0").precision());
    assertEquals(Precision.FULL, net.output("1").precision());
    assertEquals(Precision.LOWERED, net.gradient("0").precision());
    assertEquals(Precision.FULL, net.gradient("1").precision());
  }

  @Test
  void layersOnMethodsHaveParametersButNoSteps() {
    Plan plan =
        Declared.withGraph(
            """
            @Network(input = 4, output = 2) @MSELoss @SGD
            interface Net {
              @Linear(2) Tensor go(Tensor x);

              default Tensor forward(Tensor x) {
                return go(x);
              }
            }
            """,
            Planner::plan);
    assertEquals(
        List.of("go.0.weight", "go.0.bias"),
        plan.parameters().stream().map(ParameterPlace::name).toList());
    assertEquals(List.of(), plan.steps());
  }

  @Test
  void whatAConvolutionBringsStaysThereIfItsOnlyReaderLooksForItThere() {
    String convolution =
        "@Network(input = {1, 4, 4}) @Conv2d(value = 2, kernelSize = 3, padding = 1)";
    Planned net = Planned.of(convolution + " @BatchNorm2d @Flatten @Linear(3) @CrossEntropyLoss");
    assertTrue(net.at("0").output().isBrought());
    assertFalse(net.at("1").output().isBrought());
    Planned activated =
        Planned.of(convolution + " @ReLU @BatchNorm2d @Flatten @Linear(3) @CrossEntropyLoss");
    assertFalse(activated.at("0").output().isBrought(), "ReLU works in the convolution's place");
    Planned last = Planned.of(convolution);
    assertFalse(last.at("0").output().isBrought(), "others look at an output");
  }
}
