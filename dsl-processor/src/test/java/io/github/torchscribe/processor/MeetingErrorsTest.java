package io.github.torchscribe.processor;

import io.github.torchscribe.processor.message.Message;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values that cannot meet: the right message, which names both, at the right place. */
@CompilesOnly
class MeetingErrorsTest {
  private static final String SEQUENCES =
      "@Network interface Net {\n"
          + "@Linear(12) @Unflatten({3, 4}) Tensor a(@Input(6) Tensor x);\n"
          + "@Linear(12) @Unflatten({3, 4}) Tensor b(Tensor x);\n";

  /** A single number for each example. */
  private static final String ANGLE =
      "@Network interface Net {\n"
          + "@Linear(3) Tensor a(@Input(6) Tensor x);\n@Linear(3) Tensor b(Tensor x);\n"
          + "@CosineSimilarity ";

  static Stream<BadNetwork> bad() {
    return Stream.of(
        new BadNetwork(
            Message.NOT_CONCATENATED,
            "@Concat puts (N, 2, 4, 4) from coarse and (N, 3, 8, 8) from the network's input one"
                + " after the other, which may differ in dimension 1 alone",
            "@Network interface Net {\n"
                + "@MaxPool2d(2) @Conv2d(value = 2, kernelSize = 1)\n"
                + "Tensor coarse(@Input({3, 8, 8}) Tensor image);\n"
                + "▶@Concat Tensor both(Tensor coarse, Tensor image); }"),
        new BadNetwork(
            Message.NOT_CONCATENATED,
            "@Concat puts (N, 2, 5) from a and (N, 2, 4) from b one after the other, which may differ"
                + " in dimension -2 alone",
            "@Network interface Net {\n"
                + "@Linear(5) Tensor a(@Input({2, 4}) Tensor x);\n"
                + "@Linear(4) Tensor b(Tensor x);\n"
                + "▶@Concat(dim = -2) Tensor both(Tensor a, Tensor b); }"),
        new BadNetwork(
            Message.NO_DIMENSION,
            "there is no dimension 0 for @Concat in (N, 4); dimension 0 is the batch",
            "@Network interface Net {\n"
                + "@Linear(4) Tensor a(@Input(4) Tensor x);\n"
                + "@Concat(dim = ▶0) Tensor both(Tensor a, Tensor x); }"),
        new BadNetwork(
            Message.NOT_BROADCAST,
            "@Multiply takes values whose sizes are equal, or 1, in each dimension, but (N, 4, 8, 8)"
                + " from wide and (N, 4) from gate are not",
            "@Network interface Net {\n"
                + "@Conv2d(value = 4, kernelSize = 1) Tensor wide(@Input({3, 8, 8}) Tensor image);\n"
                + "@AdaptiveAvgPool2d(1) @Flatten @Linear(4) Tensor gate(Tensor image);\n"
                + "▶@Multiply Tensor both(Tensor wide, Tensor gate); }"),
        new BadNetwork(
            Message.NOT_BROADCAST,
            "(N, 5) from branch 0 (In) and (N, 4) from branch 1 (Out) are not",
            "@Network(input = 4) @Branches({In.class, Out.class}) ▶@Add interface Net {}\n"
                + "@Block @Linear(5) interface In {}\n@Block @Linear(4) interface Out {}"),
        new BadNetwork(
            Message.NOT_MULTIPLIED,
            "@MatMul multiplies (N, 3, 5) from a by (N, 3, 5) from b; the first must have as many"
                + " columns as the second has rows",
            "@Network interface Net {\n"
                + "@Linear(5) Tensor a(@Input({3, 4}) Tensor x);\n"
                + "@Linear(5) Tensor b(Tensor x);\n"
                + "▶@MatMul Tensor both(Tensor a, Tensor b); }"),
        new BadNetwork(
            Message.MEETS_MANY,
            "@Subtract takes 2 values, but 3 arrive",
            "@Network interface Net {\n"
                + "@Linear(4) Tensor a(@Input(4) Tensor x);\n"
                + "@Linear(4) Tensor b(Tensor x);\n"
                + "▶@Subtract Tensor all(Tensor a, Tensor b, Tensor x); }"),
        new BadNetwork(
            Message.MEETS_MANY,
            "@Attention takes 3 values, but 4 arrive",
            SEQUENCES
                + "@ReLU Tensor c(Tensor a);\n@ReLU Tensor d(Tensor a);\n"
                + "▶@Attention(heads = 2) Tensor e(Tensor a, Tensor b, Tensor c, Tensor d); }"),
        new BadNetwork(
            Message.NOT_KEYS_AND_VALUES,
            "the keys are (N, 3, 4) from b and the values (N, 2, 5) from c; let both have as many",
            SEQUENCES
                + "@Linear(10) @Unflatten({2, 5}) Tensor c(Tensor x);\n"
                + "▶@Attention(heads = 2) Tensor d(Tensor a, Tensor b, Tensor c); }"),
        new BadNetwork(
            Message.NOT_COMPARED,
            "@CosineSimilarity takes values of the same shape, but (N, 3, 4) from a and (N, 6)"
                + " from the network's input differ",
            "@Network interface Net {\n@Linear(12) @Unflatten({3, 4}) Tensor a(@Input(6) Tensor x);\n"
                + "▶@CosineSimilarity Tensor c(Tensor a, Tensor x); }"),
        new BadNetwork(
            Message.WRONG_RANK,
            "@Linear takes an input of shape (N, *, in), but @CosineSimilarity gives (N)",
            ANGLE + "▶@Linear(2) Tensor c(Tensor a, Tensor b); }"),
        new BadNetwork(
            Message.WRONG_RANK,
            "@LayerNorm takes an input of shape (N, *), but @CosineSimilarity gives (N)",
            ANGLE + "▶@LayerNorm Tensor c(Tensor a, Tensor b); }"),
        new BadNetwork(
            Message.WRONG_RANK,
            "@Dropout2d takes an input of shape (N, C, *), but @CosineSimilarity gives (N)",
            ANGLE + "▶@Dropout2d Tensor c(Tensor a, Tensor b); }"),
        new BadNetwork(
            Message.WRONG_RANK,
            "@GroupNorm takes an input of shape (N, C, *), but @CosineSimilarity gives (N)",
            ANGLE + "▶@GroupNorm(1) Tensor c(Tensor a, Tensor b); }"),
        new BadNetwork(
            Message.LOSS_DOES_NOT_FIT,
            "@CrossEntropyLoss takes an output of shape (N, C) with C ≥ 2 classes, but c gives (N)",
            ANGLE + "▶@CrossEntropyLoss Tensor c(Tensor a, Tensor b); }"),
        new BadNetwork(
            Message.NO_DIMENSION,
            "there is no dimension 3 for @CosineSimilarity in (N, 3, 4)",
            SEQUENCES + "@CosineSimilarity(dim = ▶3) Tensor c(Tensor a, Tensor b); }"),
        new BadNetwork(
            Message.OUT_OF_RANGE,
            "eps of @CosineSimilarity must be a number above 0 but is 0.0",
            SEQUENCES + "@CosineSimilarity(eps = ▶0) Tensor c(Tensor a, Tensor b); }"),
        new BadNetwork(
            Message.FEATURES_DIFFER,
            "@Bilinear expects 5 input features but receives 4 from b",
            SEQUENCES + "@Bilinear({4, ▶5, 2}) Tensor c(Tensor a, Tensor b); }"),
        new BadNetwork(
            Message.WRONG_COUNT,
            "@Bilinear takes {in1, in2, out}, or out alone, but was given 2 sizes",
            SEQUENCES + "@Bilinear(▶{4, 2}) Tensor c(Tensor a, Tensor b); }"),
        new BadNetwork(
            Message.NOT_BESIDE,
            "@Bilinear takes two values that differ in the last dimension alone, but (N, 3, 4) from"
                + " a and (N, 6) from the network's input differ in others",
            "@Network interface Net {\n@Linear(12) @Unflatten({3, 4}) Tensor a(@Input(6) Tensor x);\n"
                + "▶@Bilinear(2) Tensor c(Tensor a, Tensor x); }"),
        new BadNetwork(
            Message.NOT_A_DIVISOR,
            "heads of @Attention is 3, which does not divide the 4 features",
            SEQUENCES + "@Attention(heads = ▶3) Tensor c(Tensor a, Tensor b); }"),
        new BadNetwork(
            Message.WRONG_RANK,
            "@Attention takes an input of shape (N, L, E), but the network's input gives (N, 6)",
            "@Network interface Net {\n"
                + "@Unflatten({2, 3}) Tensor a(@Input(6) Tensor x);\n"
                + "▶@Attention(heads = 3) Tensor b(Tensor a, Tensor x); }"),
        new BadNetwork(
            Message.OTHER_STATE,
            "@LSTM begins with a state of shape (N, 2, 10), but state gives (N, 1, 5)",
            SEQUENCES
                + "@GRU(value = 5, output = Hidden.STATE) Tensor state(Tensor a);\n"
                + "▶@LSTM(value = 5, numLayers = 2) Tensor c(Tensor b, Tensor state); }"),
        new BadNetwork(
            Message.MEETS_MANY,
            "@GRU takes 2 values, but 3 arrive",
            SEQUENCES
                + "@GRU(value = 5, output = Hidden.STATE) Tensor state(Tensor a);\n"
                + "▶@GRU(5) Tensor c(Tensor b, Tensor state, Tensor a); }"),
        new BadNetwork(
            Message.READ_TWICE,
            "the network's input would be indices for @Embedding and numbers for @Linear",
            "@Network interface Net {\n"
                + "@Embedding({9, 4}) @Flatten Tensor a(@Input(4) Tensor x);\n"
                + "▶@Linear(16) Tensor b(Tensor x);\n"
                + "@Add Tensor both(Tensor a, Tensor b); }"),
        new BadNetwork(
            Message.LOSS_DOES_NOT_FIT,
            "@CrossEntropyLoss takes an output of shape",
            "@Network interface Net {\n"
                + "@Linear(1) ▶@CrossEntropyLoss Tensor a(@Input(4) Tensor x); }"));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void isReportedAtItsPlace(BadNetwork bad) {
    bad.isReportedAtItsPlace();
  }
}
