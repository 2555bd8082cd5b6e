package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.TensorDataset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is recorded for a GPU and what is not, and why: as a log has it. */
class RecordedTest {
  private static final String STEPS = "training steps of Net are replayed as a CUDA graph";
  private static final String EVALUATIONS = "evaluations of Net are replayed as a CUDA graph";
  private static final String NOT = "training steps of Net are not replayed as a CUDA graph: ";
  private static final String IN_PARTS =
      "; they are done one operation at a time, which takes longer and gives the same";

  private static final String NET = "@Linear(4) @ReLU @Linear(3) @CrossEntropyLoss";

  private final List<String> seen = new ArrayList<>();
  private final Logger logger = Logger.getLogger("io.github.torchscribe");
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          if (record.getMessage().contains("CUDA graph") && !seen.contains(record.getMessage())) {
            seen.add(record.getMessage());
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  private record Case(
      String name,
      String declaration,
      UnaryOperator<Trainer> asked,
      boolean ignores,
      String... said) {
    Case(String name, String layers, String optimizer, String... said) {
      this(name, declared(layers, optimizer), it -> it, false, said);
    }

    Case asking(UnaryOperator<Trainer> what) {
      return new Case(name, declaration, what, ignores, said);
    }

    Case ignoring() {
      return new Case(name, declaration, asked, true, said);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static String declared(String layers, String optimizer) {
    return "@Network(input = 8)\n" + layers + "\n" + optimizer + "\npublic interface Net {}";
  }

  static Stream<Case> cases() {
    String sgd = "@SGD(lr = 0.1)";
    return Stream.of(
        new Case("plain", NET, sgd, STEPS, EVALUATIONS),
        new Case("schedule", NET, sgd + " @StepLR(stepSize = 1)", STEPS, EVALUATIONS),
        new Case("dropout", "@Linear(4) @Dropout " + NET, "@AdamW(lr = 0.1)", STEPS, EVALUATIONS),
        new Case("clipped", NET, "@Adam(lr = 0.1)", STEPS, EVALUATIONS)
            .asking(it -> it.clipGradNorm(1)),
        new Case("accumulated", NET, sgd, STEPS, EVALUATIONS).asking(it -> it.accumulate(2)),
        new Case("averaged", NET, sgd, STEPS, EVALUATIONS).asking(it -> it.ema(0.9)),
        new Case(
            "recorded layer",
            "@Linear(6) @Reshape({2, 3}) @LSTM(4) @Flatten " + NET,
            sgd,
            STEPS,
            EVALUATIONS),
        new Case("LBFGS", NET, "@LBFGS(lr = 0.1)", EVALUATIONS),
        new Case(
            "told so",
            NET,
            sgd + " @Training(graph = false)",
            NOT + "@Training(graph = false) says so"),
        new Case(
            "autograd",
            declared(NET, sgd)
                .replace("input = 8", "input = 8, gradient = Network.Gradient.AUTOGRAD"),
            it -> it,
            false,
            NOT + "autograd differentiates it, and what it records is another each time"),
        new Case(
                "class weights",
                "@Linear(3) @CrossEntropyLoss(weight = {1, 1, 1})",
                sgd,
                NOT
                    + "its classes weigh differently, so that what a batch weighs is another each time")
            .asking(it -> it.classWeights(1, 2, 1)),
        new Case("ignored targets", NET, sgd).ignoring());
  }

  @BeforeAll
  static void prepare() {
    Networks.prepare(cases().map(Case::declaration));
  }

  @BeforeEach
  void listen() {
    System.setProperty("torchscribe.graphs", TestDevice.isGpu() ? "on" : "emulated");
    logger.setLevel(Level.FINE);
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
  }

  @AfterEach
  void asUsual() {
    System.clearProperty("torchscribe.graphs");
    logger.removeHandler(handler);
    logger.setUseParentHandlers(true);
    logger.setLevel(null);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isRecordedOrSaysWhyNot(Case some) {
    torch.manual_seed(5);
    Tensor targets = torch.randint(3, new long[] {60}, new TensorOptions(torch.ScalarType.Long));
    if (some.ignores) {
      targets.narrow(0, 0, 50).fill_(new Scalar(-100L));
    }
    try (TensorDataset data = new TensorDataset(torch.randn(60, 8), targets);
        Model model = Networks.model(some.declaration, 3)) {
      some.asked.apply(Trainer.of(model).epochs(2).batchSize(6)).run(data, data);
    }
    assertEquals(List.of(some.said), seen);
  }
}
