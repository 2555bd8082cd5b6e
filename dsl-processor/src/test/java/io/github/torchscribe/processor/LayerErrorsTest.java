package io.github.torchscribe.processor;

import io.github.torchscribe.processor.message.Message;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each bad layer, and each that does not fit what arrives: the right message at the right place.
 */
@CompilesOnly
class LayerErrorsTest {
  private static final String GOOD = "@Network(input = 4) @Linear({4, 3})";

  static Stream<BadNetwork> bad() {
    return Stream.of(
        new BadNetwork(
            Message.CHANNELS_DIFFER,
            "@Conv2d expects 3 input channels but receives 1 from the network's input; did you mean"
                + " 1?",
            "@Network(input = {1, 28, 28}) @Conv2d(value = {▶3, 8}, kernelSize = 3) interface Net {}"),
        new BadNetwork(
            Message.CHANNELS_DIFFER,
            "@BatchNorm2d expects 16 input channels but receives 8 from @Conv2d",
            "@Network(input = {1, 9, 9}) @Conv2d(value = 8, kernelSize = 3) @ReLU @BatchNorm2d(▶16)"
                + " interface Net {}"),
        new BadNetwork(
            Message.OUT_OF_RANGE,
            "numEmbeddings of @PositionalEmbedding must be at least the number of places, 5, but is"
                + " 4",
            "@Network(input = {5, 2}) @PositionalEmbedding(numEmbeddings = ▶4) interface Net {}"),
        new BadNetwork(
            Message.OUT_OF_RANGE,
            "p of @Normalize must be at least 1 but is 0.5",
            "@Network(input = 4) @Normalize(p = ▶0.5) interface Net {}"),
        new BadNetwork(
            Message.OUT_OF_RANGE,
            "eps of @Normalize must be a number above 0 but is 0.0",
            "@Network(input = 4) @Normalize(eps = ▶0) interface Net {}"),
        new BadNetwork(
            Message.NO_DIMENSION,
            "there is no dimension 2 for @Normalize in (N, 4); dimension 0 is the batch",
            "@Network(input = 4) @Normalize(dim = ▶2) interface Net {}"),
        new BadNetwork(
            Message.CHANNELS_DIFFER,
            "@PReLU expects 3 input channels but receives 4",
            "@Network(input = 4) @PReLU(numParameters = ▶3) interface Net {}"),
        new BadNetwork(
            Message.WRONG_RANK,
            "@Conv2d takes an input of shape (N, C, H, W), but the network's input gives (N, 784)",
            "@Network(input = 784) ▶@Conv2d(value = 8, kernelSize = 3) interface Net {}"),
        new BadNetwork(
            Message.WRONG_RANK,
            "@BatchNorm1d takes an input of shape (N, C) or (N, C, L)",
            "@Network(input = {1, 28, 28}) ▶@BatchNorm1d interface Net {}"),
        new BadNetwork(
            Message.KERNEL_TOO_LARGE,
            "the window of @Conv2d spans 5, more than the 4 that the padded input has; it receives"
                + " (N, 1, 8, 2)",
            "@Network(input = {1, 8, 2}) @Conv2d(value = 8, kernelSize = {3, ▶5}, padding = 1)"
                + " interface Net {}"),
        new BadNetwork(
            Message.WRONG_RANK,
            "@EmbeddingBag takes an input of shape (N, L), but the network's input gives (N, 2, 3)",
            "@Network(input = {2, 3}) ▶@EmbeddingBag({9, 4}) interface Net {}"),
        new BadNetwork(
            Message.WRONG_RANK,
            "@RNN takes an input of shape (N, L, E), but the network's input gives (N, 6)",
            "@Network(input = 6) ▶@RNN(4) interface Net {}"),
        new BadNetwork(
            Message.WRONG_RANK,
            "@Conv3d takes an input of shape (N, C, D, H, W), but the network's input gives (N, 1,"
                + " 8, 8)",
            "@Network(input = {1, 8, 8}) ▶@Conv3d(value = 8, kernelSize = 3) interface Net {}"),
        new BadNetwork(
            Message.OUT_OF_RANGE,
            "value of @AvgPool3d must be at most what its input is without padding, 2, but is 3",
            "@Network(input = {1, 2, 8, 8}) @AvgPool3d(value = ▶3, padding = 1) interface Net {}"),
        new BadNetwork(
            Message.WRONG_COUNT,
            "@AvgPool3d takes one size as value, or 3, but was given 2 sizes",
            "@Network(input = {1, 8, 8, 8}) @AvgPool3d(▶{2, 2}) interface Net {}"),
        new BadNetwork(
            Message.OUT_OF_RANGE,
            "outputPadding of @ConvTranspose1d must be less than stride or dilation but is 2",
            "@Network(input = {4, 8}) @ConvTranspose1d(value = 4, kernelSize = 2, stride = 2,"
                + " outputPadding = ▶2) interface Net {}"),
        new BadNetwork(
            Message.KERNEL_TOO_LARGE,
            "the window of @MaxPool2d spans 3, more than the 2",
            "@Network(input = {1, 2, 2}) @MaxPool2d(▶3) interface Net {}"),
        new BadNetwork(
            Message.NOT_A_DIVISOR,
            "groups of @Conv2d is 2, which does not divide the 3 channels",
            "@Network(input = {3, 8, 8}) @Conv2d(value = 4, kernelSize = 3, groups = ▶2)"
                + " interface Net {}"),
        new BadNetwork(
            Message.NOT_A_DIVISOR,
            "value of @GroupNorm is 3, which does not divide the 4 channels",
            "@Network(input = 4) @GroupNorm(▶3) interface Net {}"),
        new BadNetwork(
            Message.NOT_A_DIVISOR,
            "heads of @SelfAttention is 3, which does not divide the 8 features",
            "@Network(input = {5, 8}) @SelfAttention(heads = ▶3) interface Net {}"),
        new BadNetwork(
            Message.OUT_OF_RANGE,
            "dropout of @SelfAttention must be from 0 to less than 1 but is 1",
            "@Network(input = {5, 8}) @SelfAttention(heads = 2, dropout = ▶1) interface Net {}"),
        new BadNetwork(
            Message.OUT_OF_RANGE,
            "paddingIdx of @Embedding must be from 0 to 6 where mask is true but is -1",
            "@Network(input = 5) ▶@Embedding(value = {7, 4}, mask = true) interface Net {}"),
        new BadNetwork(
            Message.WRONG_RANK,
            "@Embedding takes an input of shape (N, L), but the network's input gives (N, 2, 5)",
            "@Network(input = {2, 5})\n"
                + "▶@Embedding(value = {7, 4}, paddingIdx = 0, mask = true) interface Net {}"),
        new BadNetwork(
            Message.WRONG_RANK,
            "@LSTM takes an input of shape (N, L, E), but the network's input gives (N, 8)",
            "@Network(input = 8) ▶@LSTM(4) interface Net {}"),
        new BadNetwork(
            Message.FEATURES_DIFFER,
            "@GRU expects 7 input features but receives 8 from the network's input; did you mean 8?",
            "@Network(input = {5, 8}) @GRU({▶7, 4}) interface Net {}"),
        new BadNetwork(
            Message.WRONG_COUNT,
            "@Embedding takes {numEmbeddings, embeddingDim}, but was given 1 sizes",
            "@Network(input = 5) @Embedding(▶7) interface Net {}"),
        new BadNetwork(
            Message.OUT_OF_RANGE,
            "paddingIdx of @Embedding must be -1, or from 0 to 6 but is 7",
            "@Network(input = 5) @Embedding(value = {7, 4}, paddingIdx = ▶7) interface Net {}"),
        new BadNetwork(
            Message.NOT_INDICES,
            "@Embedding looks vectors up by index, but receives numbers from @Linear(5)",
            "@Network(input = 5) @Linear(5) ▶@Embedding({7, 4}) interface Net {}"),
        new BadNetwork(
            Message.WRONG_COUNT,
            "@Conv2d takes one size as stride, or 2, but was given 0 sizes",
            "@Network(input = {1, 8, 8}) @Conv2d(value = 4, kernelSize = 3, stride = ▶{})"
                + " interface Net {}"),
        new BadNetwork(
            Message.NOT_THE_SAME,
            "padding = SAME of @Conv2d needs stride 1 and an odd kernelSize",
            "@Network(input = {3, 8, 8}) @Conv2d(value = 4, kernelSize = 4, padding = Conv2d▶.SAME)"
                + " interface Net {}"),
        new BadNetwork(
            Message.NO_DIMENSION,
            "there is no dimension 2 for @Softmax in (N, 4); dimension 0 is the batch",
            "@Network(input = 4) @Softmax(dim = ▶2) interface Net {}"),
        new BadNetwork(
            Message.NO_DIMENSION,
            "there is no dimension 0 for @Unflatten",
            "@Network(input = 4) @Unflatten(value = {2, 2}, dim = ▶0) interface Net {}"),
        new BadNetwork(
            Message.NOT_UNFLATTENED,
            "@Reshape cannot make (5, -1) of (N, 3, 4); at most one size may be -1",
            "@Network(input = {3, 4}) @Reshape(▶{5, -1}) interface Net {}"),
        new BadNetwork(
            Message.OUT_OF_RANGE,
            "value of @Permute must be each dimension of (N, 3, 4) but the batch, 0, once but is"
                + " [0, 2, 1]",
            "@Network(input = {3, 4}) @Permute(▶{0, 2, 1}) interface Net {}"),
        new BadNetwork(
            Message.OUT_OF_RANGE,
            "index of @Select must be from -3 to 2 but is 3",
            "@Network(input = {3, 4}) @Select(dim = 1, index = ▶3) interface Net {}"),
        new BadNetwork(
            Message.NO_DIMENSION,
            "there is no dimension 0 for @Select in (N, 3, 4); dimension 0 is the batch",
            "@Network(input = {3, 4}) @Select(dim = ▶0, index = 1) interface Net {}"),
        new BadNetwork(
            Message.WRONG_RANK,
            "@MaxOver takes an input of shape (N, *, *), but the network's input gives (N, 4)",
            "@Network(input = 4) ▶@MaxOver(dim = 1) interface Net {}"),
        new BadNetwork(
            Message.OUT_OF_RANGE,
            "start of @Narrow must be at least 3 places from the end but is -2",
            "@Network(input = {3, 4}) @Narrow(dim = 2, start = ▶-2, length = 3) interface Net {}"),
        new BadNetwork(
            Message.OUT_OF_RANGE,
            "length of @Narrow must be at most 3, the size of dimension 1 but is 4",
            "@Network(input = {3, 4}) @Narrow(dim = 1, start = 0, length = ▶4) interface Net {}"),
        new BadNetwork(
            Message.OUT_OF_RANGE,
            "padding of @Conv2d must be at least 0, or SAME (CAUSAL is of @Conv1d alone: only a"
                + " sequence has a before) but is CAUSAL",
            "@Network(input = {3, 8, 8}) @Conv2d(value = 4, kernelSize = 3, padding = Conv1d▶.CAUSAL)"
                + " interface Net {}"),
        new BadNetwork(
            Message.WRONG_COUNT,
            "@ZeroPad2d takes one size as value, or 4, but was given 2 sizes",
            "@Network(input = {3, 8, 8}) @ZeroPad2d(▶{1, 2}) interface Net {}"),
        new BadNetwork(
            Message.OUT_OF_RANGE,
            "the size of dimension 1 of @GLU must be even, as it is halved, but is 3",
            "@Network(input = {3, 4}) @GLU(dim = ▶1) interface Net {}"),
        new BadNetwork(
            Message.OUT_OF_RANGE,
            "value of @PixelShuffle must be a number whose square divides the 6 channels but is 2",
            "@Network(input = {6, 4, 4}) @PixelShuffle(▶2) interface Net {}"),
        new BadNetwork(
            Message.OUT_OF_RANGE,
            "the number of values in a channel of @InstanceNorm1d must be at least 2 but is 1",
            "@Network(input = {6, 1}) ▶@InstanceNorm1d interface Net {}"),
        new BadNetwork(
            Message.OTHER_LAST_DIMENSIONS,
            "@LayerNorm normalises over the last dimensions (5), but @Linear(4) gives (N, 4)",
            "@Network(input = 4) @Linear(4) @LayerNorm(▶5) interface Net {}"),
        new BadNetwork(
            Message.NOT_UNFLATTENED,
            "@Unflatten cannot make (2, 3) of a dimension of size 4; at most one size may be -1",
            "@Network(input = 4) @Unflatten(▶{2, 3}) interface Net {}"),
        new BadNetwork(
            Message.OUT_OF_RANGE,
            "padding of @MaxPool2d must be at most half the window but is 2",
            "@Network(input = {1, 8, 8}) @MaxPool2d(value = 2, padding = ▶2) interface Net {}"),
        new BadNetwork(
            Message.OUT_OF_RANGE,
            "value of @Dropout must be from 0 to less than 1 but is 1.0",
            "@Network(input = 4) @Dropout(▶1) @Linear(3) interface Net {}"),
        new BadNetwork(
            Message.WRONG_COUNT,
            "@Conv2d takes one size as stride, or 2, but was given 3 sizes",
            "@Network(input = {1, 8, 8}) @Conv2d(value = 4, kernelSize = 3, stride = ▶{1, 1, 1})"
                + " interface Net {}"),
        new BadNetwork(
            Message.FEATURES_DIFFER,
            "@Linear expects 300 input features but receives 200 from @Linear({784, 200});"
                + " did you mean 200?",
            "@Network(input = 784) @Linear({784, 200}) @ReLU\n@Linear({▶300, 10}) interface Net {}"),
        new BadNetwork(
            Message.FEATURES_DIFFER,
            "expects 5 input features but receives 4 from the network's input",
            "@Network(input = {4}) @Linear(value = {▶5, 3}) interface Net {}"),
        new BadNetwork(
            Message.NOT_FLAT,
            "receives (N, 1, 28, 28) from the network's input, whose last dimension is 28;"
                + " did you forget @Flatten",
            "@Network(input = {1, 28, 28})\n@Linear({▶784, 10}) interface Net {}"),
        new BadNetwork(
            Message.SIZE_NOT_POSITIVE,
            "but is -3",
            "@Network(input = 4)\n@Linear({4,\n    ▶-3}) interface Net {}"),
        new BadNetwork(
            Message.SIZE_NOT_POSITIVE,
            "but is 0",
            "@Network(input = 4) @Linear(▶0) interface Net {}"),
        new BadNetwork(
            Message.SIZE_NOT_POSITIVE,
            "but is 0",
            "@Network(input = 4) @Linear(Net▶.K) interface Net { int K = 0; }"),
        new BadNetwork(
            Message.WRONG_COUNT,
            "@Linear takes {in, out}, or out alone, but was given 3 sizes",
            "@Network(input = 4) @Linear(▶{4, 3, 2}) interface Net {}"),
        new BadNetwork(
            Message.WRONG_COUNT,
            "was given 0 sizes",
            "@Network(input = 4) @Linear(▶{}) interface Net {}"),
        new BadNetwork(
            Message.WRONG_RANGE,
            "@Flatten cannot merge dimensions 0 to -1 of (N, 2, 3)",
            "@Network(input = {2, 3}) @Flatten(startDim = ▶0) @Linear(3) interface Net {}"),
        new BadNetwork(
            Message.WRONG_RANGE,
            "cannot merge dimensions 1 to 3 of (N, 2, 3)",
            "@Network(input = {2, 3}) @Flatten(endDim = ▶3) @Linear(3) interface Net {}"),
        new BadNetwork(
            Message.TOO_LARGE,
            "4000000000000000000 elements of its weight",
            "@Network(input = 2_000_000_000) ▶@Linear(2_000_000_000) interface Net {}"),
        new BadNetwork(
            Message.CHANNELS_DIFFER,
            "from @Conv2d(value = 8, kernelSize = 3, padding = Conv2d.SAME)",
            "@Network(input = {1, 9, 9}) @Conv2d(value = 8, kernelSize = 3, padding = Conv2d.SAME)"
                + " @BatchNorm2d(▶16) interface Net {}"),
        new BadNetwork(
            Message.OUT_OF_RANGE,
            "negativeSlope of @LeakyReLU must be a finite number",
            GOOD + " @LeakyReLU(negativeSlope = 1 ▶/ 0.0) interface Net {}"),
        new BadNetwork(
            Message.OUT_OF_RANGE,
            "beta of @Softplus must be a number above 0 but is 0.0",
            GOOD + " @Softplus(beta = ▶0) interface Net {}"));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void isReportedAtItsPlace(BadNetwork bad) {
    bad.isReportedAtItsPlace();
  }
}
