package io.github.torchscribe.processor;

import io.github.torchscribe.processor.message.Message;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each bad stack on a method, and each bad forward: the right message at the right place. */
@CompilesOnly
class StackErrorsTest {
  static Stream<BadNetwork> bad() {
    return Stream.of(
        new BadNetwork(
            Message.NOT_A_STACK,
            "layers belong on a method without body that takes one Tensor and gives one",
            "@Network(input = 5) interface Net {\n"
                + "▶@Linear(3) Tensor head(Tensor x, int y);\n"
                + "@Linear(3) Tensor code(Tensor x);\n"
                + "default Tensor forward(Tensor x) { return x; } default Tensor head(Tensor x) {"
                + " return x; } }"),
        new BadNetwork(
            Message.NO_BODY,
            "other of Net has neither layers nor a body",
            "@Network(input = 5) interface Net { @Linear(3) Tensor head(Tensor x);\n"
                + "Tensor ▶other(Tensor x);\n"
                + "default Tensor forward(Tensor x) { return head(x); } }"),
        new BadNetwork(
            Message.NOT_A_FORWARD,
            "forward of Net takes 2 values, but a network has one input and one output",
            "@Network(input = 5) interface Net { @Linear(3) Tensor head(Tensor x);\n"
                + "default Tensor ▶forward(Tensor a, Tensor b) { return head(a).add(head(b)); } }"),
        new BadNetwork(
            Message.NOT_A_FORWARD,
            "forward of Net takes nothing",
            "@Network(input = 5) interface Net { @Linear(3) Tensor head(Tensor x);\n"
                + "default Tensor ▶forward() { return null; } }"),
        new BadNetwork(
            Message.NOT_A_FORWARD,
            "forward of Net takes float[]",
            "@Network(input = 5) interface Net { @Linear(3) Tensor head(Tensor x);\n"
                + "default Tensor ▶forward(float[] x) { return null; } }"),
        new BadNetwork(
            Message.NOT_A_FORWARD,
            "forward of Net gives void",
            "@Network(input = 5) interface Net { @Linear(3) Tensor head(Tensor x);\n"
                + "default void ▶forward(Tensor x) { head(x); } }"),
        new BadNetwork(
            Message.NOT_A_FORWARD,
            "forward of Net throws java.io.IOException",
            "@Network(input = 5) interface Net { @Linear(3) Tensor head(Tensor x);\n"
                + "default Tensor ▶forward(Tensor x) throws java.io.IOException { return head(x); } }"),
        new BadNetwork(
            Message.NOT_A_FORWARD,
            "forward of Net has no body",
            "@Network(input = 5) interface Net { @Linear(3) Tensor head(Tensor x);\n"
                + "Tensor ▶forward(Tensor x); }"),
        new BadNetwork(
            Message.NOT_A_STACK,
            "layers belong on a method without body",
            "@Network(input = 5) interface Net {\n"
                + "▶@Linear(3) default Tensor forward(Tensor x) { return x; } }"),
        new BadNetwork(
            Message.NOT_A_FORWARD,
            "forward of Net is no default method",
            "@Network(input = 5) interface Net { @Linear(3) Tensor head(Tensor x);\n"
                + "static Tensor ▶forward(Tensor x) { return x; } }"),
        new BadNetwork(
            Message.NOT_A_STACK,
            "head is another (Tensor is org.bytedeco.pytorch's)",
            "@Network(input = 5) interface Net {\n▶@Linear(3) Other head(Other x);\n"
                + "interface Other {} default Tensor forward(Tensor x) { return x; } }"),
        new BadNetwork(
            Message.INHERITED,
            "encode of Net is inherited from Base without a body",
            "@Network(input = 5) ▶interface Net extends Base { @Linear(3) Tensor head(Tensor x);\n"
                + "default Tensor forward(Tensor x) { return head(encode(x)); } }\n"
                + "interface Base { Tensor encode(Tensor x); }"),
        new BadNetwork(
            Message.INHERITED,
            "encode of Net is inherited from Base without a body",
            "@Network(input = 5) ▶interface Net extends Base {}\n"
                + "@Network(input = 5) interface Base { @Linear(3) Tensor encode(Tensor x);\n"
                + "default Tensor forward(Tensor x) { return encode(x); } }"),
        new BadNetwork(
            Message.INPUT_WITHOUT_LAYERS,
            "@Input says what the layers on a method take, but forward has none",
            "@Network(input = 5) interface Net { @Linear(3) Tensor head(Tensor x);\n"
                + "default Tensor forward(▶@Input(5) Tensor x) { return head(x); } }"),
        new BadNetwork(
            Message.WRONG_COUNT,
            "@Input takes the sizes of one example, but was given 0 sizes",
            "@Network(input = 5) interface Net { @Linear(3) Tensor head(@Input(▶{}) Tensor x);\n"
                + "default Tensor forward(Tensor x) { return head(x); } }"),
        new BadNetwork(
            Message.NOT_IMPLEMENTABLE,
            "implements Net, which it cannot: it is sealed",
            "@Network(input = 5)\nsealed ▶interface Net { @Linear(3) Tensor head(Tensor x);\n"
                + "default Tensor forward(Tensor x) { return head(x); } }\n"
                + "non-sealed interface Other extends Net {}"),
        new BadNetwork(
            Message.NOT_IMPLEMENTABLE,
            "implements Net, which it cannot: every class has another clone()",
            "@Network(input = 5) ▶interface Net { @Linear(3) Tensor head(Tensor x);\n"
                + "default Object clone() { return this; }\n"
                + "default Tensor forward(Tensor x) { return head(x); } }"),
        new BadNetwork(
            Message.LAYERS_TWICE,
            "Net has layers on itself and on methods",
            "@Network(input = 5) ▶@Linear(3) interface Net { @Linear(3) Tensor head(Tensor x);\n"
                + "default Tensor forward(Tensor x) { return head(x); } }"),
        new BadNetwork(
            Message.OUTPUT_FOLLOWS,
            "the output follows from the layers",
            "@Network(input = 5, output = ▶3) @Linear(3) interface Net {}"),
        new BadNetwork(
            Message.SIZE_NOT_POSITIVE,
            "a size must be at least 1 but is 0",
            "@Network(input = 5) interface Net { @Linear(3) Tensor head(@Input(▶0) Tensor x);\n"
                + "default Tensor forward(Tensor x) { return head(x); } }"),
        new BadNetwork(
            Message.FEATURES_DIFFER,
            "@Linear expects 4 input features but receives 3 from @Linear(3)",
            "@Network(input = 5) interface Net {\n"
                + "@Linear(3) @Linear({▶4, 2}) Tensor head(Tensor x);\n"
                + "default Tensor forward(Tensor x) { return head(x); } }"));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void isReportedAtItsPlace(BadNetwork bad) {
    bad.isReportedAtItsPlace();
  }
}
