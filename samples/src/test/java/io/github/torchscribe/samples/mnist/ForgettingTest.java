package io.github.torchscribe.samples.mnist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Example;
import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Predictor;
import io.github.torchscribe.runtime.data.Column;
import io.github.torchscribe.runtime.data.Csv;
import io.github.torchscribe.runtime.data.Encoder;
import io.github.torchscribe.runtime.data.Mnist;
import io.github.torchscribe.samples.tools.InProcesses;
import io.github.torchscribe.samples.tools.Java;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What processes of their own have closed too early, or never. */
@InProcesses
class ForgettingTest {
  @TempDir private Path folder;

  private String said(Class<?> main, String... options) throws Exception {
    List<String> command = Java.command(main);
    command.addAll(1, List.of(options));
    return Java.said(new ProcessBuilder(command), folder.resolve("output"));
  }

  /** In a JVM of its own: what all networks share is made by the first of them. */
  static final class PredictsFirst {
    private PredictsFirst() {}

    /**
     * Closes the first predictor before another network is used.
     *
     * @param args none
     */
    public static void main(String[] args) {
      try (Model model = MlpModel.create();
          Predictor predictor = model.predictor()) {
        predictor.predict(new float[784]);
      }
      try (Model model = CnnModel.create();
          Predictor predictor = model.predictor()) {
        System.out.println(predictor.predict(new float[784]).length);
      }
    }
  }

  @Test
  void theFirstPredictorFreesNothingOfOthers() throws Exception {
    assertEquals("10\n", said(PredictsFirst.class));
  }

  /**
   * What forgets to close something, after it has used the log: that is closed when the process
   * ends, by another thread at the same time.
   */
  static final class ForgetfulWithLog {
    private ForgetfulWithLog() {}

    /**
     * Writes into the log, and forgets.
     *
     * @param args none
     */
    public static void main(String[] args) {
      System.getLogger("some").log(System.Logger.Level.WARNING, "the log is open");
      Forgetful.main(args);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void leaksAreNamedAlsoWhereTheLogIsClosed(int time) throws Exception {
    String output = said(ForgetfulWithLog.class, "-Dtorchscribe.leaks=true");
    assertTrue(output.contains("the log is open"), output);
    assertTrue(output.contains("Never freed, 2 ×: io.github"), time + ": " + output);
  }

  /** What forgets to close something. */
  static final class Forgetful {
    private Forgetful() {}

    /**
     * Forgets a model, a dataset and two outputs.
     *
     * @param args none
     */
    public static void main(String[] args) {
      Model forgotten = MlpModel.create();
      Mnist data = Mnist.test();
      try (PointerScope scope = new PointerScope()) {
        scope.attach(data.examples(1));
        scope.attach(forgotten.forward(data.examples(2)));
      }
      for (int i = 0; i < 2; i++) {
        OUTPUTS.add(forgotten.forward(data.examples(3)));
      }
      try (Model closed = MlpModel.create()) {
        closed.parameters();
      }
    }

    private static final List<Tensor> OUTPUTS = new java.util.ArrayList<>();
  }

  @Test
  void leaksAreNamedWithTheirPlaces() throws Exception {
    assertEquals("", said(Forgetful.class));
    String output = said(Forgetful.class, "-Dtorchscribe.leaks=true");
    assertTrue(
        output.contains("Never freed, 2 ×: io.github.torchscribe.runtime.Model.forward"), output);
    assertTrue(output.contains("ForgettingTest$Forgetful.main(ForgettingTest.java:"), output);
    assertTrue(output.contains("Mnist.test("), output);
    assertFalse(output.contains("closed.parameters"), output);
  }

  /** What a server does in each request, on threads that have no scope. */
  static final class AsksInWords {
    private AsksInWords() {}

    /**
     * Makes examples of a table's words, and the tensors of one, which it forgets.
     *
     * @param args none
     */
    public static void main(String[] args) {
      Encoder encoder =
          Csv.read("t.csv", new StringReader("area,town,y\n70.5,Basel,1\n49,Chur,2\n"), ',')
              .input("area", Column.number("area").standardized())
              .input("town", Column.category("town"))
              .target("y", Column.number("y"))
              .encoder();
      Map<String, String> cells = Map.of("area", "60", "town", "Chur");
      for (int i = 0; i < 3; i++) {
        Example.of(encoder, cells);
      }
      OUTPUTS.add(encoder.encode(cells).get("area"));
    }

    private static final List<Tensor> OUTPUTS = new java.util.ArrayList<>();
  }

  @Test
  void anExampleOfWordsLeavesNothingToBeFreed() throws Exception {
    String output = said(AsksInWords.class, "-Dtorchscribe.leaks=true");
    assertTrue(output.contains("Never freed, 2 ×: "), output); // the two that were forgotten
    assertFalse(output.contains("Example.of"), output);
    assertEquals(1, output.split("Never freed", -1).length - 1, output);
  }
}
