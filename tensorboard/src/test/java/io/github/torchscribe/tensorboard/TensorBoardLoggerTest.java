package io.github.torchscribe.tensorboard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.DynamicMessage;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.TensorDataset;
import io.github.torchscribe.runtime.learner.Evaluation;
import io.github.torchscribe.runtime.learner.History;
import io.github.torchscribe.runtime.learner.Learner;
import io.github.torchscribe.runtime.learner.Parameter;
import io.github.torchscribe.runtime.learner.Summary;
import io.github.torchscribe.runtime.log.TrainingLog;
import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Tensors;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written of a run, without a model. */
class TensorBoardLoggerTest {
  private static final Logger LOGGER = Logger.getLogger("io.github.torchscribe.tensorboard");

  @TempDir private Path folder;
  private final List<String> warnings = new ArrayList<>();
  private final Handler listener =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          warnings.add(record.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    LOGGER.addHandler(listener);
    LOGGER.setUseParentHandlers(false);
  }

  @AfterEach
  void stop() {
    LOGGER.removeHandler(listener);
    LOGGER.setUseParentHandlers(true);
  }

  /** Takes everything for a 1; its layers are two in a row and one that reads both. */
  private record Guess(List<String> losses, float weight) implements Learner {
    @Override
    public Summary summary() {
      return new Summary(
          "Guess",
          List.of(new Summary.Port("image", "(N, 1, 6, 6)"), new Summary.Port("age", "(N, 1)")),
          List.of(
              new Summary.Layer("seen.0", "@Flatten", List.of("image"), "(N, 36)", 0, 0),
              new Summary.Layer("seen.1", "@Linear(3)", "(N, 3)", 111, 108),
              new Summary.Layer("both", "@Concat", List.of("seen.1", "age"), "(N, L)", 0, 0)),
          "@CrossEntropyLoss",
          "@SGD(momentum = 0.9, lr = 0.1) @StepLR(stepSize = 1)",
          0,
          0,
          0,
          0,
          "");
    }

    @Override
    public List<Parameter> parameters() {
      Tensor value = torch.full(new long[] {3, 36}, new Scalar(weight));
      Tensor gradient = torch.full(new long[] {3, 36}, new Scalar(-2.0));
      return List.of(
          new Parameter("seen.1.weight", value, gradient),
          new Parameter("seen.1.bias", torch.ones(3), null));
    }

    @Override
    public long seed() {
      return 7;
    }

    @Override
    public Device device() {
      return Device.cpu();
    }

    @Override
    public boolean decides(String output) {
      return !output.equals("price");
    }

    @Override
    public Map<String, long[]> predict(Tensors inputs) {
      long[] result = new long[(int) inputs.get(0).size(0)];
      Arrays.fill(result, 1);
      return losses.isEmpty() ? Map.of("", result) : Map.of("kind", result);
    }

    @Override
    public long[] predict(Tensor input) {
      throw new IllegalStateException("there are several inputs");
    }
  }

  private static TrainingLog.Run run(Learner learner) {
    Tensor classes = torch.arange(new Scalar(6L)).fmod(new Scalar(3L));
    Dataset data =
        new TensorDataset(
            Tensors.of("image", torch.rand(6, 1, 6, 6)).and("age", torch.rand(6, 1)),
            learner.losses().isEmpty()
                ? Tensors.of("target", classes)
                : Tensors.of("kind", classes).and("price", torch.rand(6, 1)));
    return new TrainingLog.Run(learner, data, data, 2, 2, true);
  }

  private static void epoch(TensorBoardLogger log, TrainingLog.Run run, int number) {
    List<String> losses = run.learner().losses();
    for (int i = 0; i < 3; i++) {
      float loss = 3 * number + i;
      Map<String, Float> parts = new LinkedHashMap<>();
      losses.forEach(name -> parts.put(name, loss / 2));
      TrainingLog.Step step = new TrainingLog.Step(run, number, i, 2, loss, 0.1, parts);
      boolean wants = log.wantsGradients(run, number, i);
      log.step(step);
      if (wants) {
        log.gradients(step);
      }
    }
    Evaluation one = Evaluation.ofBatch(0.5, 2, 6, 6);
    Map<String, Evaluation> parts = new LinkedHashMap<>();
    losses.forEach(name -> parts.put(name, one));
    Evaluation all =
        losses.isEmpty() ? one : Evaluation.ofParts(parts, Map.of("kind", 1d, "price", 1d));
    log.epoch(new History.Epoch(number, 1, all, Duration.ofMillis(1500), Map.of("kind F1", 0.25)));
  }

