package io.github.torchscribe.samples.mnist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.github.torchscribe.runtime.Checkpoints;
import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Predictor;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Column;
import io.github.torchscribe.runtime.data.Csv;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.Encoder;
import io.github.torchscribe.runtime.data.FashionMnist;
import io.github.torchscribe.runtime.data.TensorDataset;
import io.github.torchscribe.runtime.log.ConsoleLog;
import io.github.torchscribe.runtime.report.RunReport;
import io.github.torchscribe.runtime.visdom.Visdom;
import io.github.torchscribe.runtime.visdom.VisdomLogger;
import io.github.torchscribe.samples.tools.Browser;
import io.github.torchscribe.samples.tools.InProcesses;
import io.github.torchscribe.samples.tools.Java;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A process that has nothing but what a server needs: our runtime, libtorch and one library for
 * JSON. It predicts, trains and goes on from a checkpoint; what it lacks is named where somebody
 * asks for it.
 */
@InProcesses
class ServerJarsTest {
  private static final String TRAINING = "add io.github.torchscribe:torchscribe-training:";

  @TempDir private Path folder;

  /** What runs there. */
  static final class Server {
    private Server() {}

    /**
     * Does what a server does, and asks for what it has not.
     *
     * @param args folder, what answers have to be
     */
    public static void main(String[] args) {
      Path folder = Path.of(args[0]);
      Path weights = folder.resolve("weights.safetensors");
      System.out.println("the runtime is " + Model.class.getModule());
      try (Model model = TinyModel.create().load(weights);
          Predictor predictor = model.predictor()) {
        System.out.println("answer " + Arrays.toString(predictor.predict(new float[16])));
      }
      Map<String, String> cells = Map.of("town", "Chur", "age", "3");
      System.out.println("coded " + Encoder.in(weights).encode(cells).get("town").item_long());
      for (int time = 0; time < 2; time++) {
        train(folder, time > 0);
      }

      refused("download", FashionMnist::test);
      refused("Visdom", Visdom::local);
      refused("log", () -> VisdomLogger.to(URI.create("http://127.0.0.1:1")));
      refused("file", () -> Csv.read(folder.resolve("table.csv")));
      refused("table", () -> Csv.read("a table", new StringReader("x\n1\n"), ','));
      refused("bar", () -> new ConsoleLog(System.out, System.out));
    }

    private static void train(Path folder, boolean goesOn) {
      try (PointerScope scope = new PointerScope();
          Model model = TinyModel.create()) {
        Tensor images = torch.ones(50, 1, 4, 4);
        Tensor classes = torch.ones(new long[] {50}).to(torch.ScalarType.Long);
        scope.attach(images);
        scope.attach(classes);
        Dataset data = new TensorDataset(images, classes);
        Trainer trainer =
            Trainer.of(model)
                .epochs(goesOn ? 3 : 2)
                .checkpoints(Checkpoints.in(folder.resolve("checkpoints")))
                .log(new ConsoleLog())
                .log(RunReport.in(folder.resolve("runs")));
        (goesOn ? trainer.resume() : trainer).run(data, data);
      }
    }

