package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import io.github.torchscribe.processor.plan.MemoryWalk;
import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.learner.Parameter;
import io.github.torchscribe.runtime.torch.Tensors;
import io.github.torchscribe.runtime.torch.Threads;
import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random networks of wired methods: the generated forward, backward and update against libtorch's
 * autograd, and their plans step by step. {@code -Drandom.graphs=COUNT} tries more of them.
 */
class RandomGraphsTest {
  private static final long COUNT = Long.getLong("random.graphs", 12);
  private static final long[] BATCHES = {64, 7, 2, 1};

  /** Products of values make rounding grow. */
  private static final double TOLERANCE = 1e-4;

  private final int threads = Threads.count();

  static Stream<RandomGraph> graphs() {
    return LongStream.range(0, COUNT).mapToObj(RandomGraph::new);
  }

  @BeforeAll
  static void prepare() {
    Networks.prepare(
        graphs()
            .flatMap(
                one ->
                    Stream.of(
                        one.declaration("GENERATED"), one.declaration("AUTOGRAD"), one.mixed())));
  }

  @AfterEach
  void asBefore() {
    Threads.set(threads);
  }

  @ParameterizedTest
  @MethodSource("graphs")
  void equalsAutograd(RandomGraph graph) {
    torch.manual_seed(11);
    try (Model generated = Networks.model(graph.declaration("GENERATED"), 3);
        Model autograd = Networks.model(graph.declaration("AUTOGRAD"), 3)) {
      Twins twins = new Twins(autograd, generated, TOLERANCE);
      List<Tensor> weights = twins.weights();
      for (int workers = 2; workers > 0; workers--) {
        Threads.set(workers);
        for (long n : BATCHES) {
          try (PointerScope scope = new PointerScope()) {
            Tensors input = graph.inputs(n);
            scope.attach(input.get(0));
            twins.beginWith(weights);
            if (n == 1 && graph.needsTwo()) {
              twins.forward(input);
            } else {
              twins.learn(input, graph::targets);
            }
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("graphs")
  void isTheSameInOnnxRuntime(RandomGraph graph) throws IOException, OrtException {
    torch.manual_seed(11);
    try (PointerScope scope = new PointerScope();
        Model model = Networks.model(graph.declaration("GENERATED"), 3)) {
      Tensors some = graph.inputs(7);
      scope.attach(some.get(0));
      model.step(some, graph.targets(model.forward(some)));
      try (Exported exported = new Exported(model)) {
        exported.requireSame(List.of(some, graph.inputs(1)), TOLERANCE);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("graphs")
  void staysNearInBfloat16(RandomGraph graph) {
    torch.manual_seed(11);
    try (Model full = Networks.model(graph.declaration("GENERATED"), 3);
        Model mixed = Networks.model(graph.mixed(), 3)) {
      for (int workers = 2; workers > 0; workers--) {
        Threads.set(workers);
        for (long n : BATCHES) {
          if (n > 1 || !graph.needsTwo()) {
            try (PointerScope scope = new PointerScope()) {
              Tensors input = graph.inputs(n);
              scope.attach(input.get(0));
              staysNear(graph, input, full, mixed);
            }
          }
        }
      }
    }
  }

  private static void staysNear(RandomGraph graph, Tensors input, Model full, Model mixed) {
    Tensors target = graph.targets(full.forward(input));
    float loss = full.backward(input, target);
    assertEquals(loss, mixed.backward(input, target), 0.05 * Math.max(loss, 0.3));
    double whole = 0;
    double error = 0;
    List<Parameter> expected = full.parameters();
    for (Parameter one : expected) {
      whole += square(one.gradient());
    }
    for (int i = 0; i < expected.size(); i++) {
      Tensor gradient = expected.get(i).gradient();
      double off = square(gradient.sub(mixed.parameters().get(i).gradient()));
      // Where terms cancel, what is left is rounding of something larger.
      double floor = 0.001 * whole + 1e-10;
      String name = expected.get(i).name();
      assertTrue(off <= 0.25 * square(gradient) + floor, () -> name + " is off by " + off);
      error += off;
    }
    // In small batches a maximum that is another one turns much of it; one forgotten is all of it.
    assertEquals(0, error, 0.16 * whole + 1e-8, () -> "of " + loss);
  }

  private static double square(Tensor tensor) {
    return tensor.square().sum().item_double();
  }

  @ParameterizedTest
  @MethodSource("graphs")
  void whatIsReadLiesWhereItWasWritten(RandomGraph graph) {
    for (String declaration : List.of(graph.declaration("GENERATED"), graph.mixed())) {
      Declared.withGraph(declaration, MemoryWalk::check);
    }
  }
}