  /** All scalars, as tag, step and value. */
  private static List<String> scalars(List<DynamicMessage> events) {
    List<String> all = new ArrayList<>();
    for (DynamicMessage event : events) {
      if (Records.has(event, "summary") && Records.has(Records.value(event), "simple_value")) {
        DynamicMessage value = Records.value(event);
        all.add(
            Records.get(value, "tag")
                + " "
                + Records.get(event, "step")
                + " "
                + Records.get(value, "simple_value"));
      }
    }
    return all;
  }

  private static List<String> tags(List<DynamicMessage> events, String kind) {
    return events.stream()
        .filter(event -> Records.has(event, "summary"))
        .filter(event -> Records.has(Records.value(event), kind))
        .map(event -> Records.get(Records.value(event), "tag") + " " + Records.get(event, "step"))
        .toList();
  }

  @Test
  void tellsOfStepsAndEpochs() throws IOException {
    TensorBoardLogger log = TensorBoardLogger.to(folder);
    TrainingLog.Run run = run(new Guess(List.of(), 0.5f));
    log.began(run);
    epoch(log, run, 0);
    epoch(log, run, 1);
    log.ended(Optional.empty());
    List<DynamicMessage> events = Records.ofOnly(folder);
    assertEquals(
        List.of(
            "Loss/train 0 0.0",
            "Learning rate 0 0.1",
            "Loss/train 1 1.0",
            "Loss/train 2 2.0",
            "Loss/test 2 0.5",
            "Accuracy/test 2 0.33333334",
            "Metrics/kind F1 2 0.25",
            "Seconds/epoch 2 1.5",
            "Loss/train 3 3.0",
            "Learning rate 3 0.1",
            "Loss/train 4 4.0",
            "Loss/train 5 5.0",
            "Loss/test 5 0.5",
            "Accuracy/test 5 0.33333334",
            "Metrics/kind F1 5 0.25",
            "Seconds/epoch 5 1.5"),
        scalars(events));
    assertEquals(
        List.of(
            "Gradients/seen.1.weight 2",
            "Weights/seen.1.weight 2",
            "Weights/seen.1.bias 2",
            "Gradients/seen.1.weight 5",
            "Weights/seen.1.weight 5",
            "Weights/seen.1.bias 5"),
        tags(events, "histo"));
    assertEquals(List.of("Test images 2", "Test images 5"), tags(events, "image"));
    assertEquals(
        List.of(
            "Network/text_summary 0",
            "Predictions/text_summary 2",
            "Predictions/text_summary 5",
            "Confusion matrix/text_summary 5"),
        tags(events, "tensor"));
    assertEquals(
        """
        | is \\\\ predicted | 0 | 1 | 2 |
        | --- | --- | --- | --- |
        | **0** | **0** | 2 | 0 |
        | **1** | 0 | **2** | 0 |
        | **2** | 0 | 2 | **0** |
        """,
        text(events, "Confusion matrix/text_summary"));
    assertEquals(
        """
        | 1 | 2 | 3 | 4 | 5 | 6 |
        | --- | --- | --- | --- | --- | --- |
        | **1 ≠ 0** | 1 | **1 ≠ 2** | **1 ≠ 0** | 1 | **1 ≠ 2** |
        """,
        text(events, "Predictions/text_summary"));
    assertEquals(List.of(), warnings);
  }

  private static String text(List<DynamicMessage> events, String tag) {
    DynamicMessage value =
        events.stream()
            .filter(event -> Records.has(event, "summary"))
            .map(Records::value)
            .filter(some -> Records.get(some, "tag").equals(tag))
            .findFirst()
            .orElseThrow();
    List<?> texts = (List<?>) Records.get(Records.in(value, "tensor"), "string_val");
    return ((ByteString) texts.get(0)).toString(StandardCharsets.UTF_8);
  }

  @Test
  void eachOfSeveralLossesHasItsOwn() throws IOException {
    TensorBoardLogger log = TensorBoardLogger.to(folder).histogramsEvery(0);
    TrainingLog.Run run = run(new Guess(List.of("kind", "price"), 0.5f));
    log.began(run);
    epoch(log, run, 0);
    log.ended(Optional.empty());
    List<DynamicMessage> events = Records.ofOnly(folder);
    List<String> scalars = scalars(events);
    for (String some :
        List.of(
            "Loss/train/kind 1 0.5",
            "Loss/train/price 2 1.0",
            "Loss/test 2 1.0",
            "Loss/test/price 2 0.5",
            "Accuracy/test/kind 2 0.33333334")) {
      assertTrue(scalars.contains(some), () -> some + " is not in " + scalars);
    }
    assertFalse(scalars.toString().contains("Accuracy/test "), scalars::toString);
    assertEquals(List.of(), tags(events, "histo"));
    assertTrue(text(events, "Confusion matrix/kind/text_summary").startsWith("| is"));
  }

