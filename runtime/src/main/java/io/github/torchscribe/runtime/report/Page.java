package io.github.torchscribe.runtime.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.torchscribe.runtime.Evaluation;
import io.github.torchscribe.runtime.Summary;
import io.github.torchscribe.runtime.log.Series;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code report.html}: the page's own file, into which go the chart library and the run's content
 * as JSON. The page makes text of the content, never markup, so nothing in it can become a script.
 */
final class Page {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String TEMPLATE = "report.html";

  private Page() {}

  /** What a page shows; what is not known yet is null. */
  record Content(
      Summary network,
      long parameters,
      String status,
      String message,
      String began,
      double seconds,
      Result result,
      List<Fact> settings,
      List<Fact> machine,
      long stepsPerEpoch,
      Curve loss,
      Curve learningRate,
      Curve meanLoss,
      Curve testLoss,
      Curve testAccuracy,
      Curve trainSeconds,
      long[][] confusion,
      Mistakes mistakes) {}

  /** Something with a name. */
  record Fact(String name, String value) {}

  /** How the last evaluation went. */
  record Result(Float loss, long correct, long decisions) {
    static Result of(Evaluation evaluation) {
      return new Result(
          Curve.number(evaluation.loss()), evaluation.correct(), evaluation.decisions());
    }
  }

  /** The points of a curve; what is no number is null. */
  record Curve(List<Float> x, List<Float> y) {
    static final Curve EMPTY = new Curve(List.of(), List.of());

    static Curve of(Series series) {
      return new Curve(numbers(series.x(0)), numbers(series.y(0)));
    }

    /** As 32-bit floats: nobody sees more digits, and the file is half as long. */
    private static List<Float> numbers(double[] values) {
      List<Float> result = new ArrayList<>(values.length);
      for (double value : values) {
        result.add(number(value));
      }
      return result;
    }

    private static Float number(double value) {
      return Double.isFinite(value) ? (float) value : null;
    }
  }

  /** The page's whole text. */
  static String of(Content content) throws IOException {
    // A "</script>" in any text would end the element that holds the content.
    String json = MAPPER.writeValueAsString(content).replace("<", "\\u003c");
    return resource(TEMPLATE)
        .replace("/* the chart library */", charts())
        .replace("/* the content */", json);
  }

  /** Without the address of its source map, which a browser's tools would ask for. */
  private static String charts() throws IOException {
    String version = Machine.version("chart.js");
    return resource("/META-INF/resources/webjars/chart.js/" + version + "/dist/chart.umd.js")
        .replaceAll("(?m)^//# sourceMappingURL=.*$", "");
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new FileNotFoundException(name + " is missing on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
