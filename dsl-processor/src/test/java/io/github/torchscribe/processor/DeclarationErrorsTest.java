package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.Compilation;
import io.github.torchscribe.processor.message.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each bad declaration: the right message, in the right file, at the right line and column. */
class DeclarationErrorsTest {
  /** Stands in the sources below before what is wrong. */
  private static final String MARK = "▶";

  private static final String GOOD = "@Network(input = 4) @Linear({4, 3})";

  record Bad(Message message, String says, String source) {
    @Override
    public String toString() {
      return message + ": " + source.replace('\n', ' ');
    }
  }

  static Stream<Bad> bad() {
    return Stream.of(
        new Bad(
            Message.CHANNELS_DIFFER,
            "@Conv2d expects 3 input channels but receives 1 from the network's input; did you mean"
                + " 1?",
            "@Network(input = {1, 28, 28}) @Conv2d(value = {▶3, 8}, kernelSize = 3) interface Net {}"),
        new Bad(
            Message.CHANNELS_DIFFER,
            "@BatchNorm2d expects 16 input channels but receives 8 from @Conv2d",
            "@Network(input = {1, 9, 9}) @Conv2d(value = 8, kernelSize = 3) @ReLU @BatchNorm2d(▶16)"
                + " interface Net {}"),
        new Bad(
            Message.CHANNELS_DIFFER,
            "@PReLU expects 3 input channels but receives 4",
            "@Network(input = 4) @PReLU(numParameters = ▶3) interface Net {}"),
        new Bad(
            Message.WRONG_RANK,
            "@Conv2d takes an input of shape (N, C, H, W), but the network's input gives (N, 784)",
            "@Network(input = 784) ▶@Conv2d(value = 8, kernelSize = 3) interface Net {}"),
        new Bad(
            Message.WRONG_RANK,
            "@BatchNorm1d takes an input of shape (N, C) or (N, C, L)",
            "@Network(input = {1, 28, 28}) ▶@BatchNorm1d interface Net {}"),
        new Bad(
            Message.KERNEL_TOO_LARGE,
            "the window of @Conv2d spans 5, more than the 4 that the padded input has; it receives"
                + " (N, 1, 8, 2)",
            "@Network(input = {1, 8, 2}) @Conv2d(value = 8, kernelSize = {3, ▶5}, padding = 1)"
                + " interface Net {}"),
        new Bad(
            Message.KERNEL_TOO_LARGE,
            "the window of @MaxPool2d spans 3, more than the 2",
            "@Network(input = {1, 2, 2}) @MaxPool2d(▶3) interface Net {}"),
        new Bad(
            Message.NOT_A_DIVISOR,
            "groups of @Conv2d is 2, which does not divide the 3 channels",
            "@Network(input = {3, 8, 8}) @Conv2d(value = 4, kernelSize = 3, groups = ▶2)"
                + " interface Net {}"),
        new Bad(
            Message.NOT_A_DIVISOR,
            "value of @GroupNorm is 3, which does not divide the 4 channels",
            "@Network(input = 4) @GroupNorm(▶3) interface Net {}"),
        new Bad(
            Message.NOT_A_DIVISOR,
            "heads of @SelfAttention is 3, which does not divide the 8 features",
            "@Network(input = {5, 8}) @SelfAttention(heads = ▶3) interface Net {}"),
        new Bad(
            Message.WRONG_RANK,
            "@LSTM takes an input of shape (N, L, E), but the network's input gives (N, 8)",
            "@Network(input = 8) ▶@LSTM(4) interface Net {}"),
        new Bad(
            Message.FEATURES_DIFFER,
            "@GRU expects 7 input features but receives 8 from the network's input; did you mean 8?",
            "@Network(input = {5, 8}) @GRU({▶7, 4}) interface Net {}"),
        new Bad(
            Message.WRONG_COUNT,
            "@Embedding takes {numEmbeddings, embeddingDim}, but was given 1 sizes",
            "@Network(input = 5) @Embedding(▶7) interface Net {}"),
        new Bad(
            Message.OUT_OF_RANGE,
            "paddingIdx of @Embedding must be -1, or from 0 to 6 but is 7",
            "@Network(input = 5) @Embedding(value = {7, 4}, paddingIdx = ▶7) interface Net {}"),
        new Bad(
            Message.NOT_INDICES,
            "@Embedding looks vectors up by index, but receives numbers from @Linear(5)",
            "@Network(input = 5) @Linear(5) ▶@Embedding({7, 4}) interface Net {}"),
        new Bad(
            Message.READ_TWICE,
            "the network's input would be indices for @Embedding and numbers for @Linear",
            "@Network(input = 5) @Use(Block.class) interface Net {}\n"
                + "@Network(input = 5) @Residual @Shortcut(Past.class) @Embedding({7, 4})"
                + " @Flatten @Linear(4) interface Block {}\n"
                + "@Network(input = 5) ▶@Linear(4) interface Past {}"),
        new Bad(
            Message.NO_MOMENTUM,
            "@OneCycleLR cycles the optimizer's momentum, which @Adagrad does not have",
            "@Network(input = 5) @Linear(3) @CrossEntropyLoss @Adagrad ▶@OneCycleLR(maxLr = 0.1)"
                + " interface Net {}"),
        new Bad(
            Message.NOTHING_TO_LEARN,
            "@CrossEntropyLoss has nothing to work on: no layer of Net has parameters",
            "@Network(input = 5) @Tanh ▶@CrossEntropyLoss interface Net {}"),
        new Bad(
            Message.NOT_A_STACK,
            "layers belong on a method without body that takes one Tensor and gives one",
            "@Network(input = 5) interface Net {\n"
                + "▶@Linear(3) Tensor head(Tensor x, int y);\n"
                + "@Linear(3) Tensor code(Tensor x);\n"
                + "default Tensor forward(Tensor x) { return x; } default Tensor head(Tensor x) {"
                + " return x; } }"),
        new Bad(
            Message.NO_FORWARD,
            "Net has stacks on methods but does not say how they are put together; add 'default"
                + " Tensor forward(Tensor x) { return head(x); }'",
            "@Network(input = 5) ▶interface Net { @Linear(3) Tensor head(Tensor x); }"),
        new Bad(
            Message.NO_BODY,
            "other of Net has neither layers nor a body",
            "@Network(input = 5) interface Net { @Linear(3) Tensor head(Tensor x);\n"
                + "Tensor ▶other(Tensor x);\n"
                + "default Tensor forward(Tensor x) { return head(x); } }"),
        new Bad(
            Message.NOT_A_FORWARD,
            "forward of Net takes 2 values, but a network has one input and one output",
            "@Network(input = 5) interface Net { @Linear(3) Tensor head(Tensor x);\n"
                + "default Tensor ▶forward(Tensor a, Tensor b) { return head(a).add(head(b)); } }"),
        new Bad(
            Message.NOT_A_FORWARD,
            "forward of Net takes nothing",
            "@Network(input = 5) interface Net { @Linear(3) Tensor head(Tensor x);\n"
                + "default Tensor ▶forward() { return null; } }"),
        new Bad(
            Message.NOT_A_FORWARD,
            "forward of Net takes float[]",
            "@Network(input = 5) interface Net { @Linear(3) Tensor head(Tensor x);\n"
                + "default Tensor ▶forward(float[] x) { return null; } }"),
        new Bad(
            Message.NOT_A_FORWARD,
            "forward of Net gives void",
            "@Network(input = 5) interface Net { @Linear(3) Tensor head(Tensor x);\n"
                + "default void ▶forward(Tensor x) { head(x); } }"),
        new Bad(
            Message.NOT_A_FORWARD,
            "forward of Net throws java.io.IOException",
            "@Network(input = 5) interface Net { @Linear(3) Tensor head(Tensor x);\n"
                + "default Tensor ▶forward(Tensor x) throws java.io.IOException { return head(x); } }"),
        new Bad(
            Message.NOT_A_FORWARD,
            "forward of Net has no body",
            "@Network(input = 5) interface Net { @Linear(3) Tensor head(Tensor x);\n"
                + "Tensor ▶forward(Tensor x); }"),
        new Bad(
            Message.NOT_A_FORWARD,
            "forward of Net has layers on it",
            "@Network(input = 5) interface Net {\n@Linear(3) Tensor ▶forward(Tensor x); }"),
        new Bad(
            Message.NOT_A_FORWARD,
            "forward of Net is no default method",
            "@Network(input = 5) interface Net { @Linear(3) Tensor head(Tensor x);\n"
                + "static Tensor ▶forward(Tensor x) { return x; } }"),
        new Bad(
            Message.NOT_A_STACK,
            "head is another (Tensor is org.bytedeco.pytorch's)",
            "@Network(input = 5) interface Net {\n▶@Linear(3) Other head(Other x);\n"
                + "interface Other {} default Tensor forward(Tensor x) { return x; } }"),
        new Bad(
            Message.INHERITED,
            "encode of Net is inherited from Base without a body",
            "@Network(input = 5) ▶interface Net extends Base { @Linear(3) Tensor head(Tensor x);\n"
                + "default Tensor forward(Tensor x) { return head(encode(x)); } }\n"
                + "interface Base { Tensor encode(Tensor x); }"),
        new Bad(
            Message.INHERITED,
            "encode of Net is inherited from Base without a body",
            "@Network(input = 5) ▶interface Net extends Base {}\n"
                + "@Network(input = 5) interface Base { @Linear(3) Tensor encode(Tensor x);\n"
                + "default Tensor forward(Tensor x) { return encode(x); } }"),
        new Bad(
            Message.INPUT_WITHOUT_LAYERS,
            "@Input says what the layers on a method take, but forward has none",
            "@Network(input = 5) interface Net { @Linear(3) Tensor head(Tensor x);\n"
                + "default Tensor forward(▶@Input(5) Tensor x) { return head(x); } }"),
        new Bad(
            Message.WRONG_COUNT,
            "@Input takes the sizes of one example, but was given 0 sizes",
            "@Network(input = 5) interface Net { @Linear(3) Tensor head(@Input(▶{}) Tensor x);\n"
                + "default Tensor forward(Tensor x) { return head(x); } }"),
        new Bad(
            Message.WRONG_COUNT,
            "@Conv2d takes one size as stride, or 2, but was given 0 sizes",
            "@Network(input = {1, 8, 8}) @Conv2d(value = 4, kernelSize = 3, stride = ▶{})"
                + " interface Net {}"),
        new Bad(
            Message.NOT_IMPLEMENTABLE,
            "implements Net, which it cannot: it is sealed",
            "@Network(input = 5)\nsealed ▶interface Net { @Linear(3) Tensor head(Tensor x);\n"
                + "default Tensor forward(Tensor x) { return head(x); } }\n"
                + "non-sealed interface Other extends Net {}"),
        new Bad(
            Message.NOT_IMPLEMENTABLE,
            "implements Net, which it cannot: every class has another clone()",
            "@Network(input = 5) ▶interface Net { @Linear(3) Tensor head(Tensor x);\n"
                + "default Object clone() { return this; }\n"
                + "default Tensor forward(Tensor x) { return head(x); } }"),
        new Bad(
            Message.LAYERS_TWICE,
            "Net has layers on itself and on methods",
            "@Network(input = 5) ▶@Linear(3) interface Net { @Linear(3) Tensor head(Tensor x);\n"
                + "default Tensor forward(Tensor x) { return head(x); } }"),
        new Bad(
            Message.OUTPUT_FOLLOWS,
            "the output follows from the layers",
            "@Network(input = 5, output = ▶3) @Linear(3) interface Net {}"),
        new Bad(
            Message.NOT_A_PART,
            "Inner has stacks on methods and its own forward",
            "@Network(input = 5) @Use(Inner▶.class) interface Net {}\n"
                + "@Network(input = 5) interface Inner { @Linear(3) Tensor head(Tensor x);\n"
                + "default Tensor forward(Tensor x) { return head(x); } }"),
        new Bad(
            Message.NO_NETWORK,
            "@Linear is on head, which is no network",
            "interface Net { ▶@Linear(3) Tensor head(Tensor x); }"),
        new Bad(
            Message.SIZE_NOT_POSITIVE,
            "a size must be at least 1 but is 0",
            "@Network(input = 5) interface Net { @Linear(3) Tensor head(@Input(▶0) Tensor x);\n"
                + "default Tensor forward(Tensor x) { return head(x); } }"),
        new Bad(
            Message.FEATURES_DIFFER,
            "@Linear expects 4 input features but receives 3 from @Linear(3)",
            "@Network(input = 5) interface Net {\n"
                + "@Linear(3) @Linear({▶4, 2}) Tensor head(Tensor x);\n"
                + "default Tensor forward(Tensor x) { return head(x); } }"),
        new Bad(
            Message.OUT_OF_RANGE,
            "dim of @CrossEntropyLoss must be 1, or -1 for the last but is 2",
            "@Network(input = {5, 8}) @Linear(4) @CrossEntropyLoss(dim = ▶2) interface Net {}"),
        new Bad(
            Message.NOT_THE_SAME,
            "padding = SAME of @Conv2d needs stride 1 and an odd kernelSize",
            "@Network(input = {3, 8, 8}) @Conv2d(value = 4, kernelSize = 4, padding = Conv2d▶.SAME)"
                + " interface Net {}"),
        new Bad(
            Message.NO_DIMENSION,
            "there is no dimension 2 for @Softmax in (N, 4); dimension 0 is the batch",
            "@Network(input = 4) @Softmax(dim = ▶2) interface Net {}"),
        new Bad(
            Message.NO_DIMENSION,
            "there is no dimension 0 for @Unflatten",
            "@Network(input = 4) @Unflatten(value = {2, 2}, dim = ▶0) interface Net {}"),
        new Bad(
            Message.OTHER_LAST_DIMENSIONS,
            "@LayerNorm normalises over the last dimensions (5), but @Linear(4) gives (N, 4)",
            "@Network(input = 4) @Linear(4) @LayerNorm(▶5) interface Net {}"),
        new Bad(
            Message.NOT_UNFLATTENED,
            "@Unflatten cannot make (2, 3) of a dimension of size 4; at most one size may be -1",
            "@Network(input = 4) @Unflatten(▶{2, 3}) interface Net {}"),
        new Bad(
            Message.OUT_OF_RANGE,
            "padding of @MaxPool2d must be at most half the window but is 2",
            "@Network(input = {1, 8, 8}) @MaxPool2d(value = 2, padding = ▶2) interface Net {}"),
        new Bad(
            Message.OUT_OF_RANGE,
            "value of @Dropout must be from 0 to less than 1 but is 1.0",
            "@Network(input = 4) @Dropout(▶1) @Linear(3) interface Net {}"),
        new Bad(
            Message.WRONG_COUNT,
            "@Conv2d takes one size as stride, or 2, but was given 3 sizes",
            "@Network(input = {1, 8, 8}) @Conv2d(value = 4, kernelSize = 3, stride = ▶{1, 1, 1})"
                + " interface Net {}"),
        new Bad(Message.NOT_AN_INTERFACE, "Net is a class", GOOD + "\npublic ▶class Net {}"),
        new Bad(Message.NOT_AN_INTERFACE, "Net is an enum", GOOD + "\n▶enum Net {}"),
        new Bad(Message.NOT_AN_INTERFACE, "Net is a record", GOOD + "\n▶record Net() {}"),
        new Bad(Message.GENERIC_TYPE, "Net has type parameters", GOOD + "\ninterface Net<▶T> {}"),
        new Bad(
            Message.PRIVATE_TYPE,
            "Net is private, so Outer_NetModel could not refer to it",
            "class Outer {\n  " + GOOD + "\n  private ▶interface Net {}\n}"),
        new Bad(
            Message.LOCAL_TYPE,
            "Net is declared inside a method",
            "class Outer {\n  void run() {\n    " + GOOD + "\n    ▶interface Net {}\n  }\n}"),
        new Bad(
            Message.NO_NETWORK,
            "@Linear is on Net, which is no network; add @Network",
            "▶@Linear(3) @ReLU\ninterface Net {}"),
        new Bad(Message.NO_NETWORK, "@SGD is on Net", "▶@SGD class Net {}"),
        new Bad(
            Message.NO_NETWORK, "@Linear is on Net", "▶@Linear(3) @Linear(2)\ninterface Net {}"),
        new Bad(
            Message.NO_INPUT,
            "@Network(input = {1, 28, 28})",
            "▶@Network @Linear(3) interface Net {}"),
        new Bad(Message.NO_LAYER, "Net has no layer", "▶@Network(input = 4) interface Net {}"),
        new Bad(
            Message.TWO_LOSSES,
            "a second loss, @CrossEntropyLoss, after @CrossEntropyLoss",
            GOOD + "\n@CrossEntropyLoss\n▶@CrossEntropyLoss interface Net {}"),
        new Bad(
            Message.TWO_OPTIMIZERS,
            "a second optimizer, @SGD(lr = 0.1), after @SGD",
            GOOD + "\n@SGD\n▶@SGD(lr = 0.1) interface Net {}"),
        new Bad(
            Message.FEATURES_DIFFER,
            "@Linear expects 300 input features but receives 200 from @Linear({784, 200});"
                + " did you mean 200?",
            "@Network(input = 784) @Linear({784, 200}) @ReLU\n@Linear({▶300, 10}) interface Net {}"),
        new Bad(
            Message.FEATURES_DIFFER,
            "expects 5 input features but receives 4 from the network's input",
            "@Network(input = {4}) @Linear(value = {▶5, 3}) interface Net {}"),
        new Bad(
            Message.NOT_FLAT,
            "receives (N, 1, 28, 28) from the network's input, whose last dimension is 28;"
                + " did you forget @Flatten",
            "@Network(input = {1, 28, 28})\n@Linear({▶784, 10}) interface Net {}"),
        new Bad(
            Message.SIZE_NOT_POSITIVE,
            "a size must be at least 1 but is 0",
            "@Network(input = {4, ▶0}) @Linear(3) interface Net {}"),
        new Bad(
            Message.SIZE_NOT_POSITIVE,
            "but is -3",
            "@Network(input = 4)\n@Linear({4,\n    ▶-3}) interface Net {}"),
        new Bad(
            Message.SIZE_NOT_POSITIVE,
            "but is 0",
            "@Network(input = 4) @Linear(▶0) interface Net {}"),
        new Bad(
            Message.SIZE_NOT_POSITIVE,
            "but is 0",
            "@Network(input = 4) @Linear(Net▶.K) interface Net { int K = 0; }"),
        new Bad(
            Message.WRONG_COUNT,
            "@Linear takes {in, out}, or out alone, but was given 3 sizes",
            "@Network(input = 4) @Linear(▶{4, 3, 2}) interface Net {}"),
        new Bad(
            Message.WRONG_COUNT,
            "was given 0 sizes",
            "@Network(input = 4) @Linear(▶{}) interface Net {}"),
        new Bad(
            Message.WRONG_RANGE,
            "@Flatten cannot merge dimensions 0 to -1 of (N, 2, 3)",
            "@Network(input = {2, 3}) @Flatten(startDim = ▶0) @Linear(3) interface Net {}"),
        new Bad(
            Message.WRONG_RANGE,
            "cannot merge dimensions 1 to 3 of (N, 2, 3)",
            "@Network(input = {2, 3}) @Flatten(endDim = ▶3) @Linear(3) interface Net {}"),
        new Bad(
            Message.TOO_LARGE,
            "4000000000000000000 elements of its weight",
            "@Network(input = 2_000_000_000) ▶@Linear(2_000_000_000) interface Net {}"),
        new Bad(
            Message.LOSS_DOES_NOT_FIT,
            "@CrossEntropyLoss takes an output of shape (N, C) with C ≥ 2 classes, but @Linear(1)"
                + " gives (N, 1)",
            "@Network(input = 4) @Linear(1)\n▶@CrossEntropyLoss interface Net {}"),
        new Bad(
            Message.CHANNELS_DIFFER,
            "from @Conv2d(value = 8, kernelSize = 3, padding = Conv2d.SAME)",
            "@Network(input = {1, 9, 9}) @Conv2d(value = 8, kernelSize = 3, padding = Conv2d.SAME)"
                + " @BatchNorm2d(▶16) interface Net {}"),
        new Bad(
            Message.USES_ITSELF,
            "Net would contain itself",
            "@Network(input = 4) @Use(Net▶.class) interface Net {}"),
        new Bad(
            Message.NOT_A_NETWORK,
            "@Use names String, which is no network",
            "@Network(input = 4) @Use(value = String▶.class) interface Net {}"),
        new Bad(
            Message.OTHER_INPUT,
            "@Use(Inner.class) takes (N, 5), but receives (N, 4) from the network's input",
            "@Network(input = 4) @Use(Inner▶.class) interface Net {}\n"
                + "@Network(input = 5) @Linear(3) interface Inner {}"),
        new Bad(
            Message.RESIDUAL_DIFFERS,
            "@Residual adds (N, 4) to (N, 3), which differ",
            "@Network(input = 4) ▶@Residual @Linear(3) interface Net {}"),
        new Bad(
            Message.OUT_OF_RANGE,
            "times of @Use must be at least 1 but is 0",
            "@Network(input = 4) @Use(value = Inner.class, times = ▶0) interface Net {}\n"
                + "@Network(input = 4) @Linear(4) interface Inner {}"),
        new Bad(
            Message.NO_OPTIMIZER,
            "@StepLR needs an optimizer whose learning rate it changes",
            GOOD + "\n▶@StepLR(stepSize = 3) interface Net {}"),
        new Bad(
            Message.NOT_ASCENDING,
            "the milestones of @MultiStepLR must ascend, but 3 comes after 5",
            GOOD + "\n@SGD @MultiStepLR({5, ▶3}) interface Net {}"),
        new Bad(
            Message.OUT_OF_RANGE,
            "etaMin of @CosineAnnealingLR must be at least 0 but is -0.1",
            GOOD + "\n@SGD @CosineAnnealingLR(tMax = 3, etaMin = ▶-0.1) interface Net {}"),
        new Bad(
            Message.WEIGHTS_DIFFER,
            "weight of @CrossEntropyLoss has 2 numbers, but there are 3 classes: @Linear(3) gives"
                + " (N, 3)",
            "@Network(input = 4) @Linear(3)\n@CrossEntropyLoss(weight = ▶{1, 2}) interface Net {}"),
        new Bad(
            Message.WEIGHTS_DIFFER,
            "posWeight of @BCEWithLogitsLoss has 2 numbers, but there are 3 outputs",
            "@Network(input = 4) @Linear(3)\n@BCEWithLogitsLoss(posWeight = ▶{1, 2}) interface Net {}"),
        new Bad(
            Message.OUT_OF_RANGE,
            "a beta of @Adam must be from 0 to less than 1 but is 1.5",
            GOOD + "\n@Adam(betas = {0.9, ▶1.5}) interface Net {}"),
        new Bad(
            Message.WRONG_COUNT,
            "@AdamW takes two betas, but was given 1 sizes",
            GOOD + "\n@AdamW(betas = ▶0.9) interface Net {}"),
        new Bad(
            Message.OUT_OF_RANGE,
            "labelSmoothing of @CrossEntropyLoss must be from 0 to 1 but is 2.0",
            GOOD + "\n@CrossEntropyLoss(labelSmoothing = ▶2) interface Net {}"),
        new Bad(
            Message.OUT_OF_RANGE,
            "lr of @SGD must be a number above 0 but is 0.0",
            GOOD + "\n@SGD(lr = ▶0) interface Net {}"),
        new Bad(Message.OUT_OF_RANGE, "but is -0.1", GOOD + "\n@SGD(lr = ▶-0.1) interface Net {}"),
        new Bad(
            Message.OUT_OF_RANGE, "but is NaN", GOOD + "\n@SGD(lr = Double▶.NaN) interface Net {}"),
        new Bad(
            Message.OUT_OF_RANGE,
            "momentum of @SGD must be at least 0",
            GOOD + "\n@SGD(momentum = ▶-1) interface Net {}"),
        new Bad(
            Message.OUT_OF_RANGE,
            "weightDecay of @SGD must be at least 0",
            GOOD + "\n@SGD(weightDecay = ▶-1) interface Net {}"),
        new Bad(
            Message.NESTEROV,
            "nesterov needs momentum above 0 and dampening 0",
            GOOD + "\n@SGD(nesterov = ▶true) interface Net {}"),
        new Bad(
            Message.OUT_OF_RANGE,
            "epochs of @Training must be at least 1 but is 0",
            GOOD + "\n@Training(epochs = ▶0) interface Net {}"),
        new Bad(
            Message.OUT_OF_RANGE,
            "batchSize of @Training",
            GOOD + "\n@Training(batchSize = ▶-5) interface Net {}"),
        new Bad(
            Message.OUT_OF_RANGE,
            "negativeSlope of @LeakyReLU must be a finite number",
            GOOD + " @LeakyReLU(negativeSlope = 1 ▶/ 0.0) interface Net {}"),
        new Bad(
            Message.OUT_OF_RANGE,
            "beta of @Softplus must be a number above 0 but is 0.0",
            GOOD + " @Softplus(beta = ▶0) interface Net {}"));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void isReportedAtItsPlace(Bad bad) {
    String marked = Networks.IMPORTS + bad.source;
    String source = marked.replace(MARK, "");
    String before = marked.substring(0, marked.indexOf(MARK));
    long line = 1 + before.chars().filter(c -> c == '\n').count();
    long column = before.length() - before.lastIndexOf('\n');

    Compilation compilation = Networks.compile(List.of(), source);

    List<Diagnostic<? extends JavaFileObject>> errors =
        compilation.errors().stream().filter(e -> isOurs(e)).collect(Collectors.toList());
    assertEquals(1, errors.size(), compilation.diagnostics().toString());
    Diagnostic<? extends JavaFileObject> error = errors.get(0);
    String text = error.getMessage(Locale.ROOT);
    assertTrue(text.startsWith(bad.message.id() + " "), text);
    assertTrue(text.contains(bad.says), text);
    assertTrue(error.getSource().getName().endsWith(Networks.file(source).getName()));
    assertEquals(line + ":" + column, error.getLineNumber() + ":" + error.getColumnNumber(), text);
  }

  @Test
  void reportsAllErrorsOfANetworkAtOnce() {
    Compilation compilation =
        Networks.compile(
            List.of(),
            Networks.IMPORTS
                + """
                @Network(input = 4)
                @Linear({5, 8})
                @Linear({9, 0})
                @Linear({7, 3})
                @Linear({4, 1})
                @CrossEntropyLoss
                @SGD(lr = -1)
                @Training(epochs = 0)
                interface Net {}
                """);
    List<String> ids =
        compilation.errors().stream().map(e -> e.getMessage(Locale.ROOT).substring(0, 5)).toList();
    assertEquals(
        List.of("TS012", "TS013", "TS012", "TS012", "TS018", "TS020", "TS020"),
        ids,
        () -> ids.toString());
  }

  /** One error of reading, one of a stack, one of shapes, one of values, all at once. */
  @Test
  void noStageHidesTheNext() {
    assertEquals(
        Set.of("TS034", "TS012", "TS020"),
        ids("@Network(input = 4) @Use(String.class) @Linear(5) @Linear({6, 3}) @SGD(lr = -1)"));
    assertEquals(
        Set.of("TS020", "TS012"),
        ids("@Network(input = 4) @Use(value = In.class, times = 0) @Linear({4, 3})")); // In gives 2
    assertEquals(Set.of("TS001", "TS012"), ids("@Network(input = 4) @Linear({5, 3}) class Net {}"));
    assertEquals(
        Set.of("TS041", "TS012", "TS051"),
        ids(
            "@Network(input = 4) interface Net { @Linear({5, 2}) @Linear({3, 2}) Tensor a(Tensor x);"
                + " default Tensor b(@Input(3) Tensor x) { return x; } }"));
    assertEquals(
        Set.of("TS040", "TS012"),
        ids(
            "@Network(input = 4) interface Net { @Linear(5) @Linear({6, 3}) Tensor a(int x);"
                + " default Tensor forward(Tensor x) { return x; } }"));
    assertEquals(
        Set.of("TS042", "TS012"),
        ids(
            "@Network(input = 4) @Linear({5, 3}) interface Net { @Linear(5) Tensor a(Tensor x);"
                + " default Tensor forward(Tensor x) { return x; } }"));
    assertEquals(Set.of("TS039", "TS020"), ids("@Network(input = 4) @ReLU @MSELoss @SGD(lr = -1)"));
    assertEquals(
        Set.of("TS022", "TS012"),
        ids(
            "@Network(input = {1, 28, 28}) @Conv2d(value = {3, 8}, kernelSize = 3) @Flatten"
                + " @Linear({999, 10})"));
    assertEquals(
        Set.of("TS035", "TS012"), ids("@Network(input = 5) @Use(In.class) @Linear({7, 3})"));
    assertEquals(
        Set.of("TS036", "TS012"),
        ids("@Network(input = 4) @Use(Adds.class) @Linear(5) @Linear({6, 3})"));
  }

  /** What is not known of a shape fits everything. */
  @Test
  void noErrorBringsOthers() {
    assertEquals(
        Set.of("TS029"),
        ids("@Network(input = 4) @Unflatten({2, 3}) @Linear({3, 4}) @Use(Two.class)"));
    assertEquals(
        Set.of("TS016"),
        ids("@Network(input = {2, 3}) @Flatten(startDim = 0) @Linear({3, 4}) @Use(Two.class)"));
    assertEquals(Set.of("TS036"), ids("@Network(input = 4) @Use(Adds.class) @Linear({4, 2})"));
    assertEquals(Set.of("TS035"), ids("@Network(input = 5) @Use(In.class) @Linear({2, 3})"));
    assertEquals(Set.of("TS034"), ids("@Network(input = 5) @Use(String.class) @Use(In.class)"));
    assertEquals(
        Set.of("TS040"),
        ids(
            "@Network(input = 4) interface Net { @Linear({5, 3}) Tensor a(int x);"
                + " default Tensor forward(Tensor x) { return x; } }"));
    assertEquals(
        Set.of("TS001"),
        ids("@Network(input = 4) abstract class Net { @Linear(3) abstract Tensor a(Tensor x); }"));
  }

  /** The ids of what is said of a network, beside others that it may use. */
  private static Set<String> ids(String network) {
    String adds = "\n@Network(input = 4) @Residual @Linear(3) interface Adds {}";
    String type = network.matches("(?s).*(interface|class) Net .*") ? "" : " interface Net {}";
    Compilation compilation =
        Networks.compile(
            List.of(),
            Networks.IMPORTS
                + network
                + type
                + "\n@Network(input = 4) @Linear(2) interface In {}"
                + (network.contains("Adds") ? adds : "")
                + "\n@Network(input = {2, 4}) @Linear(2) interface Two {}");
    return compilation.errors().stream()
        .map(error -> error.getMessage(Locale.ROOT).substring(0, 5))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void saysWhichOfOurAnnotationsItDoesNotKnow() {
    Compilation compilation =
        Networks.compile(
            List.of(),
            Networks.IMPORTS + "@Network(input = 4) @Linear(3) @Bilinear(2) interface Net {}",
            "package io.github.torchscribe.dsl.nn; public @interface Bilinear { int value(); }");
    String text = compilation.errors().get(0).getMessage(Locale.ROOT);
    assertTrue(
        text.startsWith(
            "TS052 this processor does not know @Bilinear, and would leave it out of Net; let"
                + " torchscribe-dsl-api and torchscribe-dsl-processor have the same version"),
        text);
  }

  @Test
  void otherNetworksOfTheCompilationAreReadOn() {
    Compilation compilation =
        Networks.compile(
            List.of(),
            Networks.IMPORTS + "@Network(input = 4) @Linear({5, 3}) interface First {}",
            Networks.IMPORTS + "@Network(input = 4) @Linear({6, 3}) interface Second {}");
    assertEquals(2, compilation.errors().size(), compilation.errors().toString());
  }

  @Test
  void doesNotOverwriteAClassOfTheUser() {
    Compilation compilation =
        Networks.compile(
            List.of(),
            Networks.IMPORTS + GOOD + " interface Net {}",
            "package test; class NetModel {}");
    String text = compilation.errors().get(0).getMessage(Locale.ROOT);
    assertTrue(text.startsWith("TS010 NetModel cannot be generated for Net"), text);
  }

  @Test
  void leavesConstantsThatDoNotCompileToTheCompiler() {
    Compilation compilation =
        Networks.compile(
            List.of(),
            Networks.IMPORTS + "@Network(input = 4) @Linear({Nowhere.K, 3}) interface Net {}");
    assertTrue(
        compilation.errors().stream().anyMatch(e -> e.getMessage(Locale.ROOT).contains("Nowhere")));
  }

  @Test
  void everyErrorHasATestAndEveryIdIsGivenOnce() {
    Set<Message> tested = bad().map(Bad::message).collect(Collectors.toCollection(TreeSet::new));
    tested.add(Message.NAME_TAKEN); // above
    tested.add(Message.UNKNOWN_ANNOTATION); // above
    tested.add(Message.ORDER_HIDDEN); // BuildToolsTest
    tested.add(Message.ORDER_LOST); // FromJarTest
    tested.add(Message.MIXED_NEEDS_GENERATED); // MixedPrecisionTest
    List<String> ids = new ArrayList<>();
    for (Message message : Message.values()) {
      ids.add(message.id());
      if (message.kind() == Diagnostic.Kind.ERROR) {
        assertTrue(tested.contains(message), message + " has no test");
      }
    }
    assertEquals(ids.stream().distinct().toList(), ids);
  }

  private static boolean isOurs(Diagnostic<?> diagnostic) {
    return diagnostic.getMessage(Locale.ROOT).matches("(?s)TS\\d{3} .*");
  }
}
