package io.github.torchscribe.processor;

import io.github.torchscribe.processor.message.Message;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mistakes from which others would seem to follow: each is said once, and nothing else is. */
@CompilesOnly
class WireMistakesTest {
  static Stream<BadNetwork> bad() {
    return Stream.of(
        new BadNetwork(
            Message.NOT_A_VALUE,
            "code is another",
            "@Network interface Net {\n"
                + "▶@Linear(4) Tensor code(@Input(4) Tensor x, int y);\n"
                + "@Linear(3) Tensor head(Tensor x); }"),
        new BadNetwork(
            Message.NOT_A_VALUE,
            "code is another",
            "@Network interface Net {\n"
                + "@Linear(3) Tensor first(@Input(4) Tensor x);\n"
                + "▶@Linear(4) default Tensor code(Tensor first) { return first; }\n"
                + "@Linear({4, 2}) @MSELoss Tensor head(Tensor code); }"),
        new BadNetwork(
            Message.NO_VALUE,
            "code takes x, but there is no such value; if it is the network's input, write"
                + " @Input before it",
            "@Network(input = 4) interface Net {\n"
                + "@Embedding({9, 4}) Tensor code(Tensor ▶x);\n"
                + "@Linear({4, 3}) Tensor side(Tensor x);\n"
                + "@Concat @Linear(2) Tensor head(Tensor code, Tensor x); }"),
        new BadNetwork(
            Message.NO_VALUE,
            "code takes x, but there is no such value; if it is the block's input, write"
                + " @Input before it",
            "@Network(input = 4) @Use(Both.class) @Linear(3) @Use(Both.class) interface Net {}\n"
                + "@Block interface Both { @Linear(4) Tensor code(Tensor ▶x);\n"
                + "@Add Tensor head(Tensor code, Tensor x); }"),
        new BadNetwork(
            Message.SAME_VALUE,
            "this method is called like the input of a network; rename the method",
            "@Network(input = 4) interface Net {\n"
                + "@Linear(5) Tensor ▶input(Tensor input);\n"
                + "@Linear({5, 3}) Tensor head(Tensor input); }"),
        new BadNetwork(
            Message.SAME_VALUE,
            "this method is called like the input of a network; rename the method",
            "@Network interface Net {\n"
                + "@Linear(5) Tensor ▶input(@Input(4) Tensor x);\n"
                + "@Linear({5, 3}) @MSELoss Tensor head(Tensor input); }"),
        new BadNetwork(
            Message.SAME_VALUE,
            "this method is called like the input of a network; rename the method",
            "@Network interface Net {\n"
                + "@Linear(5) @MSELoss Tensor ▶input(@Input(4) Tensor input); }"),
        new BadNetwork(
            Message.SAME_VALUE,
            "this method is called like the input of a block; rename the method",
            "@Network(input = 4) @Use(In.class) interface Net {}\n"
                + "@Block interface In { @Linear(5) Tensor ▶input(Tensor input);\n"
                + "@Linear({5, 3}) Tensor head(Tensor input); }"),
        new BadNetwork(
            Message.SAME_VALUE,
            "this input is called like another value, x; rename one of the two",
            "@Network interface Net {\n"
                + "@Linear(5) Tensor x(@Input(4) Tensor ▶x);\n"
                + "@Linear({5, 3}) Tensor head(Tensor x); }"),
        new BadNetwork(
            Message.SAME_VALUE,
            "this method is called like the forward of a model; rename the method",
            "@Network interface Net {\n"
                + "@Linear(5) Tensor ▶forward(@Input(4) Tensor x);\n"
                + "@Linear({5, 3}) @MSELoss Tensor head(Tensor forward); }"),
        new BadNetwork(
            Message.SAME_VALUE,
            "this method is called like the forward of a model; rename the method",
            "@Block interface Net {\n"
                + "@Linear(5) Tensor code(@Input Tensor x);\n"
                + "@Add Tensor ▶forward(Tensor code, Tensor x); }"),
        new BadNetwork(
            Message.SAME_VALUE,
            "this method is called like another value, code; rename one of the two",
            "@Network interface Net {\n"
                + "@Linear(5) Tensor code(@Input(4) Tensor x);\n"
                + "@Linear(4) Tensor side(Tensor x);\n"
                + "@Add Tensor ▶code(Tensor x, Tensor side);\n"
                + "@Linear({4, 3}) @MSELoss Tensor head(Tensor code); }"),
        new BadNetwork(
            Message.TWO_LOSSES,
            "head has a second loss, @L1Loss, after @MSELoss",
            "@Network interface Net {\n"
                + "@Linear(4) Tensor code(@Input(4) Tensor x);\n"
                + "@Linear(3) @MSELoss ▶@L1Loss Tensor head(Tensor code); }"),
        new BadNetwork(
            Message.TWO_INPUTS,
            "z is a second input, after x, and a block has one",
            "@Block interface Net {\n"
                + "@Linear(2) Tensor code(@Input Tensor x, ▶@Input Tensor z); }"),
        new BadNetwork(
            Message.NO_VALUE,
            "head takes twice, but twice has a body, and is no value; write layers on it"
                + " in place of the body",
            "@Network interface Net {\n"
                + "@Linear(4) Tensor code(@Input(4) Tensor x);\n"
                + "default Tensor twice(Tensor code) { return code; }\n"
                + "@Linear(3) @MSELoss Tensor head(Tensor ▶twice); }"),
        new BadNetwork(
            Message.NO_BODY,
            "other of Net has neither layers nor a body",
            "@Network interface Net {\n"
                + "@Linear(4) Tensor code(@Input(4) Tensor x);\n"
                + "Tensor ▶other(Tensor code);\n"
                + "@Linear(3) @MSELoss Tensor head(Tensor other); }"),
        new BadNetwork(
            Message.TWO_OUTPUTS,
            "nobody takes head, nor side, and nothing says which of them leaves; a block gives one"
                + " value: let one take the other",
            "@Block interface Net {\n"
                + "@Linear(3) Tensor side(@Input Tensor x);\n"
                + "@Linear(3) Tensor ▶head(Tensor x); }"),
        new BadNetwork(
            Message.MEETS_NOTHING,
            "@Concat makes one value of several, but head says already what it begins"
                + " with; write it above all else",
            "@Network interface Net {\n"
                + "@Linear(4) Tensor code(@Input(4) Tensor x);\n"
                + "@Linear(4) ▶@Concat Tensor head(Tensor code, Tensor x); }"),
        new BadNetwork(
            Message.NO_MEETING,
            "head takes several values and does not say how they meet",
            "@Network interface Net {\n"
                + "@Linear(4) Tensor code(@Input(4) Tensor x);\n"
                + "@Branches({In.class, In.class}) @Concat Tensor head(Tensor code, Tensor ▶x); }\n"
                + "@Block @Linear(4) interface In {}"),
        new BadNetwork(
            Message.NO_VALUE,
            "head takes coed, but there is no such value; did you mean code?",
            "@Network interface Net {\n"
                + "@Linear(4) Tensor code(@Input(4) Tensor x);\n"
                + "@Linear(3) Tensor head(Tensor ▶coed); }"));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void isSaidOnce(BadNetwork bad) {
    bad.isReportedAtItsPlace();
  }
}