    private static void refused(String what, Runnable call) {
      try {
        call.run();
        System.out.println(what + ": nothing is missed");
      } catch (RuntimeException e) {
        String text = e.getMessage().replace('\n', ' ');
        System.out.println(what + ": " + e.getClass().getSimpleName() + ": " + text);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aServerDoesWithout(boolean modules) throws Exception {
    String answer = prepare();
    String said = said(modules);

    assertTrue(said.contains("the runtime is " + (modules ? "module io" : "unnamed")), said);
    assertTrue(said.contains("answer " + answer), said);
    assertTrue(said.contains("coded 1"), said);
    assertTrue(said.contains("Train epoch: 2"), said);
    assertEquals(2, said.split("The report has no curves: the drawing of these takes").length - 1);
    String place = modules ? "module path, or required by no module: " : "class path: ";
    for (String expected :
        List.of(
            "download: UncheckedIOException: downloading t10k-images-idx3-ubyte.gz takes OkHttp",
            "Visdom: IllegalStateException: Visdom takes OkHttp",
            "log: IllegalStateException: Visdom takes OkHttp",
            "file: IllegalStateException: reading CSV files takes FastCSV",
            "table: IllegalStateException: reading CSV files takes FastCSV",
            "bar: IllegalStateException: a progress bar takes progressbar")) {
      String whole = expected + ", which is not on the " + place + TRAINING;
      assertTrue(said.contains(whole), () -> whole + " is not in " + said);
    }
    assertTrue(said.contains("or com.squareup.okhttp3:okhttp-jvm:"), said);
    assertEquals(modules, said.contains("(--add-modules okhttp3)"), said);
    assertFalse(said.contains("ClassNotFound") || said.contains("NoClassDef"), said);
  }

  @Test
  void aReportWithoutCurvesHasAllElse() throws Exception {
    prepare();
    said(false);
    try (Browser browser = Browser.start();
        Stream<Path> runs = Files.list(folder.resolve("runs"))) {
      Page page = browser.page(1280, 900, ColorScheme.LIGHT);
      page.navigate(runs.findFirst().orElseThrow().resolve("report.html").toUri().toString());
      String text = page.locator("main").innerText();
      assertTrue(text.contains("There are no curves: Chart.js draws them"), text);
      assertTrue(text.contains("Loss over epochs. At the end: training 0."), text);
      assertTrue(text.contains("@Linear(3)") && text.contains("test accuracy"), text);
      assertEquals(4, page.locator("#confusion td").count());
      assertEquals(List.of(), browser.complaints());
      page.close();
    }
  }

  /** What the server prints, started with what it needs and no more. */
  private String said(boolean modules) throws IOException, InterruptedException {
    List<String> command = Java.command(Server.class, folder.toString());
    Predicate<String> ours = part -> part.contains("samples");
    if (modules) {
      String platform = Loader.getPlatform().replace('-', '.');
      String natives =
          Stream.of("pytorch", "openblas", "javacpp")
              .map(name -> "org.bytedeco." + name + "." + platform)
              .collect(Collectors.joining(","));
      command.set(command.indexOf("-cp") + 1, part(ours));
      command.addAll(
          command.indexOf("-cp"),
          List.of(
              "--module-path",
              part(ServerJarsTest::isOfServers),
              "--add-modules",
              "io.github.torchscribe.runtime," + natives));
    } else {
      command.set(command.indexOf("-cp") + 1, part(ours.or(ServerJarsTest::isOfServers)));
    }
    command.add(1, "-Dtorchscribe.cache=" + folder.resolve("cache"));
    return Java.said(new ProcessBuilder(command), folder.resolve("output"));
  }

  /** Weights, with a table's words beside them, and a table; the answer for a black picture. */
  private String prepare() throws IOException {
    try (Model model = TinyModel.create();
        Predictor predictor = model.predictor()) {
      Encoder encoder =
          Csv.read("a table", new StringReader("town,age\nBasel,1\nChur,2\n"), ',')
              .input("town", Column.category("town"))
              .target("age", Column.number("age"))
              .encoder();
      model.save(folder.resolve("weights.safetensors"), encoder.metadata());
      Files.writeString(folder.resolve("table.csv"), "x\n1\n");
      return Arrays.toString(predictor.predict(new float[16]));
    }
  }

  /** What the POM of the runtime brings of itself. */
  private static boolean isOfServers(String part) {
    return part.matches(".*(runtime.target|torchscribe-runtime|jackson-core|bytedeco).*");
  }

  /** A part of this process' own class path. */
  private static String part(Predicate<String> some) {
    List<String> all = new ArrayList<>();
    for (String part : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (some.test(part)) {
        all.add(part);
      }
    }
    return String.join(File.pathSeparator, all);
  }
}
