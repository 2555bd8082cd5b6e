package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Example;
import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Predictor;
import io.github.torchscribe.runtime.torch.Shapes;
import io.github.torchscribe.runtime.torch.Tensors;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Padding has no part in what comes out, and where there is nothing else it is refused. */
class PaddingTest {
  private static final String NET =
      """
      @Network @SGD(lr = 0.1)
      public interface Net {
        @Embedding(value = {5, 4}, paddingIdx = 0, mask = true)
        Tensor words(@Input(4) Tensor ids);

        @SelfAttention(heads = 2, causal = true) @GRU(3)
        Tensor read(Tensor words);

        @Masked @SelfAttention(heads = 2) @MeanOver(dim = 1)
        Tensor seen(@Input({3, 4}) Tensor steps, @Input(3) Tensor mask);

        @Masked @LSTM(value = 2, bidirectional = true)
        Tensor both(Tensor steps, @Input(indices = 4) Tensor length);

        @Concat @Linear(3) @CrossEntropyLoss
        Tensor kind(Tensor read, Tensor seen, Tensor both);
      }
      """;

  private static Model model;
  private PointerScope scope;

  @BeforeAll
  static void prepare() {
    torch.manual_seed(5);
    model = Networks.model(NET, 3);
  }

  @AfterAll
  static void free() {
    model.close();
  }

  @BeforeEach
  void open() {
    scope = new PointerScope();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private static final Tensor STEPS = torch.randn(2, 3, 4);

  private static Tensors inputs(long[] ids, Tensor steps, float[] mask, long... lengths) {
    return Tensors.of("ids", torch.tensor(ids).view(2, 4))
        .and("steps", steps)
        .and("mask", torch.tensor(mask).view(2, 3))
        .and("length", torch.tensor(lengths));
  }

  private static final long[] IDS = {1, 2, 0, 0, 3, 0, 0, 0};
  private static final float[] MASK = {1, 1, 0, 1, 0, 0};

  /** What stands in places that are padding changes nothing, to the last bit. */
  @Test
  void paddingHasNoPartInTheOutput() {
    Tensor before = model.forward(inputs(IDS, STEPS, MASK, 2, 1)).only().clone();
    Tensor other = STEPS.clone();
    other.select(0, 0).select(0, 2).fill_(new Scalar(7));
    other.select(0, 1).narrow(0, 1, 2).fill_(new Scalar(-9));
    Tensor after = model.forward(inputs(IDS, other, MASK, 2, 1)).only();
    assertTrue(before.equal(after), "the same numbers");
    Tensor more = model.forward(inputs(IDS, other, new float[] {1, 1, 1, 1, 0, 0}, 3, 1)).only();
    assertTrue(before.select(0, 0).ne(more.select(0, 0)).all().item_bool(), "a place more");
    assertTrue(before.select(0, 1).equal(more.select(0, 1)), "of the other example nothing");
    assertArrayEquals(new long[] {2, 3}, Shapes.of(after));
  }

  /** A place that sees nothing but padding before it is no reason for NaN. */
  @Test
  void paddingInFrontGivesNumbers() {
    long[] ids = {0, 0, 1, 2, 0, 3, 0, 0};
    Tensors inputs = inputs(ids, STEPS, new float[] {0, 1, 1, 0, 0, 1}, 3, 3);
    assertTrue(model.forward(inputs).only().isfinite().all().item_bool());
    float loss = model.step(inputs, Tensors.of("kind", torch.tensor(new long[] {0, 2})));
    assertTrue(Float.isFinite(loss), "loss " + loss);
    assertTrue(
        model.parameters().stream().allMatch(some -> some.value().isfinite().all().item_bool()),
        "all parameters");
  }

  @Test
  void anExampleOfNothingIsRefusedBeforeAStep() {
    refused(
        "Net cannot read example 1 of the batch: its input ids is padding alone (0)",
        inputs(new long[] {1, 2, 0, 0, 0, 0, 0, 0}, STEPS, MASK, 2, 1));
    refused(
        "Net cannot read example 0 of the batch: its input mask hides all of its places",
        inputs(IDS, STEPS, new float[] {0, 0, 0, 1, 1, 1}, 2, 1));
    refused(
        "Net cannot read example 1 of the batch: its input mask has 0.5 where 1 says that a place is"
            + " there and 0 that it is not",
        inputs(IDS, STEPS, new float[] {1, 0, 0, 1, 0.5f, 0}, 2, 1));
    refused(
        "Net cannot read example 1 of the batch: its input length is 0, which leaves nothing of it",
        inputs(IDS, STEPS, MASK, 2, 0));
    refused(
        "Net takes indices from 0 to 3 as input length, but example 0 of the batch has 4",
        inputs(IDS, STEPS, MASK, 4, 1));
  }

  private static void refused(String why, Tensors inputs) {
    Tensors targets = Tensors.of("kind", torch.tensor(new long[] {0, 2}));
    for (Executable some :
        new Executable[] {() -> model.step(inputs, targets), () -> model.forward(inputs)}) {
      assertEquals(why, assertThrows(IllegalArgumentException.class, some).getMessage());
    }
  }

  @Test
  void anExampleOfNothingIsNotAskedAbout() {
    try (Predictor predictor = model.predictor()) {
      Example nothing = example(new float[] {1, 0, 0}, 1, 0, 0, 0, 0);
      assertEquals("ids of the example is padding alone (0)", refusal(predictor, nothing));
      Example hidden = example(new float[] {0, 0, 0}, 1, 1, 0, 0, 0);
      assertEquals("mask of the example hides all of its places", refusal(predictor, hidden));
      Example ended = example(new float[] {1, 0, 0}, 0, 1, 0, 0, 0);
      assertEquals(
          "length of the example is 0, which leaves nothing of it", refusal(predictor, ended));
      Example good = example(new float[] {1, 0, 0}, 1, 1, 0, 0, 0);
      assertEquals(3, predictor.predict(good).get("kind").length);
    }
  }

  private static Example example(float[] mask, long length, long... ids) {
    return Example.of("ids", ids)
        .and("steps", new float[12])
        .and("mask", mask)
        .and("length", length);
  }

  private static String refusal(Predictor predictor, Example example) {
    Executable asked = () -> predictor.predict(example);
    return assertThrows(IllegalArgumentException.class, asked).getMessage();
  }
}
