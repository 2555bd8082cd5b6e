package io.github.torchscribe.processor;

import static com.google.testing.compile.CompilationSubject.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.Compilation;
import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.learner.Parameter;
import io.github.torchscribe.runtime.torch.Tensors;
import io.github.torchscribe.runtime.torch.Threads;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code @Training(precision = BF16)}: the same network, to the 8 bits that bfloat16 has. */
class MixedPrecisionTest {
  private static final String MIXED = "@Training(batchSize = 64, precision = Precision.BF16)\n";
  private static final long BATCH = 64;
  private static final double TOLERANCE = 0.1;

  /** As parity/graphs.py has them. */
  private static final long[] BATCHES = {64, 7, 2, 1};

  /** The first network of each kind of layer. */
  static Stream<ParityTable.Row> rows() {
    Set<String> kinds = new HashSet<>();
    return ParityTable.chosen()
        .filter(row -> row.layers().contains("@Linear") || row.layers().contains("@Conv2d"))
        .filter(row -> row.loss().equals("@CrossEntropyLoss"))
        .filter(row -> row.optimizer().startsWith("@SGD"))
        .filter(row -> kinds.add(row.name().replaceFirst("-\\d+$", "")));
  }

  @BeforeAll
  static void prepare() {
    Networks.prepare(
        Stream.concat(rows(), ParityGraphs.chosen())
            .map(some -> some.declaration("GENERATED"))
            .flatMap(one -> Stream.of(one, mixed(one))));
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("rows")
  void computesWhatFullPrecisionDoes(ParityTable.Row row) {
    compare(row, BATCH, 0);
  }

  /** As far as PyTorch's mixed precision does, which with norms above each other is not so far. */
  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("io.github.torchscribe.processor.ParityGraphs#chosen")
  void computesWhatFullPrecisionDoesOnOneWorkerAndOnTwo(ParityGraphs.Graph graph) {
    int before = Threads.count();
    try {
      for (int i = 0; i < BATCHES.length; i++) {
        for (int workers = 1; workers <= (i == 0 ? 2 : 1); workers++) { // smaller ones stay whole
          Threads.set(workers);
          compare(graph, BATCHES[i], graph.mixed(i));
        }
      }
    } finally {
      Threads.set(before);
    }
  }

  private static void compare(Compared some, long batch, double pythons) {
    torch.manual_seed(11);
    String declaration = some.declaration("GENERATED");
    try (Model full = Networks.model(declaration, 3);
        Model mixed = Networks.model(mixed(declaration), 3);
        PointerScope scope = new PointerScope()) {
      Tensors input = some.allInputs(batch);
      scope.attach(input.get(0));
      Tensors outputs = full.forward(input);
      Tensors target = some.allTargets(outputs);
      Tensors others = mixed.forward(input);
      for (int i = 0; i < outputs.size(); i++) {
        Tensor output = outputs.get(i);
        double difference = torch.sub(output, others.get(i)).abs().max().item_float();
        assertEquals(0, difference, 1e-5 * Math.max(1, output.abs().max().item_float()), "forward");
      }
      float loss = full.backward(input, target);
      double near = Math.max(0.03, pythons / 4);
      assertEquals(loss, mixed.backward(input, target), near * Math.max(loss, 0.3));
      compare(full.parameters(), mixed.parameters(), pythons);
    }
  }

  /**
   * Gradients point the same way and are as long.
   *
   * @param pythons how far PyTorch's own are off
   */
  private static void compare(List<Parameter> full, List<Parameter> mixed, double pythons) {
    double error = 0;
    double size = 0;
    for (int i = 0; i < full.size(); i++) {
      if (!full.get(i).learns()) {
        continue;
      }
      Tensor expected = full.get(i).gradient();
      double off = torch.sub(expected, mixed.get(i).gradient()).norm().item_float();
      double norm = expected.norm().item_float();
      boolean near = off <= 0.3 * norm + 1e-4 || pythons > TOLERANCE;
      assertTrue(near, full.get(i).name() + ": off by " + off + " of " + norm);
      error += off * off;
      size += norm * norm;
    }
    double off = Math.sqrt(error / size);
    double most = Math.max(TOLERANCE, 1.5 * pythons);
    assertTrue(off <= most, "off by " + off + " of the gradient, PyTorch by " + pythons);
  }

  @Test
  void learnsWhatFullPrecisionLearns() {
    String declaration =
        "@Network(input = 16) @Linear(64) @ReLU @Linear(64) @ReLU @Linear(4) @CrossEntropyLoss"
            + " @SGD(lr = 0.2) public interface Net {}";
    torch.manual_seed(11);
    try (Model full = Networks.model(declaration, 3);
        Model mixed = Networks.model(mixed(declaration), 3);
        PointerScope scope = new PointerScope()) {
      Tensor input = torch.randn(256, 16);
      scope.attach(input);
      Tensor target = input.narrow(1, 0, 4).argmax(new org.bytedeco.pytorch.LongOptional(1), false);
      for (int i = 0; i < 300; i++) {
        full.step(input, target);
        mixed.step(input, target);
      }
      float loss = full.backward(input, target);
      assertTrue(loss < 0.1, "it learns: " + loss);
      assertEquals(loss, mixed.backward(input, target), 0.1 * loss + 0.005);
      Tensor weight = mixed.parameters().get(0).value();
      Tensor lowered = weight.to(torch.ScalarType.BFloat16).to(torch.ScalarType.Float);
      assertTrue(
          torch.sub(weight, lowered).abs().max().gt(new Scalar(1e-6)).item_bool(),
          "weights keep their 32 bits");
    }
  }

  @Test
  void refusesAutograd() {
    Compilation compilation =
        Networks.compile(
            List.of(),
            Networks.IMPORTS
                + """
                @Network(input = 4, gradient = Network.Gradient.AUTOGRAD)
                @Linear(2)
                @CrossEntropyLoss
                @SGD(lr = 0.1)
                @Training(precision = Precision.BF16)
                interface Net {}
                """);
    assertThat(compilation)
        .hadErrorContaining("TS048 Net is differentiated by libtorch's autograd")
        .inFile(compilation.errors().get(0).getSource())
        .onLineContaining("precision = Precision.BF16");
  }

  private static String mixed(String declaration) {
    return declaration.replaceFirst("(public )?interface Net", MIXED + "$0");
  }
}
