package io.github.torchscribe.processor;

import io.github.torchscribe.processor.message.Message;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each bad loss, optimizer, schedule or setting of training: the right message at the right place.
 */
@CompilesOnly
class TrainingErrorsTest {
  private static final String GOOD = "@Network(input = 4) @Linear({4, 3})";

  private static final String TWO =
      "@Network interface Net {\n"
          + "@Linear(3) Tensor a(@Input(4) Tensor x);\n@Linear(3) Tensor b(Tensor x);\n";

  static Stream<BadNetwork> bad() {
    return Stream.of(
        new BadNetwork(
            Message.NO_MOMENTUM,
            "@OneCycleLR cycles the optimizer's momentum, which @Adagrad does not have",
            "@Network(input = 5) @Linear(3) @CrossEntropyLoss @Adagrad ▶@OneCycleLR(maxLr = 0.1)"
                + " interface Net {}"),
        new BadNetwork(
            Message.NO_MOMENTUM,
            "@CyclicLR cycles the optimizer's momentum, which @Adagrad does not have",
            "@Network(input = 5) @Linear(3) @CrossEntropyLoss @Adagrad"
                + " ▶@CyclicLR(baseLr = 0.01, maxLr = 0.1) interface Net {}"),
        new BadNetwork(
            Message.OUT_OF_RANGE,
            "gamma of @CyclicLR must be above 0, at most 1 but is 1.5",
            GOOD + "\n@SGD @CyclicLR(baseLr = 0, maxLr = 0.1, gamma = ▶1.5) interface Net {}"),
        new BadNetwork(
            Message.OUT_OF_RANGE,
            "factor of @ConstantLR must be above 0, at most 1 but is 0.0",
            GOOD + "\n@SGD @ConstantLR(factor = ▶0) interface Net {}"),
        new BadNetwork(
            Message.OUT_OF_RANGE,
            "power of @PolynomialLR must be a number above 0 but is 0.0",
            GOOD + "\n@SGD @PolynomialLR(power = ▶0) interface Net {}"),
        new BadNetwork(
            Message.NOTHING_TO_LEARN,
            "@CrossEntropyLoss has nothing to work on: no layer of Net has parameters",
            "@Network(input = 5) @Tanh ▶@CrossEntropyLoss interface Net {}"),
        new BadNetwork(
            Message.OUT_OF_RANGE,
            "dim of @CrossEntropyLoss must be 1, or -1 for the last but is 2",
            "@Network(input = {5, 8}) @Linear(4) @CrossEntropyLoss(dim = ▶2) interface Net {}"),
        new BadNetwork(
            Message.TWO_LOSSES,
            "a second loss, @CrossEntropyLoss, after @CrossEntropyLoss",
            GOOD + "\n@CrossEntropyLoss\n▶@CrossEntropyLoss interface Net {}"),
        new BadNetwork(
            Message.TWO_OPTIMIZERS,
            "a second optimizer, @SGD(lr = 0.1), after @SGD",
            GOOD + "\n@SGD\n▶@SGD(lr = 0.1) interface Net {}"),
        new BadNetwork(
            Message.LOSS_DOES_NOT_FIT,
            "@CrossEntropyLoss takes an output of shape (N, C) with C ≥ 2 classes, but @Linear(1)"
                + " gives (N, 1)",
            "@Network(input = 4) @Linear(1)\n▶@CrossEntropyLoss interface Net {}"),
        new BadNetwork(
            Message.NO_OPTIMIZER,
            "@StepLR needs an optimizer whose learning rate it changes",
            GOOD + "\n▶@StepLR(stepSize = 3) interface Net {}"),
        new BadNetwork(
            Message.NOT_ASCENDING,
            "the milestones of @MultiStepLR must ascend, but 3 comes after 5",
            GOOD + "\n@SGD @MultiStepLR({5, ▶3}) interface Net {}"),
        new BadNetwork(
            Message.OUT_OF_RANGE,
            "etaMin of @CosineAnnealingLR must be at least 0 but is -0.1",
            GOOD + "\n@SGD @CosineAnnealingLR(tMax = 3, etaMin = ▶-0.1) interface Net {}"),
        new BadNetwork(
            Message.WEIGHTS_DIFFER,
            "weight of @CrossEntropyLoss has 2 numbers, but there are 3 classes: @Linear(3) gives"
                + " (N, 3)",
            "@Network(input = 4) @Linear(3)\n@CrossEntropyLoss(weight = ▶{1, 2}) interface Net {}"),
        new BadNetwork(
            Message.WEIGHTS_DIFFER,
            "posWeight of @BCEWithLogitsLoss has 2 numbers, but there are 3 outputs",
            "@Network(input = 4) @Linear(3)\n@BCEWithLogitsLoss(posWeight = ▶{1, 2}) interface Net {}"),
        new BadNetwork(
            Message.WEIGHTS_DIFFER,
            "weight of @MultiLabelSoftMarginLoss has 2 numbers, but there are 3 outputs",
            "@Network(input = 4) @Linear(3)\n@MultiLabelSoftMarginLoss(weight = ▶{1, 2})"
                + " interface Net {}"),
        new BadNetwork(
            Message.OUT_OF_RANGE,
            "eps of @PoissonNLLLoss must be a number above 0 but is 0.0",
            GOOD + "\n@PoissonNLLLoss(eps = ▶0) interface Net {}"),
        new BadNetwork(
            Message.OUT_OF_RANGE,
            "margin of @HingeEmbeddingLoss must be at least 0 but is -1.0",
            GOOD + "\n@HingeEmbeddingLoss(margin = ▶-1) interface Net {}"),
        new BadNetwork(
            Message.NOT_COMPARED,
            "@TripletMarginLoss takes values of the same shape, but (N, 3) from a and (N, 2) from c"
                + " differ",
            TWO
                + "@Linear(2) Tensor c(Tensor x);\n▶@TripletMarginLoss Tensor near(Tensor a, Tensor b, Tensor c); }"),
        new BadNetwork(
            Message.LOSS_DOES_NOT_FIT,
            "@CosineEmbeddingLoss takes an output of shape (N, E), but d gives (N, 3, 1)",
            "@Network interface Net {\n@Linear(3) @Unflatten({3, 1}) Tensor d(@Input(4) Tensor x);\n"
                + "@ReLU Tensor e(Tensor d);\n▶@CosineEmbeddingLoss Tensor like(Tensor d, Tensor e); }"),
        new BadNetwork(
            Message.LOSS_DOES_NOT_FIT,
            "@CTCLoss takes an output of shape (N, T, C), but @Linear(3) gives (N, 3)",
            "@Network(input = 4) @Linear(3) @LogSoftmax\n▶@CTCLoss interface Net {}"),
        new BadNetwork(
            Message.OUT_OF_RANGE,
            "blank of @CTCLoss must be at most 2 but is 3",
            "@Network(input = {5, 4}) @Linear(3)\n@CTCLoss(blank = ▶3) interface Net {}"),
        new BadNetwork(
            Message.OUT_OF_RANGE,
            "targetLength of @CTCLoss must be at most 5 but is 6",
            "@Network(input = {5, 4}) @Linear(3)\n@CTCLoss(targetLength = ▶6) interface Net {}"),
        new BadNetwork(
            Message.OUT_OF_RANGE,
            "p of @TripletMarginLoss must be at least 1 but is 0.5",
            TWO
                + "@Linear(3) Tensor c(Tensor x);\n@TripletMarginLoss(p = ▶0.5) Tensor near(Tensor a, Tensor b, Tensor c); }"),
        new BadNetwork(
            Message.OUT_OF_RANGE,
            "margin of @CosineEmbeddingLoss must be from -1 to 1 but is 2.0",
            TWO + "@CosineEmbeddingLoss(margin = ▶2) Tensor like(Tensor a, Tensor b); }"),
        new BadNetwork(
            Message.OUT_OF_RANGE,
            "a beta of @Adam must be from 0 to less than 1 but is 1.5",
            GOOD + "\n@Adam(betas = {0.9, ▶1.5}) interface Net {}"),
        new BadNetwork(
            Message.WRONG_COUNT,
            "@AdamW takes two betas, but was given 1 sizes",
            GOOD + "\n@AdamW(betas = ▶0.9) interface Net {}"),
        new BadNetwork(
            Message.OUT_OF_RANGE,
            "labelSmoothing of @CrossEntropyLoss must be from 0 to 1 but is 2.0",
            GOOD + "\n@CrossEntropyLoss(labelSmoothing = ▶2) interface Net {}"),
        new BadNetwork(
            Message.OUT_OF_RANGE,
            "lr of @SGD must be a number above 0 but is 0.0",
            GOOD + "\n@SGD(lr = ▶0) interface Net {}"),
        new BadNetwork(
            Message.OUT_OF_RANGE, "but is -0.1", GOOD + "\n@SGD(lr = ▶-0.1) interface Net {}"),
        new BadNetwork(
            Message.OUT_OF_RANGE, "but is NaN", GOOD + "\n@SGD(lr = Double▶.NaN) interface Net {}"),
        new BadNetwork(
            Message.OUT_OF_RANGE,
            "momentum of @SGD must be at least 0",
            GOOD + "\n@SGD(momentum = ▶-1) interface Net {}"),
        new BadNetwork(
            Message.OUT_OF_RANGE,
            "weightDecay of @SGD must be at least 0",
            GOOD + "\n@SGD(weightDecay = ▶-1) interface Net {}"),
        new BadNetwork(
            Message.NESTEROV,
            "nesterov needs momentum above 0 and dampening 0",
            GOOD + "\n@SGD(nesterov = ▶true) interface Net {}"),
        new BadNetwork(
            Message.OUT_OF_RANGE,
            "epochs of @Training must be at least 1 but is 0",
            GOOD + "\n@Training(epochs = ▶0) interface Net {}"),
        new BadNetwork(
            Message.OUT_OF_RANGE,
            "batchSize of @Training",
            GOOD + "\n@Training(batchSize = ▶-5) interface Net {}"));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void isReportedAtItsPlace(BadNetwork bad) {
    bad.isReportedAtItsPlace();
  }
}
