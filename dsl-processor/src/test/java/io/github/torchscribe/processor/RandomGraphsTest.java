package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.torchscribe.processor.plan.MemoryWalk;
import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.torch.Threads;
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
  private static final long COUNT = Long.getLong("random.graphs", 24);
  private static final long[] BATCHES = {64, 7, 2, 1};

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
      Twins twins = new Twins(autograd, generated);
      for (int workers = 2; workers > 0; workers--) {
        Threads.set(workers);
        for (long n : BATCHES) {
          try (PointerScope scope = new PointerScope()) {
            Tensor input = graph.inputs(n);
            scope.attach(input);
            if (n == 1 && graph.needsTwo()) {
              twins.forward(input);
            } else {
              twins.learn(input);
            }
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("graphs")
  void staysNearInBfloat16(RandomGraph graph) {
    torch.manual_seed(11);
    try (Model full = Networks.model(graph.declaration("GENERATED"), 3);
        Model mixed = Networks.model(graph.mixed(), 3);
        PointerScope scope = new PointerScope()) {
      for (int workers = 2; workers > 0; workers--) {
        Threads.set(workers);
        Tensor input = graph.inputs(64);
        scope.attach(input);
        Tensor target = torch.rand_like(full.forward(input));
        float loss = full.backward(input, target);
        assertEquals(loss, mixed.backward(input, target), 0.05 * Math.max(loss, 0.3));
        MixedPrecisionTest.compare(full.parameters(), mixed.parameters());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("graphs")
  void whatIsReadLiesWhereItWasWritten(RandomGraph graph) {
    for (String declaration : List.of(graph.declaration("GENERATED"), graph.mixed())) {
      Declared.withGraph(declaration, MemoryWalk::check);
    }
  }
}
