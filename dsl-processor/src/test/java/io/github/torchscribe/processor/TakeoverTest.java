package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Predictor;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A model takes over the weights of another, as a whole or a part of the way. */
@Timeout(120)
class TakeoverTest {
  private static final String NET =
      """
      @Network %s
      public interface %s {
        @Linear(6) @BatchNorm1d @Tanh
        Tensor body(@Input(4) Tensor x);

        @Linear(3) %s
        Tensor head(Tensor body);
      }
      """;

  private final PointerScope scope = new PointerScope();
  private final Model online = net("Online", "@Adam", "@CrossEntropyLoss", 1);

  /** Of another network, whose frozen part lies behind what learns. */
  private final Model frozen = net("Target", "@Adam @Frozen(\"body.0\")", "@CrossEntropyLoss", 2);

  private static Model net(String name, String onNet, String onHead, long seed) {
    return Networks.model(String.format(Locale.ROOT, NET, onNet, name, onHead), seed);
  }

  @BeforeEach
  void learn() {
    torch.manual_seed(4);
    for (int i = 0; i < 3; i++) {
      Tensor input = torch.randn(8, 4).add_(new Scalar(2.0));
      online.step(input, torch.tensor(0L, 1, 2, 0, 1, 2, 0, 1)); // moves what the norm remembers
    }
  }

  @AfterEach
  void close() {
    online.close();
    frozen.close();
    scope.close();
  }

  @Test
  void allIsTakenOverAndTheOtherStaysAsItIs() {
    Map<String, Tensor> before = StateDict.of(online);
    try (Model target = net("Online", "@Adam", "@CrossEntropyLoss", 7)) {
      for (Model one : new Model[] {frozen, target}) {
        assertSame(one, one.copyFrom(online));
        StateDict.assertEqual(before, StateDict.of(one));
        StateDict.assertEqual(before, StateDict.of(online));
      }
      online.copyFrom(frozen); // and back, where it lies otherwise
      StateDict.assertEqual(before, StateDict.of(online));
    }
  }

  @Test
  void aPartOfTheWay() {
    try (Model alike = net("Online", "@Adam", "@CrossEntropyLoss", 7)) {
      for (Model target : new Model[] {frozen, alike}) {
        for (double tau : new double[] {0.005, 0.7, 0}) {
          Map<String, Tensor> own = StateDict.of(target);
          target.copyFrom(online, tau);
          Map<String, Tensor> other = StateDict.of(online);
          StateDict.of(target)
              .forEach(
                  (name, value) -> {
                    boolean buffer = target.buffers().containsKey(name);
                    Tensor expected =
                        buffer
                            ? other.get(name)
                            : other
                                .get(name)
                                .mul(new Scalar(tau))
                                .add_(own.get(name), new Scalar(1 - tau));
                    double difference = expected.sub(value).abs().max().item_double();
                    assertTrue(difference <= (buffer ? 0 : 1e-6), name + " by " + difference);
                  });
        }
      }
    }
  }

  @Test
  void withItselfNothingHappens() {
    Map<String, Tensor> before = StateDict.of(online);
    assertSame(online, online.copyFrom(online));
    online.copyFrom(online, 0.3);
    StateDict.assertEqual(before, StateDict.of(online));
  }

  @Test
  void whatCannotBeIsSaid() {
    String wide = NET.replace("@Linear(6)", "@Linear(7)").replace("Tensor head", "Tensor top");
    try (Model other =
        Networks.model(String.format(Locale.ROOT, wide, "@Adam", "Wide", "@CrossEntropyLoss"), 1)) {
      Map<String, Tensor> before = StateDict.of(online);
      assertEquals(
          """
          Online cannot take over the weights of Wide:
            wrong shape: body.0.weight is (7, 4) there, but (6, 4) here
            wrong shape: body.0.bias is (7) there, but (6) here
            wrong shape: body.1.weight is (7) there, but (6) here
            wrong shape: body.1.bias is (7) there, but (6) here
            missing: head.weight (3, 6)
            missing: head.bias (3)
            wrong shape: body.1.running_mean is (7) there, but (6) here
            wrong shape: body.1.running_var is (7) there, but (6) here
            unexpected: top.weight (3, 7)
            unexpected: top.bias (3)""",
          assertThrows(IllegalArgumentException.class, () -> online.copyFrom(other)).getMessage());
      for (double tau : new double[] {-0.1, 1.1, Double.NaN}) {
        assertEquals(
            "tau must be from 0 to 1 but is " + tau,
            assertThrows(IllegalArgumentException.class, () -> online.copyFrom(frozen, tau))
                .getMessage());
      }
      assertEquals(
          "the other model for Online is null",
          assertThrows(IllegalArgumentException.class, () -> online.copyFrom(null)).getMessage());
      StateDict.assertEqual(before, StateDict.of(online));
    }
    frozen.close();
    assertEquals(
        "Target is closed",
        assertThrows(IllegalStateException.class, () -> online.copyFrom(frozen)).getMessage());
    assertEquals(
        "Target is closed",
        assertThrows(IllegalStateException.class, () -> frozen.copyFrom(online)).getMessage());
    assertEquals(
        "Target is closed",
        assertThrows(IllegalStateException.class, () -> frozen.copyFrom(frozen)).getMessage());
  }

  /** An answer is of the weights of before or after, of no mixture; both ways round at once. */
  @Test
  void whileOthersReadAndCopyTheOtherWay() {
    float[] example = {0.3f, -1, 2, 0.5f};
    AtomicBoolean over = new AtomicBoolean();
    try (Model first = net("Online", "@Adam", "@CrossEntropyLoss", 11);
        Model second = net("Online", "@Adam", "@CrossEntropyLoss", 12);
        Model third = net("Online", "@Adam", "@CrossEntropyLoss", 13);
        Predictor asked = first.predictor();
        Predictor of1 = third.predictor();
        Predictor of2 = second.predictor()) {
      float[] one = of1.predict(example);
      float[] two = of2.predict(example);
      first.copyFrom(third);
      CompletableFuture<Void> reader =
          CompletableFuture.runAsync(
              () -> {
                while (!over.get()) {
                  float[] answer = asked.predict(example);
                  if (!Arrays.equals(answer, one) && !Arrays.equals(answer, two)) {
                    throw new AssertionError(Arrays.toString(answer));
                  }
                }
              });
      CompletableFuture<Void> back =
          CompletableFuture.runAsync(
              () -> {
                while (!over.get()) {
                  third.copyFrom(first, 0);
                }
              });
      for (int i = 0; i < 300; i++) {
        first.copyFrom(i % 2 == 0 ? second : third);
      }
      over.set(true);
      reader.join();
      back.join();
      assertArrayEquals(one, asked.predict(example));
    }
  }
}
