package io.github.torchscribe.processor;

import io.github.torchscribe.processor.message.Message;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong with several inputs, several outputs and their losses is said where it stands. */
@CompilesOnly
class PortErrorsTest {
  static Stream<BadNetwork> bad() {
    return Stream.of(
        new BadNetwork(
            Message.GENERATES_BY_STEPS,
            "Net is differentiated by libtorch's autograd",
            "@Network(input = 4, gradient = Network.Gradient.AUTOGRAD, generates = ▶true)"
                + " @Embedding({5, 3}) @Linear(5) interface Net {}"),
        new BadNetwork(
            Message.GENERATES_TEXTS,
            "but Net takes (N, 4) and gives (N, 4, 6)", // there are five tokens
            "@Network(input = 4, generates = ▶true) @Embedding({5, 3}) @Linear(6) interface Net {}"),
        new BadNetwork(
            Message.GENERATES_TEXTS,
            "but Net takes (N, 4) and gives (N, 5)",
            "@Network(input = 4, generates = ▶true) @Embedding({5, 3}) @Flatten @Linear(5)"
                + " interface Net {}"),
        new BadNetwork(
            Message.GENERATES_TEXTS,
            "but Net takes (N, 4), (N, 4) and gives (N, 4, 5)",
            "@Network(generates = ▶true) interface Net {\n"
                + "@Embedding({5, 3}) Tensor a(@Input(4) Tensor x);\n"
                + "@Embedding({5, 3}) Tensor b(@Input(4) Tensor y);\n"
                + "@Add @Linear(5) Tensor c(Tensor a, Tensor b);\n}"),
        new BadNetwork(
            Message.GENERATES_BY_SCORES,
            "@Softmax gives probabilities",
            "@Network(input = 4, generates = ▶true) @Embedding({5, 3}) @Linear(5)"
                + " @Softmax(dim = -1) interface Net {}"),
        new BadNetwork(
            Message.NOT_CAUSAL,
            "@SelfAttention, layer 1, is not computed so; of what looks at several positions only",
            "@Network(input = 4, generates = ▶true) @Embedding({5, 4}) @SelfAttention(heads = 2)"
                + " @Linear(5) interface Net {}"),
        new BadNetwork(
            Message.NOT_CAUSAL,
            "@GRU, layer 1, is not",
            "@Network(input = 4, generates = ▶true) @Embedding({5, 4})"
                + " @GRU(value = 3, output = Hidden.SEQUENCE) @Linear(5) interface Net {}"),
        new BadNetwork(
            Message.WHICH_INPUT,
            "Net has several inputs (x, y), and @Network states one",
            "@Network(input = ▶4) interface Net {\n"
                + "@Add @Linear(3) Tensor a(@Input(4) Tensor x, @Input(4) Tensor y); }"),
        new BadNetwork(
            Message.INPUT_NOT_STATED,
            "the input y is not said to be of any shape",
            "▶@Network interface Net {\n"
                + "@Add @Linear(3) Tensor a(@Input(4) Tensor x, @Input Tensor y); }"),
        new BadNetwork(
            Message.INPUT_STATED_TWICE,
            "the shape of the input is stated here, and by @Input(indices = 4) before",
            "@Network interface Net {\n"
                + "@Embedding({4, 2}) Tensor a(@Input(indices = 4) Tensor x);\n"
                + "@Embedding({4, 2}) Tensor b(@Input(▶3) Tensor x);\n"
                + "@Linear(3) Tensor c(@Input(4) Tensor y);\n"
                + "@Concat @Linear(3) Tensor d(Tensor a, Tensor b, Tensor c); }"),
        new BadNetwork(
            Message.NO_MEETING,
            "a takes several values and does not say how they meet",
            "@Network interface Net {\n"
                + "@Linear(3) Tensor a(@Input(4) Tensor x, @Input(4) Tensor ▶y); }"),
        new BadNetwork(
            Message.FEWER_INDICES,
            "@Input says that x is one of 5 indices, but @Embedding has 4 of them",
            "@Network interface Net { @Embedding({4, 2}) Tensor a(@Input(indices = ▶5) Tensor x); }"),
        new BadNetwork(
            Message.INDICES_AS_NUMBERS,
            "@Input says that x is indices, but @Linear reads numbers",
            "@Network interface Net {\n"
                + "@Linear(2) Tensor a(@Input(value = 3, indices = ▶5) Tensor x); }"),
        new BadNetwork(
            Message.READ_TWICE,
            "the input x would be indices for @Embedding and numbers for @Linear",
            "@Network interface Net {\n"
                + "@Embedding({4, 2}) @Flatten Tensor a(@Input(2) Tensor x);\n"
                + "▶@Linear({2, 4}) Tensor b(Tensor x);\n"
                + "@Concat @Linear(3) Tensor c(Tensor a, Tensor b, @Input(1) Tensor y); }"),
        new BadNetwork(
            Message.NO_MASK,
            "@Masked takes behind the sequence, (N, 3, 4) from the input x, an input of the network:"
                + " numbers of shape (N, 3), 1 for each place that is there and 0 for padding, or one"
                + " index, how many are there; but the input mask gives (N, 4)",
            "@Network interface Net {\n"
                + "▶@Masked @LSTM(2) Tensor a(@Input({3, 4}) Tensor x, @Input(4) Tensor mask); }"),
        new BadNetwork(
            Message.NO_MASK,
            "but shown gives (N, 3)",
            "@Network interface Net {\n"
                + "@Sigmoid Tensor shown(@Input(3) Tensor mask);\n"
                + "▶@Masked @LSTM(2) Tensor a(@Input({3, 4}) Tensor x, Tensor shown); }"),
        new BadNetwork(
            Message.FEWER_INDICES,
            "@Input says that length is one of 5 indices, but @Masked has 4 of them",
            "@Network interface Net {\n"
                + "@Masked @LSTM(2)\n"
                + "Tensor a(@Input({3, 4}) Tensor x, @Input(indices = ▶5) Tensor length); }"),
        new BadNetwork(
            Message.TOO_FEW_LENGTHS,
            "@Input says that length is one of 3 indices, but as a length for @Masked it is up to 3;"
                + " state indices = 4",
            "@Network interface Net {\n"
                + "@Masked @LSTM(2)\n"
                + "Tensor a(@Input({3, 4}) Tensor x, @Input(indices = ▶3) Tensor length); }"),
        new BadNetwork(
            Message.PADDING_DIFFERS,
            "values meet at @Add of which different places are padding: @Embedding says it of one and"
                + " @Masked of another; let one of them say nothing",
            "@Network interface Net {\n"
                + "@Embedding(value = {5, 4}, paddingIdx = 0, mask = true)\n"
                + "Tensor words(@Input(3) Tensor ids);\n"
                + "@Masked Tensor steps(@Input({3, 4}) Tensor x, @Input(3) Tensor mask);\n"
                + "▶@Add @MeanOver(dim = 1) Tensor both(Tensor words, Tensor steps); }"),
        new BadNetwork(
            Message.INDICES_AS_NUMBERS,
            "@Input says that mask is indices, but @Masked reads numbers",
            "@Network interface Net {\n"
                + "@Masked @LSTM(2) Tensor a(@Input({3, 4}) Tensor x,\n"
                + "@Input(value = 3, indices = ▶2) Tensor mask); }"),
        new BadNetwork(
            Message.OUT_OF_RANGE,
            "indices of @Input must be at least 1 but is -1",
            "@Network interface Net {\n"
                + "@Embedding({4, 2}) Tensor a(@Input(value = 2, indices = ▶-1) Tensor x); }"),
        new BadNetwork(
            Message.WEIGHS_NOTHING,
            "@LossWeight says what a loss counts, but head has none",
            "@Network(input = 4) interface Net {\n"
                + "@Linear(3) ▶@LossWeight(2) Tensor head(Tensor input); }"),
        new BadNetwork(
            Message.OUT_OF_RANGE,
            "value of @LossWeight must be a finite number above 0 but is 0.0",
            "@Network(input = 4) interface Net {\n"
                + "@Linear(3) @MSELoss @LossWeight(▶0) Tensor head(Tensor input);\n"
                + "@Linear(3) @MSELoss Tensor other(Tensor input); }"),
        new BadNetwork(
            Message.LOSS_TAKES,
            "@MSELoss reads 1 value, but here are 2",
            "@Network(input = 4) interface Net {\n"
                + "@Linear(3) Tensor a(Tensor input);\n"
                + "@Linear(3) Tensor b(Tensor input);\n"
                + "▶@MSELoss Tensor both(Tensor a, Tensor b); }"),
        new BadNetwork(
            Message.NO_VALUE,
            "b takes how, but how has a loss alone, and gives nothing; take what it takes",
            "@Network(input = 4) interface Net {\n"
                + "@Linear(3) Tensor a(Tensor input);\n"
                + "@MSELoss Tensor how(Tensor a);\n"
                + "@Linear(3) @MSELoss Tensor b(Tensor ▶how); }"),
        new BadNetwork(
            Message.NOT_ONE_PORT,
            "Two has several inputs or outputs (x, a, b), and a part of others has one of each",
            "@Network(input = 4) @Use(Two▶.class) interface Net {}\n"
                + "@Network interface Two {\n"
                + "@Linear(3) @MSELoss Tensor a(@Input(4) Tensor x);\n"
                + "@Linear(3) @MSELoss Tensor b(Tensor x); }"),
        new BadNetwork(
            Message.NOT_OF_A_BLOCK,
            "@MSELoss is on the block Part",
            "@Block interface Part {\n"
                + "@Linear(4) Tensor a(@Input Tensor x);\n"
                + "@Linear(4) ▶@MSELoss Tensor b(Tensor a); }"),
        new BadNetwork(
            Message.WIRED_WITH_FORWARD,
            "@Output is on what a gives, but Net has a forward of its own",
            "@Network(input = 4) interface Net {\n"
                + "@Linear(4) ▶@Output Tensor a(Tensor x);\n"
                + "default Tensor forward(Tensor x) { return a(x); } }"));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void isSaidAtItsPlace(BadNetwork bad) {
    bad.isReportedAtItsPlace();
  }
}
