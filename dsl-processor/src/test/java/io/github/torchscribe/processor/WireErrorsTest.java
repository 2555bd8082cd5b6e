package io.github.torchscribe.processor;

import io.github.torchscribe.processor.message.Message;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each bad wire between methods: the right message, under the parameter or method it is about. */
@CompilesOnly
class WireErrorsTest {
  static Stream<BadNetwork> bad() {
    return Stream.of(
        new BadNetwork(
            Message.NO_VALUE,
            "both takes fin, but there is no such value; did you mean fine?",
            "@Network interface Net {\n"
                + "@Linear({4, 3}) Tensor fine(@Input(4) Tensor x);\n"
                + "@Concat @Linear(2) Tensor both(Tensor ▶fin, Tensor x); }"),
        new BadNetwork(
            Message.NO_VALUE,
            "head takes features, but there is no such value; did you mean Feature?",
            "@Network interface Net {\n"
                + "@Linear({4, 3}) Tensor code(@Input(4) Tensor Feature);\n"
                + "@Concat @Linear(2) Tensor head(Tensor code, @From(▶\"features\") Tensor x); }"),
        new BadNetwork(
            Message.NO_VALUE,
            "head takes other, but there is no such value; there are code, head, x",
            "@Network interface Net {\n"
                + "@Linear({4, 3}) Tensor code(@Input(4) Tensor x);\n"
                + "@Linear(2) Tensor head(Tensor ▶other); }"),
        new BadNetwork(
            Message.NO_VALUE,
            "head takes x, but there is no such value; if it is the network's input, write @Input"
                + " before it",
            "@Network(input = 4) interface Net { @Linear(2) Tensor head(Tensor ▶x); }"),
        new BadNetwork(
            Message.VALUE_CYCLE,
            "up would be made of itself: up takes fine, fine takes both, both takes up; let one of"
                + " them take another value",
            "@Network interface Net {\n"
                + "@Linear(3) Tensor up(Tensor ▶fine);\n"
                + "@Concat @Linear(3) Tensor fine(@Input(4) Tensor x, Tensor both);\n"
                + "@Linear(3) Tensor both(Tensor up);\n"
                + "@Linear(3) Tensor end(Tensor both); }"),
        new BadNetwork(
            Message.VALUE_CYCLE,
            "loop would be made of itself: loop takes loop",
            "@Network interface Net {\n"
                + "@Concat @Linear(3) Tensor loop(@Input(4) Tensor x, Tensor ▶loop);\n"
                + "@Linear(3) Tensor end(Tensor loop); }"),
        new BadNetwork(
            Message.UNREAD_VALUE,
            "nobody takes side, and no loss reads it; let a method take it, write @Output on it",
            "@Network interface Net {\n"
                + "@Linear(3) Tensor code(@Input(4) Tensor x);\n"
                + "@Linear(3) Tensor ▶side(Tensor code);\n"
                + "@Linear(2) @MSELoss Tensor head(Tensor code); }"),
        new BadNetwork(
            Message.TWO_OUTPUTS,
            "nobody takes head, nor side, and nothing says which of them leaves; write a loss on each"
                + " that learns, or one of several values on a method without layers that takes them",
            "@Network interface Net {\n"
                + "@Linear(3) Tensor code(@Input(4) Tensor x);\n"
                + "@Linear(3) Tensor side(Tensor code);\n"
                + "@Linear(2) Tensor ▶head(Tensor code); }"),
        new BadNetwork(
            Message.TAKES_TWICE,
            "both takes code twice",
            "@Network interface Net {\n"
                + "@Linear(3) Tensor code(@Input(4) Tensor x);\n"
                + "@Add Tensor both(Tensor code, @From(▶\"code\") Tensor same); }"),
        new BadNetwork(
            Message.NO_MEETING,
            "both takes several values and does not say how they meet; begin with @Add,"
                + " @Attention, @Bilinear, @Concat, @CosineSimilarity, @Masked, @MatMul, @Multiply or"
                + " @Subtract",
            "@Network interface Net {\n"
                + "@Linear(3) Tensor code(@Input(4) Tensor x);\n"
                + "@Linear(2) Tensor both(Tensor code, Tensor ▶x); }"),
        new BadNetwork(
            Message.MEETS_NOTHING,
            "@Concat makes one value of several, but here is one; let head take several",
            "@Network interface Net {\n"
                + "▶@Concat @Linear(3) Tensor head(@Input(4) Tensor x); }"),
        new BadNetwork(
            Message.MEETS_NOTHING,
            "@Add makes one value of several, but head says already what it begins with",
            "@Network interface Net {\n"
                + "@Linear(4) Tensor code(@Input(4) Tensor x);\n"
                + "@Concat @Linear(3) ▶@Add Tensor head(Tensor code, Tensor x); }"),
        new BadNetwork(
            Message.FROM_CONFLICTS,
            "@From says that x of head takes code, but x is another value",
            "@Network interface Net {\n"
                + "@Linear(4) Tensor code(@Input(4) Tensor x);\n"
                + "@Linear(3) Tensor head(@From(▶\"code\") Tensor x); }"),
        new BadNetwork(
            Message.FROM_CONFLICTS,
            "@From says that x of code takes y, but @Input that it is the input",
            "@Network interface Net {\n"
                + "@Linear(4) Tensor y(@Input(4) Tensor x);\n"
                + "@Linear(4) Tensor code(@Input @From(▶\"y\") Tensor x); }"),
        new BadNetwork(
            Message.SAME_VALUE,
            "this method is called like another value, code",
            "@Network interface Net {\n"
                + "@Linear(4) Tensor code(@Input(4) Tensor x);\n"
                + "@Add Tensor ▶code(Tensor code, Tensor x); }"),
        new BadNetwork(
            Message.SAME_VALUE,
            "this input is called like another value, x",
            "@Network(input = 4) interface Net {\n"
                + "@Linear(4) Tensor x(Tensor input);\n"
                + "@Linear(4) Tensor code(@Input Tensor ▶x); }"),
        new BadNetwork(
            Message.TWO_INPUTS,
            "z is a second input, after x, and a block has one; let it be x, or another value",
            "@Block interface Net {\n"
                + "@Linear(4) Tensor y(@Input Tensor x);\n"
                + "@Concat Tensor code(Tensor y, ▶@Input Tensor z); }"),
        new BadNetwork(
            Message.INPUT_STATED_TWICE,
            "the shape of the input is stated here, and by @Network(input = 4) before",
            "@Network(input = 4) interface Net { @Linear(4) Tensor y(@Input(▶4) Tensor x); }"),
        new BadNetwork(
            Message.INPUT_STATED_TWICE,
            "the shape of the input is stated here, and by @Input(4) before",
            "@Network interface Net { @Linear(4) Tensor y(@Input(4) Tensor x);\n"
                + "@Concat @Linear(4) Tensor z(Tensor y, @Input(▶4) Tensor x); }"),
        new BadNetwork(
            Message.SIZE_NOT_POSITIVE,
            "a size must be at least 1 but is 0",
            "@Network interface Net { @Linear(4) Tensor y(@Input({▶0, 4}) Tensor x); }"),
        new BadNetwork(
            Message.FEATURES_DIFFER,
            "@Linear expects 5 input features but receives 3 from code; did you mean 3?",
            "@Network interface Net { @Linear(3) @ReLU Tensor code(@Input({2, 4}) Tensor x);\n"
                + "@Linear({▶5, 4}) Tensor head(Tensor code); }"),
        new BadNetwork(
            Message.NO_INPUT,
            "for example @Input({1, 28, 28}) before the parameter that takes it",
            "▶@Network interface Net { @Linear(4) Tensor y(@Input Tensor x); }"),
        new BadNetwork(
            Message.WIRED_WITH_FORWARD,
            "head takes several values, but Net has a forward of its own",
            "@Network(input = 4) interface Net { @Linear(4) Tensor code(Tensor x);\n"
                + "@Concat @Linear(3) Tensor head(Tensor a, Tensor ▶b);\n"
                + "default Tensor forward(Tensor x) { return head(x, code(x)); } }"),
        new BadNetwork(
            Message.WIRED_WITH_FORWARD,
            "@From says what code takes, but Net has a forward of its own",
            "@Network(input = 4) interface Net { @Linear(4) Tensor code(▶@From(\"x\") Tensor y);\n"
                + "default Tensor forward(Tensor x) { return code(x); } }"),
        new BadNetwork(
            Message.WIRED_WITH_FORWARD,
            "@MSELoss is on what code gives, but Net has a forward of its own",
            "@Network(input = 4) interface Net { @Linear(4) ▶@MSELoss Tensor code(Tensor y);\n"
                + "default Tensor forward(Tensor x) { return code(x); } }"),
        new BadNetwork(
            Message.NOT_A_VALUE,
            "layers belong on a method without body that takes Tensors and gives one",
            "@Network(input = 4) interface Net {\n"
                + "▶@Linear(4) Tensor code(Tensor input, int y); }"),
        new BadNetwork(
            Message.NOT_A_VALUE,
            "code is another (Tensor is org.bytedeco.pytorch's)",
            "@Network(input = 4) interface Net {\n▶@Linear(4) Tensor code(); }"),
        new BadNetwork(
            Message.NO_BODY,
            "other of Net has neither layers nor a body",
            "@Network(input = 5) interface Net { @Linear(3) Tensor head(Tensor input);\n"
                + "Tensor ▶other(Tensor head); }"),
        new BadNetwork(
            Message.INHERITED,
            "encode of Net is inherited from Base without a body",
            "@Network(input = 5) ▶interface Net extends Base { @Linear(3) Tensor head(Tensor input);"
                + " }\n"
                + "interface Base { Tensor encode(Tensor x); }"),
        new BadNetwork(
            Message.TWO_LOSSES,
            "Net has a second loss, @MSELoss, after @L1Loss",
            "@Network(input = 5) ▶@MSELoss interface Net {\n"
                + "@Linear(3) @L1Loss Tensor head(Tensor input); }"),
        new BadNetwork(
            Message.FROM_WITHOUT_LAYERS,
            "@From says which value a parameter of a method with layers takes, but twice has none",
            "@Network(input = 5) interface Net { @Linear(3) Tensor head(Tensor input);\n"
                + "default Tensor twice(▶@From(\"head\") Tensor x) { return x; } }"),
        new BadNetwork(
            Message.LAYERS_TWICE,
            "Net has layers on itself and on methods",
            "@Network(input = 5) ▶@Linear(5) interface Net { @Linear(3) Tensor head(Tensor input);"
                + " }"),
        new BadNetwork(
            Message.OUTPUT_FOLLOWS,
            "the output follows from the layers",
            "@Network(input = 5, output = ▶3) interface Net { @Linear(3) Tensor head(Tensor input);"
                + " }"));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void isReportedAtItsPlace(BadNetwork bad) {
    bad.isReportedAtItsPlace();
  }
}
