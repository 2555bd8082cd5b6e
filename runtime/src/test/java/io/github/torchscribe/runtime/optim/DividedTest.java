package io.github.torchscribe.runtime.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.file.State;
import io.github.torchscribe.runtime.torch.Arena;
import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Peers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An optimizer's state divided among ranks, here threads: weights are those of one process. */
class DividedTest {
  private static final int SIZE = 1003;
  private static final int STEPS = 12;

  private static final List<ParameterGroup> ALL = List.of(new ParameterGroup(0, SIZE, 1));
  private static final List<ParameterGroup> SOME =
      List.of(new ParameterGroup(0, 301, 1), new ParameterGroup(350, 653, 0.5));

  private static Stream<Arguments> optimizers() {
    List<Supplier<Optimizer>> all =
        List.of(
            () -> new Sgd(0.1, 0, 0, 0.01, false),
            () -> new Sgd(0.1, 0.9, 0.1, 0.01, false),
            () -> new Sgd(0.1, 0.9, 0, 0, true),
            () -> new Adam(0.1, 0.9, 0.999, 1e-8, 0.1, false, false),
            () -> new Adam(0.1, 0.9, 0.999, 1e-8, 0.1, true, true),
            () -> new NAdam(0.1, 0.9, 0.999, 1e-8, 0, 0.004),
            () -> new RmsProp(0.1, 0.99, 1e-8, 0, 0.9, true),
            () -> new Adagrad(0.1, 0.01, 0.1, 0.5, 1e-10),
            () -> new Adadelta(1, 0.9, 1e-6, 0.1));
    return Stream.of(2, 3, 4)
        .flatMap(ranks -> all.stream().map(optimizer -> Arguments.of(optimizer, ranks)));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void weightsAreThoseOfOneProcess(Supplier<Optimizer> optimizer, int ranks) throws Exception {
    List<float[]> all =
        ThreadRanks.together(
            ranks, peers -> numbers(run(optimizer.get(), peers, ALL, 0, STEPS, start())));
    float[] one = alone(() -> run(optimizer.get(), Peers.NONE, ALL, 0, STEPS, start()));
    for (float[] each : all) {
      same(one, each);
    }
  }

  /** Parts that learn at other rates, or not at all, and begin to learn later. */
  @ParameterizedTest
  @MethodSource("optimizers")
  void soAreThoseOfGroups(Supplier<Optimizer> optimizer, int ranks) throws Exception {
    List<float[]> all = ThreadRanks.together(ranks, peers -> numbers(first(optimizer, peers)));
    float[] one = alone(() -> first(optimizer, Peers.NONE));
    for (float[] each : all) {
      same(one, each);
    }
  }

  private static Tensor first(Supplier<Optimizer> made, Peers peers) {
    Optimizer optimizer = made.get();
    optimizer.divide(peers);
    optimizer.decayOnly(mask());
    Tensor parameters = start();
    steps(optimizer, SOME, 0, STEPS / 2, parameters);
    steps(optimizer, ALL, STEPS / 2, STEPS, parameters);
    optimizer.close();
    return parameters;
  }

  /** What one number of ranks has saved another goes on with, and one process. */
  @ParameterizedTest
  @MethodSource("optimizers")
  void othersGoOn(Supplier<Optimizer> optimizer, int ranks) throws Exception {
    float[] one = alone(() -> run(optimizer.get(), Peers.NONE, ALL, 0, STEPS, start()));
    List<State> states = new ArrayList<>();
    List<Arena> arenas = new ArrayList<>();
    List<float[]> halves =
        ThreadRanks.together(
            ranks,
            peers -> {
              State state = new State();
              Optimizer some = optimizer.get();
              some.divide(peers);
              some.decayOnly(mask());
              Tensor parameters = start();
              steps(some, ALL, 0, STEPS / 2, parameters);
              Arena saved = Arena.filledBy(() -> some.save(state));
              some.close();
              synchronized (states) {
                states.add(state);
                arenas.add(saved);
              }
              return numbers(parameters);
            });
    for (int others : new int[] {1, 2, 5}) {
      List<float[]> ends =
          ThreadRanks.together(
              others,
              peers -> {
                Optimizer some = optimizer.get();
                some.divide(peers);
                some.decayOnly(mask());
                some.restore(states.get(ranks - 1), Device.cpu());
                Tensor parameters = torch.tensor(halves.get(0));
                steps(some, ALL, STEPS / 2, STEPS, parameters);
                some.close();
                return numbers(parameters);
              });
      for (float[] each : ends) {
        same(one, each);
      }
    }
    arenas.forEach(Arena::close);
  }

  /** What was remembered of all is divided; of a part it says nothing of the others. */
  @Test
  void aPartIsForgottenBehindIt() throws Exception {
    ThreadRanks.together(
        3,
        peers -> {
          Optimizer adam = new Adam(0.1, 0.9, 0.999, 1e-8, 0, false, false);
          Tensor parameters = start();
          steps(adam, ALL, 0, 3, parameters);
          assertEquals(SIZE, ((FlatOptimizer) adam).remembered());
          adam.divide(peers);
          steps(adam, ALL, 3, 6, parameters);
          assertEquals(
              List.of(320L, 336L, 347L).get(peers.rank()), ((FlatOptimizer) adam).remembered());
          Tensor expected = start();
          Optimizer whole = new Adam(0.1, 0.9, 0.999, 1e-8, 0, false, false);
          steps(whole, ALL, 0, 6, expected);
          same(numbers(expected), numbers(parameters));
          adam.divide(Peers.NONE);
          Optimizer fresh = new Adam(0.1, 0.9, 0.999, 1e-8, 0, false, false);
          steps(fresh, ALL, 0, 3, expected);
          steps(adam, ALL, 0, 3, parameters);
          same(numbers(expected), numbers(parameters));
          Stream.of(adam, whole, fresh).forEach(Optimizer::close);
          return null;
        });
  }

  /** Of twenty numbers, which are not divided within a line. */
  @Test
  void aRankMayHaveNothing() throws Exception {
    List<ParameterGroup> few = List.of(new ParameterGroup(0, 20, 1));
    for (float[] each :
        ThreadRanks.together(
            3,
            peers -> {
              Tensor parameters = start().narrow(0, 0, 20).clone();
              Optimizer adam = new Adam(0.1, 0.9, 0.999, 1e-8, 0, false, false);
              adam.divide(peers);
              steps(adam, few, 0, 3, parameters);
              if (peers.rank() == 0) {
                State state = new State();
                adam.save(state);
                assertEquals(20, state.tensor("memory.0").numel());
              } else {
                adam.tell();
              }
              steps(adam, few, 3, 6, parameters);
              adam.close();
              return numbers(parameters);
            })) {
      Tensor expected = start().narrow(0, 0, 20).clone();
      try (Optimizer adam = new Adam(0.1, 0.9, 0.999, 1e-8, 0, false, false)) {
        steps(adam, few, 0, 6, expected);
      }
      same(numbers(expected), each);
    }
  }

  @Test
  void sumsAreEnough() throws Exception {
    Supplier<Optimizer> adam = () -> new Adam(0.1, 0.9, 0.999, 1e-8, 0.1, true, false);
    float[] one = alone(() -> run(adam.get(), Peers.NONE, ALL, 0, STEPS, start()));
    for (float[] each :
        ThreadRanks.together(
            3,
            peers ->
                numbers(run(adam.get(), new ThreadRanks.Adding(peers), ALL, 0, STEPS, start())))) {
      same(one, each);
    }
  }

  @Test
  void whoLooksAtAllRefuses() throws Exception {
    Optimizer lbfgs = new Lbfgs(1, 4, 0, 0, 3);
    Optimizer own =
        new OwnOptimizer(0.1, 0) {
          @Override
          protected void update(
              Tensor parameters, Tensor gradients, List<Tensor> memory, double rate, long step) {}
        };
    List<String> messages = new ArrayList<>();
    ThreadRanks.together(
        2,
        peers -> {
          for (Optimizer optimizer : List.of(lbfgs, own)) {
            optimizer.divide(Peers.NONE);
            String message =
                assertThrows(IllegalStateException.class, () -> optimizer.divide(peers))
                    .getMessage();
            if (peers.rank() == 0) {
              messages.add(message);
            }
          }
          return null;
        });
    lbfgs.close();
    own.close();
    assertTrue(
        messages.get(0).startsWith("Lbfgs looks at all parameters at once"), messages::toString);
    assertTrue(messages.get(1).contains("leave shardOptimizer out"), messages::toString);
  }

  @Test
  void partsAreAllThereIs() {
    for (long all : new long[] {0, 1, 15, 16, 100, 1003, 5_000_000_000L}) {
      for (int ranks : new int[] {1, 2, 3, 64}) {
        long end = 0;
        for (Stretch part : Stretch.parts(all, ranks)) {
          assertEquals(end, part.offset());
          assertTrue(part.size() <= all / ranks + 31, () -> all + " among " + ranks);
          end += part.size();
        }
        assertEquals(all, end);
      }
    }
  }

  private static Tensor run(
      Optimizer optimizer,
      Peers peers,
      List<ParameterGroup> groups,
      int from,
      int to,
      Tensor parameters) {
    try (optimizer) {
      optimizer.divide(peers);
      optimizer.decayOnly(mask());
      steps(optimizer, groups, from, to, parameters);
      return parameters;
    }
  }

  private static Tensor start() {
    return torch.arange(new Scalar((double) SIZE)).to(torch.ScalarType.Float).sin();
  }

  private static Tensor mask() {
    return start().gt(new Scalar(0f)).to(torch.ScalarType.Float);
  }

  private static void steps(
      Optimizer optimizer, List<ParameterGroup> groups, int from, int to, Tensor parameters) {
    for (int i = from; i < to; i++) {
      Tensor gradients = parameters.mul(new Scalar(i + 1.0)).cos();
      optimizer.step(parameters, gradients, groups);
    }
  }

  private static float[] numbers(Tensor tensor) {
    float[] numbers = new float[(int) tensor.numel()];
    tensor.data_ptr_float().get(numbers);
    return numbers;
  }

  private static float[] alone(Supplier<Tensor> run) {
    PointerScope scope = new PointerScope();
    try {
      return numbers(run.get());
    } finally {
      scope.close();
    }
  }

  /** Bit for bit. */
  private static void same(float[] expected, float[] actual) {
    assertEquals(expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(
          Float.floatToRawIntBits(expected[i]), Float.floatToRawIntBits(actual[i]), "number " + i);
    }
  }
}
