package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.TextGenerator;
import io.github.torchscribe.runtime.learner.Parameter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written with keys and values kept is what is written by reading the whole each time. */
class TextGeneratorTest {
  static final int LENGTH = 48;
  static final int COUNT = 24;

  /** Norms before attention; what Hugging Face calls GPT-2. */
  static final String GPT =
      """
      @Network(generates = true) @CrossEntropyLoss(dim = -1) @SGD(lr = 0.1)
      public interface Net {
        @Embedding({24, 16}) @PositionalEmbedding @Dropout(0.1)
        @Named("h") @Use(value = Layer.class, times = 2) @LayerNorm
        Tensor hidden(@Input(48) Tensor ids);

        @Linear(value = 24, bias = false)
        Tensor head(Tensor hidden);
      }

      @Block
      interface Layer {
        @LayerNorm @SelfAttention(heads = 4, causal = true, dropout = 0.1) @Residual
        Tensor attended(@Input Tensor x);

        @LayerNorm @Linear(64) @GELU(approximate = GELU.Approximate.TANH) @Linear(16) @Residual
        Tensor considered(Tensor attended);
      }
      """;

  /**
   * Norms behind attention, a gated layer, no biases, one head, padding, one table at both ends,
   * bfloat16.
   */
  static final String GATED =
      """
      @Network(input = 48, generates = true)
      @Named("tokens") @Embedding(value = {24, 16}, paddingIdx = 0, mask = true) @PositionalEmbedding
      @Use(value = Layer.class, times = 2) @Linear(value = 24, tied = "tokens") @LogSoftmax(dim = 2)
      @Training(precision = Precision.BF16)
      public interface Net {}

      @Block
      interface Layer {
        @SelfAttention(heads = 1, causal = true, bias = false) @Residual @RMSNorm
        Tensor attended(@Input Tensor x);

        @Linear(40) @SiLU
        Tensor gate(Tensor attended);

        @Linear(40)
        Tensor value(Tensor attended);

        @Multiply @Linear(16)
        Tensor inside(Tensor gate, Tensor value);

        @Add @LayerNorm
        Tensor considered(Tensor inside, Tensor attended);
      }
      """;

  /** Longer than what is read at once. */
  private static final String LONG =
      """
      @Network(input = 150, generates = true)
      @Embedding({24, 8}) @PositionalEmbedding @SelfAttention(heads = 2, causal = true) @Linear(24)
      public interface Net {}
      """;

  static final long[] PROMPT = {3, 14, 15, 9, 2};

  private final PointerScope scope = new PointerScope();

  static Stream<String> networks() {
    return Stream.of(GPT, GATED);
  }

  @BeforeAll
  static void compile() {
    Networks.prepare(Stream.concat(networks(), Stream.of(LONG)));
  }

  @AfterEach
  void free() {
    scope.close();
  }

  /** The scores behind the last token of what a network sees of a text, all of it read again. */
  private static float[] whole(Model model, int kept, long... text) {
    int begin = 0;
    while (text.length - begin > LENGTH) {
      begin += LENGTH + 1 - kept;
    }
    long[] seen = Arrays.copyOfRange(text, begin, begin + LENGTH); // behind the text anything
    for (int i = text.length - begin; i < LENGTH; i++) {
      seen[i] = 1;
    }
    float[] scores = new float[COUNT];
    try (PointerScope inside = new PointerScope()) {
      Tensor all = model.forward(torch.tensor(seen).view(1, LENGTH));
      inside.attach(all);
      all.select(1, text.length - begin - 1L).contiguous().data_ptr_float().get(scores);
    }
    return scores;
  }

  private static void assertNear(float[] expected, float[] actual) {
    for (int i = 0; i < expected.length; i++) {
      assertTrue(
          expected[i] == actual[i]
              || Math.abs(expected[i] - actual[i]) <= 1e-5 * (1 + Math.abs(expected[i])),
          expected[i] + " and " + actual[i]);
    }
  }

