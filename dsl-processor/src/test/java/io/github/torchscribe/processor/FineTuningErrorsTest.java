package io.github.torchscribe.processor;

import io.github.torchscribe.processor.message.Message;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong with what is frozen, learns at rates of its own, is shared or done by hand. */
@CompilesOnly
class FineTuningErrorsTest {
  static Stream<BadNetwork> bad() {
    return Stream.of(
        new BadNetwork(
            Message.NO_SUCH_NAME,
            "no parameter is called like bert.*",
            "@Network(input = 4) @Frozen({\"0\", ▶\"bert.*\"}) @Linear(3) @Linear(2) interface Net {}"),
        new BadNetwork(
            Message.NO_SUCH_NAME,
            "no parameter is called like 1.weights",
            "@Network(input = 4) @LearningRate(value = 2, of = ▶\"1.weights\")\n"
                + "@Linear(3) @Linear(2) interface Net {}"),
        new BadNetwork(
            Message.OUT_OF_RANGE,
            "value of @LearningRate must be a finite number above 0 but is 0.0",
            "@Network(input = 4) @Linear(3) @LearningRate(▶0) interface Net {}"),
        new BadNetwork(
            Message.ALL_FROZEN,
            "all that Net could learn is frozen, so that @MSELoss has nothing to work on",
            "@Network(input = 4) @Frozen @Linear(3) ▶@MSELoss @SGD interface Net {}"),
        new BadNetwork(
            Message.ALL_FROZEN,
            "all that Net could learn is frozen, so that @MSELoss has nothing to work on",
            "@Network(input = 4) @Frozen({\"0\", \"1.*\"}) @Linear(3) @Use(Part.class) ▶@MSELoss"
                + " interface Net {}\n@Block @Linear(3) interface Part {}"),
        new BadNetwork(
            Message.NOTHING_TO_TIE,
            "@Linear shares its weight with token, but there is no layer of that name; those that"
                + " have one are tokens",
            "@Network interface Net {\n"
                + "@Embedding({5, 4}) Tensor tokens(@Input(3) Tensor x);\n"
                + "@Linear(value = 5, tied = ▶\"token\") Tensor next(Tensor tokens); }"),
        new BadNetwork(
            Message.NOTHING_TO_TIE,
            "@Linear shares its weight with 0, but @ReLU has none of its own",
            "@Network(input = 4) @ReLU @Linear(value = 4, tied = ▶\"0\") interface Net {}"),
        new BadNetwork(
            Message.NOTHING_TO_TIE,
            "@Linear shares its weight with 2, but @Linear has none of its own",
            "@Network(input = 4) @Linear(4) @Linear(value = 4, tied = ▶\"2\")"
                + " @Linear(value = 4, tied = \"0\") interface Net {}"),
        new BadNetwork(
            Message.NOTHING_TO_TIE,
            "@Linear shares its weight with 0, but there is no layer of that name; those that have"
                + " one are none",
            "@Network(input = 4) @Linear(value = 4, tied = ▶\"0\") interface Net {}"),
        new BadNetwork(
            Message.TIED_SHAPES_DIFFER,
            "weight of @Linear is (5, 3) and cannot be that of tokens, which is (5, 4)",
            "@Network interface Net {\n"
                + "@Embedding({5, 4}) Tensor tokens(@Input(3) Tensor x);\n"
                + "@Linear(3) Tensor less(Tensor tokens);\n"
                + "@Linear(value = 5, tied = ▶\"tokens\") Tensor next(Tensor less); }"),
        new BadNetwork(
            Message.GRADIENT_OF_WHICH,
            "requiresGrad of @Network is of an input that is stated here, but @Input(4) says what it"
                + " is",
            "@Network(requiresGrad = ▶true) interface Net { @Linear(2) Tensor a(@Input(4) Tensor x); }"),
        new BadNetwork(
            Message.NO_INPUT_GRADIENT,
            "requiresGrad asks for the gradient of input, which is indices and has none",
            "@Network(input = 4, requiresGrad = ▶true) @Embedding({5, 4}) @Linear(2) interface Net {}"),
        new BadNetwork(
            Message.NO_INPUT_GRADIENT,
            "requiresGrad asks for the gradient of mask, which is a mask and has none",
            "@Network interface Net {\n"
                + "@Masked @LSTM(2) Tensor a(@Input({3, 4}) Tensor x,"
                + " @Input(value = 3, requiresGrad = ▶true) Tensor mask); }"),
        new BadNetwork(
            Message.FROZEN_TIE,
            "next.weight is frozen, but tokens.weight, whose value it is, is not",
            "@Network interface Net {\n"
                + "@Embedding({5, 4}) Tensor tokens(@Input(3) Tensor x);\n"
                + "@Frozen @Linear(value = 5, tied = ▶\"tokens\") Tensor next(Tensor tokens); }"));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void isSaidAtItsPlace(BadNetwork bad) {
    bad.isReportedAtItsPlace();
  }
}