  @Test
  void drawsTheNetwork() throws IOException {
    TensorBoardLogger log = TensorBoardLogger.to(folder);
    log.began(run(new Guess(List.of(), 0.5f)));
    log.ended(Optional.of(new IllegalStateException("enough")));
    DynamicMessage event =
        Records.ofOnly(folder).stream()
            .filter(some -> Records.has(some, "graph_def"))
            .findFirst()
            .orElseThrow();
    List<String> nodes = new ArrayList<>();
    for (DynamicMessage node :
        Records.all(Records.graph(Records.get(event, "graph_def")), "node")) {
      nodes.add(
          Records.get(node, "name")
              + " "
              + Records.get(node, "op")
              + " "
              + Records.get(node, "input"));
    }
    assertEquals(
        List.of(
            "input/image IO Node []",
            "input/age IO Node []",
            "Guess/seen/Flatten[0] Flatten [input/image]",
            "Guess/seen/Linear[1]/weight Parameter []",
            "Guess/seen/Linear[1]/bias Parameter []",
            "Guess/seen/Linear[1]/Linear Linear [Guess/seen/Flatten[0],"
                + " Guess/seen/Linear[1]/weight, Guess/seen/Linear[1]/bias]",
            "Guess/Concat[both] Concat [Guess/seen/Linear[1]/Linear, input/age]",
            "output/output.1 IO Node [Guess/Concat[both]]"),
        nodes);
  }

  @Test
  void saysWhatRunsAreComparedBy() throws IOException {
    Learner learner = new Guess(List.of(), 0.5f);
    TrainingLog.Run plain = run(learner);
    TrainingLog.Run run =
        new TrainingLog.Run(
            learner,
            plain.train(),
            plain.test(),
            2,
            2,
            false,
            false,
            6,
            List.of(),
            List.of(new TrainingLog.Measured("kind F1", Optional.of(true))),
            Map.of("clip grad norm", "0.5", "accumulate", "2 batches"),
            0);
    TensorBoardLogger log = TensorBoardLogger.to(folder);
    log.began(run);
    log.step(new TrainingLog.Step(run, 0, 0, 2, 1, 0.1));
    log.ended(Optional.of(new IllegalStateException("enough")));
    List<String> said = new ArrayList<>();
    for (DynamicMessage event : Records.ofOnly(folder)) {
      if (Records.has(event, "summary")) {
        DynamicMessage data = Records.in(Records.value(event), "metadata", "plugin_data");
        if (Records.get(data, "plugin_name").equals("hparams")) {
          said.add(
              ("" + Records.hyperparameters(Records.get(data, "content"))).replaceAll("\\s+", " "));
        }
      }
    }
    assertEquals(3, said.size());
    assertTrue(said.get(0).contains("tag: \"Loss/test\""), said.get(0));
    assertTrue(said.get(0).contains("tag: \"Accuracy/test\""), said.get(0));
    assertTrue(said.get(0).contains("tag: \"Metrics/kind F1\""), said.get(0));
    for (String some :
        List.of(
            "\"optimizer\" value { string_value: \"SGD(momentum = 0.9) StepLR(stepSize = 1)\"",
            "\"clip grad norm\" value { number_value: 0.5",
            "\"accumulate\" value { string_value: \"2 batches\"",
            "\"lr\" value { number_value: 0.1",
            "\"shuffle\" value { bool_value: false",
            "\"batch size\" value { number_value: 2.0",
            "\"seed\" value { number_value: 7.0")) {
      assertTrue(said.get(1).contains(some), () -> some + " is not in " + said.get(1));
    }
    assertTrue(said.get(2).contains("STATUS_FAILURE"), said.get(2));
  }

  @Test
  void aRunThatGoesOnHidesWhatIsDoneAgain() throws IOException {
    TrainingLog.Run run = run(new Guess(List.of(), 0.5f));
    TensorBoardLogger first = TensorBoardLogger.to(folder);
    first.began(run);
    epoch(first, run, 0);
    epoch(first, run, 1);
    TensorBoardLogger second = TensorBoardLogger.to(folder);
    second.began(run.from(3));
    epoch(second, run.from(3), 1);
    second.ended(Optional.empty());
    List<DynamicMessage> events = Records.of(Files.readAllBytes(Records.files(folder).get(1)));
    assertEquals(3L, Records.get(events.get(2), "step"));
    assertTrue(events.get(2).toString().contains("status: START"), () -> "" + events.get(2));
    assertEquals(List.of("Loss/train 3 3.0", "Learning rate 3 0.1"), scalars(events).subList(0, 2));
    assertEquals(List.of(), warnings);
  }