  static long[] text(int length) {
    return new Random(5).longs(length, 1, COUNT).toArray();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void scoresAreThoseOfTheWholeAtEachPosition(String network) {
    try (Model model = Networks.model(network, 3);
        TextGenerator generator = TextGenerator.of(model).sliding(16)) {
      long[] text = text(LENGTH + 40); // slides twice
      for (int n = 1; n <= text.length; n++) { // one by one
        long[] some = Arrays.copyOf(text, n);
        assertNear(allowed(network, whole(model, 16, some)), generator.scores(some));
      }
      for (int n = text.length; n > 0; n -= 7) { // at once
        long[] some = Arrays.copyOf(text, n);
        assertNear(allowed(network, whole(model, 16, some)), generator.scores(some));
      }
      for (int n = 3; n < LENGTH; n += 11) { // some after others
        long[] some = Arrays.copyOf(text, n);
        assertNear(allowed(network, whole(model, 16, some)), generator.scores(some));
      }
    }
  }

  @Test
  void longTextsAreReadInPieces() {
    try (Model model = Networks.model(LONG, 3);
        TextGenerator generator = TextGenerator.of(model)) {
      long[] text = text(150);
      Tensor all = model.forward(torch.tensor(text).view(1, 150));
      assertNear(floats(all.select(1, 149)), generator.scores(text));
      assertNear(floats(all.select(1, 130)), generator.scores(Arrays.copyOf(text, 131)));
    }
  }

  /** Padding is nothing that comes next. */
  private static float[] allowed(String network, float... scores) {
    if (network.equals(GATED)) {
      scores[0] = Float.NEGATIVE_INFINITY;
    }
    return scores;
  }

  @ParameterizedTest
  @MethodSource("networks")
  void textsAreThoseWrittenWithoutACache(String network) {
    try (Model model = Networks.model(network, 3);
        TextGenerator generator = TextGenerator.of(model).sliding(24)) {
      for (double temperature : new double[] {0, 6}) {
        generator.temperature(temperature).topK(20).topP(0.9);
        long[] written = generator.seed(8).generate(PROMPT, 200);
        assertEquals(TextGenerator.Ending.COUNT, generator.ending());
        assertArrayEquals(written, generator.seed(8).generate(PROMPT, 200), "again");
        generator.seed(8);
        long[] all = PROMPT.clone();
        for (int i = 0; i < 200; i++) {
          long next = generator.choose(allowed(network, whole(model, 24, all)));
          all = LongStream.concat(Arrays.stream(all), LongStream.of(next)).toArray();
        }
        assertArrayEquals(written, Arrays.copyOfRange(all, PROMPT.length, all.length));
        assertTrue(temperature == 0 || Arrays.stream(written).distinct().count() > 5);
      }
    }
  }

  private static Fixture fixture() throws IOException {
    return Fixture.read(
        ParityTable.FOLDER.resolve("generation.safetensors"), "python parity/generation.py");
  }

  private static long[] longs(Tensor tensor) {
    long[] all = new long[(int) tensor.numel()];
    tensor.data_ptr_long().get(all);
    return all;
  }

  private static float[] floats(Tensor tensor) {
    float[] all = new float[(int) tensor.numel()];
    tensor.contiguous().data_ptr_float().get(all);
    return all;
  }

  @Test
  void writesWhatHuggingFaceWrites() throws IOException {
    Fixture fixture = fixture();
    try (Model model = Networks.model(GPT, 3);
        TextGenerator generator = TextGenerator.of(model).temperature(0)) {
      for (Parameter parameter : model.parameters()) {
        parameter.value().copy_(fixture.get("weights." + parameter.name()));
      }
      long[] prompt = longs(fixture.get("prompt"));
      long[] greedy = longs(fixture.get("greedy"));
      assertArrayEquals(greedy, generator.generate(prompt, 1_000));
      assertEquals(TextGenerator.Ending.FULL, generator.ending());
      long[] all = LongStream.concat(Arrays.stream(prompt), Arrays.stream(greedy)).toArray();
      for (int i = 0; i < greedy.length; i++) {
        float[] expected = floats(fixture.get("scores").select(0, i));
        assertNear(expected, generator.scores(Arrays.copyOf(all, prompt.length + i)));
      }
    }
  }

  /** Of 20,000 tokens each comes about as often as Hugging Face says, and no other comes. */
  @Test
  void choosesAsHuggingFaceDoes() throws IOException {
    Fixture fixture = fixture();
    float[] some = floats(fixture.get("choice"));
    float[] scores = new float[COUNT];
    Arrays.fill(scores, Float.NEGATIVE_INFINITY);
    System.arraycopy(some, 0, scores, 0, some.length);
    int draws = 20_000;
    try (Model model = Networks.model(GPT, 3)) {
      for (int i = 0; fixture.tensors().containsKey("settings." + i); i++) {
        float[] settings = floats(fixture.get("settings." + i));
        float[] probabilities = floats(fixture.get("probabilities." + i));
        int[] counts = new int[COUNT];
        try (TextGenerator generator = TextGenerator.of(model).seed(i)) {
          generator.temperature(settings[0]).topK((int) settings[1]).topP(settings[2]);
          for (int j = 0; j < draws; j++) {
            counts[(int) generator.choose(scores)]++;
          }
        }
        for (int token = 0; token < COUNT; token++) {
          double expected = token < probabilities.length ? probabilities[token] : 0;
          double error = 4 * Math.sqrt(expected * (1 - expected) / draws); // of 200 one is beyond 3
          assertEquals(expected, (double) counts[token] / draws, error, i + ": token " + token);
        }
      }
    }
  }

  @Test
  void seesNewWeights() {
    try (Model model = Networks.model(GPT, 3);
        TextGenerator generator = TextGenerator.of(model).temperature(0)) {
      long[] text = text(20);
      float[] before = generator.scores(text);
      Tensor input = torch.tensor(text(LENGTH)).view(1, LENGTH);
      model.step(input, input);
      float[] after = generator.scores(text);
      assertFalse(Arrays.equals(before, after));
      assertNear(whole(model, 1, text), after);
      List<Long> taken = new ArrayList<>();
      LongPredicate training =
          token -> {
            taken.add(token);
            model.step(input, input);
            return taken.size() < 4;
          };
      long[] written = generator.generate(PROMPT, 30, training);
      assertEquals(TextGenerator.Ending.TAKER, generator.ending());
      assertEquals(Arrays.stream(written).boxed().toList(), taken);
      assertEquals(4, written.length);
    }
  }
}
