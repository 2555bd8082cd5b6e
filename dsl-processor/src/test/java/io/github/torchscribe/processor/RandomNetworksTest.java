package io.github.torchscribe.processor;

import ai.onnxruntime.OrtException;
import io.github.torchscribe.processor.plan.MemoryWalk;
import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.torch.Tensors;
import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random networks, residual ones inside each other: the generated forward, backward and update
 * against libtorch's autograd. {@code -Drandom.networks=COUNT} tries more of them.
 */
class RandomNetworksTest {
  private static final long COUNT = Long.getLong("random.networks", 16);

  /** The first is divided among workers, where it may be. */
  private static final long[] BATCHES = {64, 3};

  private static final double TOLERANCE = 5e-5;

  static Stream<RandomNetwork> networks() {
    return LongStream.range(0, COUNT).mapToObj(RandomNetwork::new);
  }

  @BeforeAll
  static void prepare() {
    Networks.prepare(
        networks().flatMap(one -> Stream.of("GENERATED", "AUTOGRAD").map(one::declaration)));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void equalsAutograd(RandomNetwork network) {
    torch.manual_seed(11);
    try (Model generated = Networks.model(network.declaration("GENERATED"), 3);
        Model autograd = Networks.model(network.declaration("AUTOGRAD"), 3)) {
      for (long n : BATCHES) {
        try (PointerScope scope = new PointerScope()) {
          Tensor input = network.inputs(n);
          scope.attach(input);
          new Twins(autograd, generated, TOLERANCE).learn(input);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void isTheSameInOnnxRuntime(RandomNetwork network) throws IOException, OrtException {
    torch.manual_seed(11);
    try (PointerScope scope = new PointerScope();
        Model model = Networks.model(network.declaration("GENERATED"), 3)) {
      Tensor some = network.inputs(3);
      scope.attach(some);
      try (Exported exported = new Exported(model)) {
        exported.requireSame(List.of(Tensors.of(some), Tensors.of(network.inputs(1))), TOLERANCE);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void whatIsReadLiesWhereItWasWritten(RandomNetwork network) {
    Declared.withGraph(network.declaration("GENERATED"), MemoryWalk::check);
  }
}