  @Test
  void anotherRunInTheFolderIsSaidToBeHidden() throws IOException {
    TrainingLog.Run run = run(new Guess(List.of(), 0.5f));
    for (int i = 0; i < 2; i++) {
      TensorBoardLogger log = TensorBoardLogger.to(folder);
      log.began(run);
      log.ended(Optional.empty());
    }
    assertEquals(
        List.of(
            "There was another run in "
                + folder
                + ": TensorBoard shows this one in its place. Give each a folder of its own to"
                + " compare them"),
        warnings);
  }

  @Test
  void aFolderThatCannotBeWrittenCostsOneWarning() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    TensorBoardLogger log = TensorBoardLogger.to(file.resolve("run"));
    TrainingLog.Run run = run(new Guess(List.of(), 0.5f));
    log.began(run);
    assertFalse(log.wantsGradients(run, 0, 2));
    epoch(log, run, 0);
    log.ended(Optional.empty());
    assertEquals(1, warnings.size(), warnings::toString);
    assertTrue(
        warnings.get(0).startsWith("Training goes on without TensorBoard: " + file),
        warnings::toString);
  }

  @Test
  void aNetworkThatHasRunAwayIsWrittenAsItIs() throws IOException {
    TrainingLog.Run run = run(new Guess(List.of(), Float.NaN));
    TensorBoardLogger log = TensorBoardLogger.to(folder);
    log.began(run);
    log.step(new TrainingLog.Step(run, 0, 0, 2, Float.NaN, 0.1));
    epoch(log, run, 0);
    log.ended(Optional.empty());
    List<DynamicMessage> events = Records.ofOnly(folder);
    assertEquals("Loss/train 0 NaN", scalars(events).get(0));
    assertEquals(
        List.of("Gradients/seen.1.weight 2", "Weights/seen.1.bias 2"), tags(events, "histo"));
    assertEquals(List.of(), warnings);
  }

  @Test
  void anInterruptedThreadLosesNothing() throws IOException {
    TrainingLog.Run run = run(new Guess(List.of(), 0.5f));
    TensorBoardLogger log = TensorBoardLogger.to(folder).histogramsEvery(2);
    log.began(run);
    Thread.currentThread().interrupt();
    epoch(log, run, 0);
    epoch(log, run, 1);
    assertTrue(Thread.interrupted());
    log.ended(Optional.empty());
    List<DynamicMessage> events = Records.ofOnly(folder);
    assertEquals(16, scalars(events).size());
    assertEquals(3, tags(events, "histo").size());
    assertEquals(List.of(), warnings);
  }

  @Test
  void theFileIsWholeAndClosedWhereTheLastPredictionsFail() throws IOException {
    AtomicBoolean fails = new AtomicBoolean();
    Guess guess = new Guess(List.of(), 0.5f);
    Learner failing =
        (Learner)
            Proxy.newProxyInstance(
                Learner.class.getClassLoader(),
                new Class<?>[] {Learner.class},
                (proxy, method, arguments) -> {
                  if (fails.get() && method.getName().equals("predict")) {
                    throw new IllegalStateException("a GPU is gone");
                  }
                  return method.invoke(guess, arguments);
                });
    TrainingLog.Run run = run(failing);
    TensorBoardLogger log = TensorBoardLogger.to(folder);
    log.began(run);
    epoch(log, run, 0);
    fails.set(true);
    assertThrows(IllegalStateException.class, () -> log.ended(Optional.empty()));
    List<DynamicMessage> events = Records.ofOnly(folder);
    DynamicMessage last = Records.value(events.get(events.size() - 1));
    assertEquals("_hparams_/session_end_info", Records.get(last, "tag"));
    assertEquals(List.of(), open());
  }

  /** The files in the folder that this process has open, where the system tells. */
  private List<Path> open() throws IOException {
    Path all = Path.of("/proc/self/fd");
    List<Path> open = new ArrayList<>();
    if (Files.isDirectory(all)) {
      try (DirectoryStream<Path> some = Files.newDirectoryStream(all)) {
        for (Path one : some) {
          if (Files.isSymbolicLink(one)) {
            open.add(Files.readSymbolicLink(one));
          }
        }
      }
    }
    return open.stream().filter(file -> file.startsWith(folder)).toList();
  }

  @Test
  void refusesWhatIsNoNumberOfEpochs() {
    IllegalArgumentException thrown =
        assertThrows(
            IllegalArgumentException.class, () -> TensorBoardLogger.to(folder).histogramsEvery(-1));
    assertEquals(
        "histograms are written after each so many epochs, or never (0), but not -1",
        thrown.getMessage());
    assertArrayEquals(new String[0], folder.toFile().list());
  }
}
