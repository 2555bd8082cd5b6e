package io.github.torchscribe.processor.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.dsl.Init;
import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.Precision;
import io.github.torchscribe.processor.CompilesOnly;
import io.github.torchscribe.processor.Declared;
import io.github.torchscribe.processor.catalogue.Catalogue;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** From what is written to a network without errors, or to all of its errors. */
@CompilesOnly
class GraphBuilderTest {
  private static final String STACKS =
      """
      @Network(input = {2, 4}%s) @MSELoss @SGD
      interface Net {
        @Linear(7) @ReLU Tensor encode(@Input(4) Tensor half);
        @Linear({7, 3}) Tensor compare(Tensor difference);

        default Tensor forward(Tensor pair) {
          return compare(encode(pair.select(1, 0)).sub(encode(pair.select(1, 1))));
        }
      }
      """;

  private static Graph graph(String net) {
    return Declared.withGraph(net + " interface Net {}", graph -> graph);
  }

  /** What is said of a network that is none. */
  private static List<String> errors(String net) {
    Declared<Optional<Graph>> declared =
        Declared.in(
            net + " interface Net {}",
            (network, report) -> new GraphBuilder(new Catalogue(), report).build(network));
    assertEquals(Optional.of(Optional.empty()), declared.result());
    return declared.errors().stream()
        .map(error -> error.replaceAll("^\\[(TS\\d+)\\].*|^(TS\\d+).*", "$1$2"))
        .toList();
  }

  @Test
  void aNetworkHasAllThatIsWritten() {
    Graph net =
        graph(
            "@Network(input = {2, 3}) @Init(Init.Scheme.XAVIER_NORMAL) @Flatten @Linear(4)"
                + " @MSELoss @SGD @StepLR(stepSize = 2) @ExponentialLR(0.9)"
                + " @Training(epochs = 3, batchSize = 7, shuffle = false, seed = 5,"
                + " decayBiases = false, precision = Precision.BF16)");
    assertEquals(Shape.of(2, 3), net.input().shape());
    assertEquals(Shape.of(4), net.output());
    assertEquals(2, net.nodes().size());
    assertEquals("MSELoss", net.objectives().get(0).loss().name());
    assertTrue(net.optimizer().isPresent());
    assertEquals(2, net.schedules().size());
    assertEquals(Init.Scheme.XAVIER_NORMAL, net.init().scheme());
    assertEquals(
        new TrainingSettings(3, 7, false, OptionalLong.of(5), false, Precision.BF16, true),
        net.settings());
    assertTrue(net.settings().isMixed());
  }

  @Test
  void whatIsNotWrittenHasDefaults() {
    Graph net = graph("@Network(input = 6) @Linear(4)");
    assertTrue(!net.hasLoss() && net.optimizer().isEmpty() && net.schedules().isEmpty());
    assertEquals(Init.Scheme.DEFAULT, net.init().scheme());
    assertEquals(Network.Gradient.GENERATED, net.gradient());
    assertEquals(
        new TrainingSettings(1, 1, true, OptionalLong.empty(), true, Precision.FLOAT32, true),
        net.settings());
    assertEquals(OptionalLong.empty(), net.input().indices());
  }

  @Test
  void aSeedThatIsDrawnIsNone() {
    assertEquals(
        OptionalLong.empty(),
        graph("@Network(input = 6) @Linear(4) @Training(batchSize = 2)").settings().seed());
  }

  @Test
  void gradientsComeFromWhereTheNetworkSays() {
    assertEquals(
        Network.Gradient.AUTOGRAD,
        graph("@Network(input = 6, gradient = Network.Gradient.AUTOGRAD) @Linear(4)").gradient());
  }

  @Test
  void batchesAreDividedUnlessALayerSeesAllRows() {
    assertTrue(graph("@Network(input = 6) @Linear(4) @MSELoss").isDivisible());
    assertTrue(graph("@Network(input = {6, 4}) @LSTM(5) @MSELoss").isDivisible());
    assertTrue(graph("@Network(input = {6, 4}) @GRU(5) @MSELoss").isDivisible());
    assertFalse(graph("@Network(input = 6) @Linear(4) @BatchNorm1d @MSELoss").isDivisible());
  }

  @Test
  void allErrorsOfANetworkAreReported() {
    assertEquals(
        4,
        errors(
                "@Network(input = 6) @Linear({5, 4}) @Linear({3, 2}) @CrossEntropyLoss(dim = 5)"
                    + " @SGD(lr = -1)")
            .size());
  }

  @Test
  void aLossIsCheckedAgainstTheOutput() {
    assertEquals(1, errors("@Network(input = 6) @Linear(1) @CrossEntropyLoss @SGD").size());
  }

  @Test
  void aScheduleNeedsAnOptimizer() {
    assertEquals(
        List.of("TS031"), errors("@Network(input = 6) @Linear(4) @MSELoss @StepLR(stepSize = 2)"));
  }

  @Test
  void aScheduleThatCyclesMomentumNeedsOne() {
    String net = "@Network(input = 6) @Linear(4) @MSELoss @OneCycleLR(maxLr = 1) ";
    assertEquals(List.of("TS047"), errors(net + "@Adagrad"));
    assertTrue(graph(net + "@Adam").optimizer().isPresent());
  }

  @Test
  void mixedPrecisionNeedsAGeneratedGradient() {
    assertEquals(
        List.of("TS048"),
        errors(
            "@Network(input = 6, gradient = Network.Gradient.AUTOGRAD) @Linear(4) @MSELoss @SGD"
                + " @Training(precision = Precision.BF16)"));
  }

  @Test
  void aLossOrAnOptimizerNeedsSomethingThatLearns() {
    assertEquals(List.of("TS039"), errors("@Network(input = 6) @ReLU @MSELoss"));
    assertEquals(List.of("TS039"), errors("@Network(input = 6) @ReLU @SGD"));
    assertEquals(1, graph("@Network(input = 6) @ReLU").nodes().size());
  }

  @Test
  void layersOnMethodsAreAChainEach() {
    Graph net = Declared.withGraph(STACKS.replace("%s", ", output = 3"), graph -> graph);
    assertTrue(net.isPutTogetherByUser());
    assertEquals(
        List.of("encode", "compare"), net.segments().stream().map(Segment::method).toList());
    assertEquals(
        List.of("encode.0", "encode.1", "compare.0"),
        net.nodes().stream().map(Node::path).toList());
    assertEquals(
        Shape.of(4), net.segments().get(0).input().shape(), "what is stated on the parameter");
    assertEquals(Shape.of(7), net.segments().get(1).input().shape(), "what its first layer states");
    assertEquals(Shape.of(3), net.output());
    assertEquals(Network.Gradient.AUTOGRAD, net.gradient());
  }

  @Test
  void ofIndicesThereAreAsManyAsTheMethodTakesThatTakesMost() {
    String net =
        """
        @Network(input = 6, output = 8) @MSELoss @SGD
        interface Net {
          @Embedding({9, 8}) Tensor words(Tensor text);
          @Embedding({5, 8}) Tensor marks(Tensor text);

          default Tensor forward(Tensor text) {
            return words(text).add(marks(text)).mean(1);
          }
        }
        """;
    assertEquals(OptionalLong.of(9), Declared.withGraph(net, graph -> graph.input().indices()));
  }

  @Test
  void withoutAStatedOutputThatOfTheLastMethodHolds() {
    Graph net = Declared.withGraph(STACKS.replace("%s", ""), graph -> graph);
    assertEquals(Shape.of(3), net.output());
  }
}
